import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packRule, xkPack } from '../country-packs'
import { money, sum } from '../money'
import { addDays, annualPeriod, parseDateOnly } from '../periods'
import type { ProductsRule } from '../rule-sets'
import { isBigger, planOf, quote, soldBy, upgradeQuote, upgradeRefusal } from '.'
import type { QuoteRules, UpgradeFacts } from '.'

const rules = (changes: Partial<ProductsRule> = {}): QuoteRules => ({
  products: { kind: 'products', version: 3, source: 'tenant', value: { ...packRule(xkPack, 'products'), ...changes } },
  tax: { kind: 'tax', version: 1, source: 'pack', value: packRule(xkPack, 'tax') },
})
const d = parseDateOnly
const eur = (minor: bigint) => money(minor, 'EUR')
const start = d('2027-03-01')
const old = { planCode: 'asistenca', titles: null, paid: eur(2000n), period: annualPeriod(start) }
const change = (on: string, using = rules(), from = old) =>
  upgradeQuote(using, quote(using, { planCode: 'asistenca_family', channel: 'branch', currency: 'EUR', on: d(on), people: 1 }), from, d(on))

describe('upgradeQuote', () => {
  it.each([
    // 366 days, since the period holds the leap day
    ['2027-03-01', 366, 2000n],
    ['2027-12-31', 61, 333n],
    ['2028-01-01', 60, 328n],
    ['2028-02-29', 1, 5n],
  ])('on %s %i unused days take %s off, once, and the new plan has a whole period', (on, unusedDays, credit) => {
    const made = change(on)
    expect([made.unusedDays, made.credit, made.money, made.worth]).toEqual([unusedDays, eur(credit), eur(3500n - credit), eur(3500n)])
    expect(made.period).toEqual(annualPeriod(d(on)))
    expect(sum(made.lines.map((line) => line.money), 'EUR')).toEqual(made.money)
    expect(made.vat.net.minor + made.vat.vat.minor).toBe(made.money.minor)
    expect(soldBy(made.receipt).lines.at(-1)).toMatchObject({ kind: 'credit', code: 'asistenca', quantity: unusedDays, minor: String(-credit) })
    expect(JSON.parse(JSON.stringify(made.receipt))).toEqual(made.receipt)
  })

  it('asks for nothing where less than the least amount is left, or by the rule for all of it', () => {
    expect(change('2027-03-02', rules({ proration: { method: 'daily', minimumCharge: [eur(1600n)] } })).money).toEqual(eur(0n))
    expect(change('2027-03-02', rules({ proration: { method: 'none', minimumCharge: [] } }))).toMatchObject({ money: eur(3500n), credit: eur(0n) })
  })

  it('P-11 lines, credit and what is paid always agree, and nobody pays below nothing', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 100_000n }), fc.integer({ min: 0, max: 400 }), (paid, day) => {
      const made = change(addDays(start, day), rules(), { ...old, paid: eur(paid) })
      expect(made.money.minor >= 0n && made.credit.minor + made.money.minor === made.worth.minor).toBe(true)
      expect(sum(made.lines.map((line) => line.money), 'EUR')).toEqual(made.money)
    }))
  })
})

describe('upgradeRefusal', () => {
  const facts: UpgradeFacts = { running: { period: old.period, currency: 'EUR' }, paused: false, ahead: false, due: false, paid: true }
  it.each([
    [{}, null], [{ running: null }, 'past'], [{ paused: true, running: null }, 'paused'], [{ ahead: true }, 'ahead'], [{ due: true }, 'parts'], [{ paid: false }, 'lost'],
  ] as const)('%o: %s', (more, expected) => {
    expect(upgradeRefusal({ ...facts, ...more }, 'EUR', start)).toBe(expected)
  })

  it('counts nothing in another currency, and nothing after the end', () => {
    expect(upgradeRefusal(facts, 'MKD', start)).toBe('currency')
    expect(upgradeRefusal(facts, 'EUR', old.period.end)).toBe('past')
  })
})

describe('isBigger', () => {
  const { value } = rules().products
  it.each([['asistenca', 'asistenca_family', true], ['asistenca_family', 'asistenca', false], ['asistenca', 'asistenca', false], ['free_start', 'asistenca', true], ['gone', 'asistenca_family', true]])('%s to %s: %s', (from, to, expected) => {
    expect(isBigger(value, planOf(value, to), { planCode: from, paid: eur(1500n) })).toBe(expected)
  })
})
