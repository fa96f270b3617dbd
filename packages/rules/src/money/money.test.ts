import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add, allocate, compare, equals, exponentOf, formatMoney, money, moneyInputSchema, moneySchema, moneyToJson, negate,
  parseMoney, percentOf, subtract, sum, vatFromGross, zero,
} from '.'
import type { Currency } from '.'

const eur = (minor: bigint) => money(minor, 'EUR')
const anyMinor = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })

describe('arithmetic', () => {
  it('adds, subtracts, negates and sums', () => {
    expect(add(eur(150n), eur(50n))).toEqual(eur(200n))
    expect(subtract(eur(150n), eur(200n))).toEqual(eur(-50n))
    expect(negate(eur(5n))).toEqual(eur(-5n))
    expect(sum([], 'MKD')).toEqual(zero('MKD'))
    expect(sum([eur(1n), eur(2n), eur(3n)], 'EUR')).toEqual(eur(6n))
    expect([compare(eur(1n), eur(2n)), compare(eur(2n), eur(2n)), compare(eur(3n), eur(2n))]).toEqual([-1, 0, 1])
    expect(equals(eur(1n), money(1n, 'MKD'))).toBe(false)
  })

  it('P-11 refuses to mix currencies', () => {
    const mkd = money(100n, 'MKD')
    for (const run of [() => add(eur(1n), mkd), () => subtract(eur(1n), mkd), () => compare(eur(1n), mkd), () => sum([mkd], 'EUR')]) {
      expect(run).toThrow(expect.objectContaining({ messageKey: 'errors.money.currencyMismatch' }))
    }
  })

  it.each([['EUR', 2], ['MKD', 2], ['JPY', 0], ['KWD', 3]])('P-11 %s has %i decimals', (code, digits) => {
    expect(exponentOf(code)).toBe(digits)
  })

  it('P-11 an unknown currency has no guessed exponent', () => {
    expect(() => exponentOf('XXX')).toThrow(expect.objectContaining({ code: 'INVALID' }))
    expect(() => exponentOf('toString')).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })

  it.each([
    [60_000n, 1500, 9_000n],
    [12_000n, 1200, 1_440n],
    [1n, 5000, 1n],
    [-1n, 5000, -1n],
    [333n, 1000, 33n],
    [335n, 1000, 34n],
    [0n, 1800, 0n],
  ])('%s at %s basis points is %s', (minor, bp, expected) => {
    expect(percentOf(eur(minor), bp).minor).toBe(expected)
  })

  it.each([
    [2000n, 1800, 1695n, 305n],
    [3500n, 1800, 2966n, 534n],
    [123_000n, 1800, 104_237n, 18_763n],
    [2000n, 0, 2000n, 0n],
    [-2000n, 1800, -1695n, -305n],
  ])('gross %s at %s is %s net and %s VAT', (gross, rate, net, vat) => {
    expect(vatFromGross(eur(gross), rate)).toEqual({ net: eur(net), vat: eur(vat) })
  })

  it('VAT and net always make the gross', () => {
    fc.assert(fc.property(anyMinor, fc.integer({ min: 0, max: 10_000 }), (minor, rate) => {
      const { net, vat } = vatFromGross(eur(minor), rate)
      expect(net.minor + vat.minor).toBe(minor)
    }))
  })
})

describe('allocate', () => {
  it.each([
    [100n, [1, 1, 1], [34n, 33n, 33n]],
    [-100n, [1, 1, 1], [-34n, -33n, -33n]],
    [5n, [0, 1], [0n, 5n]],
    [1000n, [70, 20, 10], [700n, 200n, 100n]],
  ])('%s by %s is %s', (minor, weights, expected) => {
    expect(allocate(eur(minor), weights).map((part) => part.minor)).toEqual(expected)
  })

  it('P-11 parts sum exactly and no part is off by more than one unit', () => {
    fc.assert(fc.property(anyMinor, fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }), (minor, weights) => {
      fc.pre(weights.some((weight) => weight > 0))
      const total = BigInt(weights.reduce((a, b) => a + b, 0))
      const parts = allocate(eur(minor), weights)
      expect(sum(parts, 'EUR')).toEqual(eur(minor))
      parts.forEach((part, index) => {
        const error = part.minor * total - minor * BigInt(weights[index] ?? 0)
        expect(error < total && error > -total).toBe(true)
      })
    }))
  })

  it.each([[[]], [[0, 0]], [[1, -1]]])('refuses the weights %j', (weights) => {
    expect(() => allocate(eur(10n), weights)).toThrow(expect.objectContaining({ messageKey: 'errors.money.weights' }))
  })
})

