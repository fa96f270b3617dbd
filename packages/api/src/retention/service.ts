import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { instantOf, keptFrom, newId, retentionKinds, todayIn, type DateOnly, type RetentionKind } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, claimEvents, claims, documents, idempotencyKeys, importLines, importPieces, leads, mails, notifications, sessions, user, userTokens, webhookEvents } from '@interdomestik/db/schema';
import { fileStore } from '../documents/store';
import { eraseRows } from '../erasures/erase';
import { erasedFolder, rememberErased } from '../erasures/erased-list';
import { eraseFiles } from '../erasures/files';
import type { ErasureTools } from '../erasures/run';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { ruleOf } from '../settings/rules';
import { dueSince, type Due } from './due';

/** What would go of one kind, by the rule of the day. */
export interface DueKind {
  readonly kind: RetentionKind;
  /** The first day that is still kept. */
  readonly from: DateOnly;
  readonly count: number;
}

/** Numbers by kind, as a run leaves them in the trail. */
export type Gone = Readonly<Record<RetentionKind, number>>;

const parts: readonly { readonly kind: RetentionKind; readonly due: keyof Due; readonly table: PgTable }[] = [
  { kind: 'people', due: 'people', table: user }, { kind: 'claims', due: 'claims', table: claims }, { kind: 'leads', due: 'leads', table: leads }, { kind: 'messages', due: 'mails', table: mails },
  { kind: 'messages', due: 'notifications', table: notifications }, { kind: 'sessions', due: 'sessions', table: sessions }, { kind: 'sessions', due: 'tokens', table: userTokens }, { kind: 'events', due: 'events', table: webhookEvents },
  { kind: 'workings', due: 'keys', table: idempotencyKeys }, { kind: 'workings', due: 'pieces', table: importPieces }, { kind: 'workings', due: 'lines', table: importLines },
];

async function cuts(scope: TenantScope, now: Date) {
  const { value: rule } = await ruleOf(scope, 'retention', now);
  return { rule, from: keptFrom(rule, todayIn(scope.tenant.timeZone, now)) };
}

/** What would go today, counted by the conditions by which it would go. Changes nothing. */
export async function retentionReport(asker: TenantScope, now: Date): Promise<{ readonly nightly: boolean; readonly kinds: readonly DueKind[]; readonly last: { readonly at: Date; readonly gone: Gone } | null }> {
  const scope = inAction(asker, 'retention.report');
  const { rule, from } = await cuts(scope, now);
  const counted = new Map<RetentionKind, number>();
  for (const { kind, due, table } of parts) {
    const count = await readTenant(scope, (tx) => tx.$count(table, dueSince(tx, scope, from)[due]));
    counted.set(kind, (counted.get(kind) ?? 0) + count);
  }
  const [last] = await readTenant(scope, (tx) => tx.select({ at: auditLogs.at, after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.entity, 'retention'))).orderBy(desc(auditLogs.at)).limit(1));
  return { nightly: rule.nightly, kinds: retentionKinds.map((kind) => ({ kind, from: from[kind], count: counted.get(kind) ?? 0 })), last: last === undefined ? null : { at: last.at, gone: last.after as Gone } };
}

/** How many rows one transaction takes, so that nobody waits long for it. */
const atOnce = 500;

async function inPieces(scope: TenantScope, step: (tx: Tx) => Promise<number>): Promise<number> {
  let gone = 0;
  for (let done = atOnce; done === atOnce; ) {
    done = await withTenant(scope, step);
    gone += done;
  }
  return gone;
}

async function people(scope: TenantScope, due: (tx: Tx) => Due, now: Date, { storage, folder }: ErasureTools): Promise<number> {
  let gone = 0;
  for (;;) {
    const over = await readTenant(scope, (tx) => tx.select({ id: user.id }).from(user).where(due(tx).people).limit(50));
    for (const { id } of over) {
      if (folder !== null) await rememberErased(folder, { at: now.toISOString(), tenant: scope.tenantId, user: id, request: newId() });
      await eraseFiles(scope, id, storage);
      gone += await withTenant(scope, async (tx) => ((await eraseRows(tx, scope, id, '', now)) === 'erased' ? 1 : 0));
    }
    if (over.length < 50) return gone;
  }
}

