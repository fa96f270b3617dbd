import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '../money'
import { addDays, parseDateOnly } from '../periods'
import { ageOf, ageOpen } from './ages'

const eur = (minor: bigint) => money(minor, 'EUR')
const today = parseDateOnly('2028-03-01')
const edges = [30, 60, 90]

describe('ages of what is owed', () => {
  it.each([[0, 0], [1, 0], [-1, 1], [-30, 1], [-31, 2], [-60, 2], [-61, 3], [-90, 3], [-91, 4], [-400, 4]])('a day %i days from now is in column %i, over a leap day too', (days, column) => {
    expect(ageOf(addDays(today, days), today, edges)).toBe(column)
  })

  it('what was paid went to the oldest parts', () => {
    const parts = [-70, -40, -10, 20].map((days) => ({ dueOn: addDays(today, days), amount: eur(1000n) }))
    const { ages, oldest } = ageOpen(eur(2500n), parts, addDays(today, -70), today, edges)
    expect(ages.map(({ minor }) => minor)).toEqual([1000n, 1000n, 500n, 0n, 0n])
    expect(oldest).toBe(addDays(today, -40))
  })

  it('P-20 the columns are what is open, whatever the parts say', () => {
    const part = fc.record({ days: fc.integer({ min: -400, max: 400 }), minor: fc.bigInt({ min: 1n, max: 100_000n }) })
    fc.assert(fc.property(fc.bigInt({ min: -50_000n, max: 500_000n }), fc.array(part, { maxLength: 12 }), (open, given) => {
      const parts = given.map(({ days, minor }) => ({ dueOn: addDays(today, days), amount: eur(minor) }))
      const { ages } = ageOpen(eur(open), parts, addDays(today, -5), today, edges)
      expect(ages.reduce((sum, { minor }) => sum + minor, 0n)).toBe(open)
    }))
  })
})
