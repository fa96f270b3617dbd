import type { ConditionWords } from './conditions'
import type { Locale } from './locales'
import { translator } from './translator'

// i18n-keys: conditions.*

/** The words of conditions in a language, for `sayCondition` outside a page. Throws on a key that no language has. */
export function conditionWords(locale: Locale): ConditionWords {
  const t = translator(locale) as unknown as ConditionWords
  return (key, values) => t(`conditions.${key}`, values)
}
