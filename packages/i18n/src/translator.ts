import { createTranslator } from 'use-intl/core'
import type { Messages } from './languages/types'
import { languageTag } from './locales'
import type { Locale } from './locales'
import { loadMessages } from './messages'

/** Says messages of one language: `translator('sq')('pdf.invoice.title')`. Throws on a missing key or value. */
export type Translator = ReturnType<typeof createTranslator<Messages>>

const translators = new Map<Locale, Translator>()

/**
 * The translator of a language, for mails, PDFs and jobs (apps use next-intl with the same messages).
 * It throws instead of printing a key: a document with a hole must not leave the house.
 */
export function translator(locale: Locale): Translator {
  const known = translators.get(locale)
  if (known !== undefined) return known
  const made: Translator = createTranslator<Messages>({
    locale: languageTag(locale),
    messages: loadMessages(locale),
    timeZone: 'UTC',
    onError: (error) => {
      throw error
    },
  })
  translators.set(locale, made)
  return made
}

/** Values for the gaps of a message. */
export type MessageValues = Readonly<Record<string, string | number>>

/** A translator for keys that are only known at run time. */
type DynamicTranslator = { (key: string, values?: MessageValues): string; has(key: string): boolean }

/**
 * The sentence of a key that arrives as data (`DomainError.messageKey`, a stored notification's title).
 * Never throws: an unknown key or a missing value gives the general sentence of `errors.internal`.
 */
export function messageOf(locale: Locale, key: string, values: MessageValues = {}): string {
  const t = translator(locale)
  const dynamic = t as unknown as DynamicTranslator
  try {
    return dynamic.has(key) ? dynamic(key, values) : t('errors.internal')
  } catch {
    return t('errors.internal')
  }
}
