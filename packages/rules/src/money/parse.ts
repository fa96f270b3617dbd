import { DomainError } from '../errors'
import { exponentOf, isCurrency, money } from './money'
import type { Currency, Money } from './money'

const currencyMarks: readonly (readonly [Currency, RegExp])[] = [
  ['EUR', /€|\beur(?:o)?\b/giu],
  ['MKD', /\bmkd\b|\bden(?:ari?)?\b\.?|(?<!\p{L})(?:ден(?:ари?)?|мкд)(?!\p{L})\.?/giu],
]
const maxDigits = 15

function refuse(key: string): DomainError {
  return new DomainError('INVALID', key)
}

function splitNumber(text: string, exponent: number): { whole: string; fraction: string } | null {
  const marks = [...text].filter((c) => c === '.' || c === ',')
  const last = marks.at(-1)
  if (last === undefined) return { whole: text, fraction: '' }
  const kinds = new Set(marks)
  const at = text.lastIndexOf(last)
  const tail = text.slice(at + 1)
  const head = text.slice(0, at)
  if (kinds.size === 2) {
    const group = last === '.' ? ',' : '.'
    if (head.includes(last)) return null
    return ungroup(head, group, tail)
  }
  // One mark alone before exactly three digits groups thousands, unless the currency has three decimals.
  const looksGrouped = tail.length === 3 && exponent !== 3 && /^[1-9]\d{0,2}$/u.test(head)
  if (marks.length > 1 || looksGrouped) return ungroup(text, last, '')
  return { whole: head === '' ? '0' : head, fraction: tail }
}

function ungroup(grouped: string, separator: string, fraction: string): { whole: string; fraction: string } | null {
  const [first = '', ...rest] = grouped.split(separator)
  if (!/^\d{1,3}$/u.test(first) || rest.length === 0 || rest.some((part) => !/^\d{3}$/u.test(part))) return null
  return { whole: first + rest.join(''), fraction }
}

/**
 * Reads an amount as people type it: `1.234,50`, `1,234.50`, `1 234,5`, `1234`, `20 €`, `1.230 ден.`.
 * Throws DomainError: `errors.required`, `errors.money.format`, `errors.money.currencyMismatch` (another currency's
 * sign), `errors.money.decimals`, `errors.money.negative` (unless allowed) or `errors.money.tooLarge`.
 */
export function parseMoney(text: string, currency: Currency, options: { readonly negative?: boolean } = {}): Money {
  let rest = text.normalize('NFKC').trim()
  if (rest === '') throw refuse('errors.required')
  if (rest.length > 60) throw refuse('errors.money.tooLarge')
  for (const [marked, pattern] of currencyMarks) {
    const without = rest.replace(pattern, '')
    if (without !== rest && marked !== currency) throw refuse('errors.money.currencyMismatch')
    rest = without
  }
  const code = /(?<!\p{L})\p{L}{3}(?!\p{L})/u.exec(rest)?.[0]
  if (code !== undefined && isCurrency(code.toUpperCase())) {
    if (code.toUpperCase() !== currency) throw refuse('errors.money.currencyMismatch')
    rest = rest.replace(code, '')
  }
  rest = rest.replace(/[−–]/gu, '-').trim()
  const negative = rest.startsWith('-')
  if (negative) rest = rest.slice(1).trim()
  if (/^\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?$/u.test(rest)) rest = rest.replace(/[ ']/gu, '')
  if (!/^[\d.,]+$/u.test(rest) || !/\d/u.test(rest)) throw refuse('errors.money.format')
  const exponent = exponentOf(currency)
  const split = splitNumber(rest, exponent)
  if (split === null || !/^\d+$/u.test(split.whole)) throw refuse('errors.money.format')
  if (split.fraction.length > exponent) throw refuse('errors.money.decimals')
  const digits = (split.whole + split.fraction.padEnd(exponent, '0')).replace(/^0+(?=\d)/u, '')
  if (digits.length > maxDigits) throw refuse('errors.money.tooLarge')
  const minor = BigInt(digits)
  if (negative && minor !== 0n && options.negative !== true) throw refuse('errors.money.negative')
  return money(negative ? -minor : minor, currency)
}
