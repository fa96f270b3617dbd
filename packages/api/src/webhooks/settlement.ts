import { and, eq } from 'drizzle-orm';
import { cardSaleLegs, divideHalfUp, inLocale, money, todayIn, formatMoney, type Locale, type Money, type PaymentState, type ResolvedRule } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { memberships, payments, user } from '@interdomestik/db/schema';
import { settleLead } from '../enrolments/person';
import { localeOfRow } from '../accounts/new-member';
import { countParts, markPaid, moveDueDays, partOf, type InstalmentRow } from '../instalments/settle';
import { partTitle } from '../instalments/words';
import { followPayment } from '../commissions/settle';
import { post } from '../ledger';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { activateMembership, activationRules, monthsOf, type ActivationRules } from '../memberships/activate';
import { announceActivation } from '../memberships/announce';
import { keepCoupon } from '../memberships/coupons';
import { rewardReferrer } from '../memberships/rewards';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { linesOfSale } from '../plans/pricing';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';

export type Payment = typeof payments.$inferSelect;

/** The rules that a settlement needs, read before its transaction. */
export interface Settlement {
  readonly activation: ActivationRules;
  readonly letterhead: Letterhead;
  readonly products: ResolvedRule<'products'>;
}

export async function prepareSettlement(scope: TenantScope, now: Date): Promise<Settlement> {
  const [activation, letterhead, products] = await Promise.all([activationRules(scope, now), letterheadOf(scope, now), ruleOf(scope, 'products', now)]);
  return { activation, letterhead, products };
}

/** The member behind a payment, as mails and notifications need to know. */
export async function payerOf(tx: Tx, scope: TenantScope, payment: Payment) {
  const [row] = await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), eq(user.id, payment.userId)));
  if (row === undefined) throw new Error('a payment belongs to nobody');
  return { ...row, locale: localeOfRow(row.locale) };
}

/** The tax inside a part of a sale, in proportion to the whole sale's. */
export function taxWithin(payment: Payment, part: Money): Money {
  const whole = payment.amountMinor;
  return money(whole === 0n ? 0n : divideHalfUp((payment.vatMinor ?? 0n) * part.minor, whole), part.currency);
}

export interface PaidTransaction {
  readonly id: string;
  readonly customerId: string | null;
  readonly tax: bigint;
  readonly fee: bigint;
  readonly documentNumber: string | null;
}

async function planTitleOf(tx: Tx, scope: TenantScope, membershipId: string, settlement: Settlement, locale: Locale): Promise<string> {
  const [row] = await tx.select({ planCode: memberships.planCode }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  const plan = settlement.products.value.plans.find(({ code }) => code === row?.planCode);
  return plan === undefined ? (row?.planCode ?? '') : inLocale(plan.titles, locale);
}

/**
 * Everything that a succeeded card payment brings, once: the payment itself, the ledger, the membership with number and card, what the
 * member is told. A further part of a membership that is paid in parts begins nothing anew. The caller holds the payment's row lock and has seen that it was not paid before. The provider is merchant of record and writes the
 * tax document, so no number of ours is taken.
 */
export async function settlePayment(tx: Tx, scope: TenantScope, payment: Payment, paid: PaidTransaction, state: PaymentState, settlement: Settlement, now: Date): Promise<void> {
  const amount = moneyOf(payment.amountMinor, payment.currency);
  const paidAt = state.paidAt ?? now;
  await tx.update(payments)
    .set({
      status: state.status, paidAt, vatMinor: paid.tax, providerTransactionId: paid.id, providerCustomerId: paid.customerId ?? payment.providerCustomerId,
      lastEventAt: state.lastEventAt, updatedAt: now,
    })
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  const payer = await payerOf(tx, scope, payment);
  let planTitle = scope.tenant.name;
  const part = await partOf(tx, scope, payment.id);
  if (payment.membershipId !== null) planTitle = await planTitleOf(tx, scope, payment.membershipId, settlement, payer.locale);
  if (payment.membershipId !== null && (part === null || part.number === 1)) {
    await keepCoupon(tx, scope, payment.membershipId);
    await rewardReferrer(tx, scope, payment.membershipId, settlement.letterhead, now);
    const activation = await activateMembership(tx, scope, { membershipId: payment.membershipId, months: monthsOf(payment.receipt), now }, settlement.activation);
    await announceActivation(tx, scope, { activation, effect: `payment:${payment.id}`, person: payer, planTitle, letterhead: settlement.letterhead });
    await settleLead(tx, scope, payment.userId, now);
    if (part !== null) await moveDueDays(tx, scope, part, activation.period.start);
  }
  const purpose = part === null ? planTitle : await settlePart(tx, scope, part, payment.id, paidAt, planTitle, payer.locale);
  await post(tx, scope, {
    kind: 'card_sale', branchId: payment.branchId, source: { type: 'payment', id: payment.id }, effectKey: `payment:${payment.id}:sale`, occurredAt: paidAt,
    legs: cardSaleLegs({ gross: amount, tax: money(paid.tax, amount.currency) }, money(paid.fee, amount.currency)),
  });
  await followPayment(tx, scope, payment.id);
  await tellPaid(tx, scope, { payment, payer, paid, amount, purpose, lines: part === null ? linesOfSale(payment.receipt, payer.locale) : [], letterhead: settlement.letterhead, paidAt });
}

/** Marks the part paid and gives what it is called. */
async function settlePart(tx: Tx, scope: TenantScope, part: InstalmentRow, paymentId: string, paidAt: Date, planTitle: string, locale: Locale): Promise<string> {
  await markPaid(tx, scope, part, paymentId, paidAt);
  return partTitle(locale, planTitle, { number: part.number, parts: await countParts(tx, scope, part.membershipId) });
}

async function tellPaid(tx: Tx, scope: TenantScope, told: {
  payment: Payment; payer: Awaited<ReturnType<typeof payerOf>>; paid: PaidTransaction; amount: Money; purpose: string; lines: ReturnType<typeof linesOfSale>; letterhead: Letterhead; paidAt: Date;
}): Promise<void> {
  const { payment, payer, paid, amount, purpose, lines, letterhead, paidAt } = told;
  if (isTold(letterhead, 'payment.succeeded', 'in_app')) {
    await notify(tx, scope, {
      userId: payer.id, kind: 'payment.succeeded', params: { amount: formatMoney(amount, payer.locale) }, href: portalPaths.payments, effectKey: `payment:${payment.id}:succeeded`,
    });
  }
  if (payer.email === null || !isTold(letterhead, 'payment.succeeded', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'payment-receipt', to: { email: payer.email, userId: payer.id }, locale: payer.locale, letterhead, effectKey: `payment:${payment.id}:receipt`,
    params: {
      name: payer.firstName, number: paid.documentNumber ?? paid.id, amount, paidOn: todayIn(scope.tenant.timeZone, paidAt), method: 'card', purpose, lines,
      provider: payment.taxDocumentIssuer === 'provider' ? 'Paddle' : null, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.payments}`,
    },
  });
}
