import { sayPlan, sayReceipt, type SaidLine, type SaidPlan } from '@interdomestik/i18n';
import type { z } from 'zod';
import {
  addonSchema, assertPlainDocument, discountSchema, parseRule, planSchema, quote, todayIn, type Money, type PreviewPlansInput, type PreviewQuoteInput, type ProductsRule, type ResolvedRule,
} from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { cardSale } from '../payments/online';
import { offerOf } from '../plans/service';
import { ruleOf } from './rules';

/** Under which heading of the site a plan stands: joined alone, paid at a desk until the country takes cards, or sold with an adviser. */
export type PreviewPlace = 'alone' | 'desk' | 'assisted';

export interface PlanPreview {
  readonly plans: (Omit<SaidPlan, 'benefits' | 'extras' | 'reasons'> & { readonly benefits: string[]; readonly extras: SaidPlan['extras'][number][]; readonly reasons: string[]; readonly code: string; readonly place: PreviewPlace })[];
  /** Places in the document's list whose plan cannot be shown until it is mended. */
  readonly faulty: number[];
}

/** The entries of one list of a document that can be read by themselves, and the places of the others. */
function readList<Schema extends z.ZodType>(value: unknown, name: string, schema: Schema): { readonly read: z.output<Schema>[]; readonly faulty: number[] } {
  const list: unknown = typeof value === 'object' && value !== null && name in value ? (value as Readonly<Record<string, unknown>>)[name] : [];
  const read = (Array.isArray(list) ? list : []).map((one: unknown) => schema.safeParse(one));
  return { read: read.flatMap(({ data }) => (data === undefined ? [] : [data])), faulty: read.flatMap(({ success }, index) => (success ? [] : [index])) };
}

/** The plan cards of a document that nobody has published, as the site or a colleague on that channel would show them. One fault hides no other plan. Writes nothing. */
export async function previewPlans(scope: TenantScope, { value, locale, channel }: PreviewPlansInput, now: Date): Promise<PlanPreview> {
  assertPlainDocument(value);
  const { read: plans, faulty } = readList(value, 'plans', planSchema);
  const [{ currency, account }, inForce, tax] = await Promise.all([cardSale(scope, channel, now), ruleOf(scope, 'products', now), ruleOf(scope, 'tax', now)]);
  const document: ProductsRule = { ...inForce.value, plans, addons: readList(value, 'addons', addonSchema).read, discounts: readList(value, 'discounts', discountSchema).read, coupons: [] };
  const rules = { products: { ...inForce, value: document }, tax };
  const sold = { currency, paysOnline: account !== null, on: todayIn(scope.tenant.timeZone, now), locale };
  const shown = plans.filter((plan) => (channel === 'self_service' ? plan.visible : plan.channels.includes(channel))).toSorted((a, b) => a.sort - b.sort);
  const cards = shown.map((plan) => {
    const offer = offerOf(rules, plan, sold);
    const place: PreviewPlace = channel !== 'self_service' || offer.selfService ? 'alone' : offer.awaitsCard ? 'desk' : 'assisted';
    const said = sayPlan(offer, locale);
    return { code: plan.code, place, ...said, benefits: [...said.benefits], extras: [...said.extras], reasons: [...said.reasons] };
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
