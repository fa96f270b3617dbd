import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import {
  bankTransferSaleLegs, cashGivenBackLegs, cashInstalmentLegs, cashInstalmentSaleLegs, cashSaleLegs, conflict, formatMoney, mergedLegs, newId, reversalLegs, sum, type Leg, type Money, type RefundInput, type ResolvedRule,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { cashReceipts, invoices, payments, refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { assertInTill, lockTill } from '../cash/till';
import { followPayment } from '../commissions/settle';
import { creditInvoice } from '../invoices/credit';
import type { InvoiceRules } from '../invoices/issue';
import { post } from '../ledger';
import { isTold, type Letterhead } from '../mails';
import { endCoverage } from '../memberships/coverage';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { portalPaths } from '../site/origins';
import { partsOf, type Payment, type RefundStanding } from './standing';

export interface CashRefundRules {
  readonly invoicing: InvoiceRules;
  readonly workflows: ResolvedRule<'workflows'>;
  readonly letterhead: Letterhead;
}

type Parts = Awaited<ReturnType<typeof partsOf>>;

/** What was booked when the payment was taken. */
function bookedLegs(payment: Payment, parts: Parts): Leg[] {
  const amount = moneyOf(payment.amountMinor, payment.currency);
  const part = parts.find(({ paymentId }) => paymentId === payment.id);
  if (payment.method === 'bank_transfer') return bankTransferSaleLegs({ gross: amount, tax: moneyOf(payment.vatMinor ?? 0n, payment.currency) });
  if (part === undefined) return cashSaleLegs({ gross: amount, tax: moneyOf(payment.vatMinor ?? 0n, payment.currency) });
  if (part.number > 1) return cashInstalmentLegs(amount);
  const whole = (minors: readonly bigint[]) => sum(minors.map((minor) => moneyOf(minor, payment.currency)), amount.currency);
  return cashInstalmentSaleLegs({ gross: whole(parts.map(({ amountMinor }) => amountMinor)), tax: whole(parts.map(({ vatMinor }) => vatMinor)) }, amount);
}

/** What is still booked of it: what it brought, less what was credited in part since. */
export async function keptLegs(tx: Tx, scope: TenantScope, payment: Payment, parts: Parts): Promise<Leg[]> {
  const credited = await tx.select({ gross: refunds.amountMinor, vat: invoices.vatMinor }).from(refunds)
    .innerJoin(invoices, and(eq(invoices.tenantId, refunds.tenantId), eq(invoices.id, refunds.creditNoteId)))
    .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.paymentId, payment.id), eq(refunds.part, true), eq(refunds.status, 'done')));
  const back = credited.flatMap(({ gross, vat }) => reversalLegs(cashSaleLegs({ gross: moneyOf(gross, payment.currency), tax: moneyOf(-vat, payment.currency) })));
  return mergedLegs([...bookedLegs(payment, parts), ...back]);
}

