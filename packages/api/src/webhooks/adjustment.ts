import { and, eq } from 'drizzle-orm';
import {
  add, chargebackLegs, compare, formatMoney, fullName, invalid, isZero, money, reducePayment, refundLegs, reversalLegs, type Leg, type Money, type PaymentState, type PostingKind,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { payments } from '@interdomestik/db/schema';
import { followPayment } from '../commissions/settle';
import { post } from '../ledger';
import { isTold } from '../mails';
import { moneyOf } from '../memberships/service';
import { endCoverage, restoreCoverage } from '../memberships/coverage';
import { notify, notifyRole } from '../notifications';
import { followRefund } from '../refunds/follow';
import { portalPaths } from '../site/origins';
import type { PaddleEvent } from '../vendors/paddle';
import { adjustmentKey, historyOf, reversedKey, type AdjustmentType } from './history';
import { contradiction, done, early, nothingFollows, type Outcome, type StoredEvent } from './outcome';
import { payerOf, taxWithin, type Payment, type Settlement } from './settlement';

type AdjustmentEvent = Extract<PaddleEvent, { kind: 'adjustment' }>;

/** What the provider calls them; credits and warnings move no money of a paid card sale. */
export const adjustmentTypes: Readonly<Record<string, AdjustmentType | undefined>> = { refund: 'refund', chargeback: 'chargeback', chargeback_reverse: 'chargeback_reversal' };

function legsOf(type: AdjustmentType, amount: { gross: Money; tax: Money }): { kind: PostingKind; legs: Leg[] } {
  if (type === 'refund') return { kind: 'card_refund', legs: refundLegs('card', amount) };
  if (type === 'chargeback') return { kind: 'chargeback', legs: chargebackLegs(amount) };
  return { kind: 'reversal', legs: reversalLegs(chargebackLegs(amount)) };
}

/** Books an adjustment, and its undoing when it was reversed; in whatever order the two are told, both end up booked once. */
async function book(tx: Tx, scope: TenantScope, payment: Payment, event: AdjustmentEvent, type: AdjustmentType, amount: { gross: Money; tax: Money }): Promise<void> {
  const { id, status } = event.adjustment;
  const common = { branchId: payment.branchId, source: { type: 'payment', id: payment.id }, occurredAt: event.occurredAt } as const;
  const { kind, legs } = legsOf(type, amount);
  await post(tx, scope, { ...common, kind, legs, effectKey: adjustmentKey(payment, type, id) });
  if (status === 'reversed') await post(tx, scope, { ...common, kind: 'reversal', legs: reversalLegs(legs), effectKey: reversedKey(payment, type, id) });
}

const lost = (status: string): boolean => status === 'refunded' || status === 'disputed';

/**
 * Applies a refund or a chargeback, once it is approved: ledger, payment, and the membership as the workflow allows. Before that it changes nothing.
 */
export async function applyAdjustment(tx: Tx, scope: TenantScope, stored: StoredEvent, event: AdjustmentEvent, settlement: Settlement, now: Date): Promise<Outcome> {
  const { adjustment } = event;
  const type = adjustmentTypes[adjustment.action];
  if (type === undefined) return nothingFollows('noMoney');
  if (adjustment.status !== 'approved' && adjustment.status !== 'reversed' && adjustment.status !== 'rejected') return nothingFollows('notApproved');
  const [payment] = await tx.select().from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.paymentAccountId, stored.paymentAccountId), eq(payments.providerTransactionId, adjustment.transactionId))).for('no key update');
  if (adjustment.status === 'rejected') {
    if (payment !== undefined && type === 'refund') await followRefund(tx, scope, payment.id, { id: adjustment.id, status: 'rejected' }, now);
    return nothingFollows('notApproved');
  }
  if (payment === undefined) return early('unknownTransaction');
  if (payment.paidAt === null) return early('notPaidYet');
  if (adjustment.total === null) throw invalid('total', 'errors.payment.event');
  const paid = moneyOf(payment.amountMinor, payment.currency);
  const gross = money(adjustment.total, paid.currency);
  if ((adjustment.currency ?? payment.currency) !== payment.currency || gross.minor <= 0n || compare(gross, paid) > 0) return contradiction('amount');
  const before = reducePayment(await historyOf(tx, scope, payment), paid.currency);
  const fresh = !(await isBooked(tx, scope, payment, type, adjustment.id));
  if (type === 'refund' && fresh && compare(add(before.refunded, gross), paid) > 0) return contradiction('amount');
  await book(tx, scope, payment, event, type, { gross, tax: adjustment.tax === null ? taxWithin(payment, gross) : money(adjustment.tax, paid.currency) });
  const state = reducePayment(await historyOf(tx, scope, payment), paid.currency);
  const lastEventAt = payment.lastEventAt !== null && payment.lastEventAt > event.occurredAt ? payment.lastEventAt : event.occurredAt;
  await tx.update(payments).set({ status: state.status, refundedMinor: state.refunded.minor, lastEventAt, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  await followPayment(tx, scope, payment.id);
  if (type === 'refund') await followRefund(tx, scope, payment.id, { id: adjustment.id, status: adjustment.status }, now);
  await followMembership(tx, scope, payment, state, settlement, now);
  await tell(tx, scope, payment, { type, id: adjustment.id, gross, before, state }, settlement);
  return done;
}

async function isBooked(tx: Tx, scope: TenantScope, payment: Payment, type: AdjustmentType, id: string): Promise<boolean> {
  return (await historyOf(tx, scope, payment)).some(({ eventId }) => eventId === adjustmentKey(payment, type, id));
}

async function followMembership(tx: Tx, scope: TenantScope, payment: Payment, state: PaymentState, settlement: Settlement, now: Date): Promise<void> {
  if (payment.membershipId === null || lost(payment.status) === lost(state.status)) return;
  if (lost(state.status)) await endCoverage(tx, scope, payment.membershipId, settlement.activation.workflows.value, now);
  else await restoreCoverage(tx, scope, { membershipId: payment.membershipId, receipt: payment.receipt }, settlement.activation.workflows.value, now);
}

async function tell(tx: Tx, scope: TenantScope, payment: Payment, change: { type: AdjustmentType; id: string; gross: Money; before: PaymentState; state: PaymentState }, { letterhead }: Settlement): Promise<void> {
  const payer = await payerOf(tx, scope, payment);
  if (change.type === 'refund' && compare(change.state.refunded, change.before.refunded) > 0 && isTold(letterhead, 'payment.refunded', 'in_app')) {
    await notify(tx, scope, {
      userId: payer.id, kind: 'payment.refunded', params: { amount: formatMoney(change.gross, payer.locale) }, href: portalPaths.payments, effectKey: `${adjustmentKey(payment, change.type, change.id)}:told`,
    });
  }
  if (change.type === 'chargeback' && !isZero(change.state.disputed)) {
    await notifyRole(tx, scope, { role: 'tenant_admin' }, {
      kind: 'payment.disputed', params: { member: fullName(payer), amount: formatMoney(change.gross, payer.locale) }, href: '/payments', effectKey: `${adjustmentKey(payment, change.type, change.id)}:told`,
    });
  }
}
