import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { receiptChecks, receiptDifferences } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { Rechecker } from './decide';
import { nextReceipts, sourceNames, sources } from './sources';

/** Receipts of one turn of the job. */
const pageSize = 2_000;
/** A check that has not come to an end by then is given up, and another one may begin. */
const givenUpAfterMs = 6 * 3_600_000;
/** Checks are kept this long, and the daily one comes when the last is this old. */
const keptForMs = 90 * 86_400_000;
const dailyAfterMs = 20 * 3_600_000;

const beginning = { source: sourceNames[0], after: null, checked: 0 } as const;
const payload = z.object({
  checkId: z.uuid(),
  /** Where the check stands; left out at its beginning. */
  at: z.object({ source: z.enum(sourceNames), after: z.uuid().nullable(), checked: z.int().min(0) }).optional(),
});
type Standing = NonNullable<z.infer<typeof payload>['at']>;

/** Differences of one turn, with the record of each. */
async function differencesOf(scope: TenantScope, turn: Standing) {
  const { rows, next } = await nextReceipts(scope, turn, pageSize);
  const { entity, decision } = sources[turn.source];
  const rechecker = new Rechecker(scope);
  const found = [];
  for (const { entityId, branchId, receipt } of rows) {
    const difference = await rechecker.differs(decision, receipt);
    if (difference !== null) found.push({ entity, decision, entityId, branchId, ...difference });
  }
  return { found, next, seen: rows.length };
}

/**
 * One turn of a check: so many receipts are decided again, then their differences, how far it has come and the job of the next turn are written in one
 * transaction. A turn that died before has left nothing; one that runs twice finds the check further on and leaves it alone. Reads business rows, writes none.
 */
async function recheck(scope: TenantScope, { checkId, at: turn = beginning }: z.infer<typeof payload>): Promise<void> {
  const { found, next, seen } = await differencesOf(scope, turn);
  const checked = turn.checked + seen;
  await withTenant(scope, async (tx) => {
    const [moved] = await tx.update(receiptChecks)
      .set({ checked, differing: sql`${receiptChecks.differing} + ${found.length}`, ...(next === null ? { status: 'done', finishedAt: new Date() } : { status: 'running' }) })
      .where(and(eq(receiptChecks.tenantId, scope.tenantId), eq(receiptChecks.id, checkId), eq(receiptChecks.checked, turn.checked), inArray(receiptChecks.status, ['queued', 'running'])))
      .returning({ id: receiptChecks.id });
    if (moved === undefined) return;
    if (found.length > 0) await tx.insert(receiptDifferences).values(found.map((one) => ({ tenantId: scope.tenantId, id: newId(), checkId, ...one })));
    if (next !== null) await enqueue(tx, scope, recheckJob, { checkId, at: { ...next, checked } });
  });
}

/** Looks again whether stored decisions are what their rules decide, a part at a time. */
export const recheckJob = defineJob({ name: 'receipts.recheck', payload, retries: 5, atOnce: 1, run: recheck });

/** Begins a check as part of `tx`, or gives the one that is under way; two who begin at once begin one. */
export async function beginCheck(tx: Tx, scope: TenantScope, createdBy: string | null, now: Date): Promise<string> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipts:${scope.tenantId}`}, 0))`);
  const open = and(eq(receiptChecks.tenantId, scope.tenantId), inArray(receiptChecks.status, ['queued', 'running']));
  await tx.update(receiptChecks).set({ status: 'failed', finishedAt: now }).where(and(open, lt(receiptChecks.createdAt, new Date(now.getTime() - givenUpAfterMs))));
  const [running] = await tx.select({ id: receiptChecks.id }).from(receiptChecks).where(open).limit(1);
  if (running !== undefined) return running.id;
  const id = newId();
  await tx.insert(receiptChecks).values({ tenantId: scope.tenantId, id, createdBy, createdAt: now });
  await enqueue(tx, scope, recheckJob, { checkId: id });
  return id;
}

/** Once a day every tenant's receipts are looked at, and checks that nobody needs any more are cleared away. */
async function daily(scope: TenantScope, now: Date): Promise<void> {
  await withTenant(scope, async (tx) => {
    const old = await tx.select({ id: receiptChecks.id }).from(receiptChecks).where(and(eq(receiptChecks.tenantId, scope.tenantId), lt(receiptChecks.createdAt, new Date(now.getTime() - keptForMs))));
    const ids = old.map(({ id }) => id);
    if (ids.length > 0) {
      await tx.delete(receiptDifferences).where(and(eq(receiptDifferences.tenantId, scope.tenantId), inArray(receiptDifferences.checkId, ids)));
      await tx.delete(receiptChecks).where(and(eq(receiptChecks.tenantId, scope.tenantId), inArray(receiptChecks.id, ids)));
    }
    const [recent] = await tx.select({ id: receiptChecks.id }).from(receiptChecks)
      .where(and(eq(receiptChecks.tenantId, scope.tenantId), eq(receiptChecks.status, 'done'), sql`${receiptChecks.createdAt} > ${new Date(now.getTime() - dailyAfterMs)}`)).limit(1);
    if (recent === undefined) await beginCheck(tx, scope, null, now);
  });
}

export const dailyRecheckJob = defineJob({ name: 'receipts.daily', payload: turnSchema, retries: 5, run: async (scope) => { await daily(scope, new Date()); } });
