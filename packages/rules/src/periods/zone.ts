import { dateOf } from './date-only'
import type { DateOnly } from './date-only'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

export type LocalTime = { readonly date: DateOnly; readonly hour: number; readonly minute: number; readonly second: number }

/** What the wall clock and calendar of a zone show at an instant. Throws RangeError on an unknown zone. */
export function localTimeIn(zone: string, instant: Date): LocalTime {
  const found: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) found[type] = Number(value)
  const date = dateOf(found['year'] ?? 0, found['month'] ?? 0, found['day'] ?? 0)
  if (date === null) throw new RangeError('the instant lies outside the supported calendar')
  return { date, hour: found['hour'] ?? 0, minute: found['minute'] ?? 0, second: found['second'] ?? 0 }
}

/** The calendar day of a zone at an instant. */
export function todayIn(zone: string, instant: Date): DateOnly {
  return localTimeIn(zone, instant).date
}

function offsetMs(zone: string, instant: Date): number {
  const local = localTimeIn(zone, instant)
  const asUtc = Date.parse(`${local.date}T00:00:00Z`) + ((local.hour * 60 + local.minute) * 60 + local.second) * 1000
  return asUtc - Math.floor(instant.getTime() / 1000) * 1000
}

/**
 * The instant at which a zone's clock shows that time on that day, midnight by default. A time that the spring change
 * skips gives the instant after the jump; one that occurs twice in autumn gives the first.
 */
export function instantOf(date: DateOnly, zone: string, minuteOfDay = 0): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * 60_000
  const before = offsetMs(zone, new Date(wall - 86_400_000))
  const after = offsetMs(zone, new Date(wall + 86_400_000))
  const early = wall - Math.max(before, after)
  const late = wall - Math.min(before, after)
  if (early + offsetMs(zone, new Date(early)) === wall) return new Date(early)
  if (late + offsetMs(zone, new Date(late)) === wall) return new Date(late)
  return new Date(wall - before)
}

/** `31.12.2025 14:05` on the zone's clock. */
export function formatInstant(instant: Date, zone: string): string {
  const { date, hour, minute } = localTimeIn(zone, instant)
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)} ${clock}`
}

/** True for a time zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
