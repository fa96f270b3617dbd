import { holds } from '../conditions'
import type { Facts } from '../conditions'
import { rateOf } from '../invoices'
import type { Addon, Coupon, Discount, Instalments, Plan, ProductsRule, TaxRule } from '../rule-sets'

/** A products document made ready for quick answers: everything by its code, discounts by the plan that they fit. */
export type Catalogue = {
  readonly plans: ReadonlyMap<string, Plan>
  readonly addons: ReadonlyMap<string, Addon>
  readonly coupons: ReadonlyMap<string, Coupon>
  readonly instalments: ReadonlyMap<string, Instalments>
  readonly discounts: ReadonlyMap<string, readonly Discount[]>
}

// keyed by the document of a version, which never changes: a new version is another object
const catalogues = new WeakMap<ProductsRule, Catalogue>()
const memberRates = new WeakMap<TaxRule, { readonly category: string; readonly rateBp: number }>()

/** True for a list of plans that names this one, or none at all. */
export const fitsPlan = (plans: readonly string[], code: string): boolean => plans.length === 0 || plans.includes(code)

/** The document by code; made once for each version. */
export function catalogueOf(rule: ProductsRule): Catalogue {
  const known = catalogues.get(rule)
  if (known !== undefined) return known
  const byCode = <T extends { readonly code: string }>(entries: readonly T[]): ReadonlyMap<string, T> => new Map(entries.map((entry) => [entry.code, entry]))
  const made: Catalogue = {
    plans: byCode(rule.plans),
    addons: byCode(rule.addons),
    coupons: byCode(rule.coupons),
    instalments: byCode(rule.instalments),
    discounts: new Map(rule.plans.map(({ code }) => [code, rule.discounts.filter(({ plans }) => fitsPlan(plans, code))])),
  }
  catalogues.set(rule, made)
  return made
}

/** Category and rate of VAT on memberships; looked up once for each version. */
export function membershipVat(tax: TaxRule): { readonly category: string; readonly rateBp: number } {
  const known = memberRates.get(tax)
  if (known !== undefined) return known
  const category = tax.membershipCategory
  const made = { category, rateBp: rateOf(tax, category) }
  memberRates.set(tax, made)
  return made
}

/** Whether something with a window counts on a day: its first day is in, its `until` is out. */
export const inWindow = ({ from, until }: { readonly from: string | null; readonly until: string | null }, on: string): boolean =>
  (from === null || from <= on) && (until === null || on < until)

/** Discounts that count for a sale by themselves. */
export function discountsFor(catalogue: Catalogue, planCode: string, on: string, facts: () => Facts<'sale'>): readonly Discount[] {
  const fitting = catalogue.discounts.get(planCode) ?? []
  if (fitting.length === 0) return fitting
  return fitting.filter((discount) => inWindow(discount, on) && (discount.when === null || holds(discount.when, facts())))
}
