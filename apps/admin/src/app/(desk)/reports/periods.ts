import { addDays, addMonths, type DateOnly } from '@interdomestik/rules/periods';

export const presets = ['thisMonth', 'lastMonth', 'last30Days', 'last90Days', 'thisYear'] as const;
export type Preset = (typeof presets)[number];
export const groupings = ['day', 'month', 'branch'] as const;
export type Grouping = (typeof groupings)[number];

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
