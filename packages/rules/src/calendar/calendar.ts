import Holidays from 'date-holidays'
import { addDays, instantOf, localTimeIn, partsOf, weekdayOf } from '../periods'
import type { DateOnly } from '../periods'
import type { CalendarRule } from '../rule-sets'

const msPerMinute = 60_000
/** A calendar with no working day inside this horizon is a mistake in the rule. */
const horizonDays = 3660

const holidayCache = new Map<string, ReadonlySet<string>>()

/** The public holidays of a country in a year, as days. */
export function publicHolidays(country: string, year: number): ReadonlySet<string> {
  const key = `${country}-${String(year)}`
  const known = holidayCache.get(key)
  if (known !== undefined) return known
  const found = new Set(
    new Holidays(country)
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10)),
  )
  holidayCache.set(key, found)
  return found
}

/** True when the tenant works on that day. */
export function isWorkingDay(date: DateOnly, calendar: CalendarRule): boolean {
  if (calendar.closedOn.includes(date)) return false
  if (calendar.openOn.includes(date)) return true
  if (!calendar.weekdays.includes(weekdayOf(date))) return false
  return calendar.holidaysOf === null || !publicHolidays(calendar.holidaysOf, partsOf(date).year).has(date)
}

function windowOf(date: DateOnly, calendar: CalendarRule): { readonly opens: number; readonly closes: number } {
  return {
    opens: instantOf(date, calendar.zone, calendar.opensAt).getTime(),
    closes: instantOf(date, calendar.zone, calendar.closesAt).getTime(),
  }
}

/**
 * The instant at which `hours` working hours have passed since `from`. Only opening hours of working days on the
 * zone's clock count, so "24 business hours" with an eight-hour day are three working days.
 */
export function dueAt(from: Date, hours: number, calendar: CalendarRule): Date {
  let left = hours * 60 * msPerMinute
  let date = localTimeIn(calendar.zone, from).date
  for (let day = 0; day < horizonDays; day += 1, date = addDays(date, 1)) {
    if (!isWorkingDay(date, calendar)) continue
    const { opens, closes } = windowOf(date, calendar)
    const start = Math.max(opens, from.getTime())
    if (start >= closes) continue
    if (left <= closes - start) return new Date(start + left)
    left -= closes - start
  }
  throw new RangeError('the calendar has too few working days')
}

/** The instant from which `hours` working hours are left until `due`: the other way round of `dueAt`. */
export function dueBefore(due: Date, hours: number, calendar: CalendarRule): Date {
  let left = hours * 60 * msPerMinute
  let date = localTimeIn(calendar.zone, due).date
  for (let day = 0; day < horizonDays; day += 1, date = addDays(date, -1)) {
    if (!isWorkingDay(date, calendar)) continue
    const { opens, closes } = windowOf(date, calendar)
    const end = Math.min(closes, due.getTime())
    if (end <= opens) continue
    if (left <= end - opens) return new Date(end - left)
    left -= end - opens
  }
  throw new RangeError('the calendar has too few working days')
}

/** Working minutes between two instants; 0 when `to` is not later. */
export function workingMinutes(from: Date, to: Date, calendar: CalendarRule): number {
  let total = 0
  const last = localTimeIn(calendar.zone, to).date
  for (let date = localTimeIn(calendar.zone, from).date; date <= last; date = addDays(date, 1)) {
    if (!isWorkingDay(date, calendar)) continue
    const { opens, closes } = windowOf(date, calendar)
    total += Math.max(0, Math.min(closes, to.getTime()) - Math.max(opens, from.getTime()))
  }
  return Math.floor(total / msPerMinute)
}
