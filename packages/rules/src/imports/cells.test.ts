import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, xkPack } from '../country-packs'
import { birthNumberCheckDigit } from '../people'
import { addDays, formatDate, parseDateOnly } from '../periods'
import { bareNumber, looksLikeFormula, phoneKey, readAmount, readDate, readEmbg, wordKey } from '.'

const forms = mkPack.country.personalNumbers
const days = fc.integer({ min: 0, max: 36_000 }).map((offset) => addDays(parseDateOnly('1930-01-01'), offset))
const serials = fc.integer({ min: 0, max: 99_999 }).map((number) => String(number).padStart(5, '0'))
const embgs = fc.tuple(days, serials).map(([day, serial]) => {
  const stem = `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(1, 4)}${serial}`
  return { day, number: stem + String(birthNumberCheckDigit(stem)) }
})

describe('M-12 personal numbers in cells', () => {
  it('reads every right number, with a mark for text in front and spaces inside', () => {
    fc.assert(fc.property(embgs, ({ day, number }) => {
      for (const cell of [number, `'${number}`, `${number.slice(0, 7)} ${number.slice(7)}`]) expect(readEmbg(cell, forms)).toEqual({ kind: 'valid', value: number, birthDate: day })
    }))
  })

  it('puts a lost zero back, and only where it was lost', () => {
    fc.assert(fc.property(embgs, ({ day, number }) => {
      const read = readEmbg(number.slice(1), forms)
      expect(read).toEqual(number.startsWith('0') ? { kind: 'repaired', value: number, birthDate: day } : read)
      if (!number.startsWith('0') && read.kind === 'repaired') expect(read.value).toBe(`0${number.slice(1)}`)
    }))
  })

  it('refuses one digit that is another', () => {
    fc.assert(fc.property(embgs, fc.integer({ min: 7, max: 12 }), fc.integer({ min: 1, max: 9 }), ({ number }, at, by) => {
      const other = number.slice(0, at) + String((Number(number[at]) + by) % 10) + number.slice(at + 1)
      const twelve = number.slice(0, 12)
      // eleven remainders share ten digits, so two numbers in a hundred keep theirs
      fc.pre(at === 12 || birthNumberCheckDigit(other) !== birthNumberCheckDigit(twelve))
      expect(readEmbg(other, forms).kind).toBe('bad')
    }))
  })

  it.each([
    ['1,01199E+12', 'scientific'], ['1.01199E+12', 'scientific'], ['1e12', 'scientific'], ['01O1990450006', 'bad'], ['3013990450006', 'bad'], ['290200345000', 'bad'], ['1', 'bad'], ["'", 'bad'],
  ])('%s is %s', (cell, kind) => {
    expect(readEmbg(cell, forms)).toEqual({ kind })
  })

  it('takes the forms of the country: Kosovo has one whose check digit nobody knows', () => {
    expect(readEmbg('1234567890', xkPack.country.personalNumbers)).toEqual({ kind: 'valid', value: '1234567890', birthDate: null })
    expect(readEmbg('1234567890', forms)).toEqual({ kind: 'bad' })
  })
})

describe('M-12 dates in cells', () => {
  it('reads a day in the style of its file and in no other', () => {
    fc.assert(fc.property(days, (day) => {
      const local = formatDate(day)
      expect([readDate(local, 'dmy'), readDate(local.replace(/^0/u, '').replace('.0', '.'), 'dmy'), readDate(day, 'iso')]).toEqual([day, day, day])
      expect([readDate(day, 'dmy'), readDate(local, 'iso')]).toEqual([null, null])
    }))
  })

  it.each(['29.02.2023', '31.04.2020', '12/31/23', '12/31/2023', '45291', '1.1.23', '0.1.2020', '1.13.2020', '1.1.20200', '1. 1. 2020'])('%s is no day', (cell) => {
    expect(readDate(cell, 'dmy')).toBeNull()
  })

  it.each(['2023-02-29', '2023-1-1', '20230101', '2023-13-01', '2023-01-01T00:00'])('%s is no ISO day', (cell) => {
    expect(readDate(cell, 'iso')).toBeNull()
  })
})

describe('M-12 amounts in cells', () => {
  it('reads what it is written as', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (minor) => {
      const [whole, cents] = [String(minor / 100n), String(minor % 100n).padStart(2, '0')]
      const grouped = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/gu, '.')
      expect([readAmount(`${whole},${cents}`, 'comma'), readAmount(`${grouped},${cents} ден.`, 'comma'), readAmount(`${whole}.${cents}`, 'point')]).toEqual([minor, minor, minor])
    }))
  })

  it.each([['1.230,00', 123_000n], ['59.520', 5_952_000n], ['600,5', 60_050n], ['65.000 ден.', 6_500_000n], ['0', 0n]])('comma: %s', (cell, minor) => {
    expect(readAmount(cell, 'comma')).toBe(minor)
  })

  it.each(['-600,00', '#REF!', '#VALUE!', '1,230.00', '1.23,00', '12.30', '1e5', '600,005', '600 €', '€600', 'шестотини', ',50', '1.', `${'9'.repeat(16)},00`])('comma: %s is none', (cell) => {
    expect(readAmount(cell, 'comma')).toBeNull()
  })

  it.each(['1,230.00', '-20', '20,00', '20 EUR', '.5', '20.', '1.230.00', '1e5'])('point: %s is none', (cell) => {
    expect(readAmount(cell, 'point')).toBeNull()
  })
})

describe('other cells', () => {
  it('hears six spellings of one phone, and one without its zero, as one', () => {
    const spellings = ['+389 70 123 456', '070/123-456', '070 123 456', '0038970123456', '38970123456', '70123456', '+38970123456']
    expect(new Set(spellings.map((cell) => phoneKey(cell, '389')))).toEqual(new Set(['70123456']))
    expect(phoneKey('', '389')).toBe('')
  })

  it('compares words without case and white space', () => {
    expect(wordKey(' АСИСТЕНЦА + Семејна ')).toBe(wordKey('Асистенца+ Семејна'))
    expect(wordKey('Kartelë')).toBe(wordKey('KARTELE\u0308'))
  })

  it('sees what a spreadsheet would evaluate', () => {
    expect(['=1+1', '+389', '-5', '@x'].every(looksLikeFormula)).toBe(true)
    expect(['1=1', 'a@b', ''].some(looksLikeFormula)).toBe(false)
    expect(bareNumber("' 12 34")).toBe('1234')
  })
})
