import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { translator } from '@interdomestik/i18n';
import { DomainError, formatInstant, fullName, newId, notFound, proofMinutes, type Locale } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, documents, user } from '@interdomestik/db/schema';
import { strToU8 } from 'fflate';
import { memberOf } from '../memberships/service';
import { toCsv } from '../vendors/csv';
import type { Storage } from '../vendors/storage';
import { dataOf, personalTables, type PersonalTable } from './subject';
import { zipped, type ZipEntry } from './zipped';

type Row = Readonly<Record<string, unknown>>;

/** What nobody is handed: what opens an account is worth something to a thief alone, and the tenant is the same in every row. */
const handedOut = ({ columns, facts }: PersonalTable) => columns.filter(({ name }) => name !== 'tenant_id' && dataOf(facts, name) !== 'secret');

/** Everything that the tenant holds about a person, table by table, without what opens an account. */
export async function everythingAbout(scope: TenantScope, userId: string): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, readonly Row[]>();
  for (const one of personalTables) {
    const columns = sql.join(handedOut(one).map((column) => sql`${column}`), sql`, `);
    const { rows } = await readTenant(scope, (tx) => tx.execute<Row>(sql`select ${columns} from ${one.table} where ${one.about(scope.tenantId, userId)} order by ${sql.identifier('id')}`));
    if (rows.length > 0) found.set(one.name, rows);
  }
  return found;
}

const plain = (value: unknown): string | number | boolean | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
};

function csvOf(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  return toCsv(rows, names.map((header) => ({ header, value: (row: Row) => plain(row[header]) })));
}

/**
 * Puts on record that a member takes away everything held about them, and gives the ticket that `ownDataArchive` takes: for ten minutes, from this person alone.
 */
export async function beginDownload(asker: TenantScope, now: Date): Promise<{ readonly ticket: string }> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'privacy.beginDownload');
  const ticket = newId();
  await withTenant(scope, (tx) => tx.insert(auditLogs).values({
    tenantId: scope.tenantId, id: ticket, at: now, actorKind: scope.actor.kind, actorId: me, action: scope.action, requestId: scope.requestId, operation: 'EXPORT', entity: 'user', entityId: me, branchId: null, before: null, after: { format: 'zip' },
  }).then(() => undefined));
  return { ticket };
}

async function assertTicket(scope: TenantScope, me: string, ticket: string, now: Date): Promise<void> {
  const [known] = await readTenant(scope, (tx) => tx.select({ id: auditLogs.id }).from(auditLogs).where(and(
    eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.id, ticket), eq(auditLogs.operation, 'EXPORT'), eq(auditLogs.action, 'privacy.beginDownload'), eq(auditLogs.actorId, me),
    gt(auditLogs.at, new Date(now.getTime() - proofMinutes * 60_000)),
  )));
  if (known === undefined) throw notFound();
}

/** Largest file that is put into an archive, in bytes: more than any rule lets in. */
const largest = 250_000_000;

async function* entriesOf(scope: TenantScope, me: string, locale: Locale, now: Date, storage: Storage): AsyncGenerator<ZipEntry> {
  const t = translator(locale);
  const held = await everythingAbout(scope, me);
  const [person] = await readTenant(scope, (tx) => tx.select({ firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, me))));
  const papers = await readTenant(scope, (tx) => tx.select().from(documents)
    .where(and(eq(documents.tenantId, scope.tenantId), eq(documents.userId, me), eq(documents.status, 'stored'))).orderBy(asc(documents.createdAt), asc(documents.id)));
  yield { name: 'data.json', bytes: strToU8(JSON.stringify({ tenant: scope.tenant.name, drawnAt: now.toISOString(), tables: Object.fromEntries(held) }, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value), 1)) };
  for (const [name, rows] of held) yield { name: `csv/${name}.csv`, bytes: strToU8(csvOf(rows)) };
  const gone: string[] = [];
  for (const { id, path, storageKey, fileName } of papers) {
    if (storageKey === null) continue;
    const name = `documents/${id.slice(-8)}-${fileName}`;
    try {
      yield { name, bytes: await storage.fetchBytes({ tenantId: scope.tenantId, path, storageKey }, largest), packed: true };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'NOT_FOUND') throw error;
      gone.push(name);
    }
  }
  const lines = [
    t('privacy.archive.title', { tenant: scope.tenant.name }), t('privacy.archive.about', { name: person === undefined ? '–' : fullName(person), at: formatInstant(now, scope.tenant.timeZone) }), '',
    t('privacy.archive.json', { file: 'data.json' }), t('privacy.archive.csv', { file: 'csv' }), t('privacy.archive.documents', { file: 'documents' }), t('privacy.archive.secrets'), ...(gone.length === 0 ? [] : ['', t('privacy.archive.gone'), ...gone]), '',
  ];
  yield { name: 'README.txt', bytes: strToU8(`\uFEFF${lines.join('\r\n')}`) };
}

/**
 * Everything held about the member as one ZIP (JSON, CSV, documents), piece by piece: no more than one document is in memory. What is missing in the store is named in its README.
 * Throws NOT_FOUND for a ticket that is not of this person or older than ten minutes, before the first piece.
 */
export async function ownDataArchive(asker: TenantScope, ticket: string, locale: Locale, now: Date, storage: Storage): Promise<AsyncGenerator<Uint8Array>> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'privacy.archive');
  await assertTicket(scope, me, ticket, now);
  return zipped(entriesOf(scope, me, locale, now, storage), now);
}
