import { isLocale, locales } from '@interdomestik/rules/locales'
import type { Locale } from '@interdomestik/rules/locales'

export { isLocale, locales }
export type { Locale }

/** Each language in its own words, for a language switch. Never translated: a person finds their own. */
export const localeNames: Readonly<Record<Locale, string>> = {
  mk: 'Македонски',
  sq: 'Shqip',
  sr: 'Srpski',
  en: 'English',
}

const languageTags: Readonly<Record<Locale, string>> = { mk: 'mk', sq: 'sq', sr: 'sr-Latn', en: 'en-GB' }

/** The BCP 47 tag of a locale, for `<html lang>`, hreflang and Intl. Serbian is ours in Latin script. */
export function languageTag(locale: Locale): string {
  return languageTags[locale]
}

// Macro-languages and siblings whose readers understand one of ours better than the default.
const readsAs: Readonly<Record<string, Locale>> = { sh: 'sr', bs: 'sr', hr: 'sr', cnr: 'sr' }

function localeOfTag(tag: string): Locale | undefined {
  const language = tag.toLowerCase().split('-', 1)[0] ?? ''
  return isLocale(language) ? language : readsAs[language]
}

/**
 * The language to answer in: the best one of `offered` that an Accept-Language header asks for, else `fallback`.
 * A malformed or missing header gives the fallback; `q=0` means never.
 */
export function pickLocale(acceptLanguage: string | null | undefined, offered: readonly Locale[], fallback: Locale): Locale {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...settings] = part.trim().split(';')
      const weight = settings.map((setting) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/u.exec(setting)?.[1]).find((q) => q !== undefined)
      return { locale: localeOfTag(tag.trim()), weight: weight === undefined ? 1 : Number(weight), position }
    })
    .filter(({ locale, weight }) => locale !== undefined && weight > 0 && offered.includes(locale))
    .toSorted((a, b) => b.weight - a.weight || a.position - b.position)
  return wishes[0]?.locale ?? fallback
}
