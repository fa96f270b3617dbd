import { add, type Money } from '@interdomestik/rules/money';

/** Amounts added up, one sum per currency. */
export function totalsOf(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, Money>();
  for (const amount of amounts) {
    const sum = sums.get(amount.currency);
    sums.set(amount.currency, sum === undefined ? amount : add(sum, amount));
  }
  return [...sums.values()];
}
