import { and, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isDomainError, newId, reconciledDays, settlingMinutes } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { paymentAccounts, reconciliations } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { notifyRole } from '../notifications';
import { accountById, providerOf } from '../payments/accounts';
import { PaddleMisconfigured } from '../vendors/paddle';
import type { PaymentProvider, ProviderAdjustment, ProviderTransaction } from '../vendors/payment-provider';
import { SealBroken } from '../vendors/secrets';
import { compareAdjustments, compareTransactions, type Compared } from './compare';
import { writeCompared, type Run } from './write';

/** Records of one turn of the job: twenty pages of the provider. */
const turnSize = 600;
const dayMs = 86_400_000;
/** A run that has not come to an end by then is given up, and another one may begin. */
const givenUpAfterMs = 6 * 3_600_000;
/** Refunds and disputes are looked at for so long after they were asked for: a bank takes its time. */
const adjustmentDays = 120;
const keptForMs = 400 * dayMs;

const isOpen = (scope: TenantScope) => and(eq(reconciliations.tenantId, scope.tenantId), inArray(reconciliations.status, ['queued', 'running']));

async function take<T>(list: AsyncIterable<T>, most: number, until: (one: T) => boolean): Promise<{ readonly taken: T[]; readonly ended: boolean }> {
  const taken: T[] = [];
  for await (const one of list) {
    if (until(one)) return { taken, ended: true };
    taken.push(one);
    if (taken.length >= most) return { taken, ended: false };
  }
  return { taken, ended: true };
}

interface Turn {
  readonly compare: (tx: Tx) => Promise<Compared[]>;
  readonly seen: number;
  readonly next: Pick<Run, 'phase' | 'position'> | null;
}

/** Asks the provider for the next part. No transaction is open meanwhile. */
async function nextTurn(scope: TenantScope, run: Run, provider: PaymentProvider, now: Date): Promise<Turn> {
  const after = run.position === null ? {} : { after: run.position };
  if (run.phase === 'transactions') {
    const { taken, ended } = await take<ProviderTransaction>(provider.listTransactions({ ...after, updatedBefore: run.until, ...(run.since === null ? {} : { updatedFrom: run.since }) }), turnSize, () => false);
    return { compare: (tx) => compareTransactions(tx, scope, run.paymentAccountId, taken, now), seen: taken.length, next: ended ? { phase: 'adjustments', position: null } : { phase: run.phase, position: taken.at(-1)?.id ?? null } };
  }
  const oldest = run.since === null ? null : new Date(run.since.getTime() - adjustmentDays * dayMs);
  const { taken, ended } = await take<ProviderAdjustment>(provider.listAdjustments(after), turnSize, ({ createdAt }) => oldest !== null && createdAt !== null && createdAt < oldest);
  const settled = taken.filter(({ updatedAt, createdAt }) => (updatedAt ?? createdAt ?? now) < run.until);
  return { compare: (tx) => compareAdjustments(tx, scope, run.paymentAccountId, settled, now), seen: settled.length, next: ended ? null : { phase: run.phase, position: taken.at(-1)?.id ?? null } };
}

const samePlace = ({ position, phase }: Run) => and(eq(reconciliations.phase, phase), position === null ? isNull(reconciliations.position) : eq(reconciliations.position, position));

/**
 * One turn of a run: a part of the provider's list is read, then the missing events, the differences, how far it has come and the job of the next turn are
 * written in one transaction. A turn that died before has left nothing; one that runs twice finds the run further on and leaves it alone.
 */
async function turn(scope: TenantScope, run: Run, now: Date): Promise<void> {
  const provider = providerOf(await accountById(scope, run.paymentAccountId));
  const { compare, seen, next } = await nextTurn(scope, run, provider, now);
  await withTenant(scope, async (tx) => {
    const [held] = await tx.select({ id: reconciliations.id }).from(reconciliations).where(and(isOpen(scope), eq(reconciliations.id, run.id), samePlace(run))).for('no key update');
    if (held === undefined) return;
    const { repaired, found } = await writeCompared(tx, scope, run, await compare(tx), now);
    const [moved] = await tx.update(reconciliations).set({
      checked: run.checked + seen, repaired: run.repaired + repaired, found: run.found + found, reason: null, ...(next === null ? { status: 'done', finishedAt: now } : { status: 'running', ...next }),
    }).where(and(eq(reconciliations.tenantId, scope.tenantId), eq(reconciliations.id, run.id))).returning({ found: reconciliations.found });
    if (next !== null) return await enqueue(tx, scope, reconcileJob, { reconciliationId: run.id });
    if (moved !== undefined && moved.found > 0) {
      await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'payment.differences', params: { count: moved.found }, href: '/payments/reconciliation', effectKey: `reconciliation:${run.id}` });
    }
  });
}

const note = async (scope: TenantScope, run: Run, values: Partial<typeof reconciliations.$inferInsert>): Promise<void> => {
  await withTenant(scope, async (tx) => { await tx.update(reconciliations).set(values).where(and(isOpen(scope), eq(reconciliations.id, run.id))); });
};

