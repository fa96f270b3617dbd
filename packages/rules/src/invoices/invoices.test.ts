import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { money, sum } from '../money'
import { parseDateOnly } from '../periods'
import {
  assertInvoiceStatus, assertMayIssue, documentNumber, invoiceAmounts, invoiceStatuses, nextInvoiceStatuses, paymentDueOn, seriesOf,
} from '.'

const tax = packRule(mkPack, 'tax')
const invoicing = packRule(mkPack, 'invoicing')
const eur = (minor: bigint) => money(minor, 'EUR')
const line = (minor: bigint, category = 'standard') => ({ description: 'x', quantity: 1, gross: eur(minor), category })

describe('invoiceAmounts', () => {
  it('takes VAT per category and spreads it over the lines', () => {
    const made = invoiceAmounts([line(333n), line(1000n, 'low'), line(333n), line(500n, 'exempt')], 'EUR', tax)
    expect(made.vatTotals.map(({ category, net, vat }) => [category, net.minor, vat.minor])).toEqual([
      ['standard', 564n, 102n],
      ['low', 952n, 48n],
      ['exempt', 500n, 0n],
    ])
    expect(made.lines.map(({ vat }) => vat.minor)).toEqual([51n, 48n, 51n, 0n])
    expect(made.exemptTextKey).toBe('vatExempt')
    expect(invoiceAmounts([line(1n)], 'EUR', tax).exemptTextKey).toBeNull()
  })

  it('P-11 lines, totals and the amount paid agree to the unit', () => {
    const lines = fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.constantFrom('standard', 'reduced', 'low', 'exempt')), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(lines, (inputs) => {
      const made = invoiceAmounts(inputs.map(([minor, category]) => line(minor, category)), 'EUR', tax)
      expect(made.lines).toHaveLength(inputs.length)
      expect(made.net.minor + made.vat.minor).toBe(made.gross.minor)
      expect(sum(made.lines.map(({ net }) => net), 'EUR')).toEqual(made.net)
      expect(sum(made.lines.map(({ vat }) => vat), 'EUR')).toEqual(made.vat)
      expect(made.gross.minor).toBe(inputs.reduce((total, [minor]) => total + minor, 0n))
    }))
  })

  it('P-11 a line that takes something off carries its tax back, and everything still sums to the unit', () => {
    const made = invoiceAmounts([line(2000n), line(900n), line(-290n), line(-100n)], 'EUR', tax)
    expect([made.gross.minor, made.vat.minor]).toEqual([2510n, 383n])
    expect(made.lines.map(({ vat }) => vat.minor)).toEqual([305n, 137n, -44n, -15n])
    const off = fc.tuple(fc.array(fc.bigInt({ min: 0n, max: 10n ** 7n }), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 5 }))
    fc.assert(fc.property(off, ([costs, shares]) => {
      const list = costs.reduce((total, minor) => total + minor, 0n)
      let left = list
      const less = shares.map((share) => {
        const minor = (list * BigInt(share)) / 10_000n
        const taken = minor > left ? left : minor
        left -= taken
        return -taken
      })
      const all = invoiceAmounts([...costs, ...less].map((minor) => line(minor)), 'EUR', tax)
      expect(sum(all.lines.map(({ vat }) => vat), 'EUR')).toEqual(all.vat)
      expect(sum(all.lines.map(({ net }) => net), 'EUR')).toEqual(all.net)
      expect([all.gross.minor, all.net.minor + all.vat.minor]).toEqual([left, left])
      for (const each of all.lines) expect(each.net.minor + each.vat.minor).toBe(each.gross.minor)
    }))
  })

  it.each([
    ['no lines', () => invoiceAmounts([], 'EUR', tax), 'errors.invoice.noLines'],
    ['more taken off than there is', () => invoiceAmounts([line(1n), line(-2n)], 'EUR', tax), 'errors.money.negative'],
    ['an unknown category', () => invoiceAmounts([line(1n, 'none')], 'EUR', tax), 'errors.tax.category'],
    ['another currency', () => invoiceAmounts([line(1n)], 'MKD', tax), 'errors.money.currencyMismatch'],
  ])('refuses %s', (_, run, key) => {
    expect(run).toThrow(expect.objectContaining({ messageKey: key }))
  })
})

describe('numbers and dates', () => {
  const issuedOn = parseDateOnly('2026-12-31')
  it.each([
    ['invoice', 'F', 'F-2026-000001'],
    ['creditNote', 'K', 'K-2026-000001'],
    ['receipt', 'P', 'P-2026-000001'],
  ] as const)('P-15 a %s has its own series', (type, series, number) => {
    expect(documentNumber(invoicing, type, { country: 'MK', issuedOn, n: 1n })).toEqual({ series, fiscalYear: 2026, number })
    expect(seriesOf(invoicing, type, parseDateOnly('2027-01-01'))).toEqual({ series, fiscalYear: 2027 })
  })

  it('is due after the payment term', () => {
    expect(paymentDueOn(invoicing, issuedOn)).toBe('2027-01-07')
  })

  it('issues nothing real under an invented name', () => {
    expect(() => assertMayIssue(invoicing, true)).not.toThrow()
    expect(() => assertMayIssue(invoicing, false)).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: 'errors.invoice.demoLegalDetails' }))
    expect(() => assertMayIssue({ ...invoicing, issuer: { ...invoicing.issuer, demo: false } }, false)).not.toThrow()
  })
})

describe('statuses', () => {
  it('move only as the design says, and never back to draft', () => {
    const moves = invoiceStatuses.flatMap((from) => nextInvoiceStatuses(from).map((to) => `${from}>${to}`))
    expect(moves).toEqual([
      'draft>issued', 'issued>submitted', 'issued>paid', 'issued>credited', 'submitted>cleared', 'submitted>rejected',
      'cleared>paid', 'cleared>credited', 'rejected>submitted', 'rejected>credited', 'paid>credited',
    ])
    expect(() => assertInvoiceStatus('paid', 'issued')).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(() => assertInvoiceStatus('draft', 'issued')).not.toThrow()
  })
})
