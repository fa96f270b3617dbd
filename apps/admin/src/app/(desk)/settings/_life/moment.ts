import { instantOf, isDateOnly, localTimeIn } from '@interdomestik/rules/periods';

/** Minutes after midnight of `8`, `8:30`, `08.30` or `0830`; null for what is no time of a day. */
export function readClock(text: string): number | null {
  const found = /^(\d{1,2})(?:[:.h]\s?(\d{2}))?$|^(\d{2})(\d{2})$/u.exec(text.trim());
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1] ?? found[3]), Number(found[2] ?? found[4] ?? 0)];
  return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : null;
}

/** `08:30` of minutes after midnight. */
export const clockText = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The instant of a day and a time as they are on the zone's clock; null while one of them cannot be read. */
export function momentOf(day: string | null, clock: string, zone: string): Date | null {
  const minutes = readClock(clock);
  return day === null || !isDateOnly(day) || minutes === null ? null : instantOf(day, zone, minutes);
}

/** The next full hour on the zone's clock, to begin from. */
export function nextHour(now: Date, zone: string): { readonly day: string; readonly clock: string } {
  const { date, hour } = localTimeIn(zone, new Date(now.getTime() + 3_600_000));
  return { day: date, clock: clockText(hour * 60) };
}

/** How long until then, in the largest unit that has at least one: for a countdown in words. */
export function untilThen(now: Date, then: Date): { readonly unit: 'day' | 'hour' | 'minute'; readonly count: number } {
  const minutes = Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 60_000));
  if (minutes >= 2880) return { unit: 'day', count: Math.floor(minutes / 1440) };
  return minutes >= 120 ? { unit: 'hour', count: Math.floor(minutes / 60) } : { unit: 'minute', count: minutes };
}
