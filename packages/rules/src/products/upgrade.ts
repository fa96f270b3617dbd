import { amountOf, money, moneyToJson, vatFromGross } from '../money'
import type { Money } from '../money'
import { contains } from '../periods'
import type { DateOnly, Period } from '../periods'
import { receiptOf } from '../rule-sets'
import type { Plan, ProductsRule, RuleReceipt } from '../rule-sets'
import { lineToJson } from './quote'
import type { Quote, QuoteLine, QuoteRules } from './quote'
import { proration } from './proration'

/** Why a running membership is not changed for a bigger plan. `past`: nothing runs. `ahead`: the next period is paid for. `parts`: parts of it are still due. `lost`: its money went back, is disputed or asked for. */
export const upgradeRefusals = ['past', 'paused', 'ahead', 'parts', 'lost', 'currency', 'disabled'] as const
export type UpgradeRefusal = (typeof upgradeRefusals)[number]

export type UpgradeFacts = {
  /** Covers today; null: none does. */
  readonly running: { readonly period: Period; readonly currency: Money['currency'] } | null
  readonly paused: boolean
  readonly ahead: boolean
  /** Parts of its price are still to be paid. */
  readonly due: boolean
  /** What was paid for it has stayed, and nobody has asked for it. */
  readonly paid: boolean
}

/** What stands against a change today, in a sale of that currency; null: nothing. */
export function upgradeRefusal({ running, paused, ahead, due, paid }: UpgradeFacts, currency: Money['currency'], today: DateOnly): UpgradeRefusal | null {
  if (paused) return 'paused'
  if (running === null || !contains(running.period, today)) return 'past'
  if (ahead) return 'ahead'
  if (due) return 'parts'
  if (!paid) return 'lost'
  return running.currency === currency ? null : 'currency'
}

/** True when the plan is a step up from another one: dearer by the price list, or than what was paid where the list has the old one no more. */
export function isBigger(rule: ProductsRule, plan: Plan, old: { readonly planCode: string; readonly paid: Money }): boolean {
  if (plan.code === old.planCode) return false
  const before = rule.plans.find(({ code }) => code === old.planCode)
  const listed = before === undefined ? undefined : amountOf(before.prices, old.paid.currency)
  const price = amountOf(plan.prices, old.paid.currency)
  return price !== undefined && price.minor > (listed ?? old.paid).minor
}

/** A quote of which the unused part of what was paid before is taken off: `money` is what is still to be paid. */
export type UpgradeQuote = Quote & {
  /** What the new membership is worth: the whole price, as it counts when it is changed again. */
  readonly worth: Money
  readonly credit: Money
  readonly unusedDays: number
}

export type ReplacedMembership = {
  readonly planCode: string
  readonly titles: QuoteLine['titles']
  readonly paid: Money
  readonly period: Period
  /** Days that were added at its end for pauses. */
  readonly added?: number | undefined
}

/**
 * What a change to the quoted plan costs on its day: the plan in full for a whole period of its own, less the unused days of what was paid, by the tenant's rule. VAT is taken out of
 * what is still to be paid: the rest was in the document of the sale before. The receipt keeps both sides.
 */
export function upgradeQuote(rules: QuoteRules, priced: Quote, old: ReplacedMembership, on: DateOnly): UpgradeQuote {
  const change = proration(rules.products, old, { price: priced.money, months: priced.plan.periodMonths }, on)
  const { charge, unusedDays } = change
  const credit = money(priced.money.minor - charge.minor, charge.currency)
  const line: QuoteLine = { kind: 'credit', code: old.planCode, titles: old.titles, quantity: unusedDays, money: money(-credit.minor, credit.currency) }
  const lines = credit.minor === 0n ? priced.lines : [...priced.lines, line]
  const { category, rateBp } = priced.vat
  const split = vatFromGross(charge, rateBp)
  const outcome = typeof priced.receipt.outcome === 'object' && priced.receipt.outcome !== null && !Array.isArray(priced.receipt.outcome) ? priced.receipt.outcome : {}
  const inputs = typeof priced.receipt.inputs === 'object' && priced.receipt.inputs !== null && !Array.isArray(priced.receipt.inputs) ? priced.receipt.inputs : {}
  const vatStep: RuleReceipt['explain'][number] = { key: 'receipts.quote.vat', params: { rateBp, minor: split.vat.minor.toString() } }
  const receipt = receiptOf(rules.products, {
    inputs: { ...inputs, upgrade: { planCode: old.planCode, paid: moneyToJson(old.paid), start: old.period.start, end: old.period.end } },
    outcome: { ...outcome, gross: moneyToJson(charge), net: moneyToJson(split.net), vat: moneyToJson(split.vat), worth: moneyToJson(priced.money), credit: moneyToJson(credit), unusedDays, lines: lines.map(lineToJson), start: change.period.start, end: change.period.end },
    explain: [...priced.receipt.explain.filter(({ key }) => key !== 'receipts.quote.vat'), ...change.receipt.explain.filter(({ key }) => key !== 'receipts.proration.price'), vatStep],
  })
  return { ...priced, money: charge, lines, vat: { category, rateBp, ...split }, period: change.period, schedule: null, receipt, worth: priced.money, credit, unusedDays }
}
