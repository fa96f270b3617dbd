import type { Facts } from '../conditions'
import { holds } from '../conditions'
import { DomainError, invalid } from '../errors'
import type { Localized } from '../locales'
import { amountOf, money, moneyToJson, vatFromGross } from '../money'
import type { Currency, Money } from '../money'
import { periodOfMonths } from '../periods'
import type { DateOnly, Period } from '../periods'
import { receiptOf } from '../rule-sets'
import type { Addon, Coupon, Instalments, Json, Plan, ProductsRule, ResolvedRule, RuleReceipt, SaleChannel } from '../rule-sets'
import { catalogueOf, discountsFor, fitsPlan, inWindow, membershipVat } from './catalogue'
import type { Catalogue } from './catalogue'
import { isPayableIn, payableNow, scheduleOf, surchargeOf } from './instalments'
import type { Schedule } from './instalments'
import { planOf, priceIn } from './products'
import { reduce, reductionOf } from './reductions'
import type { Taken } from './reductions'

export type QuoteRules = { readonly products: ResolvedRule<'products'>; readonly tax: ResolvedRule<'tax'> }

/** Who a referral code belongs to: a member's friend may pay less, codes of people who work here earn commissions. */
export const referralKinds = ['member', 'staff'] as const
export type ReferralKind = (typeof referralKinds)[number]

export type QuoteRequest = {
  readonly planCode: string
  readonly channel: SaleChannel
  readonly currency: Currency
  /** First day of the membership. */
  readonly on: DateOnly
  /** People to be covered, the member included. */
  readonly people: number
  readonly addons?: readonly string[] | undefined
  readonly couponCode?: string | null | undefined
  readonly referral?: ReferralKind | null | undefined
  /** Plan of instalments by which it is paid; none: all at once. */
  readonly instalmentsCode?: string | null | undefined
  /** What the caller knows of the buyer; plan, channel, people, month and referral follow from the request itself. */
  readonly facts?: Partial<Facts<'sale'>> | undefined
}

export const quoteLineKinds = ['plan', 'people', 'addon', 'discount', 'coupon', 'referral', 'surcharge', 'credit'] as const
export type QuoteLine = {
  readonly kind: (typeof quoteLineKinds)[number]
  /** Of the plan, the add-on, the discount, the coupon, the plan of instalments or the plan that ran before. */
  readonly code: string
  /** Null where the kind says it all. */
  readonly titles: Localized<string> | null
  /** Of a credit: the unused days. */
  readonly quantity: number
  /** For the whole line, VAT included; below nothing where something is taken off. */
  readonly money: Money
}

export type Quote = {
  readonly plan: Plan
  /** What is paid, at once or in parts: the sum of the lines. */
  readonly money: Money
  /** Before anything was taken off. */
  readonly list: Money
  readonly lines: readonly QuoteLine[]
  readonly vat: { readonly category: string; readonly rateBp: number; readonly net: Money; readonly vat: Money }
  readonly period: Period
  /** People that are paid for, the member included; null where the plan counts no people. */
  readonly people: number | null
  readonly addons: readonly string[]
  /** Matters a year on top of the plan's. */
  readonly extraMatters: number
  /** The coupon that took something off; null when none was given, or when discounts were better. */
  readonly coupon: { readonly code: string; readonly maxUses: number | null; readonly money: Money } | null
  /** The parts in which it is paid; null: all at once. */
  readonly schedule: Schedule | null
  /** Days that the member who referred is given once this is paid. */
  readonly rewardDays: number
  readonly receipt: RuleReceipt
}

type Step = RuleReceipt['explain'][number]

const monthOf = (on: DateOnly): number => Number(on.slice(5, 7))
const tell = (key: `receipts.quote.${string}`, params: Step['params']): Step => ({ key, params })

function assertPeople(plan: Plan, people: number): void {
  const tooMany = plan.peopleLimit !== null && people > plan.peopleLimit
  if (!Number.isInteger(people) || people < 1 || tooMany) {
    throw new DomainError('INVALID', 'errors.plan.people', { field: 'people', params: { maximum: plan.peopleLimit ?? 0 } })
  }
}

/** The line of people beyond the included ones; none where everybody is included. */
function peopleLine({ code, family }: Plan, people: number, currency: Currency): QuoteLine | null {
  const extra = family === null ? 0 : people - family.includedPeople
  if (family === null || extra <= 0) return null
  const each = amountOf(family.perExtraPerson, currency)
  if (each === undefined) throw new DomainError('INVALID', 'errors.plan.currency', { field: 'planCode', params: { currency } })
  return { kind: 'people', code, titles: null, quantity: extra, money: money(each.minor * BigInt(extra), currency) }
}

