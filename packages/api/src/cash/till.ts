import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { conflict, formatMoney, type Currency, type Money } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, cashCounts, cashDepositItems, refunds } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { moneyOf } from '../memberships/service';

const total = (column: unknown) => sql<string>`coalesce(sum(${column}), 0)::text`;

/** Refunds that were paid out of a branch's cash and that no deposit has settled yet. */
export const openInTill = (scope: TenantScope) => and(visible(scope, refunds), eq(refunds.source, 'branch'), eq(refunds.status, 'done'), isNull(refunds.depositId));

/** Whoever takes cash out of a branch does it one after the other: giving back and paying into the bank. */
export async function lockTill(tx: Tx, scope: TenantScope, branchId: string): Promise<void> {
  await tx.select({ id: branches.id }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId))).for('no key update');
}

/** What lies in a branch: counted and not in the bank, less what was given back out of it. */
export async function inTill(tx: Tx, scope: TenantScope, branchId: string, currency: Currency): Promise<Money> {
  const [counted] = await tx.select({ minor: total(cashCounts.countedMinor) }).from(cashCounts)
    .leftJoin(cashDepositItems, and(eq(cashDepositItems.tenantId, cashCounts.tenantId), eq(cashDepositItems.handoverId, cashCounts.handoverId)))
    .where(and(visible(scope, cashCounts), eq(cashCounts.branchId, branchId), eq(cashCounts.currency, currency), eq(cashCounts.outcome, 'confirmed'), isNull(cashDepositItems.id)));
  const [given] = await tx.select({ minor: total(refunds.amountMinor) }).from(refunds).where(and(openInTill(scope), eq(refunds.branchId, branchId), eq(refunds.currency, currency)));
  return moneyOf(BigInt(counted?.minor ?? '0') - BigInt(given?.minor ?? '0'), currency);
}

/** Refuses more than lies in the branch. The caller holds the till's lock. */
export async function assertInTill(tx: Tx, scope: TenantScope, branchId: string, amount: Money): Promise<void> {
  const there = await inTill(tx, scope, branchId, amount.currency);
  if (there.minor < amount.minor) throw conflict('errors.refund.till', { amount: formatMoney(there, localeOfRow(scope.actor.locale)) });
}

/** Every refund out of the branch's cash that is still missing there: the next deposit is less by them. */
export async function missingInTill(tx: Tx, scope: TenantScope, branchId: string, currency: string) {
  return await tx.select({ id: refunds.id, minor: refunds.amountMinor }).from(refunds).where(and(openInTill(scope), eq(refunds.branchId, branchId), eq(refunds.currency, currency))).orderBy(asc(refunds.id)).for('no key update');
}
