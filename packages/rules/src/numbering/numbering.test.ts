import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, parseNumberPattern, readNumber } from '.'

describe('numbering', () => {
  it.each([
    ['CLM-{country}-{year}-{n:6}', 1n, 'CLM-MK-2026-000001'],
    ['MEM-{country}-{n:6}', 42n, 'MEM-MK-000042'],
    ['F-{year}-{n:6}', 1_234_567n, 'F-2026-1234567'],
    ['{series}/{n}', 7n, 'F/7'],
    ['Ф-{year}/{n:3}', 7n, 'Ф-2026/007'],
  ])('%s of %s is %s', (pattern, n, expected) => {
    const text = formatNumber(pattern, { country: 'MK', year: 2026, n, series: 'F' })
    expect(text).toBe(expected)
    expect(readNumber(pattern, text)?.n).toBe(n)
  })

  it.each(['', 'CLM', '{year}', '{n}{n}', '{n:0}', '{n:13}', '{x}-{n}', '{year:2}-{n}', '{{n}}', '<{n}>', '{n}\n', `${'x'.repeat(60)}{n}`])(
    'refuses the pattern %j',
    (pattern) => {
      expect(() => parseNumberPattern(pattern)).toThrow(expect.objectContaining({ messageKey: 'errors.numberPattern' }))
    },
  )

  it('knows which patterns count per year', () => {
    expect([parseNumberPattern('F-{year}-{n:6}').perYear, parseNumberPattern('MEM-{n:6}').perYear]).toEqual([true, false])
  })

  it.each(['CLM-MK-2026-00001', 'CLM-MK-26-000001', 'XCLM-MK-2026-000001', ''])('does not read %j', (text) => {
    expect(readNumber('CLM-{country}-{year}-{n:6}', text)).toBeNull()
  })

  it('refuses zero and gives distinct texts for distinct numbers', () => {
    expect(() => formatNumber('{n}', { country: 'MK', year: 2026, n: 0n })).toThrow()
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 9_999_999 }), (a, b) => {
      const text = (n: number) => formatNumber('F-{year}-{n:6}', { country: 'MK', year: 2026, n })
      expect(text(a) === text(b)).toBe(a === b)
    }))
  })
})
