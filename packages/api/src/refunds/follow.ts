import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { formatMoney } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { portalPaths } from '../site/origins';

type Refund = typeof refunds.$inferSelect;

/** Tells who asked for it that the money stays. */
export async function tellRefused(tx: Tx, scope: TenantScope, refund: Refund): Promise<void> {
  const [row] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, refund.askedBy)));
  await notify(tx, scope, {
    userId: refund.askedBy, kind: 'payment.refund_refused', params: { amount: formatMoney(moneyOf(refund.amountMinor, refund.currency), localeOfRow(row?.locale ?? scope.tenant.defaultLocale)) },
    href: refund.askedBy === refund.userId ? portalPaths.payments : `/members/${refund.userId}`, effectKey: `refund:${refund.id}:refused`,
  });
}

/**
 * What the provider says of a refund, beside what is booked for it: ours is done, or refused, and whoever asked hears of the second. A refund that was given at the provider itself has no row of ours and needs none. May be
 * told before our own call has been answered, twice and late.
 */
export async function followRefund(tx: Tx, scope: TenantScope, paymentId: string, told: { readonly id: string; readonly status: 'approved' | 'rejected' | 'reversed' }, now: Date): Promise<void> {
  const to = told.status === 'approved' ? 'done' : 'refused';
  const [refund] = await tx.update(refunds).set({ status: to, providerAdjustmentId: told.id, doneAt: to === 'done' ? now : null, updatedAt: now })
    .where(and(
      eq(refunds.tenantId, scope.tenantId), eq(refunds.paymentId, paymentId), eq(refunds.source, 'provider'), inArray(refunds.status, to === 'done' ? ['asked'] : ['asked', 'done']),
      or(isNull(refunds.providerAdjustmentId), eq(refunds.providerAdjustmentId, told.id)),
    )).returning();
  if (refund !== undefined && to === 'refused') await tellRefused(tx, scope, refund);
}
