import * as z from 'zod'

/** The languages we write in; sr is in Latin script. */
export const locales = ['mk', 'sq', 'sr', 'en'] as const
export type Locale = (typeof locales)[number]
export const localeSchema = z.enum(locales)

/** True for one of our languages. */
export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value)
}

/** One value per language; a missing language falls back to another one. */
export type Localized<T> = { readonly [L in Locale]?: T | undefined }

/** A document field written in at least one language. */
export function localizedSchema<T extends z.ZodType>(value: T) {
  return z
    .object({ mk: value.optional(), sq: value.optional(), sr: value.optional(), en: value.optional() })
    .refine((texts) => locales.some((locale) => texts[locale] !== undefined), { error: 'errors.required' })
}

/** The value in `locale`, else in the first fallback that has one, else in any language. */
export function inLocale<T>(texts: Localized<T>, locale: Locale, fallbacks: readonly Locale[] = []): T {
  for (const candidate of [locale, ...fallbacks, 'en', ...locales] as const) {
    const text = texts[candidate]
    if (text !== undefined) return text
  }
  throw new Error('a localized value has no language at all')
}
