import { and, eq } from 'drizzle-orm';
import { formatMoney, isId, reducePayment, todayIn, type Currency, type PaymentEvent } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { partOf } from '../instalments/settle';
import { isTold } from '../mails';
import { releaseCoupon } from '../memberships/coupons';
import { upgradeStands } from '../memberships/replace';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { accountById, providerOf } from '../payments/accounts';
import { portalPaths } from '../site/origins';
import type { PaddleEvent } from '../vendors/paddle';
import type { ProviderTransaction } from '../vendors/payment-provider';
import { historyOf } from './history';
import { contradiction, done, early, nothingFollows, type Outcome, type StoredEvent } from './outcome';
import { payerOf, settlePayment, type Payment, type Settlement } from './settlement';

type TransactionEvent = Extract<PaddleEvent, { kind: 'transaction' }>;

/** A thin message says that something was paid and not how much: the provider is asked, before the transaction. */
export async function completeTransaction(scope: TenantScope, stored: StoredEvent, event: PaddleEvent): Promise<PaddleEvent> {
  if (event.kind !== 'transaction' || event.transaction.status !== 'completed' || event.transaction.totals !== null) return event;
  const full = await providerOf(await accountById(scope, stored.paymentAccountId)).getTransaction(event.transaction.id);
  return { ...event, transaction: full };
}

/** The tenant that a message claims to be for. It decides nothing; a claim that is not ours is a reason to stop (P-02). */
function claimsAnotherTenant(scope: TenantScope, { customData }: ProviderTransaction): boolean {
  return ['tenant', 'tenantId', 'tenant_id'].some((name) => {
    const claimed = customData[name];
    return claimed !== undefined && claimed !== null && claimed !== scope.tenantId && claimed !== scope.tenant.slug;
  });
}

async function findPayment(tx: Tx, scope: TenantScope, stored: StoredEvent, transaction: ProviderTransaction): Promise<Payment | Outcome> {
  const { reference } = transaction.customData;
  if (typeof reference === 'string' && isId(reference)) {
    const [payment] = await tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, reference))).for('no key update');
    // our row is there before the provider hears of it, so a reference that is not ours never will be
    if (payment === undefined || payment.paymentAccountId !== stored.paymentAccountId) return contradiction('foreignReference');
    return payment;
  }
  const [payment] = await tx.select().from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.paymentAccountId, stored.paymentAccountId), eq(payments.providerTransactionId, transaction.id))).for('no key update');
  return payment ?? early('unknownTransaction');
}

function kindOf(event: TransactionEvent): 'paid' | 'failed' | 'opened' {
  if (event.transaction.status === 'completed') return 'paid';
  if (event.type === 'transaction.payment_failed' || event.transaction.status === 'canceled' || event.transaction.status === 'past_due') return 'failed';
  return 'opened';
}

const isOutcome = (found: Payment | Outcome): found is Outcome => 'kind' in found;

/**
 * Applies a message about a transaction to our payment. Only `completed` counts as paid, and only when amount, currency, account and
 * tenant are those of our own row; anything else is parked with an alert and changes nothing.
 */
export async function applyTransaction(tx: Tx, scope: TenantScope, stored: StoredEvent, event: TransactionEvent, settlement: Settlement, now: Date): Promise<Outcome> {
  const { transaction } = event;
  if (claimsAnotherTenant(scope, transaction)) return contradiction('foreignTenant');
  const payment = await findPayment(tx, scope, stored, transaction);
  if (isOutcome(payment)) return payment;
  const kind = kindOf(event);
  const stale = payment.providerTransactionId !== null && payment.providerTransactionId !== transaction.id;
  if (kind === 'paid') return await applyPaid(tx, scope, payment, event, settlement, now);
  // a transaction that was given up for another one no longer speaks for the payment
  if (stale) return nothingFollows('superseded');
  if (payment.paidAt !== null) return nothingFollows('known');
  await applyUnpaid(tx, scope, payment, { eventId: event.id, occurredAt: event.occurredAt, kind }, settlement, now);
  // cancelled for good: others may use the coupon, and whoever pays after all takes it again
  if (transaction.status === 'canceled' && payment.membershipId !== null) await releaseCoupon(tx, scope, payment.membershipId, now);
  return done;
}

async function applyPaid(tx: Tx, scope: TenantScope, payment: Payment, event: TransactionEvent, settlement: Settlement, now: Date): Promise<Outcome> {
  const { transaction } = event;
  // another way of paying took its place: an admin gives it back at the provider
  if (payment.replacedAt !== null) return contradiction('paidTwice');
  // paid before: the same transaction told again, or a second one that somebody really paid
  if (payment.paidAt !== null) return payment.providerTransactionId === transaction.id ? nothingFollows('known') : contradiction('paidTwice');
  const { totals } = transaction;
  if (totals === null || transaction.currency !== payment.currency || totals.grandTotal !== payment.amountMinor) return contradiction('amount');
  // nothing is bought with it any more: an admin gives it back at the provider
  if ((await partOf(tx, scope, payment.id))?.status === 'canceled') return contradiction('instalmentCanceled');
  if (payment.membershipId !== null && !(await upgradeStands(tx, scope, payment.membershipId, todayIn(scope.tenant.timeZone, now)))) return contradiction('upgradeGone');
  const amount = moneyOf(payment.amountMinor, payment.currency);
  const past = await historyOf(tx, scope, payment);
  const state = reducePayment([...past, { eventId: event.id, occurredAt: event.occurredAt, kind: 'paid', amount }], amount.currency);
  await settlePayment(tx, scope, payment, {
    id: transaction.id, customerId: transaction.customerId, tax: totals.tax, fee: totals.fee ?? 0n, documentNumber: transaction.invoiceNumber,
  }, state, settlement, now);
  return { kind: 'done', release: transaction.id };
}

async function applyUnpaid(tx: Tx, scope: TenantScope, payment: Payment, event: PaymentEvent, { letterhead }: Settlement, now: Date): Promise<void> {
  const state = reducePayment([...(await historyOf(tx, scope, payment)), event], payment.currency as Currency);
  await tx.update(payments).set({ status: state.status, lastEventAt: state.lastEventAt, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  if (state.status !== 'failed' || payment.status === 'failed' || !isTold(letterhead, 'payment.failed', 'in_app')) return;
  const payer = await payerOf(tx, scope, payment);
  await notify(tx, scope, {
    userId: payer.id, kind: 'payment.failed', params: { amount: formatMoney(moneyOf(payment.amountMinor, payment.currency), payer.locale) }, href: portalPaths.payments, effectKey: `payment:${payment.id}:failed:${event.eventId}`,
  });
}
