import { and, asc, eq, inArray } from 'drizzle-orm';
import { cashBankedLegs, conflict, invalid, newId, sum, todayIn, type DateOnly, type Money } from '@interdomestik/rules';
import { actAsTenant, inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashCounts, cashDepositItems, cashDeposits, cashReceipts, refunds } from '@interdomestik/db/schema';
import { post } from '../ledger';
import { moneyOf } from '../memberships/service';
import { inTenant, lockHandovers, staffOf } from './cashier';
import { lockTill, missingInTill } from './till';

export interface BankInput {
  /** Handovers that were counted. */
  readonly ids: readonly string[];
  readonly slip: string;
  readonly depositedOn: DateOnly;
}

export interface BankedCash {
  readonly depositId: string;
  readonly amount: Money;
}

/** The deposit that all of these are in already, when it is the one that is asked for once more. Throws CONFLICT when some are in another. */
async function bankedBefore(tx: Tx, scope: TenantScope, { ids, slip }: BankInput): Promise<BankedCash | null> {
  const items = await tx.select({ handoverId: cashDepositItems.handoverId, depositId: cashDeposits.id, slip: cashDeposits.slip, minor: cashDeposits.amountMinor, currency: cashDeposits.currency }).from(cashDepositItems)
    .innerJoin(cashDeposits, and(eq(cashDeposits.tenantId, cashDepositItems.tenantId), eq(cashDeposits.id, cashDepositItems.depositId)))
    .where(and(visible(scope, cashDepositItems), inArray(cashDepositItems.handoverId, [...ids])));
  const [first] = items;
  if (first === undefined) return null;
  if (items.length !== new Set(ids).size || items.some(({ depositId }) => depositId !== first.depositId) || first.slip !== slip) throw conflict('errors.cash.banked');
  return { depositId: first.depositId, amount: moneyOf(first.minor, first.currency) };
}

/**
 * The branch has paid counted cash into the bank, by one slip: what was counted, of one branch and currency, less what was given back to members out of it, moves from the branch to the bank in the ledger. All or none; the same
 * once more gives the same deposit. Throws CONFLICT `errors.cash.notConfirmed` for what nobody has counted, `errors.cash.banked` for what is in the bank by another slip; `errors.cash.givenBack` where as much was given back; INVALID for a day to come.
 */
export async function bankCash(scope: TenantScope, input: BankInput, now: Date): Promise<BankedCash> {
  const me = staffOf(scope);
  if (input.depositedOn > todayIn(scope.tenant.timeZone, now)) throw invalid('depositedOn', 'errors.cash.future');
  // the accounts are the tenant's; what is booked on them stays inside the branch that the transaction is bound to
  const books = actAsTenant(scope, 'cash.bank');
  return await withTenant(inAction(scope, 'cash.bank'), async (tx) => {
    const { handovers, receipts } = await lockHandovers(tx, scope, input.ids);
    const known = await bankedBefore(tx, scope, input);
    if (known !== null) return known;
    const counts = await tx.select().from(cashCounts).where(and(visible(scope, cashCounts), inArray(cashCounts.handoverId, handovers.map(({ id }) => id)), eq(cashCounts.outcome, 'confirmed'))).orderBy(asc(cashCounts.handoverId));
    const [first] = counts;
    if (first === undefined || counts.length !== handovers.length) throw conflict('errors.cash.notConfirmed');
    const { branchId, currency } = first;
    if (counts.some((count) => count.branchId !== branchId || count.currency !== currency)) throw invalid('ids', 'errors.cash.oneSlip');
    await lockTill(tx, scope, branchId);
    const givenBack = await missingInTill(tx, scope, branchId, currency);
    const amount = sum([...counts.map(({ countedMinor }) => moneyOf(countedMinor, currency)), ...givenBack.map(({ minor }) => moneyOf(-minor, currency))], moneyOf(0n, currency).currency);
    if (amount.minor <= 0n) throw conflict('errors.cash.givenBack');
    const depositId = newId();
    await tx.insert(cashDeposits).values({ tenantId: scope.tenantId, id: depositId, branchId, amountMinor: amount.minor, currency, slip: input.slip, depositedOn: input.depositedOn, bankedBy: me, bankedAt: now, createdAt: now });
    await tx.insert(cashDepositItems).values(counts.map(({ handoverId, countedMinor }) => ({ tenantId: scope.tenantId, id: newId(), depositId, handoverId, branchId, amountMinor: countedMinor, createdAt: now })));
    if (givenBack.length > 0) await tx.update(refunds).set({ depositId, updatedAt: now }).where(and(eq(refunds.tenantId, scope.tenantId), inArray(refunds.id, givenBack.map(({ id }) => id))));
    await tx.update(cashReceipts).set({ status: 'banked', bankedAt: now, bankSlip: input.slip, updatedAt: now }).where(inTenant(scope, receipts.map(({ id }) => id)));
    await post(tx, books, {
      kind: 'cash_banked', branchId, source: { type: 'cash_deposit', id: depositId }, effectKey: `cash_deposit:${depositId}:banked`, occurredAt: now, legs: cashBankedLegs(amount),
    });
    return { depositId, amount };
  });
}
