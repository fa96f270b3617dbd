import { DomainError } from '../errors'
import { rateOf } from '../invoices'
import { inLocale } from '../locales'
import type { Locale } from '../locales'
import { moneyToJson, vatFromGross } from '../money'
import type { Currency, Money } from '../money'
import { periodOfMonths } from '../periods'
import type { DateOnly, Period } from '../periods'
import { receiptOf } from '../rule-sets'
import type { Plan, ProductsRule, ResolvedRule, RuleReceipt, SaleChannel } from '../rule-sets'

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
  const plan = rule.plans.find(({ code }) => code === planCode)
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

export type QuoteRules = { readonly products: ResolvedRule<'products'>; readonly tax: ResolvedRule<'tax'> }
export type QuoteRequest = {
  readonly planCode: string
  readonly channel: SaleChannel
  readonly currency: Currency
  /** First day of the membership. */
  readonly on: DateOnly
  /** People to be covered, the member included. */
  readonly people: number
}
export type Quote = {
  readonly plan: Plan
  readonly money: Money
  readonly vat: { readonly category: string; readonly rateBp: number; readonly net: Money; readonly vat: Money }
  readonly period: Period
  readonly receipt: RuleReceipt
}

/**
 * The price of a plan today, its VAT and the period it buys. Throws INVALID: `errors.plan.unknown`,
 * `errors.plan.channel`, `errors.plan.quoted`, `errors.plan.currency` or `errors.plan.people`.
 */
export function quote(rules: QuoteRules, request: QuoteRequest): Quote {
  const plan = planOf(rules.products.value, request.planCode)
  if (!plan.channels.includes(request.channel)) {
    throw new DomainError('INVALID', 'errors.plan.channel', { field: 'planCode' })
  }
  const tooMany = plan.peopleLimit !== null && request.people > plan.peopleLimit
  if (!Number.isInteger(request.people) || request.people < 1 || tooMany) {
    throw new DomainError('INVALID', 'errors.plan.people', { field: 'people', params: { maximum: plan.peopleLimit ?? 0 } })
  }
  const gross = priceIn(plan, request.currency)
  const category = rules.tax.value.membershipCategory
  const rateBp = rateOf(rules.tax.value, category)
  const split = vatFromGross(gross, rateBp)
  const period = periodOfMonths(request.on, plan.periodMonths)
  const receipt = receiptOf(rules.products, {
    inputs: { planCode: plan.code, channel: request.channel, currency: request.currency, on: request.on, people: request.people },
    outcome: {
      gross: moneyToJson(gross),
      net: moneyToJson(split.net),
      vat: moneyToJson(split.vat),
      vatRateBp: rateBp,
      taxVersion: rules.tax.version,
      taxSource: rules.tax.source,
      start: period.start,
      end: period.end,
    },
    explain: [
      { key: 'receipts.quote.price', params: { minor: gross.minor.toString(), currency: gross.currency, months: plan.periodMonths } },
      { key: 'receipts.quote.vat', params: { rateBp, minor: split.vat.minor.toString() } },
    ],
  })
  return { plan, money: gross, vat: { category, rateBp, ...split }, period, receipt }
}