async function givePayment(tx: Tx, scope: TenantScope, standing: RefundStanding, payment: Payment, from: 'collector' | 'branch', legs: Leg[], asked: { readonly by: string; readonly note: string }, now: Date): Promise<void> {
  const receipt = standing.receipts.find(({ paymentId }) => paymentId === payment.id);
  if (receipt === undefined) throw new Error('cash was taken without a receipt');
  const branchId = from === 'collector' ? receipt.branchId : standing.membership.branchId;
  await tx.insert(refunds).values({
    tenantId: scope.tenantId, id: newId(), paymentId: payment.id, membershipId: standing.membership.id, userId: payment.userId, branchId, source: from, amountMinor: payment.amountMinor - payment.refundedMinor, currency: payment.currency,
    status: 'done', note: asked.note, askedBy: asked.by, doneAt: now, createdAt: now, updatedAt: now,
  });
  await tx.update(payments).set({ status: 'refunded', refundedMinor: payment.amountMinor, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  if (from === 'collector') await tx.update(cashReceipts).set({ status: 'returned', updatedAt: now }).where(and(eq(cashReceipts.tenantId, scope.tenantId), eq(cashReceipts.id, receipt.id)));
  await post(tx, scope, {
    kind: 'cash_refund', branchId, source: { type: 'payment', id: payment.id }, effectKey: `payment:${payment.id}:refund`, occurredAt: now, legs: cashGivenBackLegs(legs, from),
    parties: from === 'collector' ? { cashWithAgents: receipt.agentId } : {},
  });
  await followPayment(tx, scope, payment.id);
}

async function tell(tx: Tx, scope: TenantScope, standing: RefundStanding, amount: Money, from: 'collector' | 'branch', by: string, letterhead: Letterhead): Promise<void> {
  const { membership, receipts } = standing;
  const localeFor = async (id: string) => localeOfRow((await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, id))))[0]?.locale ?? scope.tenant.defaultLocale);
  if (isTold(letterhead, 'payment.refunded', 'in_app')) {
    await notify(tx, scope, { userId: membership.userId, kind: 'payment.refunded_cash', params: { amount: formatMoney(amount, await localeFor(membership.userId)) }, href: portalPaths.payments, effectKey: `membership:${membership.id}:refunded` });
  }
  if (from !== 'collector') return;
  for (const { id, agentId, code, amountMinor, currency } of receipts) {
    if (agentId === by) continue;
    await notify(tx, scope, { userId: agentId, kind: 'cash.given_back', params: { amount: formatMoney(moneyOf(amountMinor, currency), await localeFor(agentId)), code }, href: '/cash', effectKey: `cash_receipt:${id}:given-back` });
  }
}

/**
 * Gives a membership's cash back, out of the hands that still have it or out of the branch: ledger and custody, payment by payment, the membership ended, its invoice credited. Part of the transaction that
 * holds the standing's locks. Gives the credit note's number, null where nothing was invoiced. Throws CONFLICT where the cash is not there.
 */
export async function giveCash(tx: Tx, scope: TenantScope, standing: RefundStanding, amount: Money, input: RefundInput, by: string, rules: CashRefundRules, now: Date): Promise<string | null> {
  const { membership, receipts } = standing;
  const from = input.from === 'collector' ? 'collector' : 'branch';
  if (from === 'collector' && (receipts.some(({ status }) => status !== 'collected') || standing.payments.some(({ refundedMinor }) => refundedMinor > 0n))) throw conflict('errors.refund.handedOver');
  if (from === 'branch') {
    await lockTill(tx, scope, membership.branchId);
    await assertInTill(tx, scope, membership.branchId, amount);
  }
  const parts = await partsOf(tx, scope, membership.id);
  for (const payment of standing.payments) await givePayment(tx, scope, standing, payment, from, await keptLegs(tx, scope, payment, parts), { by, note: input.note }, now);
  await endCoverage(tx, scope, membership.id, rules.workflows.value, now);
  await tell(tx, scope, standing, amount, from, by, rules.letterhead);
  return await creditWhole(tx, scope, standing, { by, note: input.note }, rules.invoicing, now);
}

/** Credits what was invoiced for what is given back; the number of the note, null where nothing was invoiced. Numbers last: everybody who sells in this tenant waits for us until the end. */
export async function creditWhole(tx: Tx, scope: TenantScope, standing: RefundStanding, why: { readonly by: string; readonly note: string }, invoicing: InvoiceRules, now: Date): Promise<string | null> {
  const [invoice] = await tx.select().from(invoices)
    .where(and(eq(invoices.tenantId, scope.tenantId), inArray(invoices.paymentId, standing.payments.map(({ id }) => id)), isNull(invoices.creditOf), ne(invoices.status, 'credited'))).for('no key update');
  return invoice === undefined ? null : (await creditInvoice(tx, scope, invoicing, invoice, why, now)).code;
}
