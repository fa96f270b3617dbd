import { ageOn, readReceipt, type DateOnly, type Facts, type Locale, type Money, type Quote } from '@interdomestik/rules';
import { sayLines, sayReceipt, type SaidLine } from '@interdomestik/i18n';

/** What is known of a buyer when the price is made. */
export interface Buyer {
  readonly birthDate?: DateOnly | undefined;
  readonly city?: string | undefined;
  /** Branch that the buyer will belong to. */
  readonly branchCode: string | null;
  /** Had a membership before. */
  readonly returning: boolean;
}

/** The buyer as the conditions of discounts and coupons know one. */
export const factsAbout = ({ birthDate, city, branchCode, returning }: Buyer, on: DateOnly): Partial<Facts<'sale'>> => ({
  branch: branchCode, age: birthDate === undefined ? null : ageOn(birthDate, on), city: city ?? null, returning,
});

/** A price as a screen shows it before anything is bought. */
export interface PriceView {
  readonly planCode: string;
  readonly lines: SaidLine[];
  /** Before anything was taken off. */
  readonly list: Money;
  readonly total: Money;
  readonly net: Money;
  readonly vat: Money;
  readonly vatRateBp: number;
  readonly startsOn: DateOnly;
  readonly endsOn: DateOnly;
  readonly periodMonths: number;
  /** How the price came about, in sentences. */
  readonly steps: string[];
  /** False when discounts take off more than the coupon that was given: it stays unused. */
  readonly couponUsed: boolean;
}

export function priceView(priced: Quote, locale: Locale): PriceView {
  return {
    planCode: priced.plan.code, lines: sayLines(priced.lines, locale), list: priced.list, total: priced.money, net: priced.vat.net, vat: priced.vat.vat, vatRateBp: priced.vat.rateBp,
    startsOn: priced.period.start, endsOn: priced.period.end, periodMonths: priced.plan.periodMonths, steps: [...sayReceipt(priced.receipt, locale).steps], couponUsed: priced.coupon !== null,
  };
}

/** The lines of a stored sale in words, for mails; empty where it is the plan alone, which is named anyway. */
export function linesOfSale(receipt: unknown, locale: Locale): SaidLine[] {
  const read = readReceipt(receipt);
  const lines = read === null ? [] : sayReceipt(read, locale).lines;
  return lines.length > 1 ? [...lines] : [];
}
