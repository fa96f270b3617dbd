import { DomainError, listPlans, newId, passedCashLimit, payableNow, planView, rateOf, todayIn, vatNow, inLocale, type EnrolInput, type Locale, type Money, type PaymentMethod } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, payments } from '@interdomestik/db/schema';
import { recordConsents } from '../accounts/new-member';
import { mailSlip } from '../bank/slip';
import { detailsOf, transferTerms } from '../bank/terms';
import { issueToken } from '../accounts/tokens';
import { violates } from '../database-errors';
import { isOn } from '../flags/flags';
import { once } from '../idempotency';
import { writeInstalments } from '../instalments/write';
import { enqueue } from '../jobs/queue';
import { failureOf, log } from '../log';
import { queueMail } from '../mails';
import { activateMembership } from '../memberships/activate';
import { announceActivation } from '../memberships/announce';
import { assertCouponFree, redeemCoupon } from '../memberships/coupons';
import { cardSale, transferSale } from '../payments/online';
import { offeredAddons } from '../plans/service';
import { instalmentPlansFor, priceView } from '../plans/pricing';
import { heldIn } from '../cash/hold';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import { bookCash } from './cash-sale';
import { sendPayLink, sendPayLinkJob } from './pay-link';
import { convertLead, insertPerson } from './person';
import { assertAgreed, branchOfSale, cashLimitOf, channelOf, isWithinCashLimit, prepareSale, priceFor, type PreparedSale, type Wish } from './prepare';

export interface EnrolAnswer {
  readonly memberId: string;
  /** Null until a pay link is paid. */
  readonly memberNumber: string | null;
  readonly membershipId: string;
  /** Null for a plan that costs nothing. */
  readonly paymentId: string | null;
  readonly receiptId: string | null;
  readonly receiptCode: string | null;
  readonly invoiceId: string | null;
  readonly invoiceCode: string | null;
  /** Whether it waits for a transfer: its payment slip is there to be printed. */
  readonly transfer: boolean;
  /** Where the member pays; null for cash and transfers, and while the provider does not answer: the link is then mailed later. */
  readonly payLink: string | null;
}

type Written = Omit<EnrolAnswer, 'payLink'>;

const nothingPaid = { transfer: false, memberNumber: null, paymentId: null, receiptId: null, receiptCode: null, invoiceId: null, invoiceCode: null } as const;

/** The plans that this seller may sell, with what each costs in cash, by card and by transfer; null where it cannot be paid so. */
export async function sellablePlans(scope: TenantScope, locale: Locale, now: Date) {
  const channel = channelOf(scope);
  const [products, tax, routes, byCard, byTransfer, cardsOn] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'payments', now), cardSale(scope, channel, now), transferSale(scope, channel, now), isOn(scope, 'payments.card'),
  ]);
  const priceBy = (method: PaymentMethod, prices: readonly Money[]): Money | null => {
    const route = routes.value.routes.find((candidate) => candidate.method === method && candidate.active && candidate.channels.includes(channel));
    const [currency] = route?.currencies ?? [];
    return prices.find((price) => price.currency === currency) ?? null;
  };
  return listPlans(products.value, locale, channel).filter(({ quoted }) => !quoted).map((plan) => ({
    code: plan.code, title: plan.title, tagline: plan.summary, covers: plan.covers, people: plan.peopleLimit, includedPeople: plan.includedPeople, periodMonths: plan.periodMonths,
    addons: offeredAddons(products.value, plan.code, channel, locale).map(({ prices, ...addon }) => ({ ...addon, cash: priceBy('cash', prices), card: byCard.account === null || !cardsOn ? null : priceBy('card', prices), transfer: byTransfer === null ? null : priceBy('bank_transfer', prices) })),
    cash: priceBy('cash', plan.prices), card: byCard.account === null || !cardsOn ? null : priceBy('card', plan.prices), transfer: byTransfer === null ? null : priceBy('bank_transfer', plan.prices), vatRateBp: rateOf(tax.value, tax.value.membershipCategory),
  }));
}

