import Holidays from 'date-holidays'
import type { Locale } from '../locales'
import type { DateOnly } from '../periods'
import { holidayNames, latinOf, substituteWords } from './holiday-names'

/** A day on which a country rests, by name. */
export type NamedHoliday = { readonly date: DateOnly; readonly names: { readonly [L in Locale]: string } }

const known = new Map<string, readonly NamedHoliday[]>()
const locales = ['mk', 'sq', 'sr', 'en'] as const

/**
 * The public holidays of a country in a year with their names, in order: the days of `publicHolidays`. Names are ours where the almanac has
 * none in a language; a holiday that neither knows in it keeps the name that the country itself gives it.
 */
export function namedHolidays(country: string, year: number): readonly NamedHoliday[] {
  const key = `${country}-${String(year)}`
  const before = known.get(key)
  if (before !== undefined) return before
  const almanac = new Holidays(country)
  const listed = (language: string) => almanac.getHolidays(year, language).filter(({ type }) => type === 'public')
  const byLanguage = { mk: listed('mk'), sq: listed('sq'), sr: listed('sr'), en: listed('en') }
  const found = new Map<string, NamedHoliday>()
  for (const [index, { date, name, substitute }] of byLanguage.en.entries()) {
    const day = date.slice(0, 10) as DateOnly
    const plain = substitute === true ? name.replace(/ \([^)]*\)$/u, '') : name
    const ours = holidayNames[plain]
    const nameIn = (locale: Locale): string => {
      const own = locale === 'en' ? plain : ours?.[locale]
      if (own !== undefined) return substitute === true ? `${own} (${substituteWords[locale]})` : own
      const theirs = byLanguage[locale][index]?.name ?? name
      return locale === 'sr' ? latinOf(theirs) : theirs
    }
    const names = Object.fromEntries(locales.map((locale) => [locale, nameIn(locale)])) as NamedHoliday['names']
    if (!found.has(day)) found.set(day, { date: day, names })
  }
  const sorted = [...found.values()].toSorted((a, b) => a.date.localeCompare(b.date))
  known.set(key, sorted)
  return sorted
}
