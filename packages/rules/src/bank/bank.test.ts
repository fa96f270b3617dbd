import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bankDetailsSchema, detectStatementStyle, isIban, isReference, judgeLine, missingColumns, namesAlike, newReference, printReference, readStatementLine, referenceForms, referenceOver, referencesIn, suggestStatementMapping,
  withCheckDigits, type Expected,
} from '.'
import { money } from '../money'

const eur = (minor: bigint) => money(minor, 'EUR')

describe('references', () => {
  it('are checked by modulo 97, as the standard has it', () => {
    expect(referenceOver('rf', '539007547034')).toBe('RF18539007547034')
    const made = referenceOver('rf', '0000000001')
    expect(isReference(made)).toBe(true)
    expect(isReference(made.replace(/1$/u, '2'))).toBe(false)
  })

  it('a wrong digit and two that changed places are always noticed', () => {
    const body = fc.stringMatching(/^\d{10}$/u)
    fc.assert(fc.property(body, fc.constantFrom(...referenceForms), fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, form, place, by) => {
      const made = referenceOver(form, digits)
      expect(isReference(made)).toBe(true)
      const from = form === 'rf' ? 2 : 0
      const at = from + (place % (made.length - from))
      const other = String((Number(made.charAt(at)) + by) % 10)
      expect(isReference(`${made.slice(0, at)}${other}${made.slice(at + 1)}`)).toBe(false)
      const next = made.charAt(at + 1)
      if (next !== '' && next !== made.charAt(at)) expect(isReference(`${made.slice(0, at)}${next}${made.charAt(at)}${made.slice(at + 2)}`)).toBe(false)
    }))
  })

  it('are found however they are written', () => {
    for (const form of referenceForms) {
      const made = newReference(form)
      for (const text of [made, printReference(made), `ref. ${made}, Ana`, `${made.toLowerCase()}`, `članarina/${printReference(made).replaceAll(' ', '-')}/2026`]) expect(referencesIn(text)).toContain(made)
    }
    expect(referencesIn('membership of Ana, 20 EUR, 31.12.2026')).toEqual([])
  })

  it('are drawn without bias and never twice in a thousand', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newReference('digits'))).size).toBe(1000)
    expect(newReference('digits', (bytes) => bytes.fill(249))).toMatch(/^9{10}/u)
  })
})

describe('a bank account', () => {
  it.each([['MK07 2501 2000 0058 984', true], ['XK051212012345678906', true], ['MK07250120000058985', false], ['MK', false], [withCheckDigits('MK00000000000000000'), true]])('%s is an account number: %s', (text, is) => {
    expect(isIban(text)).toBe(is)
  })

  it('is read as it is typed, and kept bare', () => {
    const typed = { beneficiary: 'Demo', address: 'Street 1', iban: 'xk05 1212 0123 4567 8906', bank: 'Demo bank', swift: '' }
    expect(bankDetailsSchema.parse(typed)).toEqual({ ...typed, iban: 'XK051212012345678906', swift: null })
  })
})

