import * as z from 'zod'
import { DomainError, zodTry } from '../errors'

declare const dateOnlyBrand: unique symbol

/** A calendar day `YYYY-MM-DD`, without time or zone. */
export type DateOnly = string & { readonly [dateOnlyBrand]: true }

const isoPattern = /^(\d{4})-(\d{2})-(\d{2})$/u
const localPattern = /^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?$/u
const msPerDay = 86_400_000

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

/** The day, or null when the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): DateOnly | null {
  if (year < 1800 || year > 9999) return null
  const at = new Date(Date.UTC(year, month - 1, day))
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as DateOnly
}

/** True for a real day in the canonical form. */
export function isDateOnly(value: unknown): value is DateOnly {
  if (typeof value !== 'string') return false
  const parts = isoPattern.exec(value)
  return parts !== null && dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) === value
}

/**
 * Reads `31.12.2025`, `1.2.2025`, `31/12/2025`, `31-12-2025` or `2025-12-31`, always day before month. Two-digit years
 * are refused because they are a guess. Throws DomainError `errors.required` or `errors.date`.
 */
export function parseDateOnly(text: string): DateOnly {
  const trimmed = text.trim()
  if (trimmed === '') throw new DomainError('INVALID', 'errors.required')
  const iso = isoPattern.exec(trimmed)
  const local = localPattern.exec(trimmed)
  const date = iso
    ? dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
    : local
      ? dateOf(Number(local[3]), Number(local[2]), Number(local[1]))
      : null
  if (date === null) throw new DomainError('INVALID', 'errors.date')
  return date
}

/** A date field: typed in a local form or already canonical. */
export const dateOnlySchema = z
  .string()
  .max(40)
  .transform((text, ctx) => zodTry(ctx, () => parseDateOnly(text)))

/** A date inside a stored document: canonical only. */
export const storedDateSchema = z.custom<DateOnly>(isDateOnly, { error: 'errors.date' })

/** Year, month 1-12 and day of a date. */
export function partsOf(date: DateOnly): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** The legal format `31.12.2025`, the same in every language. */
export function formatDate(date: DateOnly): string {
  return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`
}

function dayNumber(date: DateOnly): number {
  const { year, month, day } = partsOf(date)
  return Date.UTC(year, month - 1, day) / msPerDay
}

function fromDayNumber(days: number): DateOnly {
  const at = new Date(days * msPerDay)
  return `${pad(at.getUTCFullYear(), 4)}-${pad(at.getUTCMonth() + 1, 2)}-${pad(at.getUTCDate(), 2)}` as DateOnly
}

/** The date `days` later (earlier when negative). */
export function addDays(date: DateOnly, days: number): DateOnly {
  return fromDayNumber(dayNumber(date) + days)
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const twoDigits = (value: number): string => (value < 10 ? `0${String(value)}` : String(value))

/** The same day `months` later, or the last day of that month when it is shorter. Every price asks for it, so it makes no Date. */
export function addMonths(date: DateOnly, months: number): DateOnly {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12
  const lastDay = targetMonth === 1 && isLeap(targetYear) ? 29 : (monthLengths[targetMonth] ?? 31)
  return `${pad(targetYear, 4)}-${twoDigits(targetMonth + 1)}-${twoDigits(Math.min(day, lastDay))}` as DateOnly
}

/** The same day `years` later; 29 February becomes 28 February in a common year. */
export function addYears(date: DateOnly, years: number): DateOnly {
  return addMonths(date, years * 12)
}

/** Whole days from `a` to `b`; negative when b is earlier. */
export function daysBetween(a: DateOnly, b: DateOnly): number {
  return dayNumber(b) - dayNumber(a)
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(date: DateOnly): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** Completed years of age on a day. */
export function ageOn(birthDate: DateOnly, today: DateOnly): number {
  const born = partsOf(birthDate)
  const now = partsOf(today)
  const beforeBirthday = now.month < born.month || (now.month === born.month && now.day < born.day)
  return now.year - born.year - (beforeBirthday ? 1 : 0)
}
