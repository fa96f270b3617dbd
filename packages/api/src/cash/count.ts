import { and, eq } from 'drizzle-orm';
import { assertCounted, cashHandedOverLegs, conflict, differenceOf, formatMoney, fullName, isZero, newId, notFound, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashCounts, cashReceipts, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { post } from '../ledger';
import { moneyOf } from '../memberships/service';
import { notify, notifyRole } from '../notifications';
import { inTenant, lockHandover, staffOf, type Handover } from './cashier';

type Count = typeof cashCounts.$inferSelect;

async function countOf(tx: Tx, scope: TenantScope, handoverId: string): Promise<Count | undefined> {
  const [count] = await tx.select().from(cashCounts).where(and(visible(scope, cashCounts), eq(cashCounts.handoverId, handoverId)));
  return count;
}

/** Nobody counts what they held or handed over: two people stand behind every step. */
function assertOther(handover: Handover, me: string): void {
  if (handover.agentId === me || handover.handedBy === me) throw conflict('errors.cash.ownVerification');
}

async function holderOf(tx: Tx, scope: TenantScope, { agentId }: Handover) {
  const [row] = await tx.select({ firstName: user.firstName, lastName: user.lastName, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId)));
  return { name: row === undefined ? '–' : fullName(row), locale: localeOfRow(row?.locale ?? scope.tenant.defaultLocale) };
}

async function tellDifference(tx: Tx, scope: TenantScope, handover: Handover, difference: Money): Promise<void> {
  const holder = await holderOf(tx, scope, handover);
  const effectKey = `cash_handover:${handover.id}:difference`;
  const said = moneyOf(handover.amountMinor, handover.currency);
  await notify(tx, scope, { userId: handover.agentId, kind: 'cash.difference', params: { amount: formatMoney(said, holder.locale), difference: formatMoney(difference, holder.locale) }, href: '/cash?place=handovers', effectKey });
  const locale = localeOfRow(scope.tenant.defaultLocale);
  await notifyRole(tx, scope, { role: 'tenant_admin' }, {
    kind: 'cash.agent_difference', params: { agent: holder.name, amount: formatMoney(said, locale), difference: formatMoney(difference, locale) }, href: '/cash?place=handovers', effectKey: `${effectKey}:admin`,
  });
}

export interface CountInput {
  readonly id: string;
  readonly counted: Money;
  readonly note?: string | undefined;
}

/**
 * The branch has counted what was handed over and takes it: custody moves from the collector to the branch in the ledger, and what is missing or too much stays in the books under the
 * collector's name. A repeat of the same count does nothing. Throws CONFLICT for one that was counted otherwise, given back, or the caller's own; INVALID for a difference without a word.
 */
export async function confirmHandover(scope: TenantScope, input: CountInput, now: Date): Promise<{ readonly moved: number; readonly difference: Money }> {
  const me = staffOf(scope);
  // the accounts are the tenant's; what is booked on them stays inside the branch that the transaction is bound to
  const books = actAsTenant(scope, 'cash.confirm');
  return await withTenant(inAction(scope, 'cash.confirm'), async (tx) => {
    const { handover, receipts } = await lockHandover(tx, scope, input.id);
    assertOther(handover, me);
    const said = moneyOf(handover.amountMinor, handover.currency);
    const before = await countOf(tx, scope, handover.id);
    if (before !== undefined) {
      if (before.outcome === 'confirmed' && before.countedMinor === input.counted.minor && before.currency === input.counted.currency) return { moved: 0, difference: differenceOf(said, input.counted) };
      throw conflict(before.outcome === 'returned' ? 'errors.cash.returned' : 'errors.cash.alreadyVerified');
    }
    assertCounted(said, input.counted, input.note);
    const difference = differenceOf(said, input.counted);
    await tx.insert(cashCounts).values({
      tenantId: scope.tenantId, id: newId(), handoverId: handover.id, branchId: handover.branchId, agentId: handover.agentId, outcome: 'confirmed', countedMinor: input.counted.minor, currency: handover.currency,
      note: input.note ?? null, countedBy: me, countedAt: now, createdAt: now,
    });
    await tx.update(cashReceipts).set({ verifiedBy: me, updatedAt: now }).where(inTenant(scope, receipts.map(({ id }) => id)));
    await post(tx, books, {
      kind: 'cash_handed_over', branchId: handover.branchId, source: { type: 'cash_handover', id: handover.id }, effectKey: `cash_handover:${handover.id}:confirmed`, occurredAt: now,
      legs: cashHandedOverLegs(said, input.counted), parties: { cashWithAgents: handover.agentId, cashShortage: handover.agentId },
    });
    if (!isZero(difference)) await tellDifference(tx, books, handover, difference);
    return { moved: receipts.length, difference };
  });
}

/**
 * The branch gives a handover back, because the cash was not there: its receipts are with their collector again, to be handed over anew. Repeating does nothing.
 * Throws CONFLICT for one that was counted, or the caller's own.
 */
export async function returnHandover(scope: TenantScope, input: { readonly id: string; readonly note: string }, now: Date): Promise<number> {
  const me = staffOf(scope);
  return await withTenant(inAction(scope, 'cash.giveBack'), async (tx) => {
    const { handover, receipts } = await lockHandover(tx, scope, input.id);
    assertOther(handover, me);
    const before = await countOf(tx, scope, handover.id);
    if (before?.outcome === 'returned') return 0;
    if (before !== undefined) throw conflict('errors.cash.alreadyVerified');
    if (receipts.length === 0) throw notFound();
    await tx.insert(cashCounts).values({
      tenantId: scope.tenantId, id: newId(), handoverId: handover.id, branchId: handover.branchId, agentId: handover.agentId, outcome: 'returned', countedMinor: 0n, currency: handover.currency,
      note: input.note, countedBy: me, countedAt: now, createdAt: now,
    });
    await tx.update(cashReceipts).set({ status: 'collected', handedAt: null, handoverId: null, updatedAt: now }).where(inTenant(scope, receipts.map(({ id }) => id)));
    const holder = await holderOf(tx, scope, handover);
    await notify(tx, scope, {
      userId: handover.agentId, kind: 'cash.returned', params: { amount: formatMoney(moneyOf(handover.amountMinor, handover.currency), holder.locale), note: input.note }, href: '/cash', effectKey: `cash_handover:${handover.id}:returned`,
    });
    return receipts.length;
  });
}
