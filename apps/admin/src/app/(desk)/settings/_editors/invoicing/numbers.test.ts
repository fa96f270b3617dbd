import { parseDateOnly } from '@interdomestik/rules/periods';
import { describe, expect, it } from 'vitest';
import { exampleNumbers } from './numbers';

const facts = { country: 'MK', today: parseDateOnly('2026-11-23'), fiscalYearStartMonth: 1 };

describe('examples of numbers', () => {
  it.each([
    ['F-{year}-{n:6}', 'F', 'F-2026-000001, F-2026-000002, … F-2026-001250'],
    ['{series}{country}/{n:3}', 'AB', 'ABMK/001, ABMK/002, … ABMK/1250'],
  ])('%s', (pattern, series, expected) => {
    expect(exampleNumbers(pattern, series, facts)).toBe(expected);
  });

  it('carry the fiscal year, and fall back to the calendar year for a month that is still typed', () => {
    expect(exampleNumbers('{year}/{n}', 'F', { ...facts, fiscalYearStartMonth: 12 })).toBe('2025/1, 2025/2, … 2025/1250');
    expect(exampleNumbers('{year}/{n}', 'F', { ...facts, fiscalYearStartMonth: Number.NaN })).toContain('2026/1');
  });

  it.each(['', 'F-{year}', '{n}{n}', '{x}-{n}', '<b>{n}'])('%j is no pattern', (pattern) => {
    expect(exampleNumbers(pattern, 'F', facts)).toBeNull();
  });
});
