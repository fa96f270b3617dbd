import { and, eq, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { localeSchema, newId, notFound, proofMinutes, todayIn, type Locale } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, snapshotTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs } from '@interdomestik/db/schema';
import { messageOf } from '@interdomestik/i18n';
import type { Download } from '../http/download-door';
import { csvHead, csvRows, delimiterOf } from '../vendors/csv';
import { open, seal } from '../vendors/secrets';
import { exportWish, listedFor, readBy, type ExportWish } from './lists';
import { readerOf } from './reader';
import { spooled } from './spool';

const pageRows = 2_000;

const ticketSchema = z.object({ id: z.uuid(), wish: exportWish, locale: localeSchema });

/** What the trail keeps of a wish: a search names a person, so only that there was one. */
const onRecord = ({ list, filters, ...rest }: ExportWish, rows: number) => ({ list, format: 'csv', ...(filters === undefined ? {} : { filters }), ...('search' in rest && rest.search !== undefined ? { searched: true } : {}), rows });

/**
 * Counts what is to be taken away, puts it on record with its filter, and gives a ticket that `openExport` takes: for ten minutes, from this person alone. Nobody but us can read or make one. Throws FORBIDDEN for who may not read
 * the list.
 */
export async function beginExport(asker: TenantScope, wish: ExportWish, locale: Locale, now: Date): Promise<{ readonly ticket: string; readonly rows: number }> {
  const scope = inAction(readerOf(asker, readBy[wish.list]), 'exports.begin');
  const { rows: query } = await listedFor(scope, wish, locale, now);
  const [counted] = await readTenant(scope, (tx) => tx.execute<{ rows: string }>(sql`select count(*)::text as rows from (${query}) listed`)).then(({ rows }) => rows);
  const rows = Number(counted?.rows ?? 0);
  const id = newId();
  await withTenant(scope, async (tx) => {
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id, at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'EXPORT', entity: 'lists', entityId: wish.list,
      branchId: scope.reach.kind === 'branch' ? scope.reach.branchId : null, before: null, after: onRecord(wish, rows),
    });
  });
  const ticket: z.input<typeof ticketSchema> = { id, wish, locale };
  return { ticket: Buffer.from(seal(JSON.stringify(ticket), scope.tenantId), 'utf8').toString('base64url'), rows };
}

function readTicket(scope: TenantScope, ticket: string): z.output<typeof ticketSchema> {
  try {
    return ticketSchema.parse(JSON.parse(open(Buffer.from(ticket, 'base64url').toString('utf8'), scope.tenantId)));
  } catch {
    throw notFound();
  }
}

/**
 * The list of a ticket as CSV, all of it as it stood at one moment, piece by piece. Who asks is looked at anew: rights that were taken away meanwhile are gone. Throws NOT_FOUND for a ticket that is not of this person, not of this
 * tenant or older than ten minutes, and FORBIDDEN for who may not read the list any more, before the first piece.
 */
export async function openExport(asker: TenantScope, ticket: string, now: Date): Promise<Download> {
  const { id, wish, locale } = readTicket(asker, ticket);
  const { kind, id: me } = asker.actor;
  // whoever may take a list away need not be allowed to read the trail; of it only that this was begun is asked
  const [begun] = await readTenant(actAsTenant(asker, 'exports.open'), (tx) => tx.select({ id: auditLogs.id }).from(auditLogs).where(and(
    eq(auditLogs.tenantId, asker.tenantId), eq(auditLogs.id, id), eq(auditLogs.operation, 'EXPORT'), eq(auditLogs.action, 'exports.begin'), eq(auditLogs.actorKind, kind), me === null ? undefined : eq(auditLogs.actorId, me),
    gt(auditLogs.at, new Date(now.getTime() - proofMinutes * 60_000)),
  )));
  if (begun === undefined) throw notFound();
  const scope = inAction(readerOf(asker, readBy[wish.list]), 'exports.open');
  const { rows, columns } = await listedFor(scope, wish, locale, now);
  const options = { delimiter: delimiterOf(locale) };
  const bytes = (text: string) => Buffer.from(text, 'utf8');
  const pieces = spooled(async (write) => {
    await write(bytes(csvHead(columns, options)));
    await snapshotTenant(scope, async (snapshot) => {
      for await (const page of snapshot.pages<Record<string, unknown>>(rows, pageRows)) await write(bytes(csvRows(page, columns, options)));
    });
  });
  // i18n-keys: exports.files.*
  return { fileName: `${messageOf(locale, `exports.files.${wish.list}`)}-${todayIn(scope.tenant.timeZone, now)}.csv`, type: 'text/csv;charset=utf-8', pieces };
}
