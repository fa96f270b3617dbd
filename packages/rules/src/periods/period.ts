import { DomainError } from '../errors'
import { addMonths, partsOf } from './date-only'
import type { DateOnly } from './date-only'

/** Days from `start` up to but not including `end`. */
export type Period = { readonly start: DateOnly; readonly end: DateOnly }

/** Makes a period; it must hold at least one day. */
export function period(start: DateOnly, end: DateOnly): Period {
  if (start >= end) throw new DomainError('INVALID', 'errors.period.order')
  return { start, end }
}

/** The period of `months` months that starts on that day. */
export function periodOfMonths(start: DateOnly, months: number): Period {
  return period(start, addMonths(start, months))
}

/** One year from that day: `[start, the same day next year)`. */
export function annualPeriod(start: DateOnly): Period {
  return periodOfMonths(start, 12)
}

/** True when the day lies in the period; its end does not. */
export function contains(within: Period, date: DateOnly): boolean {
  return within.start <= date && date < within.end
}

/** True when the two share a day. */
export function overlaps(a: Period, b: Period): boolean {
  return a.start < b.end && b.start < a.end
}

export type Renewal = { readonly period: Period; readonly gap: Period | null }

/**
 * The period that a renewal bought today gives. In time it continues from the old end; late it starts today and the
 * uncovered days are returned as the gap, so that they stay visible.
 */
export function renewalPeriod(old: Period, today: DateOnly, months = 12): Renewal {
  if (today <= old.end) return { period: periodOfMonths(old.end, months), gap: null }
  return { period: periodOfMonths(today, months), gap: period(old.end, today) }
}

/** The fiscal year that a day falls in, named by the calendar year in which it starts. */
export function fiscalYear(date: DateOnly, startMonth = 1): number {
  const { year, month } = partsOf(date)
  return month < startMonth ? year - 1 : year
}