describe('formatMoney', () => {
  it.each([
    [123_450n, 'MKD', 'mk', '1.234,50 ден.'],
    [123_450n, 'EUR', 'sq', '1.234,50 €'],
    [123_450n, 'EUR', 'sr', '1.234,50 €'],
    [123_450n, 'EUR', 'en', '€1,234.50'],
    [123_450n, 'MKD', 'en', '1,234.50 MKD'],
    [-123_450n, 'EUR', 'en', '-€1,234.50'],
    [-5n, 'EUR', 'mk', '-0,05 €'],
    [0n, 'MKD', 'mk', '0,00 ден.'],
    [100_000_000_00n, 'EUR', 'sq', '100.000.000,00 €'],
    [1_230_500n, 'KWD', 'sr', '1.230,500 KWD'],
    [1230n, 'JPY', 'mk', '1.230 JPY'],
  ] as const)('%s %s in %s is %s', (minor, currency, locale, expected) => {
    expect(formatMoney(money(minor, currency), locale)).toBe(expected)
  })
})

describe('parseMoney', () => {
  it.each([
    ['1.234,50', 'EUR', 123_450n],
    ['1,234.50', 'EUR', 123_450n],
    ['1234', 'EUR', 123_400n],
    ['1234,5', 'EUR', 123_450n],
    ['1234.5', 'EUR', 123_450n],
    ['1.234', 'EUR', 123_400n],
    ['1,234', 'EUR', 123_400n],
    ['1.234.567', 'EUR', 123_456_700n],
    ['1 234,50', 'EUR', 123_450n],
    ['1\u00a0234,50', 'EUR', 123_450n],
    ["1'234.50", 'EUR', 123_450n],
    ['20 €', 'EUR', 2000n],
    ['€20', 'EUR', 2000n],
    ['20 EUR', 'EUR', 2000n],
    ['20 euro', 'EUR', 2000n],
    ['1.230 ден.', 'MKD', 123_000n],
    ['1.230,00 ден', 'MKD', 123_000n],
    ['1230 денари', 'MKD', 123_000n],
    ['1230 den', 'MKD', 123_000n],
    ['2.152,50 MKD', 'MKD', 215_250n],
    ['1.230 KWD', 'KWD', 1230n],
    ['1,230.500', 'KWD', 1_230_500n],
    ['1.230 jpy', 'JPY', 1230n],
    ['0', 'EUR', 0n],
    ['0,05', 'EUR', 5n],
    [',5', 'EUR', 50n],
    ['007', 'EUR', 700n],
    ['１２,５０', 'EUR', 1250n],
  ] as const)('M-12 %s in %s is %s', (text, currency, expected) => {
    expect(parseMoney(text, currency)).toEqual(money(expected, currency))
  })

  it.each([
    ['', 'errors.required'],
    ['  ', 'errors.required'],
    ['1e5', 'errors.money.format'],
    ['abc', 'errors.money.format'],
    ['0x10', 'errors.money.format'],
    ['1.23.4', 'errors.money.format'],
    ['1,23.456,7', 'errors.money.format'],
    ['1.234,50,00', 'errors.money.format'],
    ['1 23', 'errors.money.format'],
    ['1..2', 'errors.money.format'],
    ['.', 'errors.money.format'],
    ['--5', 'errors.money.format'],
    ['NaN', 'errors.money.format'],
    ['Infinity', 'errors.money.format'],
    ['1,2345', 'errors.money.decimals'],
    ['0,123', 'errors.money.decimals'],
    ['-5', 'errors.money.negative'],
    ['−5', 'errors.money.negative'],
    ['5 ден.', 'errors.money.currencyMismatch'],
    ['9999999999999999', 'errors.money.tooLarge'],
    ['9'.repeat(5000), 'errors.money.tooLarge'],
  ])('refuses %s with %s', (text, key) => {
    expect(() => parseMoney(text, 'EUR')).toThrow(expect.objectContaining({ code: 'INVALID', messageKey: key }))
  })

  it('reads what formatMoney writes, in every language', () => {
    const cases = fc.tuple(anyMinor, fc.constantFrom<Currency>('EUR', 'MKD'), fc.constantFrom('mk', 'sq', 'sr', 'en'))
    fc.assert(fc.property(cases, ([minor, currency, locale]) => {
      const amount = money(minor, currency)
      expect(parseMoney(formatMoney(amount, locale), currency, { negative: true })).toEqual(amount)
    }))
  })
})

describe('schemas', () => {
  it.each([['2000'], [2000], [2000n]])('reads minor units %s', (minor) => {
    expect(moneySchema.parse({ minor, currency: 'EUR' })).toEqual(eur(2000n))
  })

  it.each([['20.5'], [20.5], [Number.MAX_VALUE], ['1'.repeat(16)], [10n ** 15n], ['abc'], [null]])('refuses minor units %s', (minor) => {
    expect(moneySchema.safeParse({ minor, currency: 'EUR' }).success).toBe(false)
  })

  it('takes typed text and its own answer alike', () => {
    const once = moneyInputSchema.parse({ text: '1.234,50', currency: 'EUR' })
    expect(once).toEqual(eur(123_450n))
    expect(moneyInputSchema.parse(once)).toEqual(once)
    expect(moneyInputSchema.parse(moneyToJson(once))).toEqual(once)
    expect(moneyInputSchema.safeParse({ text: '0', currency: 'EUR' }).error?.issues[0]?.message).toBe('errors.money.positive')
    expect(moneyInputSchema.safeParse({ text: 'x', currency: 'EUR' }).error?.issues[0]?.message).toBe('errors.money.format')
  })
})
