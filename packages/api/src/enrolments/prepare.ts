import { and, eq } from 'drizzle-orm';
import {
  assertCan, assertCashWithinLimit, assertOldEnough, assertShown, compare, conflict, currencyOfRoute, DomainError, enrolInputFor, equals, forbidden, invalid, isZero, notFound, parseOrThrow, payableNow, quote, routeOf, todayIn, unavailable,
  type EnrolInput, type LimitsRule, type Money, type Quote, type QuoteRequest, type QuoteRules, type ResolvedRule, type SaleChannel,
} from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, leads, user } from '@interdomestik/db/schema';
import { assertMayInvoice, invoiceRules, type InvoiceRules } from '../invoices/issue';
import { assertOn } from '../flags/flags';
import { referrerOf, type Referrer } from '../leads/referrer';
import { letterheadOf, type Letterhead } from '../mails';
import { activationRules, type ActivationRules } from '../memberships/activate';
import { accountFor, type PaymentAccount } from '../payments/accounts';
import { factsAbout } from '../plans/pricing';
import { ruleOf } from '../settings/rules';
import { legalText, type LegalTextView } from '../site/service';

export type EnrolMethod = EnrolInput['payment'];

const providers = { cash: 'cash', pay_link: 'paddle', bank_transfer: 'bank_transfer' } as const satisfies Readonly<Record<EnrolMethod, string>>;

/** How a seller sells: agents in the field, everybody else at a desk. */
export const channelOf = (scope: TenantScope): SaleChannel => (scope.reach.kind === 'own' ? 'agent' : 'branch');

export interface Pricing {
  readonly quote: Quote;
  /** What was asked, and the rules that answered. */
  readonly request: QuoteRequest;
  readonly rules: QuoteRules;
  readonly limits: ResolvedRule<'limits'>;
  /** Who stands behind the referral code; null without one. */
  readonly referrer: Referrer | null;
}

/** What a seller asks the price of. */
export type Wish = Pick<EnrolInput, 'planCode' | 'addons' | 'people' | 'couponCode' | 'instalmentsCode' | 'referralCode' | 'birthDate' | 'city'> & { readonly method: EnrolMethod };

/** The code of a sale's branch, and who stands behind the referral code. Both may lie out of the seller's sight. */
async function aroundSale(asker: TenantScope, referralCode: string | undefined, branchId: string): Promise<{ branchCode: string | null; referrer: Referrer | null }> {
  const scope = actAsTenant(asker, 'enrolments.price');
  return await withTenant(scope, async (tx) => {
    const [branch] = await tx.select({ code: branches.code }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId)));
    return { branchCode: branch?.code ?? null, referrer: referralCode === undefined ? null : await referrerOf(tx, scope, referralCode) };
  });
}

/** The price that the published rules give today, in the currency in which the method is taken. Throws INVALID with the field for what cannot be sold so. */
export async function priceFor(scope: TenantScope, wish: Wish, branchId: string, now: Date): Promise<Pricing> {
  const { planCode, method } = wish;
  const [products, tax, routes, limits, { branchCode, referrer }] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'payments', now), ruleOf(scope, 'limits', now, branchId), aroundSale(scope, wish.referralCode, branchId),
  ]);
  const channel = channelOf(scope);
  const currency = currencyOfRoute(routeOf(routes.value, method === 'pay_link' ? 'card' : method, channel));
  const on = todayIn(scope.tenant.timeZone, now);
  const request: QuoteRequest = {
    planCode, channel, currency, on, people: wish.people, addons: wish.addons, couponCode: wish.couponCode, instalmentsCode: wish.instalmentsCode, referral: referrer?.kind ?? null,
    facts: factsAbout({ birthDate: wish.birthDate, city: wish.city, branchCode, returning: false }, on),
  };
  return { quote: quote({ products, tax }, request), request, rules: { products, tax }, limits, referrer };
}

/** The most cash that one payment may be in the currency; null when the tenant takes none in it. */
export function cashLimitOf(limits: LimitsRule, price: Money): Money | null {
  return limits.cashPerPayment.find(({ currency }) => currency === price.currency) ?? null;
}

/** True when the price may be taken in cash. */
export function isWithinCashLimit(limits: LimitsRule, price: Money): boolean {
  const limit = cashLimitOf(limits, price);
  return limit !== null && compare(price, limit) <= 0;
}

async function leadInReach(scope: TenantScope, leadId: string): Promise<{ branchId: string }> {
  const [lead] = await readTenant(scope, (tx) => tx.select({ branchId: leads.branchId }).from(leads).where(and(visible(scope, leads), eq(leads.id, leadId))));
  if (lead === undefined) throw notFound();
  return lead;
}

/**
 * The branch that a seller's members belong to: the own one; for people of the whole tenant the lead's, their own, or the one of the
 * enrolment rule.
 */
export async function branchOfSale(scope: TenantScope, leadId: string | undefined, now: Date): Promise<string> {
  const { reach } = scope;
  if (reach.kind === 'self' || reach.kind === 'public') throw forbidden();
  // under the seller's own settings, so that the database says it too: the sale itself is written as the tenant
  const lead = leadId === undefined ? undefined : await leadInReach(scope, leadId);
  if (reach.kind === 'branch' || reach.kind === 'own') return reach.branchId;
  if (lead !== undefined) return lead.branchId;
  const { value } = await ruleOf(scope, 'enrolment', now);
  const me = scope.actor.kind === 'user' ? scope.actor.id : null;
  const rows = await readTenant(scope, (tx) =>
    tx.select({ id: branches.id, code: branches.code, mine: user.id }).from(branches)
      .leftJoin(user, and(eq(user.tenantId, branches.tenantId), eq(user.branchId, branches.id), eq(user.id, me ?? '00000000-0000-0000-0000-000000000000')))
      .where(and(eq(branches.tenantId, scope.tenantId), eq(branches.isActive, true))));
  const branch = rows.find(({ mine }) => mine !== null) ?? rows.find(({ code }) => code === value.defaultBranchCode);
  if (branch === undefined) throw unavailable('errors.rule.missing');
  return branch.id;
}

