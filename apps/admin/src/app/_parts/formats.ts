import { isLocale, type Locale } from '@interdomestik/rules/locales';
import { formatAmount, formatMoney, type Money } from '@interdomestik/rules/money';
import { addDays, formatDate, formatInstant, isDateOnly, todayIn } from '@interdomestik/rules/periods';

/** Values as people of this language and zone read them. */
export interface Formats {
  readonly locale: Locale;
  /** `1.234,50 €` */
  readonly money: (amount: Money) => string;
  /** Several currencies in one line; a dash for none. */
  readonly sums: (amounts: readonly Money[]) => string;
  /** `31.12.2025` of a stored day; anything else comes back as it is. */
  readonly day: (day: string) => string;
  /** The last day of a period whose end is the first day after it. */
  readonly lastDay: (end: string) => string;
  /** The day of an instant, `31.12.2025`. */
  readonly dayOf: (instant: Date) => string;
  /** `31.12.2025 14:05` */
  readonly moment: (instant: Date) => string;
  /** `1.284` */
  readonly count: (value: number) => string;
  /** `18 %` of basis points. */
  readonly percent: (basisPoints: number) => string;
}

/** Our language of a BCP 47 tag that we gave to next-intl. */
export function localeOfTag(tag: string): Locale {
  const language = tag.split('-', 1)[0];
  return isLocale(language) ? language : 'en';
}

/** The formats of a language and a time zone. */
export function formatsOf(locale: Locale, zone: string): Formats {
  const decimal = locale === 'en' ? '.' : ',';
  const group = locale === 'en' ? ',' : '.';
  return {
    locale,
    money: (amount) => formatMoney(amount, locale),
    sums: (amounts) => (amounts.length === 0 ? '–' : amounts.map((amount) => formatMoney(amount, locale)).join(' + ')),
    day: (day) => (isDateOnly(day) ? formatDate(day) : day),
    lastDay: (end) => (isDateOnly(end) ? formatDate(addDays(end, -1)) : end),
    dayOf: (instant) => formatDate(todayIn(zone, instant)),
    moment: (instant) => formatInstant(instant, zone),
    count: (value) => String(value).replace(/\B(?=(\d{3})+$)/gu, group),
    percent: (basisPoints) => {
      const text = String(basisPoints / 100).replace('.', decimal);
      return locale === 'en' ? `${text}%` : `${text} %`;
    },
  };
}

/** An amount without its sign, for input fields. */
export const amountText = (amount: Money, locale: Locale): string => formatAmount(amount, locale);
