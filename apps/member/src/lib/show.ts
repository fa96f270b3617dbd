import type { Locale } from '@interdomestik/rules/locales';
import { formatAmount, formatMoney, type Currency, type Money } from '@interdomestik/rules/money';
import { addDays, formatDate, formatInstant, isDateOnly, todayIn, type DateOnly } from '@interdomestik/rules/periods';
import { localeOfTag } from './locale';

/** Amounts, days and moments as people here write them. */
export interface Show {
  readonly locale: Locale;
  readonly today: DateOnly;
  readonly money: (amount: Money) => string;
  /** The sign of a currency, as it stands beside an amount. */
  readonly sign: (currency: Currency) => string;
  /** `2025-12-31` as `31.12.2025`; another text unchanged. */
  readonly day: (day: string) => string;
  /** The last day that counts of a period that ends before `end`. */
  readonly lastDay: (end: string) => string;
  /** The calendar day of a moment in the tenant's zone. */
  readonly dayOf: (moment: Date) => string;
  readonly moment: (moment: Date) => string;
  /** Basis points in words: 1800 is `18 %`. */
  readonly percent: (basisPoints: number) => string;
}

/** The formats for a language tag and a zone. Pure, so server and client show the same. */
export function showFor(tag: string, zone: string, now: Date): Show {
  const locale = localeOfTag(tag);
  const day = (text: string): string => (isDateOnly(text) ? formatDate(text) : text);
  return {
    locale,
    today: todayIn(zone, now),
    money: (amount) => formatMoney(amount, locale),
    sign: (currency) => formatMoney({ minor: 0n, currency }, locale).replace(formatAmount({ minor: 0n, currency }, locale), '').trim(),
    day,
    lastDay: (end) => (isDateOnly(end) ? formatDate(addDays(end, -1)) : end),
    dayOf: (moment) => formatDate(todayIn(zone, moment)),
    moment: (moment) => formatInstant(moment, zone),
    percent: (basisPoints) => {
      const number = String(basisPoints / 100);
      return locale === 'en' ? `${number}%` : `${number.replace('.', ',')} %`;
    },
  };
}