/** What a sale costs today, taken this way, line by line with its VAT. Throws INVALID with the field for what cannot be sold so. */
export async function quoteEnrolment(scope: TenantScope, wish: Wish, locale: Locale, now: Date) {
  const branchId = await branchOfSale(scope, undefined, now);
  const { quote: priced, request, rules, limits } = await priceFor(scope, wish, branchId, now);
  await assertCouponFree(actAsTenant(scope, 'enrolments.quote'), priced.coupon);
  const cash = wish.method === 'cash';
  const inHand = payableNow(priced);
  const held = cash && scope.actor.kind === 'user' && scope.actor.id !== null ? await heldIn(actAsTenant(scope, 'enrolments.quote'), scope.actor.id, inHand.currency) : null;
  const passed = held === null ? null : passedCashLimit(limits.value, held, inHand);
  return {
    ...priceView(priced, locale), instalmentPlans: wish.method === 'bank_transfer' ? [] : instalmentPlansFor(rules, request, locale), planTitle: planView(priced.plan, locale).title, peopleLimit: priced.plan.peopleLimit,
    cashLimit: cash ? cashLimitOf(limits.value, inHand) : null, withinCashLimit: !cash || isWithinCashLimit(limits.value, inHand), handOverFirst: held === null || passed === null ? null : { held, limit: passed },
  };
}

