import { and, eq } from 'drizzle-orm';
import { cashWrittenOffLegs, conflict, equals, formatMoney, isZero, newId, notFound, passedWriteOffLimit, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, cashWriteOffs, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { once } from '../idempotency';
import { post } from '../ledger';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';
import { staffOf } from './cashier';
import { openDifference } from './differences';

export interface WriteOffInput {
  /** Whose difference, and in which branch it was counted. */
  readonly agentId: string;
  readonly branchId: string;
  /** All of it, as it was shown. */
  readonly shown: Money;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Writes off what somebody's counts came to above or below what was said, with a reason: the difference leaves their name in the books and stays in the books as written off. All of it at once, up to the tenant's limit; nobody writes off
 * their own. Once for each key. Throws NOT_FOUND for a branch out of sight, CONFLICT where there is none, another than was shown, or more than the limit.
 */
export async function writeOffCash(asker: TenantScope, input: WriteOffInput, now: Date): Promise<{ readonly amount: Money }> {
  const me = staffOf(asker);
  const { idempotencyKey, ...payload } = input;
  const { agentId, branchId, shown, reason } = payload;
  const [seen] = await readTenant(inAction(asker, 'cash.writeOff'), (tx) => tx.select({ id: branches.id }).from(branches).where(and(eq(branches.tenantId, asker.tenantId), eq(branches.id, branchId))));
  if (seen === undefined || (asker.reach.kind !== 'tenant' && !(asker.reach.kind === 'branch' && asker.reach.branchId === branchId))) throw notFound();
  const scope = actAsTenant(asker, 'cash.writeOff');
  const { value: limits } = await ruleOf(scope, 'limits', now, branchId);
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'cash.writeOff', key: idempotencyKey, payload }, async () => {
    // two who write off the same are looked at one after the other
    const [holder] = await tx.select({ id: user.id, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId))).for('no key update');
    if (holder === undefined) throw notFound();
    const open = await openDifference(tx, scope, { agentId, branchId, currency: shown.currency });
    if (isZero(open)) throw conflict('errors.cash.noDifference');
    if (agentId === me) throw conflict('errors.cash.ownVerification');
    if (!equals(open, shown)) throw conflict('errors.cash.differenceChanged');
    const limit = passedWriteOffLimit(limits, open);
    if (limit !== null) throw conflict('errors.cash.writeOffLimit', { limit: formatMoney(limit, localeOfRow(asker.actor.locale)) });
    const id = newId();
    await tx.insert(cashWriteOffs).values({ tenantId: scope.tenantId, id, branchId, agentId, amountMinor: open.minor, currency: open.currency, reason, writtenOffBy: me, createdAt: now });
    await post(tx, scope, {
      kind: 'cash_written_off', branchId, source: { type: 'cash_write_off', id }, effectKey: `cash_write_off:${id}`, occurredAt: now, legs: cashWrittenOffLegs(open), parties: { cashShortage: agentId, cashWrittenOff: agentId },
    });
    await notify(tx, scope, { userId: agentId, kind: 'cash.written_off', params: { amount: formatMoney(open, localeOfRow(holder.locale)), reason }, href: '/cash?place=handovers', effectKey: `cash_write_off:${id}` });
    return { amount: open };
  }));
}
