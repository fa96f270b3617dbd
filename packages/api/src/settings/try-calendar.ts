import { calendarSchema, dueAt, inLocale, invalid, namedHolidays, partsOf, todayIn, type CalendarRule, type Locale } from '@interdomestik/rules';
import type { TenantScope } from '@interdomestik/db';
import { z } from 'zod';

/** As many own days as twenty years of closing every weekday; a calendar beyond it is a mistake. */
const mostDays = 5000;

/** What the calendar editor asks: the draft, and when something is due that begins at an instant. */
export const tryCalendarInput = z.object({
  calendar: calendarSchema.refine(({ closedOn, openOn }) => closedOn.length + openOn.length <= mostDays, { error: 'errors.rule.tooLarge' }),
  hours: z.int().min(1).max(5000),
  from: z.date(),
});

/** The instant at which that many working hours have passed by the draft; null when the calendar never opens long enough. Throws INVALID for a zone that does not exist. */
export function tryCalendar({ calendar, hours, from }: { readonly calendar: CalendarRule; readonly hours: number; readonly from: Date }): Date | null {
  try {
    new Intl.DateTimeFormat('en', { timeZone: calendar.zone });
  } catch {
    throw invalid('calendar.zone', 'errors.choice');
  }
  try {
    return dueAt(from, hours, calendar);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The public holidays of a country, of the tenant's own for null, by name: last year's, this year's and of the two that follow. A country that the almanac does not know has none. */
export function holidaysOf(scope: TenantScope, asked: string | null, locale: Locale, now: Date) {
  const country = asked ?? scope.tenant.countryCode;
  const { year } = partsOf(todayIn(scope.tenant.timeZone, now));
  const days = [year - 1, year, year + 1, year + 2].flatMap((each) => namedHolidays(country, each).map(({ date, names }) => ({ date, name: inLocale(names, locale) })));
  return { country, days };
}
