import type { Currency } from '../money'
import { readAmount, readDate } from './cells'
import type { DateStyle, DecimalStyle } from './cells'
import { fieldsOf } from './fields'
import type { ImportKind, Mapping } from './fields'

export interface DetectedStyle {
  readonly dates: DateStyle
  readonly decimals: DecimalStyle
}

function better<T>(cells: readonly string[], first: T, second: T, reads: (cell: string, style: T) => boolean): T {
  const count = (style: T): number => cells.filter((cell) => reads(cell, style)).length
  return count(second) > count(first) ? second : first
}

/** How a file writes dates and amounts, by most of the cells of a sample of its lines. */
export function detectStyle(kind: ImportKind, mapping: Mapping, sample: readonly (readonly string[])[]): DetectedStyle {
  const typeOf = new Map(fieldsOf(kind).map(({ key, type }) => [key, type]))
  const cellsOf = (type: 'date' | 'amount'): string[] => {
    const columns = mapping.flatMap((key, at) => (key !== null && typeOf.get(key) === type ? [at] : []))
    return sample.flatMap((line) => columns.map((at) => line[at] ?? '')).filter((cell) => cell !== '')
  }
  return {
    dates: better<DateStyle>(cellsOf('date'), 'dmy', 'iso', (cell, style) => readDate(cell, style) !== null),
    // a whole number says nothing
    decimals: better<DecimalStyle>(cellsOf('amount').filter((cell) => /\D/u.test(cell)), 'comma', 'point', (cell, style) => readAmount(cell, style) !== null),
  }
}

const namedIn: readonly (readonly [Currency, RegExp])[] = [
  ['EUR', /€|(?<![\p{L}])(?:eur|euro)(?![\p{L}])/iu],
  ['MKD', /(?<![\p{L}])(?:mkd|den|denari?|ден|денари?)(?![\p{L}])/iu],
]

/** The currency of amounts that do not name one: what the header of the amount says, else the country's own. */
export function detectCurrency(header: readonly string[], mapping: Mapping, home: Currency): Currency {
  const text = header.filter((_, at) => ['amount', 'asked', 'recovered'].includes(mapping[at] ?? '')).join(' ')
  return namedIn.find(([, pattern]) => pattern.test(text))?.[0] ?? home
}
