import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { DomainError, formatMoney, money, passedCashLimit, type LimitsRule, type Money } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashReceipts, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';

/** What somebody holds of a currency: all that they took and the branch has not counted. */
export async function heldBy(tx: Tx, scope: TenantScope, agentId: string, currency: Money['currency']): Promise<Money> {
  const [row] = await tx.select({ total: sql<string>`coalesce(sum(${cashReceipts.amountMinor}), 0)::text` }).from(cashReceipts)
    .where(and(
      eq(cashReceipts.tenantId, scope.tenantId), eq(cashReceipts.agentId, agentId), inArray(cashReceipts.status, ['collected', 'handed']), isNull(cashReceipts.verifiedBy), eq(cashReceipts.currency, currency),
    ));
  return money(BigInt(row?.total ?? '0'), currency);
}

/** The same, asked outside a transaction. The scope must reach the tenant. */
export async function heldIn(scope: TenantScope, agentId: string, currency: Money['currency']): Promise<Money> {
  return await withTenant(scope, (tx) => heldBy(tx, scope, agentId, currency));
}

/**
 * Refuses cash that would bring what its taker holds above the limit of the branch: they hand over first. Whoever takes two payments at a time has them looked at one after the other.
 * The scope must reach the tenant.
 */
export async function assertMayHold(tx: Tx, scope: TenantScope, limits: Pick<LimitsRule, 'cashInHand'>, taking: { readonly agentId: string; readonly amount: Money }): Promise<void> {
  const { agentId, amount } = taking;
  await tx.select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId))).for('no key update');
  const held = await heldBy(tx, scope, agentId, amount.currency);
  const limit = passedCashLimit(limits, held, amount);
  if (limit === null) return;
  const locale = localeOfRow(scope.actor.locale);
  throw new DomainError('CONFLICT', 'errors.cash.inHand', { field: 'payment', params: { held: formatMoney(held, locale), limit: formatMoney(limit, locale) } });
}