describe('a statement', () => {
  const header = ['Датум', 'Налогодавач', 'Сметка', 'Цел на дознака', 'Повикување на број', 'Должи', 'Побарува', 'Валута']
  const mapping = suggestStatementMapping(header)
  const reading = { mapping, dates: 'dmy', decimals: 'comma', currency: 'EUR' } as const
  const line = (...cells: string[]) => readStatementLine(cells, reading)

  it('is understood by its headers in the languages of the countries', () => {
    expect(mapping).toEqual(['bookedOn', 'payer', 'payerAccount', 'purpose', 'reference', 'debit', 'credit', 'currency'])
    expect(suggestStatementMapping(['Data', 'Paguesi', 'Përshkrimi', 'Shuma', 'Numri i referencës'])).toEqual(['bookedOn', 'payer', 'purpose', 'amount', 'reference'])
    expect(suggestStatementMapping(['Booking date', 'Value date', 'Amount'])).toEqual(['bookedOn', null, 'amount'])
    expect(missingColumns(suggestStatementMapping(['Payer', 'Text']))).toEqual(['bookedOn', 'amount'])
  })

  it('M-12 reads days and amounts in the style that most of its lines are written in', () => {
    expect(detectStatementStyle(['bookedOn', 'amount'], [['30.11.2026', '1.234,56'], ['29.11.2026', '-20,00']])).toEqual({ dates: 'dmy', decimals: 'comma' })
    expect(detectStatementStyle(['bookedOn', 'amount'], [['2026-11-30', '1,234.56'], ['2026-11-29', '20.00']])).toEqual({ dates: 'iso', decimals: 'point' })
    expect(detectStatementStyle(['bookedOn', 'amount'], [['2026-11-30T10:00:00', '20']])).toEqual({ dates: 'iso', decimals: 'comma' })
  })

  it.each([
    [['30.11.2026', 'Ana', '', 'fee', '', '', '20,00', 'EUR'], 2000n],
    [['30.11.2026.', 'Ana', '', 'fee', '', '', '1.234,5', ''], 123450n],
    [['30/11/2026 09:14', 'Ana', '', 'fee', '', '5,00', '', 'EUR'], -500n],
  ])('%j is %s', (cells, minor) => {
    expect(line(...cells)).toMatchObject({ ok: true, line: { bookedOn: '2026-11-30', amount: eur(minor) } })
  })

  it('says what it cannot read, and leaves out what moved nothing', () => {
    expect(line('30.02.2026', '', '', '', '', '', '1,00', '')).toEqual({ ok: false, problem: 'date' })
    expect(line('30.11.2026', '', '', '', '', '', 'much', '')).toEqual({ ok: false, problem: 'amount' })
    expect(line('30.11.2026', '', '', '', '', '', '1,00', 'MKD')).toEqual({ ok: false, problem: 'currency' })
    expect(line('30.11.2026', '', '', '', '', '0,00', '', '')).toBeNull()
    const signed = { ...reading, mapping: ['bookedOn', 'amount'] as const }
    expect(readStatementLine(['30.11.2026', '20,00-'], signed)).toMatchObject({ ok: true, line: { amount: eur(-2000n) } })
    expect(readStatementLine(['30.11.2026', '(20,00)'], signed)).toMatchObject({ ok: true, line: { amount: eur(-2000n) } })
    expect(readStatementLine(['30.11.2026', '20,005'], signed)).toEqual({ ok: false, problem: 'amount' })
  })
})

describe('what follows from a line', () => {
  const waiting: Expected = { paymentId: 'a', state: 'waiting', missing: eur(2000n) }
  it.each([
    ['exactly what is missing', 2000n, true, [waiting], { kind: 'book', paymentId: 'a' }],
    ['less', 1999n, true, [waiting], { kind: 'open', reason: 'underpaid', paymentId: 'a' }],
    ['more', 2001n, true, [waiting], { kind: 'open', reason: 'overpaid', paymentId: 'a' }],
    ['paid before', 2000n, true, [{ ...waiting, state: 'paid' }], { kind: 'open', reason: 'paidAlready', paymentId: 'a' }],
    ['too late', 2000n, true, [{ ...waiting, state: 'lapsed' }], { kind: 'open', reason: 'lapsed', paymentId: 'a' }],
    ['two sales at once', 4000n, true, [waiting, { ...waiting, paymentId: 'b' }], { kind: 'open', reason: 'severalReferences', paymentId: null }],
    ['nobody’s reference', 2000n, true, [], { kind: 'open', reason: 'unknownReference', paymentId: null }],
    ['no reference', 2000n, false, [], { kind: 'open', reason: 'noReference', paymentId: null }],
    ['money that went out', -2000n, true, [waiting], { kind: 'open', reason: 'outgoing', paymentId: null }],
  ] as const)('%s', (_, minor, named, expected, verdict) => {
    expect(judgeLine(eur(minor), named, expected)).toEqual(verdict)
  })

  it('another currency is never counted as the price', () => {
    expect(judgeLine(money(2000n, 'MKD'), true, [waiting])).toEqual({ kind: 'open', reason: 'noReference', paymentId: 'a' })
  })

  it('names are alike in either script and in any order', () => {
    expect(namesAlike('Ѓорѓи Џамбаски', 'DZAMBASKI GORGI')).toBeGreaterThan(0)
    expect(namesAlike('Çlirim Gashi', 'GASHI CLIRIM, Prizren')).toBe(1)
    expect(namesAlike('Ana', '')).toBe(0)
  })
})
