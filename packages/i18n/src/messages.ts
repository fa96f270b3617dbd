import { en } from './languages/en'
import { mk } from './languages/mk'
import { sq } from './languages/sq'
import { sr } from './languages/sr'
import type { MessageArea, Messages } from './languages/types'
import type { Locale } from './locales'

const byLocale: Readonly<Record<Locale, Messages>> = { mk, sq, sr, en }

/** Every message of a language, by area: `{ common: …, errors: …, member: … }`. The same object each time; do not change it. */
export function loadMessages(locale: Locale): Messages {
  return byLocale[locale]
}

/** Only the named areas, so that a page sends the browser no words it does not show. */
export function loadAreas<A extends MessageArea>(locale: Locale, areas: readonly A[]): Pick<Messages, A> {
  const messages = loadMessages(locale)
  return Object.fromEntries(areas.map((area) => [area, messages[area]])) as Pick<Messages, A>
}
