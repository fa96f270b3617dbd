import {
  amountOf, forEverybody, inLocale, invalid, isZero, planOf, planView, quote, rateOf, todayIn,
  type Currency, type DateOnly, type Locale, type Money, type Plan, type ProductsRule, type QuoteInput, type QuoteRequest, type QuoteRules, type SaleChannel,
} from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { placementOf } from '../accounts/new-member';
import { assertCouponFree } from '../memberships/coupons';
import { cardSale, transferSale } from '../payments/online';
import { ruleOf } from '../settings/rules';
import { factsAbout, instalmentPlansFor, priceView, type InstalmentPlanView, type PriceView } from './pricing';

export interface AddonOffer {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly prices: readonly Money[];
  /** Matters a year on top of the plan's. */
  readonly extraMatters: number;
}

export interface PlanOffer {
  readonly code: string;
  readonly title: string;
  readonly tagline: string;
  readonly benefits: string[];
  readonly covers: string;
  /** VAT included, after what is taken off for everybody; null when it is agreed individually. */
  readonly price: Money | null;
  /** Before anything was taken off; null when nothing is. */
  readonly fullPrice: Money | null;
  /** Why it costs less than it would; `until`: the first day on which it no longer does, null when no end is set. */
  readonly reductions: { title: string; until: DateOnly | null }[];
  readonly vatRateBp: number;
  readonly periodMonths: number;
  readonly people: number | null;
  /** People in the price where others cost extra; null where everybody up to the limit is. */
  readonly includedPeople: number | null;
  readonly perExtraPerson: Money | null;
  readonly addons: { code: string; title: string; summary: string; price: Money; extraMatters: number }[];
  readonly mattersPerYear: number | null;
  readonly successFee: { percentBp: number; minimum: Money | null; capBp: number | null } | null;
  /** Whether a visitor can join with it now. */
  readonly selfService: boolean;
  /** Sold online by the rules, and at a desk until the country takes cards. */
  readonly awaitsCard: boolean;
  /** In how many parts anybody may pay it at the most, and what they are; null: at once. */
  readonly instalments: { parts: number; first: Money; each: Money } | null;
}

/** The add-ons that go with a plan on a channel, in the order of the rules. */
export function offeredAddons(rule: ProductsRule, planCode: string, channel: SaleChannel, locale: Locale): AddonOffer[] {
  return rule.addons.filter(({ plans, channels }) => plans.includes(planCode) && channels.includes(channel))
    .map(({ code, titles, summaries, prices, extraMatters }) => ({ code, title: inLocale(titles, locale), summary: inLocale(summaries, locale), prices, extraMatters }));
}

/** How and in which language a plan is offered. */
export interface Sold {
  readonly currency: Currency;
  readonly paysOnline: boolean;
  readonly on: DateOnly;
  readonly locale: Locale;
}

/** What everybody pays for a plan today and why it is less; as the list says where the plan has no price of its own. */
function publicPrice(rules: QuoteRules, plan: Plan, { currency, on, locale }: Sold): Pick<PlanOffer, 'price' | 'fullPrice' | 'reductions'> {
  const [channel] = plan.channels;
  const inCurrency = amountOf(plan.prices, currency);
  if (channel === undefined || inCurrency === undefined) return { price: plan.prices[0] ?? null, fullPrice: null, reductions: [] };
  const priced = quote({ ...rules, products: forEverybody(rules.products) }, { planCode: plan.code, channel: plan.channels.includes('self_service') ? 'self_service' : channel, currency, on, people: 1 });
  const off = priced.lines.filter(({ kind }) => kind === 'discount');
  return {
    price: priced.money, fullPrice: off.length === 0 ? null : priced.list,
    reductions: off.map(({ code, titles }) => ({
      title: titles === null ? code : inLocale(titles, locale), until: (rules.products.value.discounts.find((discount) => discount.code === code)?.until ?? null) as DateOnly | null,
    })),
  };
}

/** The longest way to pay in parts that anybody may have today; the condition of one that judges the buyer leaves it out. */
function publicParts(rules: QuoteRules, plan: Plan, { currency, on, locale }: Sold): PlanOffer['instalments'] {
  const [channel] = plan.channels;
  if (channel === undefined || amountOf(plan.prices, currency) === undefined) return null;
  const request: QuoteRequest = { planCode: plan.code, channel: plan.channels.includes('self_service') ? 'self_service' : channel, currency, on, people: 1 };
  const [longest] = instalmentPlansFor({ ...rules, products: forEverybody(rules.products) }, request, locale).toSorted((a, b) => b.parts.length - a.parts.length);
  const [first, second] = longest?.parts ?? [];
  return longest === undefined || first === undefined || second === undefined ? null : { parts: longest.parts.length, first: first.amount, each: second.amount };
}

