import { DomainError } from '../errors'
import { inLocale } from '../locales'
import type { Locale } from '../locales'
import type { Currency, Money } from '../money'
import type { Plan, ProductsRule, SaleChannel } from '../rule-sets'
import { catalogueOf } from './catalogue'

/** A plan in one language, as a page shows it. */
export type PlanView = {
  readonly code: string
  readonly title: string
  readonly summary: string
  readonly benefits: readonly string[]
  readonly covers: string
  readonly prices: readonly Money[]
  readonly periodMonths: number
  readonly peopleLimit: number | null
  /** People in the plan's own price where others cost extra; null where everybody up to the limit is in it. */
  readonly includedPeople: number | null
  readonly mattersPerYear: number | null
  readonly successFeeBp: number | null
  /** True when a visitor can join alone; otherwise an agent or branch sells it. */
  readonly selfService: boolean
  /** True when the price is agreed individually. */
  readonly quoted: boolean
}

/** A plan in one language. */
export function planView(plan: Plan, locale: Locale): PlanView {
  return {
    code: plan.code,
    title: inLocale(plan.titles, locale),
    summary: inLocale(plan.summaries, locale),
    benefits: inLocale(plan.benefits, locale),
    covers: inLocale(plan.covers, locale),
    prices: plan.prices,
    periodMonths: plan.periodMonths,
    peopleLimit: plan.peopleLimit,
    includedPeople: plan.family?.includedPeople ?? null,
    mattersPerYear: plan.mattersPerYear,
    successFeeBp: plan.successFee?.percentBp ?? null,
    selfService: plan.channels.includes('self_service'),
    quoted: plan.prices.length === 0,
  }
}

/** Visible plans in their order; with a channel only those sold on it. */
export function listPlans(rule: ProductsRule, locale: Locale, channel?: SaleChannel): PlanView[] {
  return rule.plans
    .filter((plan) => plan.visible && (channel === undefined || plan.channels.includes(channel)))
    .toSorted((a, b) => a.sort - b.sort)
    .map((plan) => planView(plan, locale))
}

/** The plan of that code. Throws INVALID `errors.plan.unknown`. */
export function planOf(rule: ProductsRule, planCode: string): Plan {
  const plan = catalogueOf(rule).plans.get(planCode)
  if (plan === undefined) throw new DomainError('INVALID', 'errors.plan.unknown', { field: 'planCode' })
  return plan
}

/** The price in a currency. Throws INVALID `errors.plan.quoted` or `errors.plan.currency`. */
export function priceIn(plan: Plan, currency: Currency): Money {
  if (plan.prices.length === 0) throw new DomainError('INVALID', 'errors.plan.quoted', { field: 'planCode' })
  const price = plan.prices.find((candidate) => candidate.currency === currency)
  if (price === undefined) throw new DomainError('INVALID', 'errors.plan.currency', { field: 'planCode', params: { currency } })
  return price
}
