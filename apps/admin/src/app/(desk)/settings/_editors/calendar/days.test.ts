import { isWorkingDay, namedHolidays } from '@interdomestik/rules/calendar';
import { mkPack, packRule } from '@interdomestik/rules/country-packs';
import { addDays, parseDateOnly, type DateOnly } from '@interdomestik/rules/periods';
import { describe, expect, it } from 'vitest';
import { clockText, kindOf, pressed, readClock, stepDay, weeksOf, works } from './days';

const { calendar } = packRule(mkPack, 'workflows');
const holidays = new Map([2026, 2027].flatMap((year) => namedHolidays('MK', year).map(({ date, names }) => [date as string, names.mk] as const)));
const own = { ...calendar, closedOn: ['2026-11-23'], openOn: ['2026-09-08', '2026-11-22', '2026-11-24'] };
const on = (day: string): DateOnly => parseDateOnly(day);

describe('days of the calendar', () => {
  it.each([
    ['2026-11-25', 'work'], ['2026-11-21', 'weekend'], ['2026-09-08', 'workedHoliday'], ['2026-12-08', 'holiday'], ['2026-11-23', 'closed'], ['2026-11-22', 'workedWeekend'], ['2026-11-24', 'work'],
  ])('%s is %s', (day, kind) => {
    expect(kindOf(on(day), own, holidays)).toBe(kind);
  });

  it('say the same as the rule, every day of two years', () => {
    for (let day = on('2026-01-01'); day < '2028-01-01'; day = addDays(day, 1)) expect([day, works(kindOf(day, own, holidays))]).toEqual([day, isWorkingDay(day, own)]);
  });

  it('turn over when they are pressed, and back when they are pressed again', () => {
    for (const day of ['2026-11-25', '2026-11-21', '2026-12-08', '2026-11-23', '2026-11-22', '2026-09-08']) {
      const once = pressed(on(day), own, holidays);
      expect([day, works(kindOf(on(day), once, holidays))]).toEqual([day, !works(kindOf(on(day), own, holidays))]);
      const twice = pressed(on(day), once, holidays);
      expect([day, works(kindOf(on(day), twice, holidays))]).toEqual([day, works(kindOf(on(day), own, holidays))]);
    }
    expect(pressed(on('2026-12-08'), pressed(on('2026-12-08'), calendar, holidays), holidays)).toEqual(calendar);
  });

  it('stand in weeks from Monday on', () => {
    const weeks = weeksOf(2026, 11);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it('are reached by the arrows, also across the month', () => {
    expect([stepDay(on('2026-11-30'), 'ArrowRight'), stepDay(on('2026-11-03'), 'ArrowUp'), stepDay(on('2026-11-25'), 'Home'), stepDay(on('2026-11-25'), 'End'), stepDay(on('2026-11-25'), 'x')]).toEqual(['2026-12-01', '2026-10-27', '2026-11-23', '2026-11-29', null]);
  });
});

describe('the clock', () => {
  it.each([['08:00', 480], ['8', 480], [' 16.30 ', 990], ['24:00', 1440], ['0:05', 5]])('%s', (text, minutes) => {
    expect(readClock(text)).toBe(minutes);
    expect(readClock(clockText(minutes))).toBe(minutes);
  });
  it.each(['', '8:60', '25', '24:01', 'осум', '8:5', '-1'])('refuses %s', (text) => expect(readClock(text)).toBeNull());
});