/** Works off the next part of a run. Throws while the provider does not answer, so that the queue tries again later; an account that cannot work ends the run with its reason. */
export async function reconcile(given: TenantScope, reconciliationId: string, now: Date): Promise<void> {
  const scope = inAction(given, 'reconciliations.run');
  const [run] = await readTenant(scope, (tx) => tx.select().from(reconciliations).where(and(isOpen(scope), eq(reconciliations.id, reconciliationId))));
  if (run === undefined) return;
  try {
    await turn(scope, run, now);
  } catch (error) {
    const unusable = error instanceof PaddleMisconfigured || error instanceof SealBroken || (isDomainError(error) && error.messageKey === 'errors.payment.notConfigured');
    await note(scope, run, unusable ? { status: 'failed', reason: 'errors.payment.notConfigured', finishedAt: now } : { status: 'running', reason: isDomainError(error) ? error.messageKey : 'errors.internal' });
    if (!unusable) throw error;
  }
}

/** Compares our records with a provider's account, a part at a time. */
export const reconcileJob = defineJob({
  name: 'reconciliations.run', payload: z.object({ reconciliationId: z.uuid() }), retries: 8, atOnce: 1, expireSeconds: 300,
  run: (scope, { reconciliationId }) => reconcile(scope, reconciliationId, new Date()),
});

/**
 * Begins a run over an account as part of `tx`, or gives the one that is under way; two who begin at once begin one. The first one of an account looks at
 * everything, and so does one that is asked to; the others at the last weeks.
 */
export async function beginReconciliation(tx: Tx, scope: TenantScope, wish: { readonly accountId: string; readonly whole: boolean; readonly createdBy: string | null }, now: Date): Promise<string> {
  const { accountId, whole, createdBy } = wish;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`reconciliations:${scope.tenantId}:${accountId}`}, 0))`);
  const ofAccount = and(eq(reconciliations.tenantId, scope.tenantId), eq(reconciliations.paymentAccountId, accountId));
  await tx.update(reconciliations).set({ status: 'failed', finishedAt: now }).where(and(isOpen(scope), ofAccount, lt(reconciliations.createdAt, new Date(now.getTime() - givenUpAfterMs))));
  const [running] = await tx.select({ id: reconciliations.id }).from(reconciliations).where(and(isOpen(scope), ofAccount)).limit(1);
  if (running !== undefined) return running.id;
  const [before] = await tx.select({ id: reconciliations.id }).from(reconciliations).where(and(ofAccount, eq(reconciliations.status, 'done'))).limit(1);
  const id = newId();
  await tx.insert(reconciliations).values({
    tenantId: scope.tenantId, id, paymentAccountId: accountId, createdBy, createdAt: now, until: new Date(now.getTime() - settlingMinutes * 60_000),
    since: whole || before === undefined ? null : new Date(now.getTime() - reconciledDays * dayMs),
  });
  await enqueue(tx, scope, reconcileJob, { reconciliationId: id });
  return id;
}

const hourIn = (zone: string, at: Date): number => Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at));

/** Begins the run of the night for every account that has a key: while people sleep, or at any hour when more than a day has passed without one. */
export async function reconcileNightly(scope: TenantScope, now: Date): Promise<void> {
  const night = hourIn(scope.tenant.timeZone, now) < 5;
  await withTenant(scope, async (tx) => {
    const own = eq(paymentAccounts.tenantId, scope.tenantId);
    const accounts = await tx.select({ id: paymentAccounts.id }).from(paymentAccounts).where(and(own, eq(paymentAccounts.provider, 'paddle'), isNotNull(paymentAccounts.credentials)));
    for (const { id } of accounts) {
      const [last] = await tx.select({ at: reconciliations.createdAt }).from(reconciliations)
        .where(and(eq(reconciliations.tenantId, scope.tenantId), eq(reconciliations.paymentAccountId, id))).orderBy(desc(reconciliations.createdAt)).limit(1);
      const age = last === undefined ? Infinity : now.getTime() - last.at.getTime();
      if (age > 1.5 * dayMs || (night && age > 0.5 * dayMs)) await beginReconciliation(tx, scope, { accountId: id, whole: false, createdBy: null }, now);
    }
    // runs that found something stay as long as what they found
    await tx.delete(reconciliations).where(and(
      eq(reconciliations.tenantId, scope.tenantId), lt(reconciliations.createdAt, new Date(now.getTime() - keptForMs)),
      sql`not exists (select 1 from reconciliation_differences d where d.tenant_id = ${reconciliations.tenantId} and d.reconciliation_id = ${reconciliations.id})`,
    ));
  });
}

export const nightlyReconcileJob = defineJob({ name: 'reconciliations.nightly', payload: turnSchema, retries: 5, run: async (scope) => { await reconcileNightly(scope, new Date()); } });
