import { formatDate, formatMoney } from '@interdomestik/rules'
import type { DateOnly, Money } from '@interdomestik/rules'
import type { Locale } from './locales'

/** A percentage from basis points: 1800 gives `18 %`, 550 gives `5,5 %` (en: `5.5%`). */
export function formatPercent(basisPoints: number, locale: Locale): string {
  const text = String(basisPoints / 100)
  return locale === 'en' ? `${text}%` : `${text.replace('.', ',')} %`
}

/**
 * The formats of legal documents, the same on screen, in mails and on paper. They are ours: raw Intl differs
 * between engines and versions. Dates are `31.12.2025`, amounts `1.234,50 ден.` and `1.234,50 €`.
 */
export const legalFormats = {
  money: (amount: Money, locale: Locale): string => formatMoney(amount, locale),
  date: (date: DateOnly): string => formatDate(date),
  percent: formatPercent,
} as const
