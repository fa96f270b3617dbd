import { and, asc, eq, sum } from 'drizzle-orm';
import {
  bankTransferSaleLegs, fullName, formatMoney, inLocale, money, planOf, readReceipt, soldBy, todayIn, type Money, type Plan, type ResolvedRule,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { bankLines, memberships, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { followPayment } from '../commissions/settle';
import { settleLead } from '../enrolments/person';
import { assertMayInvoice, invoiceRules, issueInvoice, membershipText, type InvoiceRules, type Sale } from '../invoices/issue';
import { post } from '../ledger';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { activateMembership, activationRules, monthsOf, type Activation, type ActivationRules } from '../memberships/activate';
import { announceActivation } from '../memberships/announce';
import { keepCoupon } from '../memberships/coupons';
import { rewardReferrer } from '../memberships/rewards';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';

export type Payment = typeof payments.$inferSelect;

/** The rules that a settlement needs, read before its transaction. */
export interface TransferRules {
  readonly activation: ActivationRules;
  readonly invoicing: InvoiceRules;
  readonly products: ResolvedRule<'products'>;
  readonly letterhead: Letterhead;
}

export async function transferRules(scope: TenantScope, now: Date): Promise<TransferRules> {
  const [activation, invoicing, products, letterhead] = await Promise.all([activationRules(scope, now), invoiceRules(scope, now), ruleOf(scope, 'products', now), letterheadOf(scope, now)]);
  return { activation, invoicing, products, letterhead };
}

/** What is kept of earlier movements for a payment, all of it still to be used or sent back. */
export async function heldFor(tx: Tx, scope: TenantScope, payment: Pick<Payment, 'id' | 'currency'>): Promise<Money> {
  const [row] = await tx.select({ total: sum(bankLines.heldMinor) }).from(bankLines).where(and(eq(bankLines.tenantId, scope.tenantId), eq(bankLines.paymentId, payment.id)));
  return moneyOf(BigInt(row?.total ?? '0'), payment.currency);
}

/** The lines of the sale on paper, as its receipt sold it. */
function linesOf(payment: Payment, plan: Plan | null, activation: Activation, { invoicing }: TransferRules): Sale['lines'] {
  const category = invoicing.tax.value.membershipCategory;
  const { primary, secondary } = invoicing.invoicing.value.languages;
  const locales = secondary === null ? [primary] : [primary, secondary];
  const named = (titles: Plan['titles'] | null, code: string) => Object.fromEntries(locales.map((locale) => [locale, titles === null ? code : inLocale(titles, locale)]));
  const whole = (titles: Plan['titles'] | null, code: string) => (plan === null ? named(titles, code) : membershipText(plan, activation.period, locales));
  const lines = soldBy(payment.receipt).lines.map(({ kind, code, titles, quantity, minor }) => ({
    description: kind === 'plan' ? whole(titles, code) : named(titles, code), quantity, gross: moneyOf(BigInt(minor), payment.currency), category,
  }));
  return lines.length > 0 ? lines : [{ description: whole(null, plan?.code ?? ''), quantity: 1, gross: moneyOf(payment.amountMinor, payment.currency), category }];
}

/** VAT stays what it was when the price was promised, whatever the rules say since. */
function asSold(rules: InvoiceRules, payment: Payment): InvoiceRules {
  const { outcome } = readReceipt(payment.receipt) ?? {};
  const rateBp = typeof outcome === 'object' && outcome !== null && 'vatRateBp' in outcome ? outcome.vatRateBp : undefined;
  if (typeof rateBp !== 'number') return rules;
  const { value } = rules.tax;
  return { ...rules, tax: { ...rules.tax, value: { ...value, rates: value.rates.map((rate) => (rate.category === value.membershipCategory ? { ...rate, rateBp } : rate)) } } };
}

/**
 * Everything that a sale paid by transfer brings, once: the payment, the ledger through the bank account, the membership with number and card, the invoice, the commission and what the member is told.
 * `arrived`: what the movement that completes it has brought; the rest of the price was kept from earlier ones, and what is over stays kept. The caller holds the payment's row lock and has
 * seen that it is not paid. Numbers are taken last, member first, as in every sale.
 */
export async function settleTransfer(tx: Tx, scope: TenantScope, payment: Payment, arrived: Money, rules: TransferRules, now: Date): Promise<void> {
  const { membershipId, branchId, userId } = payment;
  if (membershipId === null) throw new Error('a transfer pays for no membership');
  assertMayInvoice(rules.invoicing);
  const gross = moneyOf(payment.amountMinor, payment.currency);
  await tx.update(payments).set({ status: 'succeeded', paidAt: now, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  const [sale] = await tx.select({ planCode: memberships.planCode, sellerId: memberships.sellerId, firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale, address: user.address, city: user.city })
    .from(memberships).innerJoin(user, and(eq(user.tenantId, memberships.tenantId), eq(user.id, memberships.userId)))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  if (sale === undefined) throw new Error('a transfer pays for a membership that is not there');
  const locale = localeOfRow(sale.locale);
  const plan = rules.products.value.plans.some(({ code }) => code === sale.planCode) ? planOf(rules.products.value, sale.planCode) : null;
  await keepCoupon(tx, scope, membershipId);
  await post(tx, scope, {
    kind: 'bank_transfer_sale', branchId, source: { type: 'payment', id: payment.id }, effectKey: `payment:${payment.id}:sale`, occurredAt: now,
    legs: bankTransferSaleLegs({ gross, tax: money(payment.vatMinor ?? 0n, gross.currency) }, arrived),
  });
  await followPayment(tx, scope, payment.id);
  await rewardReferrer(tx, scope, membershipId, rules.letterhead, now);
  await settleLead(tx, scope, userId, now);
  const activation = await activateMembership(tx, scope, { membershipId, months: monthsOf(payment.receipt), now }, rules.activation);
  await announceActivation(tx, scope, {
    activation, effect: `payment:${payment.id}`, person: { id: userId, firstName: sale.firstName, email: sale.email, locale }, planTitle: plan === null ? sale.planCode : inLocale(plan.titles, locale), letterhead: rules.letterhead,
  });
  const receipt = readReceipt(payment.receipt);
  if (receipt === null) throw new Error('a sale by transfer has no receipt');
  const invoice = await issueInvoice(tx, scope, asSold(rules.invoicing, payment), {
    userId, branchId, membershipId, paymentId: payment.id, method: 'bank_transfer', currency: gross.currency, receipt, issuedBy: sale.sellerId, schedule: [],
    buyer: { name: fullName(sale), address: sale.address, city: sale.city, taxId: null, memberNumber: activation.memberNumber }, lines: linesOf(payment, plan, activation, rules),
  }, now);
  await tellPaid(tx, scope, { payment, gross, invoice, person: { ...sale, locale }, letterhead: rules.letterhead, now });
}

async function tellPaid(tx: Tx, scope: TenantScope, told: {
  payment: Payment; gross: Money; invoice: { id: string; code: string }; person: { firstName: string; email: string | null; locale: ReturnType<typeof localeOfRow> }; letterhead: Letterhead; now: Date;
}): Promise<void> {
  const { payment, gross, invoice, person, letterhead, now } = told;
  const amount = formatMoney(gross, person.locale);
  if (isTold(letterhead, 'payment.succeeded', 'in_app')) await notify(tx, scope, { userId: payment.userId, kind: 'payment.succeeded', params: { amount }, href: portalPaths.payments, effectKey: `payment:${payment.id}:succeeded` });
  if (person.email === null || !isTold(letterhead, 'invoice.issued', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'invoice-issued', to: { email: person.email, userId: payment.userId }, locale: person.locale, letterhead, effectKey: `invoice:${invoice.id}:mail`,
    params: { name: person.firstName, number: invoice.code, amount: gross, issuedOn: todayIn(scope.tenant.timeZone, now), dueOn: null, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.payments}` },
  });
}

/** Movements that are kept for a payment, oldest first, locked. */
export async function lockHeld(tx: Tx, scope: TenantScope, paymentId: string) {
  return await tx.select().from(bankLines).where(and(eq(bankLines.tenantId, scope.tenantId), eq(bankLines.paymentId, paymentId), eq(bankLines.status, 'held'))).orderBy(asc(bankLines.bookedOn), asc(bankLines.id)).for('no key update');
}
