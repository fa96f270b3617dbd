import { amountOf, assertSameCurrency, divideHalfUp, money, moneyToJson, subtract, zero } from '../money'
import type { Money } from '../money'
import { contains, daysBetween, periodOfMonths } from '../periods'
import type { DateOnly, Period } from '../periods'
import { receiptOf } from '../rule-sets'
import type { ResolvedRule, RuleReceipt } from '../rule-sets'

export type ProratedChange = {
  /** Days of the running period that are not used any more, the day of the change included. */
  readonly unusedDays: number
  /** What those days cost; counts against the new price. */
  readonly credit: Money
  /** What is to be paid now. */
  readonly charge: Money
  /** Period of the new plan, from the day of the change. */
  readonly period: Period
  readonly receipt: RuleReceipt
}

/**
 * What a change of plan inside a period costs. The new plan begins on the day of the change with a whole period of its own; with `daily` the unused days of
 * what was paid, rounded once, half up, count against its price. Nothing is paid out, and less than the rule's minimum is not asked for. A change after the period's end, or to another
 * currency, has nothing to count: the first pays the whole price, the second throws INVALID.
 */
export function proration(
  rule: ResolvedRule<'products'>,
  old: { readonly paid: Money; readonly period: Period; /** Days that were added at its end for pauses: they were not paid for. */ readonly added?: number | undefined },
  next: { readonly price: Money; readonly months: number },
  on: DateOnly,
): ProratedChange {
  const { method, minimumCharge } = rule.value.proration
  const { currency } = next.price
  assertSameCurrency(old.paid, next.price)
  const days = Math.max(1, daysBetween(old.period.start, old.period.end) - (old.added ?? 0))
  const from = on < old.period.start ? old.period.start : on
  const unusedDays = contains(old.period, from) ? Math.min(days, daysBetween(from, old.period.end)) : 0
  const credit = method === 'none' ? zero(currency) : money(divideHalfUp(old.paid.minor * BigInt(unusedDays), BigInt(days)), currency)
  const difference = subtract(next.price, credit).minor
  const least = amountOf(minimumCharge, currency)?.minor ?? 0n
  const charge = money(difference <= 0n || difference < least ? 0n : difference, currency)
  const period = periodOfMonths(on, next.months)
  const explain: RuleReceipt['explain'][number][] = [{ key: 'receipts.proration.price', params: { minor: next.price.minor.toString(), currency, months: next.months } }]
  if (credit.minor > 0n) explain.push({ key: 'receipts.proration.credit', params: { count: unusedDays, minor: credit.minor.toString(), currency } })
  if (charge.minor === 0n && next.price.minor > 0n) explain.push({ key: difference > 0n ? 'receipts.proration.minimum' : 'receipts.proration.covered', params: {} })
  return {
    unusedDays, credit, charge, period,
    receipt: receiptOf(rule, {
      inputs: { old: { paid: moneyToJson(old.paid), start: old.period.start, end: old.period.end }, next: { price: moneyToJson(next.price), months: next.months }, on },
      outcome: { unusedDays, credit: moneyToJson(credit), charge: moneyToJson(charge), start: period.start, end: period.end },
      explain,
    }),
  }
}
