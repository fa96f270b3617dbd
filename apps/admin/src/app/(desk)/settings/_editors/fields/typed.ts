import { exponentOf, formatAmount, isCurrency, parseMoney } from '@interdomestik/rules/money';
import type { Locale } from '@interdomestik/rules/locales';

/**
 * Figures as people type them. What cannot be read comes back as null, and a field then keeps the text itself in the document: it is
 * saved with the draft, and the check names it.
 */

/** `1.200` or `1200` of a whole number; a mark groups thousands here, for no count has decimals. */
export function readWhole(text: string): number | null {
  const clean = text.trim();
  if (!/^\d{1,3}(?:[., ]\d{3})+$|^\d{1,9}$/u.test(clean)) return null;
  return Number(clean.replaceAll(/[., ]/gu, ''));
}

/** `18`, `18,5`, `18.25 %` as basis points; two decimals at most. */
export function readPercent(text: string): number | null {
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/u.exec(text.trim());
  if (found === null) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** `18,5` of 1850 basis points. */
export function percentText(basisPoints: number, locale: Locale): string {
  return String(basisPoints / 100).replace('.', locale === 'en' ? '.' : ',');
}

/** Minor units as text, of an amount typed in its currency. */
export function readAmount(text: string, currency: string): string | null {
  if (!isCurrency(currency)) return null;
  try {
    return parseMoney(text, currency).minor.toString();
  } catch {
    return null;
  }
}

/** `1.234,50` of stored minor units; anything else as it stands. */
export function amountText(minor: string, currency: string, locale: Locale): string {
  return isCurrency(currency) && /^-?\d{1,15}$/u.test(minor) ? formatAmount({ minor: BigInt(minor), currency }, locale) : minor;
}

/** What stands in an empty amount box: `0,00`. */
export const amountHint = (currency: string, locale: Locale): string => (isCurrency(currency) && exponentOf(currency) >= 0 ? amountText('0', currency, locale) : '');

/** `30, 14, 3` as whole numbers. */
export function readList(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== '');
  return parts.every((part) => /^\d{1,6}$/u.test(part)) ? parts.map(Number) : null;
}
