import type { Locale } from '../locales'
import { exponentOf } from './money'
import type { Currency, Money } from './money'

/** Signs that people write instead of the code. */
const signs: Partial<Readonly<Record<Currency, string>>> = { EUR: '€', MKD: 'ден.' }

function grouped(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/gu, separator)
}

/**
 * Our legal format, the same on paper and screen: `1.234,50 ден.` and `1.234,50 €` in mk, sq and sr,
 * `€1,234.50` and `1,234.50 MKD` in en; a currency without a sign of its own shows its code. Not Intl, whose output changes with the engine.
 */
export function formatMoney(amount: Money, locale: Locale): string {
  const number = formatAmount(amount, locale)
  if (locale !== 'en') return `${number} ${signs[amount.currency] ?? amount.currency}`
  if (amount.currency !== 'EUR') return `${number} ${amount.currency}`
  return number.startsWith('-') ? `-€${number.slice(1)}` : `€${number}`
}

/** The number alone, without a currency sign: for table columns and input fields. */
export function formatAmount(amount: Money, locale: Locale): string {
  const exponent = exponentOf(amount.currency)
  const negative = amount.minor < 0n
  const digits = (negative ? -amount.minor : amount.minor).toString().padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = digits.slice(digits.length - exponent)
  const [group, decimal] = locale === 'en' ? [',', '.'] : ['.', ',']
  return `${negative ? '-' : ''}${grouped(whole, group)}${exponent === 0 ? '' : decimal + fraction}`
}
