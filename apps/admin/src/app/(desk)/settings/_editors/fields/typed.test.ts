import { describe, expect, it } from 'vitest';
import { amountText, percentText, readAmount, readList, readPercent, readWhole } from './typed';

describe('figures as they are typed', () => {
  it.each([['18', 1800], ['18,5', 1850], [' 18.25 %', 1825], ['0', 0], ['100', 10_000], ['7,05', 705]])('%s is that share', (text, basisPoints) => {
    expect(readPercent(text)).toBe(basisPoints);
  });

  it.each(['', 'x', '-5', '18,555', '1.8e3', '18 percent', '1234'])('"%s" is no share', (text) => {
    expect(readPercent(text)).toBeNull();
  });

  it('shows back what it read, in the mark of the language', () => {
    expect(percentText(1850, 'mk')).toBe('18,5');
    expect(percentText(1850, 'en')).toBe('18.5');
    for (const basisPoints of [0, 5, 705, 1800, 9999]) expect(readPercent(percentText(basisPoints, 'sq'))).toBe(basisPoints);
  });

  it.each([['5', 5], ['1.200', 1200], ['1 200', 1200], ['1200', 1200], ['5,5', null], ['', null], ['-1', null], ['12 3', null]])('"%s" as a whole number', (text, whole) => {
    expect(readWhole(text)).toBe(whole);
  });

  it('keeps amounts as text in minor units', () => {
    expect(readAmount('1.234,50', 'MKD')).toBe('123450');
    expect(readAmount('twenty', 'EUR')).toBeNull();
    expect(readAmount('20', 'nothing')).toBeNull();
    expect(amountText('123450', 'MKD', 'mk')).toBe('1.234,50');
    expect(amountText('twenty', 'EUR', 'mk')).toBe('twenty');
  });

  it('reads a list of numbers, however they are parted', () => {
    expect(readList('30, 14;3  1')).toEqual([30, 14, 3, 1]);
    expect(readList('')).toEqual([]);
    expect(readList('30, x')).toBeNull();
  });
});
