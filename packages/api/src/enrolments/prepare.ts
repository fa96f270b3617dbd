import { and, eq } from 'drizzle-orm';
import {
  assertCan, assertCashWithinLimit, assertOldEnough, compare, conflict, currencyOfRoute, DomainError, enrolInputFor, equals, forbidden, invalid, isZero, notFound, parseOrThrow, quote, routeOf, todayIn, unavailable,
  type EnrolInput, type LimitsRule, type Money, type Quote, type ResolvedRule, type SaleChannel,
} from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { branches, leads, user } from '@interdomestik/db/schema';
import { assertMayInvoice, invoiceRules, type InvoiceRules } from '../invoices/issue';
import { assertOn } from '../flags/flags';
import { letterheadOf, type Letterhead } from '../mails';
import { activationRules, type ActivationRules } from '../memberships/activate';
import { accountFor, type PaymentAccount } from '../payments/accounts';
import { ruleOf } from '../settings/rules';
import { legalText, type LegalTextView } from '../site/service';

export type EnrolMethod = EnrolInput['payment'];

/** How a seller sells: agents in the field, everybody else at a desk. */
export const channelOf = (scope: TenantScope): SaleChannel => (scope.reach.kind === 'own' ? 'agent' : 'branch');

export interface Pricing {
  readonly quote: Quote;
  readonly limits: ResolvedRule<'limits'>;
}

/** The price that the published rules give today, in the currency in which the method is taken. */
export async function priceFor(scope: TenantScope, planCode: string, method: EnrolMethod, branchId: string | null, now: Date): Promise<Pricing> {
  const [products, tax, routes, limits] = await Promise.all([
    ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now), ruleOf(scope, 'payments', now), ruleOf(scope, 'limits', now, branchId),
  ]);
  const channel = channelOf(scope);
  const currency = currencyOfRoute(routeOf(routes.value, method === 'cash' ? 'cash' : 'card', channel));
  const on = todayIn(scope.tenant.timeZone, now);
  return { quote: quote({ products, tax }, { planCode, channel, currency, on, people: 1 }), limits };
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
  /** Staff member who sells; null for a super admin inside the tenant. */
  readonly sellerId: string | null;
  /** Null when the plan costs nothing. */
  readonly account: PaymentAccount | null;
  readonly texts: { readonly terms: LegalTextView; readonly privacy: LegalTextView; readonly marketing: LegalTextView };
  readonly letterhead: Letterhead;
  readonly activation: ActivationRules;
  readonly invoicing: InvoiceRules;
  readonly referralAllowed: boolean;
  readonly now: Date;
}

function checkCash(scope: TenantScope, input: EnrolInput, { quote: priced, limits }: Pricing, invoicing: InvoiceRules): void {
  assertCan(scope.permissions, 'cash.collect');
  // whoever takes cash holds it in the ledger, and only people of the tenant can
  if (scope.actor.kind !== 'user') throw forbidden();
  const tendered = input.amountTendered;
  if (tendered === undefined || tendered.currency !== priced.money.currency || !equals(tendered, priced.money)) throw invalid('amountTendered', 'errors.money.tendered');
  try {
    assertCashWithinLimit(limits.value, priced.money);
  } catch (error) {
    throw error instanceof DomainError ? new DomainError(error.code, error.messageKey, { field: 'payment', params: error.params }) : error;
  }
  assertMayInvoice(invoicing);
}

/** Reads and checks a sale against the published rules. Throws INVALID with the field, FORBIDDEN, CONFLICT or UNAVAILABLE. */
export async function prepareSale(scope: TenantScope, raw: EnrolInput, now: Date): Promise<PreparedSale> {
  const input = parseOrThrow(enrolInputFor(scope.tenant.country), raw);
  const branchId = await branchOfSale(scope, input.leadId, now);
  const [pricing, enrolment, letterhead, activation, invoicing, terms, privacy, marketing] = await Promise.all([
    priceFor(scope, input.planCode, input.payment, branchId, now), ruleOf(scope, 'enrolment', now, branchId), letterheadOf(scope, now), activationRules(scope, now), invoiceRules(scope, now),
    legalText(scope, 'terms', input.locale, now), legalText(scope, 'privacy', input.locale, now), legalText(scope, 'consentMarketing', input.locale, now),
  ]);
  const today = todayIn(scope.tenant.timeZone, now);
  if (enrolment.value.requiredFields.includes('birthDate') && input.birthDate === undefined) throw invalid('birthDate', 'errors.required');
  if (enrolment.value.requiredFields.includes('address') && input.address === undefined) throw invalid('address', 'errors.required');
  if (enrolment.value.requiredFields.includes('city') && input.city === undefined) throw invalid('city', 'errors.required');
  assertOldEnough(enrolment.value, input.birthDate, today);
  if (input.referralCode !== undefined && !enrolment.value.referralAllowed) throw invalid('referralCode', 'errors.referral');
  if (input.consents.terms.version !== terms.version || input.consents.privacy.version !== privacy.version) throw conflict('errors.consent.outdated');
  if (input.payment === 'cash') checkCash(scope, input, pricing, invoicing);
  const priced = pricing.quote;
  if (input.payment === 'pay_link' && !isZero(priced.money)) await assertOn(scope, 'payments.card');
  // a branch does not see the tenant's accounts; the sale is charged to the tenant's
  const account = isZero(priced.money) ? null : await accountFor(actAsTenant(scope, 'enrolments.enrol'), input.payment === 'cash' ? 'cash' : 'paddle', priced.money.currency);
  if (input.payment === 'cash' && account?.taxDocumentIssuer !== 'tenant') throw unavailable('errors.payment.notConfigured');
  return {
    input, quote: priced, branchId, sellerId: scope.actor.kind === 'user' ? scope.actor.id : null, account, texts: { terms, privacy, marketing }, letterhead, activation, invoicing,
    referralAllowed: enrolment.value.referralAllowed, now,
  };
}