/** Lets the new member set a password, by a link to the address that was given. */
async function invite(tx: Tx, scope: TenantScope, { input, letterhead, now }: PreparedSale, userId: string): Promise<void> {
  if (input.email === undefined) return;
  const { token, expiresAt } = await issueToken(tx, scope, userId, 'invitation', now);
  await queueMail(tx, scope, {
    template: 'member-invitation', to: { email: input.email, userId }, locale: input.locale, letterhead, effectKey: `member-invitation:${userId}`,
    params: { name: input.firstName, email: input.email, until: todayIn(scope.tenant.timeZone, expiresAt), url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.invitation(token)}` },
  });
}

async function writeSale(tx: Tx, scope: TenantScope, seller: TenantScope, sale: PreparedSale): Promise<Written> {
  const { input, quote, branchId, referralCodeId, sellerId, account, texts, now } = sale;
  assertAgreed(sale);
  const memberId = await insertPerson(tx, scope, sale);
  const membershipId = newId();
  const paid = input.payment === 'cash' || account === null;
  if (input.leadId !== undefined) await convertLead(tx, seller, input.leadId, paid ? 'converted' : 'payment_pending', memberId, now);
  await tx.insert(memberships).values({
    tenantId: scope.tenantId, id: membershipId, userId: memberId, branchId, sellerId, referralCodeId, planCode: quote.plan.code, addonCodes: [...quote.addons], people: quote.people ?? input.people, channel: 'agent',
    priceMinor: quote.money.minor, currency: quote.money.currency, receipt: quote.receipt, createdAt: now, updatedAt: now,
  });
  await redeemCoupon(tx, scope, { membershipId, userId: memberId, branchId, coupon: quote.coupon, holdDays: paid ? null : input.payment === 'bank_transfer' ? sale.payments.value.bankTransfer.waitDays : sale.activation.invoicing.value.paymentTermDays });
  await recordConsents(tx, scope, memberId, input.locale, [
    { text: texts.terms, accepted: true }, { text: texts.privacy, accepted: true }, { text: texts.marketing, accepted: input.consents.marketing },
  ]);
  await invite(tx, scope, sale, memberId);
  if (account === null) {
    const activation = await activateMembership(tx, scope, { membershipId, months: quote.plan.periodMonths, now }, sale.activation);
    await announceActivation(tx, scope, {
      activation, effect: `membership:${membershipId}`, person: { id: memberId, firstName: input.firstName, email: input.email ?? null, locale: input.locale },
      planTitle: planView(quote.plan, input.locale).title, letterhead: sale.letterhead,
    });
    return { ...nothingPaid, memberId, membershipId, memberNumber: activation.memberNumber };
  }
  if (input.payment === 'cash' && sellerId !== null) {
    const { invoice, ...booked } = await bookCash(tx, scope, { ...sale, buyer: input }, { userId: memberId, membershipId, takerId: sellerId, account });
    return { transfer: false, memberId, membershipId, ...booked, invoiceId: invoice.id, invoiceCode: invoice.code };
  }
  const paymentId = newId();
  const planTitle = inLocale(quote.plan.titles, input.locale);
  const terms = input.payment === 'bank_transfer' ? await transferTerms(scope, account, sale.payments, { paymentId, amount: quote.money, title: planTitle }, now) : null;
  await tx.insert(payments).values({
    tenantId: scope.tenantId, id: paymentId, userId: memberId, branchId, membershipId, paymentAccountId: account.id, ...(terms ?? { method: 'card' }), amountMinor: payableNow(quote).minor,
    vatMinor: vatNow(quote).minor, currency: quote.money.currency, taxDocumentIssuer: account.taxDocumentIssuer, receipt: quote.receipt, createdAt: now, updatedAt: now,
  });
  await writeInstalments(tx, scope, quote.schedule, { userId: memberId, branchId, membershipId, paymentId, account, paidAt: null, now });
  if (terms !== null) {
    const { providerTransactionId: reference, expiresOn } = terms;
    await mailSlip(tx, scope, sale.letterhead, {
      paymentId, person: { id: memberId, firstName: input.firstName, email: input.email ?? null, locale: input.locale }, planTitle, amount: quote.money, details: detailsOf(account), reference, expiresOn,
    });
    return { ...nothingPaid, memberId, membershipId, paymentId, transfer: true };
  }
  await enqueue(tx, scope, sendPayLinkJob, { paymentId }, { delaySeconds: 60 });
  return { ...nothingPaid, memberId, membershipId, paymentId };
}

/**
 * A seller enrols a member on the spot. Cash: person, active membership, payment, receipt, tax document, ledger and card in one transaction; the documents are
 * rendered by jobs. Pay link: pending membership and payment, then the provider's checkout is opened and its address mailed. The price is the published
 * rule's, whatever the client says; a plan that costs nothing is active at once and takes no cash. A repeat with the same key gives the same answer; another key for the
 * same person is refused with the field. Throws INVALID with the field, CONFLICT, FORBIDDEN, NOT_FOUND for a lead out of sight, UNAVAILABLE without rules or account.
 */
export async function enrolMember(seller: TenantScope, raw: EnrolInput, now: Date): Promise<EnrolAnswer> {
  const sale = await prepareSale(seller, raw, now);
  // the whole tenant is looked through for the same person, also branches that the seller does not see
  const scope = actAsTenant(seller, 'enrolments.enrol');
  const { idempotencyKey, ...payload } = sale.input;
  const written = await withTenant(scope, (tx) =>
    once(tx, scope, { operation: 'enrolments.enrol', key: idempotencyKey, payload }, () => writeSale(tx, scope, seller, sale)),
  ).catch((error: unknown) => {
    if (violates(error, 'user_sign_in_email')) throw new DomainError('CONFLICT', 'errors.account.emailTaken', { field: 'email' });
    throw error;
  });
  if (written.paymentId === null || written.receiptId !== null || written.transfer) return { ...written, payLink: null };
  // the sale stands whatever the provider does: its job sends the link later
  const payLink = await sendPayLink(scope, written.paymentId, now).catch((error: unknown) => {
    log.warn({ requestId: seller.requestId, paymentId: written.paymentId, failure: failureOf(error) }, 'pay link not sent');
    return null;
  });
  return { ...written, payLink };
}
