import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { annualPeriod, parseDateOnly } from '../periods'
import { graceOf, isCovered, memberNumber, membershipStatuses } from '.'

const products = packRule(mkPack, 'products')
const d = parseDateOnly
const period = annualPeriod(d('2026-01-10'))

describe('memberships', () => {
  it.each(membershipStatuses.map((status) => [status, ['active', 'past_due', 'canceled'].includes(status)] as const))(
    '%s inside its period is covered: %s',
    (status, expected) => {
      expect(isCovered({ status, period }, d('2026-06-01'))).toBe(expected)
      expect(isCovered({ status, period }, d('2027-01-10'))).toBe(false)
      expect(isCovered({ status, period }, d('2026-01-09'))).toBe(false)
    },
  )

  it('gives 14 days of grace with three reminders inside', () => {
    expect(graceOf(d('2027-01-10'), products)).toEqual({ until: '2027-01-24', reminders: ['2027-01-10', '2027-01-14', '2027-01-19'] })
    expect(graceOf(d('2027-01-10'), { ...products, graceReminders: 0 }).reminders).toEqual([])
  })

  it('numbers', () => {
    expect(memberNumber(packRule(mkPack, 'invoicing'), { country: 'MK', year: 2026, n: 1n })).toBe('MEM-MK-000001')
  })
})
