import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money'
import { creditShares, leftToCredit } from './credits'
import type { RateShare } from './credits'

const eur = (minor: bigint) => money(minor, 'EUR')
const share = (rateBp: number, net: bigint, vat: bigint): RateShare => ({ rateBp, net: eur(net), vat: eur(vat) })
const total = (shares: readonly RateShare[]): bigint => shares.reduce((sum, { net, vat }) => sum + net.minor + vat.minor, 0n)

describe('credit notes in part', () => {
  it.each<[bigint, readonly RateShare[], readonly RateShare[]]>([
    [1000n, [share(1800, 1695n, 305n)], [share(1800, 848n, 152n)]],
    [1n, [share(1800, 1695n, 305n)], [share(1800, 1n, 0n)]],
    [2000n, [share(1800, 1695n, 305n)], [share(1800, 1695n, 305n)]],
    [150n, [share(1800, 100n, 18n), share(500, 172n, 10n)], [share(1800, 50n, 9n), share(500, 86n, 5n)]],
    [100n, [share(0, 500n, 0n)], [share(0, 100n, 0n)]],
  ])('%s of %o is %o', (amount, left, expected) => {
    expect(creditShares(left, eur(amount))).toEqual(expected)
  })

  it.each([0n, -1n, 2001n])('refuses %s', (amount) => {
    expect(() => creditShares([share(1800, 1695n, 305n)], eur(amount))).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })

  it('P-11 P-15 one after the other they are the invoice to the cent, at every rate, and never more', () => {
    const rates = fc.array(fc.record({ rateBp: fc.constantFrom(0, 500, 1000, 1800), net: fc.bigInt({ min: 0n, max: 1_000_000n }), vat: fc.bigInt({ min: 0n, max: 200_000n }) }), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(rates, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 12 }), (given, percents) => {
      const invoiced = [...new Map(given.map(({ rateBp, net, vat }) => [rateBp, share(rateBp, net, vat)])).values()]
      fc.pre(total(invoiced) > 0n)
      const credited: RateShare[] = []
      for (const percent of [...percents, 100]) {
        const left = leftToCredit(invoiced, credited)
        const amount = (total(left) * BigInt(percent) + 99n) / 100n
        if (amount === 0n) continue
        const made = creditShares(left, eur(amount))
        expect(total(made)).toBe(amount)
        for (const one of made) {
          const whole = left.find(({ rateBp }) => rateBp === one.rateBp)
          expect(one.net.minor >= 0n && one.vat.minor >= 0n && one.net.minor <= (whole?.net.minor ?? 0n) && one.vat.minor <= (whole?.vat.minor ?? 0n)).toBe(true)
        }
        credited.push(...made)
      }
      for (const { net, vat } of leftToCredit(invoiced, credited)) expect([net.minor, vat.minor]).toEqual([0n, 0n])
    }))
  })
})
