import type { Currency, Money } from '@interdomestik/rules/money';
import { addDays, addMonths, isDateOnly, partsOf, todayIn, weekdayOf, type DateOnly } from '@interdomestik/rules/periods';

export type Bucket = 'day' | 'week' | 'month';
export type Period = 'month' | 'quarter' | 'year';

const days: Readonly<Record<Period, number>> = { month: 30, quarter: 90, year: 365 };

function startOf(day: DateOnly, bucket: Bucket): DateOnly {
  if (bucket === 'week') return addDays(day, 1 - weekdayOf(day));
  if (bucket === 'month') return addDays(day, 1 - partsOf(day).day);
  return day;
}

const stepOf = (day: DateOnly, bucket: Bucket): DateOnly => (bucket === 'month' ? addMonths(day, 1) : addDays(day, bucket === 'week' ? 7 : 1));

/** The first day of every bucket of a period that ends now: the ones without a row belong into the picture as well. */
export function bucketsOf(period: Period, bucket: Bucket, now: Date, zone: string): DateOnly[] {
  const today = todayIn(zone, now);
  const found: DateOnly[] = [];
  for (let day = startOf(addDays(today, -days[period]), bucket); day <= today; day = stepOf(day, bucket)) found.push(day);
  return found;
}

/** `11.2025` for a month, `03.11.` for a day or the Monday of a week. */
export function bucketLabel(day: string, bucket: Bucket): string {
  if (!isDateOnly(day)) return day;
  return bucket === 'month' ? `${day.slice(5, 7)}.${day.slice(0, 4)}` : `${day.slice(8, 10)}.${day.slice(5, 7)}.`;
}

/** Minor units as a number, for the height of a bar: never for arithmetic. */
export const heightOf = (amount: Money): number => Number(amount.minor);

/** Currencies of a series, the tenant's own first. */
export function currenciesOf(series: readonly { readonly amount: Money }[], own: string): Currency[] {
  const found = [...new Set(series.map(({ amount }) => amount.currency))];
  return found.toSorted((a, b) => Number(b === own) - Number(a === own));
}
