import { and, eq, ne, sql } from 'drizzle-orm';
import {
  compare, conflict, creditOwedLegs, formatMoney, isZero, money, newId, notFound, parseOrThrow, percentOf, refundLegs, refundPartInput, smallerOf, subtract, zero,
  type Money, type PartRefusal, type PartWay, type ProductsRule, type RefundPartInput,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { invoices, payments, refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { staffOf } from '../cash/cashier';
import { assertInTill, inTill, lockTill } from '../cash/till';
import { followPayment } from '../commissions/settle';
import { once } from '../idempotency';
import { creditPart } from '../invoices/credit';
import { assertMayInvoice, invoiceRules, type InvoiceRules } from '../invoices/issue';
import { enqueue } from '../jobs/queue';
import { post } from '../ledger';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';
import { portalPaths } from '../site/origins';
import { sendRefundJob } from './send';

type Payment = typeof payments.$inferSelect;
type Invoice = typeof invoices.$inferSelect;

/** A payment with what may be given back of it by hand. */
export interface PartOffer {
  readonly refusal: PartRefusal | null;
  /** What is left of it. */
  readonly left: Money;
  /** The most that may be given back now, by the tenant's rule; always less than what is left. */
  readonly most: Money;
  readonly ways: readonly PartWay[];
  /** The invoice that a credit note takes a part of back; null where the provider writes the tax document. */
  readonly invoice: string | null;
}

interface Standing {
  readonly payment: Payment;
  readonly invoice: Invoice | null;
  readonly offer: PartOffer;
}

async function refusalOf(tx: Tx, scope: TenantScope, payment: Payment, invoice: Invoice | null, most: Money): Promise<PartRefusal | null> {
  if (payment.paidAt === null || payment.amountMinor <= payment.refundedMinor) return 'nothing';
  if (payment.status === 'disputed') return 'disputed';
  const [asked] = await tx.select({ id: refunds.id }).from(refunds).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.paymentId, payment.id), eq(refunds.status, 'asked'))).limit(1);
  if (asked !== undefined) return 'asked';
  if (payment.membershipId === null || (payment.method === 'card' ? payment.providerTransactionId === null : invoice === null)) return 'method';
  // parts of the price are still owed: what is credited of it is for those
  if (invoice?.status === 'issued') return 'parts';
  return isZero(most) ? 'rule' : null;
}

/** Where a payment stands; with `lock` it and its invoice are held, in the order in which the whole is given back. Null for an unknown one. */
async function standingOf(tx: Tx, scope: TenantScope, paymentId: string, products: ProductsRule, lock: boolean): Promise<Standing | null> {
  const own = tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, paymentId)));
  const [payment] = await (lock ? own.for('no key update') : own);
  if (payment === undefined) return null;
  const paper = tx.select().from(invoices).where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.paymentId, paymentId)));
  const [invoice = null] = await (lock ? paper.for('no key update') : paper);
  const [given] = await tx.select({ minor: sql<string>`coalesce(sum(${refunds.amountMinor}), 0)::text` }).from(refunds)
    .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.paymentId, paymentId), eq(refunds.part, true), ne(refunds.status, 'refused')));
  const paid = moneyOf(payment.amountMinor, payment.currency);
  const left = moneyOf(payment.amountMinor - payment.refundedMinor, payment.currency);
  const nothing = zero(paid.currency);
  const byRule = subtract(percentOf(paid, products.refunds.partUpToBp), moneyOf(BigInt(given?.minor ?? '0'), payment.currency));
  // to give everything back is another act, which ends the membership
  const short = money(left.minor > 0n ? left.minor - 1n : 0n, left.currency);
  const most = compare(byRule, nothing) > 0 ? smallerOf(byRule, short) : nothing;
  const refusal = await refusalOf(tx, scope, payment, invoice, most);
  const ways: PartWay[] = [];
  if (refusal === null && payment.method === 'card') ways.push('card');
  if (refusal === null && payment.method !== 'card') {
    if (payment.method === 'cash' && (await inTill(tx, scope, payment.branchId, paid.currency)).minor > 0n) ways.push('branch');
    ways.push('owed');
  }
  return { payment, invoice, offer: { refusal, left, most, ways, invoice: invoice?.code ?? null } };
}

/** Refuses a payment out of the asker's sight, and gives the scope that reads and writes the tenant's money. */
async function within(asker: TenantScope, paymentId: string, action: string): Promise<TenantScope> {
  const [seen] = await readTenant(inAction(asker, action), (tx) => tx.select({ id: payments.id }).from(payments).where(and(visible(asker, payments), eq(payments.id, paymentId))));
  if (seen === undefined) throw notFound();
  return actAsTenant(asker, action);
}

/** What may be given back of a payment by hand, or why nothing is. */
export async function partOffer(asker: TenantScope, paymentId: string, now: Date): Promise<PartOffer> {
  const scope = await within(asker, paymentId, 'refunds.partOffer');
  const { value: products } = await ruleOf(scope, 'products', now);
  return await withTenant(scope, async (tx) => {
    const standing = await standingOf(tx, scope, paymentId, products, false);
    if (standing === null) throw notFound();
    return standing.offer;
  });
}

