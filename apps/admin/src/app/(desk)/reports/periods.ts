import { addDays, addMonths, isDateOnly, type DateOnly } from '@interdomestik/rules/periods';

export const presets = ['thisMonth', 'lastMonth', 'last30Days', 'last90Days', 'thisYear'] as const;
export type Preset = (typeof presets)[number];

/** First and last day of a named period, both included, as it stands on `today`. */
export function presetRange(preset: Preset, today: DateOnly): { from: DateOnly; to: DateOnly } {
  const monthStart = addDays(today, 1 - Number(today.slice(8, 10)));
  switch (preset) {
    case 'thisMonth': return { from: monthStart, to: today };
    case 'lastMonth': return { from: addMonths(monthStart, -1), to: addDays(monthStart, -1) };
    case 'last30Days': return { from: addDays(today, -29), to: today };
    case 'last90Days': return { from: addDays(today, -89), to: today };
    case 'thisYear': return { from: addMonths(monthStart, 1 - Number(today.slice(5, 7))), to: today };
  }
}

/** The period that an address names; this year when it names none, or none that is right. */
export function askedPeriod(query: (key: string) => string | undefined, today: DateOnly): { period: Preset | 'custom'; range: { from: DateOnly; to: DateOnly } } {
  const [from, to] = [query('from'), query('to')];
  if (from !== undefined && to !== undefined && isDateOnly(from) && isDateOnly(to) && from <= to) return { period: 'custom', range: { from, to } };
  const period = presets.find((preset) => preset === query('period')) ?? 'thisYear';
  return { period, range: presetRange(period, today) };
}

/** A day and the minutes of it, by the tenant's clock. */
export interface Cut {
  readonly day: DateOnly;
  readonly minute: number;
}

/** Minutes of `23:30`; null for what is no time. */
export function minutesOf(time: string): number | null {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/u.exec(time.trim());
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

export const timeOf = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The moment that an address names as `2026-03-29 23:30`; null for none. */
export function cutText(text: string | undefined): Cut | null {
  const [day = '', time = ''] = (text ?? '').split(' ');
  const minute = minutesOf(time);
  return isDateOnly(day) && minute !== null ? { day, minute } : null;
}
