import { formatDate, formatInstant, formatMoney, inLocale, isCurrency, isDateOnly, money, soldBy } from '@interdomestik/rules'
import type { Currency, Localized, Money, QuoteLine, RuleReceipt } from '@interdomestik/rules'
import { formatPercent } from './formats'
import type { Locale } from './locales'
import { messageOf } from './translator'
import type { MessageValues } from './translator'

/** One line of a price, in words. */
export type SaidLine = { readonly kind: QuoteLine['kind']; readonly title: string; readonly quantity: number; readonly amount: Money }

/** What a receipt tells a person: the lines of a price, when it is one, and the steps that led to the outcome, as sentences in order. */
export type SaidReceipt = { readonly lines: readonly SaidLine[]; readonly steps: readonly string[] }

type Spoken = Pick<RuleReceipt, 'inputs' | 'outcome' | 'explain'>
type Step = RuleReceipt['explain'][number]

/** The currency that a receipt speaks of: the first one that its outcome, or else its inputs, name. */
function currencyWithin(value: unknown, depth = 0): Currency | null {
  if (typeof value !== 'object' || value === null || depth > 3) return null
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'currency' && isCurrency(inner)) return inner
    const found = currencyWithin(inner, depth + 1)
    if (found !== null) return found
  }
  return null
}

const instantPattern = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u
const minorPattern = /^-?\d{1,15}$/u

/**
 * The values of a step as its sentence takes them: `minor` becomes `amount` and `xMinor` becomes `x`, as money; `xBp` becomes `x`, as a percentage; `code` becomes `name`;
 * days and instants are written in the legal format, instants on the clock of `zone`. Everything else stays what it is.
 */
function valuesOf({ params }: Step, locale: Locale, about: { currency: Currency | null; names: ReadonlyMap<string, string>; zone: string }): MessageValues {
  const own = params['currency']
  const currency = isCurrency(own) ? own : about.currency
  const values = Object.entries(params).map(([name, value]): [string, string | number] => {
    if ((name === 'minor' || name.endsWith('Minor')) && currency !== null && minorPattern.test(String(value))) {
      return [name === 'minor' ? 'amount' : name.slice(0, -'Minor'.length), formatMoney(money(BigInt(value), currency), locale)]
    }
    if (name.endsWith('Bp') && typeof value === 'number') return [name.slice(0, -'Bp'.length), formatPercent(value, locale)]
    if (name === 'code') return ['name', about.names.get(String(value)) ?? String(value)]
    if (isDateOnly(value)) return [name, formatDate(value)]
    if (typeof value === 'string' && instantPattern.test(value)) return [name, formatInstant(new Date(value), about.zone)]
    return [name, value]
  })
  return Object.fromEntries(values)
}

function titleOf(line: { kind: string; code: string; titles: Localized<string> | null; quantity: number }, locale: Locale): string {
  const name = line.titles === null ? line.code : inLocale(line.titles, locale)
  if (line.kind === 'people') return messageOf(locale, 'receipts.line.people', { count: line.quantity })
  if (line.kind === 'referral') return messageOf(locale, 'receipts.line.referral')
  if (line.kind === 'credit') return messageOf(locale, 'receipts.line.credit', { name, count: line.quantity })
  if (line.kind === 'surcharge') return messageOf(locale, 'receipts.line.surcharge', { name })
  return line.kind === 'coupon' ? messageOf(locale, 'receipts.line.coupon', { name }) : name
}

/** The lines of a quote in words, fresh or as a receipt kept them. */
export function sayLines(lines: readonly Pick<QuoteLine, 'kind' | 'code' | 'titles' | 'quantity' | 'money'>[], locale: Locale): SaidLine[] {
  return lines.map((line) => ({ kind: line.kind, title: titleOf(line, locale), quantity: line.quantity, amount: line.money }))
}

/**
 * Says a stored receipt in plain words: for members, staff, mails and papers alike. Words are those of the area `receipts`, under the step's own key; a step that has
 * none is left out, so that a person never reads a key. `names` gives titles of codes that the receipt itself does not carry; `zone` is the tenant's.
 */
export function sayReceipt(receipt: Spoken, locale: Locale, options: { readonly zone?: string; readonly names?: ReadonlyMap<string, string> } = {}): SaidReceipt {
  const currency = currencyWithin(receipt.outcome) ?? currencyWithin(receipt.inputs)
  const sold = soldBy(receipt)
  const names = new Map([...(options.names ?? []), ...sold.lines.map(({ code, titles }) => [code, titles === null ? code : inLocale(titles, locale)] as const)])
  const about = { currency, names, zone: options.zone ?? 'UTC' }
  return {
    lines: currency === null ? [] : sayLines(sold.lines.map(({ minor, ...line }) => ({ ...line, money: money(BigInt(minor), currency) })), locale),
    steps: receipt.explain.flatMap((step) => {
      // i18n-keys: receipts.*
      const said = messageOf(locale, step.key, valuesOf(step, locale, about))
      return said === messageOf(locale, 'errors.internal') ? [] : [said]
    }),
  }
}
