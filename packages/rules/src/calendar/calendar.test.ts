import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, xkPack, packRule } from '../country-packs'
import { parseDateOnly } from '../periods'
import { dueAt, isWorkingDay, publicHolidays, workingMinutes } from '.'

const mk = packRule(mkPack, 'workflows').calendar
const xk = packRule(xkPack, 'workflows').calendar

describe('working days', () => {
  it.each([
    ['2026-11-23', mk, true],
    ['2026-11-22', mk, false],
    ['2026-11-21', mk, false],
    ['2026-09-08', mk, false],
    ['2026-09-08', xk, true],
    ['2026-02-17', xk, false],
    ['2026-02-17', mk, true],
    ['2026-01-07', xk, false],
    ['2026-10-12', mk, false],
  ])('%s', (date, calendar, expected) => {
    expect(isWorkingDay(parseDateOnly(date), calendar)).toBe(expected)
  })

  it('the tenant closes and opens single days', () => {
    const own = { ...mk, closedOn: ['2026-11-23'], openOn: ['2026-09-08', '2026-11-22'] }
    expect(['2026-11-23', '2026-09-08', '2026-11-22'].map((day) => isWorkingDay(parseDateOnly(day), own))).toEqual([false, true, true])
  })

  it('knows no country without holidays', () => {
    expect(publicHolidays('MK', 2026).size).toBeGreaterThan(8)
    expect(publicHolidays('XK', 2026).size).toBeGreaterThan(8)
  })
})

describe('dueAt', () => {
  it.each([
    // Monday 10:00 local, three working days of eight hours.
    ['2026-11-23T09:00:00Z', 24, '2026-11-26T09:00:00.000Z'],
    // Friday 15:30 local: half an hour today, the rest on Monday.
    ['2026-11-27T14:30:00Z', 1, '2026-11-30T07:30:00.000Z'],
    // Before opening and after closing count from the next opening.
    ['2026-11-23T04:00:00Z', 1, '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T20:00:00Z', 1, '2026-11-24T08:00:00.000Z'],
    ['2026-11-21T12:00:00Z', 8, '2026-11-23T15:00:00.000Z'],
    // Across the spring change of 29.03.2026: opening is an hour earlier in UTC.
    ['2026-03-27T14:00:00Z', 2, '2026-03-30T07:00:00.000Z'],
    // Zero hours are due at once while open.
    ['2026-11-23T09:00:00Z', 0, '2026-11-23T09:00:00.000Z'],
  ])('%s + %i h is %s', (from, hours, expected) => {
    expect(dueAt(new Date(from), hours, mk).toISOString()).toBe(expected)
  })

  it('skips a public holiday', () => {
    expect(dueAt(new Date('2026-09-07T13:00:00Z'), 2, mk).toISOString()).toBe('2026-09-09T07:00:00.000Z')
  })

  it('L-11 is never before its start and holds exactly the hours', () => {
    const start = Date.parse('2025-01-01T00:00:00Z')
    fc.assert(fc.property(fc.integer({ min: 0, max: 800 * 24 * 60 }), fc.integer({ min: 1, max: 40 }), (minutes, hours) => {
      const from = new Date(start + minutes * 60_000)
      const due = dueAt(from, hours, xk)
      expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime())
      expect(workingMinutes(from, due, xk)).toBe(hours * 60)
    }), { numRuns: 60 })
  })

  it('refuses a calendar that never opens', () => {
    const never = { ...mk, weekdays: [], openOn: [] }
    expect(() => dueAt(new Date('2026-11-23T09:00:00Z'), 1, never)).toThrow(RangeError)
  })

  it('counts nothing backwards', () => {
    expect(workingMinutes(new Date('2026-11-24T09:00:00Z'), new Date('2026-11-23T09:00:00Z'), mk)).toBe(0)
  })
})