function addonFor(catalogue: Catalogue, code: string, request: QuoteRequest): { readonly addon: Addon; readonly price: Money } {
  const addon = catalogue.addons.get(code)
  if (addon === undefined) throw invalid('addons', 'errors.addon.unknown')
  const price = amountOf(addon.prices, request.currency)
  if (!addon.plans.includes(request.planCode) || !addon.channels.includes(request.channel) || price === undefined) throw invalid('addons', 'errors.addon.notForPlan')
  return { addon, price }
}

/** The coupon of a word, when it can be used for this sale. One whose time has not come is not known yet. */
function couponFor(catalogue: Catalogue, request: QuoteRequest, list: bigint, facts: () => Facts<'sale'>): Coupon | null {
  const { couponCode, on, planCode, currency } = request
  if (couponCode === undefined || couponCode === null) return null
  const coupon = catalogue.coupons.get(couponCode)
  if (coupon === undefined || (coupon.from !== null && on < coupon.from)) throw invalid('couponCode', 'errors.coupon.unknown')
  if (!inWindow(coupon, on)) throw invalid('couponCode', 'errors.coupon.expired')
  if (!fitsPlan(coupon.plans, planCode) || !holds(coupon.when, facts()) || reductionOf(coupon.reduction, list, currency) === 0n) throw invalid('couponCode', 'errors.coupon.notForThis')
  return coupon
}

/** The plan of instalments of a code, when this sale can be paid by it. */
function instalmentsFor(catalogue: Catalogue, request: QuoteRequest, facts: () => Facts<'sale'>): Instalments | null {
  if (request.instalmentsCode === undefined || request.instalmentsCode === null) return null
  const instalments = catalogue.instalments.get(request.instalmentsCode)
  if (instalments === undefined) throw invalid('instalmentsCode', 'errors.instalments.unknown')
  if (!fitsInstalments(instalments, request, facts)) throw invalid('instalmentsCode', 'errors.instalments.notForThis')
  return instalments
}

const fitsInstalments = ({ plans, channels, when }: Instalments, { planCode, channel }: QuoteRequest, facts: () => Facts<'sale'>): boolean =>
  plans.includes(planCode) && channels.includes(channel) && holds(when, facts())

/** Codes of the plans of instalments that a sale may be paid by, in the order of the rule, whatever it costs. */
export function instalmentsOffered(rule: ProductsRule, request: QuoteRequest): string[] {
  if (rule.instalments.length === 0) return []
  let known: Facts<'sale'> | undefined
  const facts = (): Facts<'sale'> => (known ??= saleFacts(request))
  return rule.instalments.filter((instalments) => fitsInstalments(instalments, request, facts)).map(({ code }) => code)
}

const stepOf = ({ kind, code, percentBp, minor }: Taken): Step => {
  const off = { code, minor: minor.toString() }
  if (kind === 'referral') return percentBp === null ? tell('receipts.quote.referral', off) : tell('receipts.quote.referralPercent', { ...off, percentBp })
  if (kind === 'coupon') return percentBp === null ? tell('receipts.quote.coupon', off) : tell('receipts.quote.couponPercent', { ...off, percentBp })
  return percentBp === null ? tell('receipts.quote.discount', off) : tell('receipts.quote.discountPercent', { ...off, percentBp })
}

const lineOf = (taken: Taken, currency: Currency): QuoteLine => ({ kind: taken.kind, code: taken.code, titles: taken.titles, quantity: 1, money: money(-taken.minor, currency) })

/** One line as a receipt keeps it. */
export const lineToJson = ({ kind, code, titles, quantity, money: { minor } }: QuoteLine): Json => ({ kind, code, titles: titles as Json, quantity, minor: minor.toString() })

/**
 * What a membership costs, its VAT and the period it buys.
 *
 * The list price is the plan, each person beyond the included ones, and the add-ons. From it are taken, each worked out from the whole list price and rounded once,
 * half up to the minor unit: the discounts that fit (the one that takes off most, or all that may be combined, whichever is more), the coupon (beside them, or
 * instead when that is more), the reduction of a member's friend. What is left is never below nothing; paying it in parts may cost a share of it on top. VAT is taken out of
 * the total once. Throws INVALID with the field: `errors.plan.*`, `errors.addon.*`, `errors.coupon.unknown`, `.expired` or `.notForThis`, `errors.instalments.*`. Whether a coupon is used up is the caller's to know.
 */
