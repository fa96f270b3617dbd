import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { money } from '../money'
import { addDays, annualPeriod, parseDateOnly } from '../periods'
import type { ProductsRule, ResolvedRule } from '../rule-sets'
import { proration } from '.'

const rule = (changes: Partial<ProductsRule['proration']> = {}): ResolvedRule<'products'> => ({
  kind: 'products', version: 3, source: 'tenant', value: { ...packRule(mkPack, 'products'), proration: { method: 'daily', minimumCharge: [], ...changes } },
})
const d = parseDateOnly
const old = { paid: money(3650n, 'EUR'), period: annualPeriod(d('2026-01-01')) }
const next = { price: money(9500n, 'EUR'), months: 12 }

describe('proration', () => {
  it.each([
    ['2026-01-01', 365, 3650n, 5850n],
    ['2026-01-11', 355, 3550n, 5950n],
    ['2026-12-31', 1, 10n, 9490n],
    ['2027-01-01', 0, 0n, 9500n],
    ['2025-12-20', 365, 3650n, 5850n],
  ])('on %s %i unused days count %s and %s is paid', (on, unusedDays, credit, charge) => {
    const made = proration(rule(), old, next, d(on))
    expect([made.unusedDays, made.credit.minor, made.charge.minor]).toEqual([unusedDays, credit, charge])
    expect(made.period).toEqual(annualPeriod(d(on)))
    expect(JSON.parse(JSON.stringify(made.receipt))).toEqual(made.receipt)
  })

  it('without proration the new price is paid in full', () => {
    expect(proration(rule({ method: 'none' }), old, next, d('2026-01-11'))).toMatchObject({ credit: { minor: 0n }, charge: { minor: 9500n } })
  })

  it('asks for nothing below the minimum, and pays nothing out', () => {
    const least = rule({ minimumCharge: [money(6000n, 'EUR')] })
    expect(proration(least, old, next, d('2026-01-11')).charge.minor).toBe(0n)
    expect(proration(least, old, next, d('2026-01-16')).charge.minor).toBe(6000n)
    const down = proration(rule(), old, { price: money(1000n, 'EUR'), months: 12 }, d('2026-01-11'))
    expect([down.charge.minor, down.receipt.explain.at(-1)?.key]).toEqual([0n, 'receipts.proration.covered'])
  })

  it('refuses another currency', () => {
    expect(() => proration(rule(), old, { price: money(1n, 'MKD'), months: 12 }, d('2026-02-01'))).toThrow(expect.objectContaining({ messageKey: 'errors.money.currencyMismatch' }))
  })

  it('never credits more than was paid, and less every day', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), fc.integer({ min: 0, max: 400 }), (paid, day) => {
      const on = addDays(old.period.start, day)
      const [today, tomorrow] = [on, addDays(on, 1)].map((when) => proration(rule(), { ...old, paid: money(paid, 'EUR') }, next, when))
      expect((today?.credit.minor ?? 0n) <= paid && (tomorrow?.credit.minor ?? 0n) <= (today?.credit.minor ?? 0n)).toBe(true)
      expect((today?.charge.minor ?? -1n) >= 0n && (today?.charge.minor ?? 0n) <= next.price.minor).toBe(true)
    }))
  })
})