async function oldClaims(scope: TenantScope, due: (tx: Tx) => Due, { storage }: ErasureTools): Promise<number> {
  const { tenantId } = scope;
  let gone = 0;
  for (;;) {
    const over = await readTenant(scope, (tx) => tx.select({ id: claims.id }).from(claims).where(due(tx).claims).limit(50));
    for (const { id } of over) {
      const here = and(eq(documents.tenantId, tenantId), eq(documents.entity, 'claim'), eq(documents.entityId, id), ne(documents.fileName, '–'));
      for (const paper of await readTenant(scope, (tx) => tx.select({ id: documents.id, path: documents.path, storageKey: documents.storageKey }).from(documents).where(here))) {
        if (paper.storageKey !== null) await storage.remove({ tenantId, path: paper.path, storageKey: paper.storageKey });
        await withTenant(scope, (tx) => tx.update(documents).set({ storageKey: null, fileName: '–', sha256: null, status: 'rejected', rejectReason: 'errors.document.expired' }).where(and(eq(documents.tenantId, tenantId), eq(documents.id, paper.id))).then(() => undefined));
      }
      await withTenant(scope, async (tx) => {
        await tx.update(claimEvents).set({ note: null }).where(and(eq(claimEvents.tenantId, tenantId), eq(claimEvents.claimId, id)));
        await tx.update(claims).set({ description: '', counterparty: '', noFeeReason: null }).where(and(eq(claims.tenantId, tenantId), eq(claims.id, id)));
      });
      gone += 1;
    }
    if (over.length < 50) return gone;
  }
}

type Going = { readonly table: PgTable; readonly due: keyof Due; readonly how: 'delete' | Readonly<Record<string, string | null>> };

const simple: Readonly<Record<Exclude<RetentionKind, 'people' | 'claims'>, readonly Going[]>> = {
  leads: [{ table: leads, due: 'leads', how: { first_name: '–', last_name: '', phone: null, email: null, note: '' } }],
  messages: [{ table: mails, due: 'mails', how: 'delete' }, { table: notifications, due: 'notifications', how: 'delete' }],
  sessions: [{ table: sessions, due: 'sessions', how: 'delete' }, { table: userTokens, due: 'tokens', how: 'delete' }],
  events: [{ table: webhookEvents, due: 'events', how: { raw: '{}' } }],
  workings: [
    { table: idempotencyKeys, due: 'keys', how: 'delete' }, { table: importPieces, due: 'pieces', how: 'delete' },
    { table: importLines, due: 'lines', how: { cells: null, traits: null, before: null, problems: null, number: null, alike: null } },
  ],
};

async function goes(scope: TenantScope, due: (tx: Tx) => Due, { table, due: condition, how }: Going): Promise<number> {
  return await inPieces(scope, async (tx) => {
    const over = sql`select id from ${table} where ${due(tx)[condition]} limit ${atOnce}`;
    const mine = sql`tenant_id = ${scope.tenantId} and id in (${over})`;
    const set = how === 'delete' ? null : sql.join(Object.entries(how).map(([column, value]) => sql`${sql.identifier(column)} = ${value}`), sql`, `);
    // a write that gives nothing back is not waited for, and could not be counted
    const { rows } = await tx.execute(set === null ? sql`delete from ${table} where ${mine} returning id` : sql`update ${table} set ${set} where ${mine} returning id`);
    return rows.length;
  });
}

/** Lets go of everything whose time is over, by the same conditions as the report, and counts it in the trail, once a day where nothing went. Stopped anywhere it goes on the next time; what has gone is not found again. */
export async function runRetention(asker: TenantScope, now: Date, tools: ErasureTools = { storage: fileStore(), folder: erasedFolder() }): Promise<Gone> {
  const scope = inAction(asker, 'retention.run');
  const { from } = await cuts(scope, now);
  const due = (tx: Tx): Due => dueSince(tx, scope, from);
  const gone: Record<RetentionKind, number> = { people: await people(scope, due, now, tools), claims: await oldClaims(scope, due, tools), leads: 0, messages: 0, sessions: 0, events: 0, workings: 0 };
  for (const kind of ['leads', 'messages', 'sessions', 'events', 'workings'] as const) for (const going of simple[kind]) gone[kind] += await goes(scope, due, going);
  await withTenant(scope, async (tx) => {
    const today = instantOf(todayIn(scope.tenant.timeZone, now), scope.tenant.timeZone);
    const [told] = await tx.select({ id: auditLogs.id }).from(auditLogs).where(and(eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.entity, 'retention'), gte(auditLogs.at, today))).limit(1);
    if (told !== undefined && Object.values(gone).every((count) => count === 0)) return;
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'RETENTION', entity: 'retention', entityId: null, branchId: null, before: null, after: gone,
    });
  });
  return gone;
}

/** Where the tenant's rule switches it on. Time is counted in whole days of the tenant, so the first turn after its midnight takes what the new day lets go; a later one of the same day ends what was stopped. */
export const retentionJob = defineJob({
  name: 'retention.nightly', payload: turnSchema, retries: 2, expireSeconds: 3600,
  run: async (scope) => {
    const now = new Date();
    const { value: rule } = await ruleOf(scope, 'retention', now);
    if (rule.nightly) await runRetention(scope, now);
  },
});