export function quote(rules: QuoteRules, request: QuoteRequest): Quote {
  const { channel, currency, on, people } = request
  const plan = planOf(rules.products.value, request.planCode)
  const catalogue = catalogueOf(rules.products.value)
  if (!plan.channels.includes(channel)) throw new DomainError('INVALID', 'errors.plan.channel', { field: 'planCode' })
  assertPeople(plan, people)
  const base = priceIn(plan, currency)
  const lines: QuoteLine[] = [{ kind: 'plan', code: plan.code, titles: plan.titles, quantity: 1, money: base }]
  const explain: Step[] = [tell('receipts.quote.price', { minor: base.minor.toString(), currency, months: plan.periodMonths })]
  let list = base.minor
  const extra = peopleLine(plan, people, currency)
  if (extra !== null) {
    lines.push(extra)
    list += extra.money.minor
    explain.push(tell('receipts.quote.people', { count: extra.quantity, included: plan.family?.includedPeople ?? 0, minor: extra.money.minor.toString() }))
  }
  const addons = request.addons === undefined || request.addons.length === 0 ? [] : [...new Set(request.addons)].toSorted()
  let extraMatters = 0
  for (const code of addons) {
    const { addon, price } = addonFor(catalogue, code, request)
    lines.push({ kind: 'addon', code, titles: addon.titles, quantity: 1, money: price })
    list += price.minor
    extraMatters += addon.extraMatters
    explain.push(tell('receipts.quote.addon', { code, minor: price.minor.toString() }))
  }
  const referral = request.referral ?? null
  let known: Facts<'sale'> | undefined
  const facts = (): Facts<'sale'> => (known ??= saleFacts(request))
  const coupon = couponFor(catalogue, request, list, facts)
  const rule = rules.products.value
  const { taken, couponWeaker, capped } = reduce(list, currency, {
    discounts: discountsFor(catalogue, plan.code, on, facts), coupon, friend: referral === 'member' ? rule.referral.friend : null,
  })
  let total = list
  for (const one of taken) {
    total -= one.minor
    lines.push(lineOf(one, currency))
    explain.push(stepOf(one))
  }
  if (couponWeaker && coupon !== null) explain.push(tell('receipts.quote.couponWeaker', { code: coupon.code }))
  if (capped) explain.push(tell('receipts.quote.nothing', {}))
  const instalments = instalmentsFor(catalogue, request, facts)
  if (instalments !== null) {
    const surcharge = surchargeOf(instalments, money(total, currency))
    if (surcharge.minor > 0n) {
      total += surcharge.minor
      lines.push({ kind: 'surcharge', code: instalments.code, titles: instalments.titles, quantity: 1, money: surcharge })
      explain.push(tell('receipts.quote.surcharge', { percentBp: instalments.surchargeBp, minor: surcharge.minor.toString() }))
    }
    if (!isPayableIn(instalments, money(total, currency))) throw invalid('instalmentsCode', 'errors.instalments.tooLittle')
  }
  const gross = money(total, currency)
  const { category, rateBp } = membershipVat(rules.tax.value)
  const split = vatFromGross(gross, rateBp)
  explain.push(tell('receipts.quote.vat', { rateBp, minor: split.vat.minor.toString() }))
  const period = periodOfMonths(on, plan.periodMonths)
  const schedule = instalments === null ? null : { code: instalments.code, instalments: scheduleOf(instalments, gross, split.vat, on) }
  if (schedule !== null && instalments !== null) explain.push(tell('receipts.quote.instalments', { count: instalments.parts, months: instalments.everyMonths, minor: payableNow({ money: gross, schedule }).minor.toString() }))
  const covered = plan.family === null ? plan.peopleLimit : Math.max(people, plan.family.includedPeople)
  const rewardDays = referral === 'member' && total > 0n ? rule.referral.memberDays : 0
  const used = taken.find(({ kind }) => kind === 'coupon')
  const receipt = receiptOf(rules.products, {
    inputs: { planCode: plan.code, channel, currency, on, people, addons, couponCode: request.couponCode ?? null, referral, ...(schedule === null ? {} : { instalmentsCode: schedule.code }), facts: (request.facts ?? {}) as Json },
    outcome: {
      gross: moneyToJson(gross),
      net: moneyToJson(split.net),
      vat: moneyToJson(split.vat),
      vatRateBp: rateBp,
      taxVersion: rules.tax.version,
      taxSource: rules.tax.source,
      start: period.start,
      end: period.end,
      list: list.toString(),
      lines: lines.map(lineToJson),
      people: covered,
      extraMatters,
      rewardDays,
      ...(schedule === null ? {} : { instalments: schedule.instalments.map(({ number, dueOn, money: part, vat }) => ({ number, dueOn, minor: part.minor.toString(), vatMinor: vat.minor.toString() })) }),
    },
    explain,
  })
  return {
    plan, money: gross, list: money(list, currency), lines, vat: { category, rateBp, ...split }, period, people: covered, addons, extraMatters, schedule, rewardDays, receipt,
    coupon: used === undefined || coupon === null ? null : { code: coupon.code, maxUses: coupon.maxUses, money: money(used.minor, currency) },
  }
}

/** Every fact of a sale; what nobody told is null. */
export function saleFacts({ planCode, channel, people, on, referral, facts = {} }: QuoteRequest): Facts<'sale'> {
  return {
    branch: facts.branch ?? null, age: facts.age ?? null, city: facts.city ?? null, returning: facts.returning ?? null,
    plan: planCode, channel, people, month: monthOf(on), referred: referral === 'member' || referral === 'staff',
  }
}
