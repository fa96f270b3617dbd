import { addDays, dateOf, partsOf, weekdayOf, type DateOnly } from '@interdomestik/rules/periods';

/** Why a day of the calendar is free or worked. */
export type DayKind = 'work' | 'weekend' | 'holiday' | 'closed' | 'workedHoliday' | 'workedWeekend';

export interface CalendarDays {
  readonly weekdays: readonly number[];
  readonly closedOn: readonly string[];
  readonly openOn: readonly string[];
}

/** What a day is by a calendar whose country rests on those days. Says the same as the rule itself (`isWorkingDay`), and why. */
export function kindOf(date: DateOnly, calendar: CalendarDays, holidays: ReadonlyMap<string, string>): DayKind {
  if (calendar.closedOn.includes(date)) return 'closed';
  const weekday = calendar.weekdays.includes(weekdayOf(date));
  if (calendar.openOn.includes(date)) return holidays.has(date) ? 'workedHoliday' : weekday ? 'work' : 'workedWeekend';
  if (!weekday) return 'weekend';
  return holidays.has(date) ? 'holiday' : 'work';
}

export const works = (kind: DayKind): boolean => kind === 'work' || kind === 'workedHoliday' || kind === 'workedWeekend';

const without = (days: readonly string[], date: string): string[] => days.filter((day) => day !== date);
const withDay = (days: readonly string[], date: string): string[] => [...without(days, date), date].toSorted();

/** The calendar after a day was pressed: a working day becomes free, a free one worked, and an own exception ends. */
export function pressed<T extends CalendarDays>(date: DateOnly, calendar: T, holidays: ReadonlyMap<string, string>): T {
  const kind = kindOf(date, calendar, holidays);
  const closedOn = without(calendar.closedOn, date);
  const openOn = without(calendar.openOn, date);
  if (kind === 'closed' || kind === 'workedHoliday' || kind === 'workedWeekend') return { ...calendar, closedOn, openOn };
  return kind === 'work' ? { ...calendar, closedOn: withDay(closedOn, date), openOn } : { ...calendar, closedOn, openOn: withDay(openOn, date) };
}

/** The weeks of a month from Monday on; null where a day belongs to another month. */
export function weeksOf(year: number, month: number): (DateOnly | null)[][] {
  const first = dateOf(year, month, 1);
  if (first === null) return [];
  const cells: (DateOnly | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
  for (let day = first; partsOf(day).month === month; day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The day to which an arrow key leads; null for other keys. */
export function stepDay(date: DateOnly, key: string): DateOnly | null {
  const by: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: 1 - weekdayOf(date), End: 7 - weekdayOf(date) };
  return by[key] === undefined ? null : addDays(date, by[key]);
}

/** `15:10` as minutes after midnight; null for anything else. `24:00` is the end of the day. */
export function readClock(text: string): number | null {
  const match = /^\s*(\d{1,2})\s*(?:[:.]\s*(\d{2}))?\s*$/u.exec(text);
  const minutes = match === null ? null : Number(match[1]) * 60 + Number(match[2] ?? '0');
  return minutes === null || Number(match?.[2] ?? '0') > 59 || minutes > 1440 ? null : minutes;
}

/** Minutes after midnight as `08:00`. */
export const clockText = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
