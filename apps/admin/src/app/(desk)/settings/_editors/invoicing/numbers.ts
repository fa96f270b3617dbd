import { formatNumber } from '@interdomestik/rules/numbering';
import { fiscalYear, type DateOnly } from '@interdomestik/rules/periods';
import { isDomainError } from '@interdomestik/rules/errors';

export interface ExampleFacts {
  readonly country: string;
  readonly today: DateOnly;
  readonly fiscalYearStartMonth: number;
}

/** What the first numbers and a later one of a pattern look like, as the real documents would carry them; null while the pattern cannot be read. */
export function exampleNumbers(pattern: string, series: string, { country, today, fiscalYearStartMonth }: ExampleFacts): string | null {
  try {
    const month = Number.isInteger(fiscalYearStartMonth) && fiscalYearStartMonth >= 1 && fiscalYearStartMonth <= 12 ? fiscalYearStartMonth : 1;
    const year = fiscalYear(today, month);
    const [first, second, later] = [1n, 2n, 1250n].map((n) => formatNumber(pattern, { country, year, n, series }));
    return `${first ?? ''}, ${second ?? ''}, … ${later ?? ''}`;
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}
