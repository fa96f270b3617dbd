import { sayPlan, sayReceipt, type SaidLine, type SaidPlan } from '@interdomestik/i18n';
import { assertPlainDocument, parseRule, planSchema, quote, type Money, type Plan, type PreviewPlansInput, type PreviewQuoteInput, type ProductsRule, type ResolvedRule } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { cardSale } from '../payments/online';
import { offerOf } from '../plans/service';
import { ruleOf } from './rules';

/** Under which heading of the site a plan stands: joined alone, paid at a desk until the country takes cards, or sold with an adviser. */
export type PreviewPlace = 'alone' | 'desk' | 'assisted';

export interface PlanPreview {
  readonly plans: (Omit<SaidPlan, 'benefits'> & { readonly benefits: string[]; readonly code: string; readonly place: PreviewPlace })[];
  /** Places in the document's list whose plan cannot be shown until it is mended. */
  readonly faulty: number[];
}

/** Every plan of a document that can be read by itself, so that one fault hides no other plan. */
function readPlans(value: unknown): { readonly plans: Plan[]; readonly faulty: number[] } {
  assertPlainDocument(value);
  const list: unknown = typeof value === 'object' && value !== null && 'plans' in value ? value.plans : [];
  const read = (Array.isArray(list) ? list : []).map((one: unknown) => planSchema.safeParse(one));
  return { plans: read.flatMap(({ data }) => (data === undefined ? [] : [data])), faulty: read.flatMap(({ success }, index) => (success ? [] : [index])) };
}

/** The plan cards of a document that nobody has published, as the site or a colleague on that channel would show them. Writes nothing. */
export async function previewPlans(scope: TenantScope, { value, locale, channel }: PreviewPlansInput, now: Date): Promise<PlanPreview> {
  const { plans, faulty } = readPlans(value);
  const { currency, account } = await cardSale(scope, channel, now);
  const shown = plans.filter((plan) => (channel === 'self_service' ? plan.visible : plan.channels.includes(channel))).toSorted((a, b) => a.sort - b.sort);
  const cards = shown.map((plan) => {
    const offer = offerOf(plan, locale, { currency, paysOnline: account !== null }, 0);
    const place: PreviewPlace = channel !== 'self_service' || offer.selfService ? 'alone' : offer.awaitsCard ? 'desk' : 'assisted';
    return { code: plan.code, place, ...sayPlan(offer, locale), benefits: offer.benefits };
  });
  return { plans: cards, faulty };
}

export interface QuotePreview {
  readonly lines: SaidLine[];
  readonly list: Money;
  readonly total: Money;
  readonly vat: { readonly rateBp: number; readonly amount: Money };
  /** Why it costs this, as sentences. */
  readonly steps: string[];
}

/**
 * What a sale would cost by a document that nobody has published, with the VAT in force. Writes nothing: no coupon is used up. Throws INVALID with the place in the
 * document (`products.plans.0…`) or the field of the request that is wrong.
 */
export async function previewQuote(scope: TenantScope, { value, locale, request }: PreviewQuoteInput, now: Date): Promise<QuotePreview> {
  const products: ResolvedRule<'products'> = { kind: 'products', value: parseRule('products', value), version: 0, source: 'tenant' };
  const tax = await ruleOf(scope, 'tax', now);
  const priced = quote({ products, tax }, request);
  const { lines, steps } = sayReceipt(priced.receipt, locale, { zone: scope.tenant.timeZone, names: namesOf(products.value, locale) });
  return { lines: [...lines], list: priced.list, total: priced.money, vat: { rateBp: priced.vat.rateBp, amount: priced.vat.vat }, steps: [...steps] };
}

/** Titles of what a step names by its code alone. */
function namesOf({ addons, discounts, coupons }: ProductsRule, locale: PreviewQuoteInput['locale']): ReadonlyMap<string, string> {
  return new Map([...addons, ...discounts, ...coupons].map(({ code, titles }) => [code, titles[locale] ?? code]));
}
