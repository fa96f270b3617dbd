import { DomainError } from '../errors'

/** Every currency of ISO 4217 that circulates; which of them a tenant uses is its country pack's word. */
export const currencies = [
  'EUR', 'MKD', 'AED', 'AFN', 'ALL', 'AMD', 'ANG', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BGN', 'BHD', 'BIF', 'BMD', 'BND',
  'BOB', 'BRL', 'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CLP', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DJF', 'DKK', 'DOP',
  'DZD', 'EGP', 'ERN', 'ETB', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GNF', 'GTQ', 'GYD', 'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS',
  'INR', 'IQD', 'IRR', 'ISK', 'JMD', 'JOD', 'JPY', 'KES', 'KGS', 'KHR', 'KMF', 'KPW', 'KRW', 'KWD', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD',
  'LSL', 'LYD', 'MAD', 'MDL', 'MGA', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR',
  'NZD', 'OMR', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'PYG', 'QAR', 'RON', 'RSD', 'RUB', 'RWF', 'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD',
  'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB', 'TJS', 'TMT', 'TND', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'UGX',
  'USD', 'UYU', 'UZS', 'VES', 'VND', 'VUV', 'WST', 'XAF', 'XCD', 'XOF', 'XPF', 'YER', 'ZAR', 'ZMW',
] as const
export type Currency = (typeof currencies)[number]

const withoutDecimals: ReadonlySet<string> = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'])
const withThreeDecimals: ReadonlySet<string> = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'])
const known: ReadonlySet<unknown> = new Set(currencies)

/** An amount in integer minor units. Never a floating number. */
export type Money = { readonly minor: bigint; readonly currency: Currency }

/** True for a currency that exists. */
export function isCurrency(value: unknown): value is Currency {
  return known.has(value)
}

/** Digits after the decimal mark of an ISO currency; an unknown code is refused. */
export function exponentOf(currency: string): number {
  if (!isCurrency(currency)) throw new DomainError('INVALID', 'errors.money.currency', { params: { currency } })
  return withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2
}

/** Makes an amount from minor units: `money(2000n, 'EUR')` is 20 euro. */
export function money(minor: bigint, currency: Currency): Money {
  return { minor, currency }
}

/** Nothing, in that currency. */
export function zero(currency: Currency): Money {
  return money(0n, currency)
}

/** Refuses two amounts of different currencies: there is no implicit conversion anywhere. */
export function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new DomainError('INVALID', 'errors.money.currencyMismatch', { params: { a: a.currency, b: b.currency } })
  }
}

/** a + b. */
export function add(a: Money, b: Money): Money {
  assertSameCurrency(a, b)
  return money(a.minor + b.minor, a.currency)
}

/** a - b. */
export function subtract(a: Money, b: Money): Money {
  assertSameCurrency(a, b)
  return money(a.minor - b.minor, a.currency)
}

/** -a. */
export function negate(a: Money): Money {
  return money(-a.minor, a.currency)
}

/** The total of any number of amounts; the currency says what an empty list sums to. */
export function sum(amounts: readonly Money[], currency: Currency): Money {
  return amounts.reduce(add, zero(currency))
}

/** Negative, zero or positive, as for Array.sort. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  assertSameCurrency(a, b)
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0
}

/** True for the same amount of the same currency. */
export function equals(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.minor === b.minor
}

export function isZero(a: Money): boolean {
  return a.minor === 0n
}

export function isNegative(a: Money): boolean {
  return a.minor < 0n
}

export function smallerOf(a: Money, b: Money): Money {
  return compare(a, b) <= 0 ? a : b
}

export function largerOf(a: Money, b: Money): Money {
  return compare(a, b) >= 0 ? a : b
}

/** The amount of a list in a currency; undefined when it has none. */
export function amountOf<T extends { readonly currency: Currency }>(amounts: readonly T[], currency: Currency): T | undefined {
  return amounts.find((amount) => amount.currency === currency)
}

/** n / d rounded half away from zero, so that a refund mirrors its charge. d > 0. */
export function divideHalfUp(n: bigint, d: bigint): bigint {
  const magnitude = n < 0n ? -n : n
  const rounded = (magnitude * 2n + d) / (d * 2n)
  return n < 0n ? -rounded : rounded
}

const wholeInBasisPoints = 10_000n

/** `basisPoints` hundredths of a percent of the amount, half away from zero (1500 = 15 %). */
export function percentOf(amount: Money, basisPoints: number | bigint): Money {
  return money(divideHalfUp(amount.minor * BigInt(basisPoints), wholeInBasisPoints), amount.currency)
}

/**
 * Splits an amount by weights so that the parts sum exactly to it. Left-over units go to the largest
 * remainders, earlier parts first. Weights are non-negative integers, not all zero.
 */
export function allocate(amount: Money, weights: readonly (number | bigint)[]): Money[] {
  const parts = weights.map((weight) => BigInt(weight))
  const total = parts.reduce((a, b) => a + b, 0n)
  if (parts.some((weight) => weight < 0n) || total <= 0n) throw new DomainError('INVALID', 'errors.money.weights')
  const sign = amount.minor < 0n ? -1n : 1n
  const magnitude = amount.minor * sign
  const shares = parts.map((weight, index) => ({
    index,
    share: (magnitude * weight) / total,
    remainder: (magnitude * weight) % total,
  }))
  let left = magnitude - shares.reduce((a, { share }) => a + share, 0n)
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  )
  for (const part of byRemainder) {
    if (left === 0n) break
    part.share += 1n
    left -= 1n
  }
  return shares.map(({ share }) => money(share * sign, amount.currency))
}

/** Splits a price that contains VAT. `net + vat` is always the gross amount. */
export function vatFromGross(gross: Money, rateBp: number | bigint): { readonly net: Money; readonly vat: Money } {
  const rate = BigInt(rateBp)
  const vat = money(divideHalfUp(gross.minor * rate, wholeInBasisPoints + rate), gross.currency)
  return { net: subtract(gross, vat), vat }
}
