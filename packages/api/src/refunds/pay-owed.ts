import { and, eq } from 'drizzle-orm';
import { conflict, creditPaidLegs, formatMoney, notFound, type Money } from '@interdomestik/rules';
import { actAsTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { staffOf } from '../cash/cashier';
import { assertInTill, lockTill } from '../cash/till';
import { post } from '../ledger';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { portalPaths } from '../site/origins';

/**
 * Pays what is owed to a member in cash out of the branch that owes it: books and custody at once, the next deposit is less by it. Paying it again does nothing. Throws NOT_FOUND for one out of sight, CONFLICT for a refund that was
 * never owed and where the branch has not enough.
 */
export async function payOwed(asker: TenantScope, id: string, now: Date): Promise<{ readonly amount: Money }> {
  staffOf(asker);
  const scope = actAsTenant(asker, 'refunds.payOwed');
  return await withTenant(scope, async (tx) => {
    const [refund] = await tx.select().from(refunds).where(and(visible(asker, refunds), eq(refunds.id, id))).for('no key update');
    if (refund === undefined) throw notFound();
    const amount = moneyOf(refund.amountMinor, refund.currency);
    if (!refund.part || refund.status !== 'done' || (refund.source !== 'owed' && refund.source !== 'branch')) throw conflict('errors.refund.notOwed');
    if (refund.source === 'branch') return { amount };
    await lockTill(tx, scope, refund.branchId);
    await assertInTill(tx, scope, refund.branchId, amount);
    await tx.update(refunds).set({ source: 'branch', doneAt: now, updatedAt: now }).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refund.id)));
    await post(tx, scope, {
      kind: 'credit_paid', branchId: refund.branchId, source: { type: 'payment', id: refund.paymentId }, effectKey: `payment:${refund.paymentId}:credit:${refund.id}:paid`, occurredAt: now,
      legs: creditPaidLegs(amount), parties: { creditsOwed: refund.userId },
    });
    const [member] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, refund.userId)));
    await notify(tx, scope, { userId: refund.userId, kind: 'payment.refunded_cash', params: { amount: formatMoney(amount, localeOfRow(member?.locale ?? scope.tenant.defaultLocale)) }, href: portalPaths.payments, effectKey: `refund:${refund.id}:paid` });
    return { amount };
  });
}
