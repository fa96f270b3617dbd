import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountNames, chartOfAccounts, postingKinds } from '../ledger'
import { dimensionsOf, foldReport, reportDefinitions, reportNames, unitOf } from '.'
import type { LedgerSum } from '.'

const base: LedgerSum = { account: chartOfAccounts.membershipRevenue.code, kind: 'cash_sale', currency: 'EUR', period: '2026-01-01', branch: 'a', plan: null, provider: null, person: null, rate: 1800, before: false, minor: -100n }
const told = (report: Parameters<typeof foldReport>[0], sums: readonly LedgerSum[]) => foldReport(report, 'month', sums).rows.map(({ about, amounts }) => [...about, ...amounts.map(({ minor }) => minor)])

describe('reports', () => {
  it('revenue is what was earned, with our VAT and the provider’s tax', () => {
    expect(told('revenue', [base, { ...base, account: '2000', minor: -18n }, { ...base, account: '2010', minor: -5n }, { ...base, kind: 'cash_refund', minor: 40n }])).toEqual([['2026-01-01', 60n, 18n, 5n, 83n]])
  })

  it('VAT tells sales from what was taken back, by rate, and counts ours alone', () => {
    const rows = [base, { ...base, account: '2000', minor: -18n }, { ...base, kind: 'cash_refund', minor: 40n }, { ...base, kind: 'cash_refund', account: '2000', minor: 7n }, { ...base, rate: null, minor: -900n }, { ...base, rate: 0, minor: -5n }]
    expect(told('vat', rows)).toEqual([['2026-01-01', '0', 5n, 0n, 0n, 0n, 0n], ['2026-01-01', '1800', 100n, 18n, -40n, -7n, 11n]])
  })

  it('accounts that stand at nothing are no row, and a period in which all went back is one', () => {
    const owed = { ...base, account: '1210', minor: 100n }
    expect(told('receivables', [owed, { ...owed, minor: -100n }])).toEqual([])
    expect(told('revenue', [base, { ...base, kind: 'cash_refund', minor: 100n }])).toEqual([['2026-01-01', 0n, 0n, 0n, 0n]])
  })

  it('commissions tell what was carried over from what was earned and paid', () => {
    const owed = { ...base, account: '2100', kind: 'commission_earned', person: 'p', minor: -70n }
    expect(told('commissions', [{ ...owed, before: true, minor: -30n }, owed, { ...owed, kind: 'reversal', minor: 20n }, { ...owed, kind: 'commission_paid', minor: 60n }])).toEqual([['p', 30n, 50n, 60n, 20n]])
  })

  it('P-12 nothing is lost or counted twice: rows sum to the totals, currencies stay apart, and the sign never turns', () => {
    const sum = fc.record({
      account: fc.constantFrom(...accountNames.map((name) => chartOfAccounts[name].code)), kind: fc.constantFrom(...postingKinds), currency: fc.constantFrom('EUR', 'MKD'), period: fc.constantFrom('2026-01-01', '2026-02-01'), branch: fc.constantFrom('a', 'b'),
      plan: fc.constantFrom(null, 'x'), provider: fc.constantFrom(null, 'cash'), person: fc.constantFrom(null, 'p'), rate: fc.constantFrom(null, 0, 1800), before: fc.boolean(), minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    })
    fc.assert(fc.property(fc.constantFrom(...reportNames), fc.array(sum), (report, sums) => {
      const { rows, totals } = foldReport(report, 'month', sums)
      const { columns } = reportDefinitions[report]
      for (const total of totals) {
        for (const [index, { currency, minor }] of total.entries()) {
          const own = sums.filter((one) => one.currency === currency)
          expect(own.reduce((all, one) => all + (columns[index]?.take(one) ?? 0n), 0n)).toBe(minor)
          expect(rows.reduce((all, { amounts }) => all + (amounts[index]?.currency === currency ? (amounts[index]?.minor ?? 0n) : 0n), 0n)).toBe(minor)
        }
      }
    }))
  })

  it('every report says what its rows are about', () => {
    expect(reportNames.map((report) => dimensionsOf(report, 'quarter'))).toEqual([['period'], ['period', 'rate'], ['branch'], ['branch', 'person'], ['person']])
    expect([unitOf('revenue', 'quarter'), unitOf('revenue', 'plan'), unitOf('vat', 'day')]).toEqual(['quarter', 'month', 'month'])
  })
})