/** Everything that is decided before the transaction. */
export interface PreparedSale {
  readonly input: EnrolInput;
  readonly quote: Quote;
  readonly branchId: string;
  /** The referral code that the sale counts for; null without one. */
  readonly referralCodeId: string | null;
  /** Staff member who sells; null for a super admin inside the tenant. */
  readonly sellerId: string | null;
  /** Null when the plan costs nothing. */
  readonly account: PaymentAccount | null;
  readonly payments: ResolvedRule<'payments'>;
  readonly texts: { readonly terms: LegalTextView; readonly privacy: LegalTextView; readonly marketing: LegalTextView };
  readonly letterhead: Letterhead;
  readonly activation: ActivationRules;
  readonly invoicing: InvoiceRules;
  readonly limits: ResolvedRule<'limits'>;
  readonly referralAllowed: boolean;
  readonly now: Date;
}

function checkCash(scope: TenantScope, { quote: priced, limits }: Pricing, invoicing: InvoiceRules): void {
  assertCan(scope.permissions, 'cash.collect');
  // whoever takes cash holds it in the ledger, and only people of the tenant can
  if (scope.actor.kind !== 'user') throw forbidden();
  try {
    assertCashWithinLimit(limits.value, payableNow(priced));
  } catch (error) {
    throw error instanceof DomainError ? new DomainError(error.code, error.messageKey, { field: 'payment', params: error.params }) : error;
  }
  assertMayInvoice(invoicing);
}

/**
 * Whether what was seen and counted is the price: throws CONFLICT for another price than was shown, INVALID for cash that is not it, or not its first part where it is paid in parts. Asked in the sale's transaction, so that a
 * repeat of a sale that was made gives its answer and not the price of now.
 */
export function assertAgreed({ input, quote: priced }: PreparedSale): void {
  assertShown(priced, input.shown);
  if (input.payment !== 'cash') return;
  const tendered = input.amountTendered;
  const now = payableNow(priced);
  if (tendered === undefined || tendered.currency !== now.currency || !equals(tendered, now)) throw invalid('amountTendered', 'errors.money.tendered');
}

/** Reads and checks a sale against the published rules. Throws INVALID with the field, FORBIDDEN, CONFLICT or UNAVAILABLE. */
export async function prepareSale(scope: TenantScope, raw: EnrolInput, now: Date): Promise<PreparedSale> {
  const input = parseOrThrow(enrolInputFor(scope.tenant.country), raw);
  const branchId = await branchOfSale(scope, input.leadId, now);
  const [pricing, payments, enrolment, letterhead, activation, invoicing, terms, privacy, marketing] = await Promise.all([
    priceFor(scope, { ...input, method: input.payment }, branchId, now), ruleOf(scope, 'payments', now), ruleOf(scope, 'enrolment', now, branchId), letterheadOf(scope, now), activationRules(scope, now), invoiceRules(scope, now),
    legalText(scope, 'terms', input.locale, now), legalText(scope, 'privacy', input.locale, now), legalText(scope, 'consentMarketing', input.locale, now),
  ]);
  const today = todayIn(scope.tenant.timeZone, now);
  if (enrolment.value.requiredFields.includes('birthDate') && input.birthDate === undefined) throw invalid('birthDate', 'errors.required');
  if (enrolment.value.requiredFields.includes('address') && input.address === undefined) throw invalid('address', 'errors.required');
  if (enrolment.value.requiredFields.includes('city') && input.city === undefined) throw invalid('city', 'errors.required');
  assertOldEnough(enrolment.value, input.birthDate, today);
  if (input.referralCode !== undefined && !enrolment.value.referralAllowed) throw invalid('referralCode', 'errors.referral');
  if (input.consents.terms.version !== terms.version || input.consents.privacy.version !== privacy.version) throw conflict('errors.consent.outdated');
  if (input.payment === 'cash') checkCash(scope, pricing, invoicing);
  if (input.payment === 'bank_transfer') {
    if (input.instalmentsCode !== undefined) throw invalid('instalmentsCode', 'errors.transfer.instalments');
    assertMayInvoice(invoicing);
  }
  const priced = pricing.quote;
  if (input.payment === 'pay_link' && !isZero(priced.money)) await assertOn(scope, 'payments.card');
  // a branch does not see the tenant's accounts; the sale is charged to the tenant's
  const account = isZero(priced.money) ? null : await accountFor(actAsTenant(scope, 'enrolments.enrol'), providers[input.payment], priced.money.currency);
  if (input.payment !== 'pay_link' && account !== null && account.taxDocumentIssuer !== 'tenant') throw unavailable('errors.payment.notConfigured');
  return {
    input, quote: priced, branchId, referralCodeId: pricing.referrer?.codeId ?? null, sellerId: scope.actor.kind === 'user' ? scope.actor.id : null, account, payments, texts: { terms, privacy, marketing }, letterhead, activation, invoicing, limits: pricing.limits,
    referralAllowed: enrolment.value.referralAllowed, now,
  };
}
