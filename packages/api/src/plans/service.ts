import { isZero, planOf, planView, rateOf, type Currency, type Locale, type Money, type Plan } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { cardSale } from '../payments/online';
import { ruleOf } from '../settings/rules';

export interface PlanOffer {
  readonly code: string;
  readonly title: string;
  readonly tagline: string;
  readonly benefits: string[];
  readonly covers: string;
  /** VAT included; null when it is agreed individually. */
  readonly price: Money | null;
  readonly vatRateBp: number;
  readonly periodMonths: number;
  readonly people: number | null;
  readonly mattersPerYear: number | null;
  readonly successFee: { percentBp: number; minimum: Money | null; capBp: number | null } | null;
  /** Whether a visitor can join with it now. */
  readonly selfService: boolean;
  /** Sold online by the rules, and at a desk until the country takes cards. */
  readonly awaitsCard: boolean;
}

/** A plan as it is offered in one language, with the price in that currency where it has one. */
export function offerOf(plan: Plan, locale: Locale, { currency, paysOnline }: { readonly currency: Currency; readonly paysOnline: boolean }, vatRateBp: number): PlanOffer {
  const view = planView(plan, locale);
  const inCurrency = (amounts: readonly Money[]): Money | null => amounts.find((amount) => amount.currency === currency) ?? amounts[0] ?? null;
  const fee = plan.successFee;
  const price = inCurrency(plan.prices);
  const payable = paysOnline || (price !== null && isZero(price));
  return {
    code: view.code, title: view.title, tagline: view.summary, benefits: [...view.benefits], covers: view.covers, price,
    vatRateBp, periodMonths: plan.periodMonths, people: plan.peopleLimit, mattersPerYear: plan.mattersPerYear,
    successFee: fee === null ? null : { percentBp: fee.percentBp, minimum: inCurrency(fee.minimums), capBp: fee.capBp }, selfService: view.selfService && payable,
    awaitsCard: view.selfService && !payable,
  };
}

/** The plans that a visitor sees, in their order, with the price in the currency that cards are charged in, or cash where nobody can pay online. */
export async function listPlanOffers(site: TenantScope, locale: Locale, now: Date): Promise<PlanOffer[]> {
  const [products, tax, { currency, account }] = await Promise.all([ruleOf(site, 'products', now), ruleOf(site, 'tax', now), cardSale(site, 'self_service', now)]);
  const rate = rateOf(tax.value, tax.value.membershipCategory);
  return products.value.plans.filter(({ visible }) => visible).toSorted((a, b) => a.sort - b.sort).map((plan) => offerOf(plan, locale, { currency, paysOnline: account !== null }, rate));
}

/** Titles of plans by code; a plan that the rules no longer have is called by its code. */
export async function planTitles(scope: TenantScope, locale: Locale, now: Date): Promise<(code: string) => string> {
  const { value } = await ruleOf(scope, 'products', now);
  return (code) => (value.plans.some((plan) => plan.code === code) ? planView(planOf(value, code), locale).title : code);
}
