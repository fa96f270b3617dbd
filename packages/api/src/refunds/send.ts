import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { z } from 'zod';
import { DomainError, isDomainError, newId } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { payments, refunds, webhookEvents } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';
import { accountById, providerOf } from '../payments/accounts';
import { composeAdjustmentEvent } from '../vendors/paddle';
import type { PaymentProvider, ProviderAdjustment } from '../vendors/payment-provider';
import { processEventJob } from '../webhooks/process';
import { tellRefused } from './follow';

/** Clocks differ: a refund of ours is never older at the provider than this before it was asked for. */
const skewMs = 3_600_000;
/** Nobody speaks with the provider about one refund for longer; who died meanwhile is waited for no longer than this. */
const tryingMs = 5 * 60_000;

type Refund = typeof refunds.$inferSelect;
type Payment = typeof payments.$inferSelect;

/** The provider's adjustment that is ours: by its number, or by our id in its reason, from an earlier try whose answer was lost. Newest first, so that the search ends at the day on which it was asked for. */
async function findSent(provider: PaymentProvider, transactionId: string, refund: Refund): Promise<ProviderAdjustment | null> {
  for await (const adjustment of provider.listAdjustments()) {
    if (adjustment.id === refund.providerAdjustmentId || (adjustment.transactionId === transactionId && adjustment.reason?.includes(refund.id) === true)) return adjustment;
    if (adjustment.createdAt !== null && adjustment.createdAt.getTime() < refund.createdAt.getTime() - skewMs) return null;
  }
  return null;
}

/** Takes a refund that the provider has still to decide; null where there is none. Throws UNAVAILABLE while somebody else speaks with the provider about it: two at once might both give the money back. */
async function take(scope: TenantScope, refundId: string, now: Date): Promise<{ readonly refund: Refund; readonly payment: Payment } | null> {
  const open = and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refundId), eq(refunds.source, 'provider'), eq(refunds.status, 'asked'));
  return await withTenant(scope, async (tx) => {
    const [refund] = await tx.update(refunds).set({ tryingUntil: new Date(now.getTime() + tryingMs) }).where(and(open, or(isNull(refunds.tryingUntil), lt(refunds.tryingUntil, now)))).returning();
    if (refund === undefined) {
      const [held] = await tx.select({ id: refunds.id }).from(refunds).where(open);
      if (held === undefined) return null;
      throw new DomainError('UNAVAILABLE', 'errors.tryAgain');
    }
    const [payment] = await tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, refund.paymentId)));
    if (payment === undefined) throw new Error('a refund of no payment');
    return { refund, payment };
  });
}

/** What the provider made of it: its adjustment, or null where it gives nothing back. Without an answer nobody knows, and it throws. */
async function ask(scope: TenantScope, { refund, payment }: { readonly refund: Refund; readonly payment: Payment }): Promise<ProviderAdjustment | null> {
  const { providerTransactionId: transactionId } = payment;
  // given back at the provider itself meanwhile: there is nothing to ask for any more
  if (transactionId === null || (refund.providerAdjustmentId === null && payment.amountMinor - payment.refundedMinor < refund.amountMinor)) return null;
  const provider = providerOf(await accountById(scope, payment.paymentAccountId));
  try {
    const sent = await findSent(provider, transactionId, refund);
    if (sent !== null || refund.providerAdjustmentId !== null) return sent;
    return await provider.createRefund({ transactionId, reason: `${refund.note.slice(0, 200)} (${refund.id})`, ...(refund.amountMinor === payment.amountMinor ? {} : { amount: refund.amountMinor }) });
  } catch (error) {
    if (!isDomainError(error) || (error.code !== 'CONFLICT' && error.code !== 'NOT_FOUND' && error.code !== 'INVALID')) throw error;
    return null;
  }
}

const decided: ReadonlySet<string> = new Set(['approved', 'rejected', 'reversed']);

/**
 * Asks the provider to give a payment back, or, when it was asked before, what became of it. A try whose answer was lost is found again by our id in its reason, so that no money goes back twice; what the provider refuses is
 * refused here and told to who asked. What it has decided goes into the inbox as its message does, once, whether that came or not. Throws UNAVAILABLE while it does not answer, so that the queue tries again.
 */
export async function sendRefund(given: TenantScope, refundId: string, now: Date): Promise<void> {
  const scope = inAction(given, 'refunds.send');
  const taken = await take(scope, refundId, now);
  if (taken === null) return;
  const { refund, payment } = taken;
  const here = and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refundId), eq(refunds.status, 'asked'));
  let adjustment: ProviderAdjustment | null;
  try {
    adjustment = await ask(scope, taken);
  } catch (error) {
    await withTenant(scope, async (tx) => { await tx.update(refunds).set({ tryingUntil: null }).where(here); });
    throw error;
  }
  await withTenant(scope, async (tx) => {
    if (adjustment === null && refund.providerAdjustmentId === null) {
      const [refused] = await tx.update(refunds).set({ status: 'refused', tryingUntil: null, updatedAt: now }).where(and(here, isNull(refunds.providerAdjustmentId))).returning();
      if (refused !== undefined) await tellRefused(tx, scope, refused);
      return;
    }
    await tx.update(refunds).set({ tryingUntil: null, updatedAt: now, ...(refund.providerAdjustmentId === null && adjustment !== null ? { providerAdjustmentId: adjustment.id } : {}) }).where(here);
    if (adjustment === null || !decided.has(adjustment.status)) return;
    const head = { id: `rec_${adjustment.id}_${adjustment.status}`, type: 'adjustment.updated', occurredAt: adjustment.updatedAt ?? adjustment.createdAt ?? now };
    const [made] = await tx.insert(webhookEvents).values({
      tenantId: scope.tenantId, id: newId(), paymentAccountId: payment.paymentAccountId, eventId: head.id, eventType: head.type, occurredAt: head.occurredAt, raw: composeAdjustmentEvent(head, adjustment),
    }).onConflictDoNothing().returning({ id: webhookEvents.id });
    if (made !== undefined) await enqueue(tx, scope, processEventJob, { eventRowId: made.id });
  });
}

export const sendRefundJob = defineJob({
  name: 'refunds.send', payload: z.object({ refundId: z.uuid() }), retries: 12, run: (scope, { refundId }) => sendRefund(scope, refundId, new Date()),
});
