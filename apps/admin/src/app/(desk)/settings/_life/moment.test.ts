import { describe, expect, it } from 'vitest';
import { clockText, momentOf, nextHour, readClock, untilThen } from './moment';

describe('when a version acts', () => {
  it.each([['8', 480], ['8:30', 510], ['08.30', 510], ['0830', 510], ['23:59', 1439], ['0', 0], ['24', null], ['8:60', null], ['', null], ['now', null], ['8:3', null]])('"%s" as a time of day', (text, minutes) => {
    expect(readClock(text)).toBe(minutes);
  });

  it('is an instant on the clock of the country, in winter and in summer', () => {
    expect(momentOf('2026-01-15', '8:00', 'Europe/Skopje')?.toISOString()).toBe('2026-01-15T07:00:00.000Z');
    expect(momentOf('2026-07-15', '8:00', 'Europe/Skopje')?.toISOString()).toBe('2026-07-15T06:00:00.000Z');
    expect(momentOf(null, '8:00', 'Europe/Skopje')).toBeNull();
    expect(momentOf('2026-01-15', 'later', 'Europe/Skopje')).toBeNull();
  });

  it('begins at the next full hour, over midnight too', () => {
    expect(nextHour(new Date('2026-01-15T22:40:00Z'), 'Europe/Skopje')).toEqual({ day: '2026-01-16', clock: '00:00' });
  });

  it('counts down in the unit that says most', () => {
    const now = new Date('2026-01-15T00:00:00Z');
    const after = (minutes: number) => untilThen(now, new Date(now.getTime() + minutes * 60_000));
    expect(after(30)).toEqual({ unit: 'minute', count: 30 });
    expect(after(150)).toEqual({ unit: 'hour', count: 2 });
    expect(after(2 * 1440 + 5)).toEqual({ unit: 'day', count: 2 });
    expect(after(-5)).toEqual({ unit: 'minute', count: 0 });
    expect(clockText(510)).toBe('08:30');
  });
});