/** A plan as it is offered in one language, with the price in that currency where it has one. */
export function offerOf(rules: QuoteRules, plan: Plan, sold: Sold): PlanOffer {
  const { currency, paysOnline, locale } = sold;
  const view = planView(plan, locale);
  const inCurrency = (amounts: readonly Money[]): Money | null => amountOf(amounts, currency) ?? amounts[0] ?? null;
  const fee = plan.successFee;
  const shown = publicPrice(rules, plan, sold);
  const payable = paysOnline || (shown.price !== null && isZero(shown.price));
  return {
    code: view.code, title: view.title, tagline: view.summary, benefits: [...view.benefits], covers: view.covers, ...shown,
    vatRateBp: rateOf(rules.tax.value, rules.tax.value.membershipCategory), periodMonths: plan.periodMonths, people: plan.peopleLimit, includedPeople: view.includedPeople,
    perExtraPerson: plan.family === null ? null : (amountOf(plan.family.perExtraPerson, currency) ?? null), mattersPerYear: plan.mattersPerYear,
    addons: offeredAddons(rules.products.value, plan.code, 'self_service', locale).flatMap(({ prices, ...addon }) => {
      const price = amountOf(prices, currency);
      return price === undefined ? [] : [{ ...addon, price }];
    }),
    successFee: fee === null ? null : { percentBp: fee.percentBp, minimum: inCurrency(fee.minimums), capBp: fee.capBp }, selfService: view.selfService && payable,
    awaitsCard: view.selfService && !payable, instalments: publicParts(rules, plan, sold),
  };
}

/** The plans that a visitor sees, in their order, with the price in the currency that cards are charged in, of transfers where there are no cards, or of cash where nobody can pay alone. */
export async function listPlanOffers(site: TenantScope, locale: Locale, now: Date): Promise<PlanOffer[]> {
  const [products, tax, card, transfer] = await Promise.all([ruleOf(site, 'products', now), ruleOf(site, 'tax', now), cardSale(site, 'self_service', now), transferSale(site, 'self_service', now)]);
  const currency = card.account === null && transfer !== null ? transfer.currency : card.currency;
  const sold: Sold = { currency, paysOnline: card.account !== null || transfer !== null, on: todayIn(site.tenant.timeZone, now), locale };
  return products.value.plans.filter(({ visible }) => visible).toSorted((a, b) => a.sort - b.sort).map((plan) => offerOf({ products, tax }, plan, sold));
}

/**
 * What a visitor would pay today for a plan with what goes beside it: the price that joining asks for, as long as the rules and the buyer stay the same. Throws INVALID with the
 * field for what cannot be sold so, also for a code or coupon that nobody has or that is used up.
 */
export async function quoteJoin(site: TenantScope, input: QuoteInput, locale: Locale, now: Date): Promise<PriceView & { instalmentPlans: InstalmentPlanView[] }> {
  const byTransfer = input.payment === 'bank_transfer';
  const [products, tax, card, transfer, enrolment] = await Promise.all([
    ruleOf(site, 'products', now), ruleOf(site, 'tax', now), cardSale(site, 'self_service', now), byTransfer ? transferSale(site, 'self_service', now) : null, ruleOf(site, 'enrolment', now),
  ]);
  if (byTransfer && transfer === null) throw invalid('payment', 'errors.payment.method');
  if (byTransfer && input.instalmentsCode !== undefined) throw invalid('instalmentsCode', 'errors.transfer.instalments');
  const currency = transfer?.currency ?? card.currency;
  const on = todayIn(site.tenant.timeZone, now);
  // a visitor sees no code, no branch and no coupon of others
  const scope = actAsTenant(site, 'plans.quote');
  const { branchCode, referral } = await withTenant(scope, (tx) => placementOf(tx, scope, enrolment.value.referralAllowed ? input.referralCode : undefined, enrolment.value.defaultBranchCode));
  const request: QuoteRequest = {
    planCode: input.planCode, channel: 'self_service', currency, on, people: input.people, addons: input.addons, couponCode: input.couponCode, instalmentsCode: input.instalmentsCode, referral,
    facts: factsAbout({ birthDate: input.birthDate, branchCode, returning: false }, on),
  };
  const priced = quote({ products, tax }, request);
  await assertCouponFree(scope, priced.coupon);
  return { ...priceView(priced, locale), instalmentPlans: byTransfer ? [] : instalmentPlansFor({ products, tax }, request, locale) };
}

/** Titles of plans by code; a plan that the rules no longer have is called by its code. */
export async function planTitles(scope: TenantScope, locale: Locale, now: Date): Promise<(code: string) => string> {
  const { value } = await ruleOf(scope, 'products', now);
  return (code) => (value.plans.some((plan) => plan.code === code) ? planView(planOf(value, code), locale).title : code);
}
