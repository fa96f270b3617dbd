import { and, eq } from 'drizzle-orm';
import { addDays, conflict, notFound, todayIn } from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { retakeCoupon } from '../memberships/coupons';
import { ruleOf } from '../settings/rules';
import { lockTransfer } from './assign';

/**
 * Where a transfer is paid: its slip. One that has lapsed is waited for anew, with the same reference and at the price that was agreed, from today. Throws NOT_FOUND for one out of sight, CONFLICT when
 * it is paid, or its coupon is used up meanwhile.
 */
export async function reopenTransfer(asker: TenantScope, paymentId: string, now: Date): Promise<string> {
  const [seen] = await readTenant(asker, (tx) => tx.select({ id: payments.id }).from(payments).where(and(visible(asker, payments), eq(payments.id, paymentId), eq(payments.method, 'bank_transfer'))));
  if (seen === undefined) throw notFound();
  const scope = actAsTenant(asker, 'payments.checkout');
  const [rule, products] = await Promise.all([ruleOf(scope, 'payments', now), ruleOf(scope, 'products', now)]);
  return await withTenant(scope, async (tx) => {
    const payment = await lockTransfer(tx, scope, paymentId);
    if (payment.paidAt !== null) throw conflict('errors.payment.alreadyPaid');
    if (payment.replacedAt !== null) throw conflict('errors.payment.replaced');
    if (payment.checkoutUrl === null) throw notFound();
    if (payment.status === 'pending') return payment.checkoutUrl;
    if (payment.membershipId !== null) await retakeCoupon(tx, scope, payment.membershipId, products.value);
    await tx.update(payments).set({ status: 'pending', expiresOn: addDays(todayIn(scope.tenant.timeZone, now), rule.value.bankTransfer.waitDays), updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
    return payment.checkoutUrl;
  });
}
