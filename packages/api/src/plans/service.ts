import { currencyOfRoute, planOf, planView, rateOf, routeOf, type Currency, type Locale, type Money, type Plan } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
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
  readonly selfService: boolean;
}

function offerOf(plan: Plan, locale: Locale, currency: Currency, vatRateBp: number): PlanOffer {
  const view = planView(plan, locale);
  const inCurrency = (amounts: readonly Money[]): Money | null => amounts.find((amount) => amount.currency === currency) ?? amounts[0] ?? null;
  const fee = plan.successFee;
  return {
    code: view.code, title: view.title, tagline: view.summary, benefits: [...view.benefits], covers: view.covers, price: inCurrency(plan.prices),
    vatRateBp, periodMonths: plan.periodMonths, people: plan.peopleLimit, mattersPerYear: plan.mattersPerYear,
    successFee: fee === null ? null : { percentBp: fee.percentBp, minimum: inCurrency(fee.minimums), capBp: fee.capBp }, selfService: view.selfService,
  };
}

/** The plans that a visitor sees, in their order, with the price in the currency that cards are charged in. */
export async function listPlanOffers(site: TenantScope, locale: Locale, now: Date): Promise<PlanOffer[]> {
  const [products, tax, payments] = await Promise.all([ruleOf(site, 'products', now), ruleOf(site, 'tax', now), ruleOf(site, 'payments', now)]);
  const currency = currencyOfRoute(routeOf(payments.value, 'card', 'self_service'));
  const rate = rateOf(tax.value, tax.value.membershipCategory);
  return products.value.plans.filter(({ visible }) => visible).toSorted((a, b) => a.sort - b.sort).map((plan) => offerOf(plan, locale, currency, rate));
}

/** Titles of plans by code; a plan that the rules no longer have is called by its code. */
export async function planTitles(scope: TenantScope, locale: Locale, now: Date): Promise<(code: string) => string> {
  const { value } = await ruleOf(scope, 'products', now);
  return (code) => (value.plans.some((plan) => plan.code === code) ? planView(planOf(value, code), locale).title : code);
}
