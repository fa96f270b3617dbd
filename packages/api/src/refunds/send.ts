import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { isDomainError } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { payments, refunds } from '@interdomestik/db/schema';
import { defineJob } from '../jobs/registry';
import { accountById, providerOf } from '../payments/accounts';
import type { PaymentProvider } from '../vendors/payment-provider';
import { tellRefused } from './follow';

/** Clocks differ: a refund of ours is never older at the provider than this before it was asked for. */
const skewMs = 3_600_000;

/** The provider's adjustment that carries our id, from an earlier try whose answer was lost. Newest first, so that the search ends at the day on which it was asked for. */
async function findSent(provider: PaymentProvider, transactionId: string, refund: { readonly id: string; readonly createdAt: Date }): Promise<string | null> {
  for await (const adjustment of provider.listAdjustments()) {
    if (adjustment.transactionId === transactionId && adjustment.reason?.includes(refund.id) === true) return adjustment.id;
    if (adjustment.createdAt !== null && adjustment.createdAt.getTime() < refund.createdAt.getTime() - skewMs) return null;
  }
  return null;
}

/**
 * Asks the provider to give a payment back. A try whose answer was lost is found again by our id in its reason, so that no money goes back twice; what the provider refuses is refused here and told to who asked.
 * What it approves comes as its message. Throws UNAVAILABLE while it does not answer, so that the queue tries again.
 */
export async function sendRefund(given: TenantScope, refundId: string, now: Date): Promise<void> {
  const scope = inAction(given, 'refunds.send');
  const here = and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refundId), eq(refunds.status, 'asked'), isNull(refunds.providerAdjustmentId));
  const row = await withTenant(scope, async (tx) => (await tx.select({ refund: refunds, payment: payments }).from(refunds)
    .innerJoin(payments, and(eq(payments.tenantId, refunds.tenantId), eq(payments.id, refunds.paymentId))).where(here))[0]);
  if (row === undefined || row.payment.providerTransactionId === null) return;
  const { refund, payment } = row;
  const transactionId = row.payment.providerTransactionId;
  // given back at the provider itself meanwhile: there is nothing to ask for any more
  const left = payment.amountMinor - payment.refundedMinor >= refund.amountMinor;
  const provider = left ? providerOf(await accountById(scope, payment.paymentAccountId)) : null;
  let adjustmentId: string | null = null;
  try {
    if (provider !== null) adjustmentId = await findSent(provider, transactionId, refund)
      ?? (await provider.createRefund({ transactionId, reason: `${refund.note.slice(0, 200)} (${refund.id})`, ...(refund.amountMinor === payment.amountMinor ? {} : { amount: refund.amountMinor }) })).id;
  } catch (error) {
    // without an answer nobody knows whether it was made: the next try looks first
    if (!isDomainError(error) || (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND' && error.code !== 'INVALID')) throw error;
  }
  await withTenant(scope, async (tx) => {
    const [kept] = await tx.update(refunds).set(adjustmentId === null ? { status: 'refused', updatedAt: now } : { providerAdjustmentId: adjustmentId, updatedAt: now }).where(here).returning();
    if (kept !== undefined && adjustmentId === null) await tellRefused(tx, scope, kept);
  });
}

export const sendRefundJob = defineJob({
  name: 'refunds.send', payload: z.object({ refundId: z.uuid() }), retries: 12, run: (scope, { refundId }) => sendRefund(scope, refundId, new Date()),
});
