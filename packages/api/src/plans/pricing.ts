import {
  ageOn, inLocale, instalmentsOffered, isDomainError, payableNow, quote, readReceipt, type DateOnly, type Facts, type Locale, type Money, type Quote, type QuoteRequest, type QuoteRules, type Schedule,
} from '@interdomestik/rules';
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

/** A part of a price as a screen shows it. */
export interface PartView {
  readonly number: number;
  readonly dueOn: DateOnly;
  readonly amount: Money;
}

const partsOf = (schedule: Schedule | null): PartView[] => schedule?.instalments.map(({ number, dueOn, money }) => ({ number, dueOn, amount: money })) ?? [];

/** A way to pay a sale in parts. */
export interface InstalmentPlanView {
  readonly code: string;
  readonly title: string;
  readonly total: Money;
  /** What it costs more than paying at once. */
  readonly surcharge: Money | null;
  readonly parts: PartView[];
}

/** Every way in which this sale may be paid in parts, each with what it would cost then. One under which a part would be worth nothing is left out. */
export function instalmentPlansFor(rules: QuoteRules, request: QuoteRequest, locale: Locale): InstalmentPlanView[] {
  return instalmentsOffered(rules.products.value, request).flatMap((code) => {
    try {
      const priced = quote(rules, { ...request, instalmentsCode: code });
      const titles = rules.products.value.instalments.find((candidate) => candidate.code === code)?.titles;
      return [{
        code, title: titles === undefined ? code : inLocale(titles, locale), total: priced.money, surcharge: priced.lines.find(({ kind }) => kind === 'surcharge')?.money ?? null, parts: partsOf(priced.schedule),
      }];
    } catch (error) {
      if (isDomainError(error) && error.messageKey === 'errors.instalments.tooLittle') return [];
      throw error;
    }
  });
}

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
  /** What is paid now: the first part of a price in parts, else the total. */
  readonly now: Money;
  /** When how much is due; empty where everything is paid at once. */
  readonly instalments: PartView[];
  /** How the price came about, in sentences. */
  readonly steps: string[];
  /** False when discounts take off more than the coupon that was given: it stays unused. */
  readonly couponUsed: boolean;
}

export function priceView(priced: Quote, locale: Locale): PriceView {
  return {
    planCode: priced.plan.code, lines: sayLines(priced.lines, locale), list: priced.list, total: priced.money, net: priced.vat.net, vat: priced.vat.vat, vatRateBp: priced.vat.rateBp,
    startsOn: priced.period.start, endsOn: priced.period.end, periodMonths: priced.plan.periodMonths, now: payableNow(priced), instalments: partsOf(priced.schedule), steps: [...sayReceipt(priced.receipt, locale).steps], couponUsed: priced.coupon !== null,
  };
}

/** The lines of a stored sale in words, for mails; empty where it is the plan alone, which is named anyway. */
export function linesOfSale(receipt: unknown, locale: Locale): SaidLine[] {
  const read = readReceipt(receipt);
  const lines = read === null ? [] : sayReceipt(read, locale).lines;
  return lines.length > 1 ? [...lines] : [];
}