async function tell(tx: Tx, scope: TenantScope, payment: Payment, refundId: string, amount: Money, way: PartWay): Promise<void> {
  const [member] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, payment.userId)));
  const said = formatMoney(amount, localeOfRow(member?.locale ?? scope.tenant.defaultLocale));
  await notify(tx, scope, { userId: payment.userId, kind: way === 'owed' ? 'payment.credit_owed' : 'payment.refunded_cash', params: { amount: said }, href: portalPaths.payments, effectKey: `refund:${refundId}:told` });
}

/** Credits a part of an invoice of ours: the note, the ledger, what is left of the payment, and its commission. */
async function credit(tx: Tx, scope: TenantScope, { payment, invoice }: Standing, refundId: string, input: RefundPartInput, by: string, rules: InvoiceRules, now: Date): Promise<string> {
  if (invoice === null || payment.membershipId === null) throw conflict('errors.refund.method');
  const { amount, way, note } = input;
  if (way === 'branch') {
    await lockTill(tx, scope, payment.branchId);
    await assertInTill(tx, scope, payment.branchId, amount);
  }
  // numbers come before the books, which wait for nobody; whoever sells waits for us from here on
  const made = await creditPart(tx, scope, rules, invoice, amount, { by, note }, now);
  await tx.insert(refunds).values({
    tenantId: scope.tenantId, id: refundId, paymentId: payment.id, membershipId: payment.membershipId, userId: payment.userId, branchId: payment.branchId, source: way === 'owed' ? 'owed' : 'branch', amountMinor: amount.minor, currency: amount.currency,
    status: 'done', note, part: true, creditNoteId: made.id, askedBy: by, doneAt: now, createdAt: now, updatedAt: now,
  });
  await tx.update(payments).set({ status: 'partly_refunded', refundedMinor: payment.refundedMinor + amount.minor, lastEventAt: now, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  const taxed = { gross: amount, tax: made.vat };
  await post(tx, scope, {
    kind: way === 'owed' ? 'credit_note' : 'cash_refund', branchId: payment.branchId, source: { type: 'payment', id: payment.id }, effectKey: `payment:${payment.id}:credit:${refundId}`, occurredAt: now,
    legs: way === 'owed' ? creditOwedLegs(taxed) : refundLegs('cash', taxed), parties: { creditsOwed: payment.userId },
  });
  await followPayment(tx, scope, payment.id);
  await tell(tx, scope, payment, refundId, amount, way);
  return made.code;
}

export interface PartGiven {
  readonly status: 'asked' | 'done';
  readonly creditNote: string | null;
}

/**
 * Gives back a part of a payment by hand, with a reason: goodwill, a wrong price. Of an invoice of ours by a credit note in part, in cash out of the branch or owed to the member; of a card sale by asking the provider, and books follow when
 * it approves. The membership goes on. Never more than the tenant's rule allows, and always less than what is left. Once for each key. Throws NOT_FOUND for a payment out of sight, CONFLICT with the reason where nothing is given
 * back, `errors.refund.partMost` for too much, `errors.refund.till` where the branch has not enough.
 */
export async function givePart(asker: TenantScope, raw: RefundPartInput, now: Date): Promise<PartGiven> {
  const input = parseOrThrow(refundPartInput, raw);
  const by = staffOf(asker);
  const scope = await within(asker, input.paymentId, 'refunds.givePart');
  const [{ value: products }, invoicing] = await Promise.all([ruleOf(scope, 'products', now), invoiceRules(scope, now)]);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'refunds.givePart', key: idempotencyKey, payload }, async (): Promise<PartGiven> => {
    const standing = await standingOf(tx, scope, input.paymentId, products, true);
    if (standing === null) throw notFound();
    const { offer, payment } = standing;
    if (offer.refusal !== null) throw conflict(`errors.refund.${offer.refusal}`);
    if (input.amount.currency !== offer.most.currency || compare(input.amount, offer.most) > 0) throw conflict('errors.refund.partMost', { amount: formatMoney(offer.most, localeOfRow(asker.actor.locale)) });
    if (!offer.ways.includes(input.way)) throw conflict(input.way === 'branch' ? 'errors.refund.nowhere' : 'errors.refund.method');
    const refundId = newId();
    if (input.way === 'card') {
      if (payment.membershipId === null) throw conflict('errors.refund.method');
      await tx.insert(refunds).values({
        tenantId: scope.tenantId, id: refundId, paymentId: payment.id, membershipId: payment.membershipId, userId: payment.userId, branchId: payment.branchId, source: 'provider', amountMinor: input.amount.minor, currency: payment.currency,
        status: 'asked', note: input.note, part: true, askedBy: by, createdAt: now, updatedAt: now,
      });
      await enqueue(tx, scope, sendRefundJob, { refundId });
      return { status: 'asked', creditNote: null };
    }
    assertMayInvoice(invoicing);
    return { status: 'done', creditNote: await credit(tx, scope, standing, refundId, input, by, invoicing, now) };
  }));
}
