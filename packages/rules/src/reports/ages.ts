import { add, isZero, money, subtract, zero } from '../money'
import type { Money } from '../money'
import { addDays, daysBetween } from '../periods'
import type { DateOnly } from '../periods'

/** A part of a price and the day by which it is to be paid. */
export type DuePart = { readonly dueOn: DateOnly; readonly amount: Money }

/** Which column of ages a day falls into: 0 is not due yet, then up to each number of days, the last one is older than all. */
export function ageOf(dueOn: DateOnly, today: DateOnly, edges: readonly number[]): number {
  if (dueOn >= today) return 0
  const late = daysBetween(dueOn, today)
  const found = edges.findIndex((days) => late <= days)
  return 1 + (found < 0 ? edges.length : found)
}

/**
 * What is still owed of a sale by age, and the oldest day of it: what was paid went to the oldest parts, so what is open is the last ones. What no part explains is as old as the sale. The columns always sum to what is open.
 */
export function ageOpen(open: Money, parts: readonly DuePart[], soldOn: DateOnly, today: DateOnly, edges: readonly number[]): { readonly ages: readonly Money[]; readonly oldest: DateOnly | null } {
  const ages = Array.from({ length: edges.length + 2 }, () => zero(open.currency))
  let left = open
  let oldest: DateOnly | null = null
  const put = (amount: Money, dueOn: DateOnly) => {
    const index = ageOf(dueOn, today, edges)
    ages[index] = add(ages[index] ?? zero(open.currency), amount)
    if (oldest === null || dueOn < oldest) oldest = dueOn
  }
  for (const { dueOn, amount } of parts.toSorted((a, b) => (a.dueOn < b.dueOn ? 1 : -1))) {
    if (left.minor <= 0n) break
    const taken = left.minor < amount.minor ? left : amount
    put(taken, dueOn)
    left = subtract(left, taken)
  }
  if (!isZero(left)) put(money(left.minor, left.currency), left.minor < 0n ? addDays(today, 1) : soldOn)
  return { ages, oldest }
}
