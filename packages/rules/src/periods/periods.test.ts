import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays, addMonths, addYears, ageOn, annualPeriod, contains, daysBetween, fiscalYear, formatDate, formatInstant,
  instantOf, isDateOnly, localTimeIn, overlaps, parseDateOnly, period, renewalPeriod, todayIn, weekdayOf,
} from '.'
import type { DateOnly } from '.'

const d = parseDateOnly
const anyDate = fc.integer({ min: -40_000, max: 60_000 }).map((days) => addDays(d('2000-01-01'), days))

describe('parseDateOnly', () => {
  it.each([
    ['31.12.2025', '2025-12-31'],
    ['2025-12-31', '2025-12-31'],
    ['1.2.2025', '2025-02-01'],
    ['01/02/2025', '2025-02-01'],
    ['1-2-2025', '2025-02-01'],
    [' 31. 12. 2025. ', '2025-12-31'],
    ['29.02.2024', '2024-02-29'],
  ])('M-12 %s is %s', (text, expected) => {
    expect(parseDateOnly(text)).toBe(expected)
  })

  it.each(['29.02.2023', '12/31/25', '12/31/2025', '31.04.2025', '45291', '2025-13-01', '0.1.2025', '31.12.25', 'x', '31.12.2025x'])(
    'M-12 refuses %s',
    (text) => {
      expect(() => parseDateOnly(text)).toThrow(expect.objectContaining({ messageKey: 'errors.date' }))
    },
  )

  it('reads what formatDate writes', () => {
    fc.assert(fc.property(anyDate, (date) => {
      expect(parseDateOnly(formatDate(date))).toBe(date)
      expect(isDateOnly(date)).toBe(true)
    }))
  })
})

describe('calendar arithmetic', () => {
  it.each([
    [addMonths(d('2025-01-31'), 1), '2025-02-28'],
    [addMonths(d('2024-01-31'), 1), '2024-02-29'],
    [addMonths(d('2025-03-31'), -1), '2025-02-28'],
    [addMonths(d('2025-01-15'), -13), '2023-12-15'],
    [addYears(d('2024-02-29'), 1), '2025-02-28'],
    [addYears(d('2024-02-29'), 4), '2028-02-29'],
    [addDays(d('2025-12-31'), 1), '2026-01-01'],
    [addDays(d('2024-03-01'), -1), '2024-02-29'],
  ])('L-11 gives %s', (actual, expected) => {
    expect(actual).toBe(expected)
  })

  it('M-12 months later is what the calendar of the platform says, with the last day where the month is shorter', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
      const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
      const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
      expect(addMonths(date, months)).toBe(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10))
    }))
  })

  it('adding and counting days agree', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
      expect(daysBetween(date, addDays(date, days))).toBe(days)
    }))
  })

  it.each([['2026-11-23', 1], ['2026-11-29', 7], ['1969-12-31', 3], ['2000-01-01', 6]])('%s is weekday %i', (date, weekday) => {
    expect(weekdayOf(d(date))).toBe(weekday)
  })

  it.each([['2008-11-23', 18], ['2008-11-24', 17], ['2008-02-29', 18]])('born %s is %i on 23.11.2026', (born, age) => {
    expect(ageOn(d(born), d('2026-11-23'))).toBe(age)
  })

  it.each([['2026-01-01', 1, 2026], ['2026-03-31', 4, 2025], ['2026-04-01', 4, 2026]])('%s with start month %i is %i', (date, month, year) => {
    expect(fiscalYear(d(date), month)).toBe(year)
  })
})

describe('periods', () => {
  it('holds its start and not its end', () => {
    const year = annualPeriod(d('2026-05-10'))
    expect(year).toEqual({ start: '2026-05-10', end: '2027-05-10' })
    expect([contains(year, year.start), contains(year, d('2027-05-09')), contains(year, year.end)]).toEqual([true, true, false])
  })

  it('has no leap-day period without end', () => {
    expect(annualPeriod(d('2024-02-29'))).toEqual({ start: '2024-02-29', end: '2025-02-28' })
  })

  it('refuses an empty period', () => {
    expect(() => period(d('2026-01-01'), d('2026-01-01'))).toThrow(expect.objectContaining({ messageKey: 'errors.period.order' }))
  })

  const old = annualPeriod(d('2025-06-01'))
  it.each([
    ['2026-05-01', '2026-06-01', '2027-06-01', null],
    ['2026-05-31', '2026-06-01', '2027-06-01', null],
    ['2026-06-01', '2026-06-01', '2027-06-01', null],
    ['2026-06-02', '2026-06-02', '2027-06-02', { start: '2026-06-01', end: '2026-06-02' }],
    ['2026-09-01', '2026-09-01', '2027-09-01', { start: '2026-06-01', end: '2026-09-01' }],
  ])('renewed on %s runs from %s to %s', (today, start, end, gap) => {
    expect(renewalPeriod(old, d(today))).toEqual({ period: { start, end }, gap })
  })

  it('a renewal never overlaps the old period, and gap and periods touch', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: 0, max: 900 }), (start, later) => {
      const first = annualPeriod(start)
      const renewal = renewalPeriod(first, addDays(start, later))
      expect(overlaps(first, renewal.period)).toBe(false)
      expect(renewal.gap?.end ?? first.end).toBe(renewal.period.start)
    }))
  })
})

describe('zones', () => {
  const zone = 'Europe/Skopje'
  it.each([
    ['2025-12-31T22:59:59Z', '2025-12-31'],
    ['2025-12-31T23:00:00Z', '2026-01-01'],
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
  ])('P-20 %s is the day %s', (instant, day) => {
    expect(todayIn(zone, new Date(instant))).toBe(day)
  })

  it.each([
    ['2026-01-01', 0, '2025-12-31T23:00:00.000Z'],
    ['2026-03-29', 0, '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 0, '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 0, '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 0, '2026-10-25T23:00:00.000Z'],
    ['2026-03-29', 150, '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', 150, '2026-10-25T00:30:00.000Z'],
  ])('L-11 %s + %i min is %s', (date, minute, expected) => {
    expect(instantOf(d(date), zone, minute).toISOString()).toBe(expected)
  })

  it('midnight of a day is that day', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 12_000 }), fc.constantFrom(zone, 'Europe/Belgrade', 'America/New_York'), (days, where) => {
      const date: DateOnly = addDays(d('2010-01-01'), days)
      expect(localTimeIn(where, instantOf(date, where))).toEqual({ date, hour: 0, minute: 0, second: 0 })
    }), { numRuns: 200 })
  })

  it('writes an instant in the legal format', () => {
    expect(formatInstant(new Date('2025-12-31T13:05:00Z'), zone)).toBe('31.12.2025 14:05')
  })
})
