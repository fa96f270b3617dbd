import { invalid } from '../errors'
import { add, compare, isNegative, isZero, subtract } from '../money'
import type { Money } from '../money'
import { addDays } from '../periods'
import type { DateOnly } from '../periods'
import type { LimitsRule } from '../rule-sets'

/** What became of cash that was handed over: counted and taken over, or given back because it was not there. */
export const countOutcomes = ['confirmed', 'returned'] as const
export type CountOutcome = (typeof countOutcomes)[number]

/** What was counted less what was said: below zero something is missing, above it there was too much. */
export function differenceOf(said: Money, counted: Money): Money {
  return subtract(counted, said)
}

/** Refuses a count in another currency, one of nothing (cash that is not there is given back), and one that differs without a word of why. */
export function assertCounted(said: Money, counted: Money, note: string | undefined): void {
  if (counted.currency !== said.currency) throw invalid('counted', 'errors.money.currencyMismatch')
  if (isNegative(counted) || isZero(counted)) throw invalid('counted', 'errors.money.positive')
  if (!isZero(differenceOf(said, counted)) && note === undefined) throw invalid('note', 'errors.cash.noteNeeded')
}

/** The most cash that one person may hold in the currency; null where the rule names none. */
export function cashInHandLimit(limits: Pick<LimitsRule, 'cashInHand'>, currency: Money['currency']): Money | null {
  return limits.cashInHand.find((limit) => limit.currency === currency) ?? null
}

/** The limit that somebody would pass by taking more than they hold; null where they may take it. */
export function passedCashLimit(limits: Pick<LimitsRule, 'cashInHand'>, held: Money, taking: Money): Money | null {
  const limit = cashInHandLimit(limits, taking.currency)
  return limit === null || compare(add(held, taking), limit) <= 0 ? null : limit
}

export const lateness = ['in_time', 'overdue', 'escalated'] as const
/** Whether cash has stayed too long where it is, and whether the tenant's admin is to hear of it. */
export type Lateness = (typeof lateness)[number]

/** How late cash is that came on `since` and should have moved on within `days`; `escalate` more days and the admin hears of it. */
export function latenessOf(since: DateOnly, days: number, escalate: number, today: DateOnly): Lateness {
  if (today <= addDays(since, days)) return 'in_time'
  return today <= addDays(since, days + escalate) ? 'overdue' : 'escalated'
}

/** The most of somebody's differences that is written off at once; null: as much as there is. */
export function passedWriteOffLimit(limits: Pick<LimitsRule, 'cashWriteOff'>, difference: Money): Money | null {
  const limit = limits.cashWriteOff.find(({ currency }) => currency === difference.currency)
  if (limit === undefined) return null
  const size = difference.minor < 0n ? -difference.minor : difference.minor
  return size > limit.minor ? limit : null
}
