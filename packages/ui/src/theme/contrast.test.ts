import { describe, expect, it } from 'vitest';
import { accentPair, accentStyle } from './accent';
import { clampContrast, contrastRatio, parseHex } from './contrast';

describe('contrast', () => {
  it('measures as WCAG does', () => {
    expect(contrastRatio('#000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
  it('refuses what is no colour', () => {
    expect(parseHex('teal')).toBeNull();
    expect(() => contrastRatio('red', '#fff')).toThrow(RangeError);
  });
  it('leaves a good colour alone', () => {
    expect(clampContrast('#0f6b62', ['#ffffff'], 4.5, 'black')).toBe('#0f6b62');
  });
});

describe('accent of a tenant', () => {
  const wild = ['#ffff00', '#ffffff', '#000000', '#ff0000', '#c8661b', '#123456', '00ff88', '#abc'];
  it.each(wild)('%s is readable as text and under text, in light and dark', (hex) => {
    const { light, dark } = accentPair(hex);
    for (const ground of ['#fbfaf7', '#ffffff', '#f2f0ea']) expect(contrastRatio(light, ground)).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['#0e1514', '#151e1c', '#1b2624', '#0b1312']) expect(contrastRatio(dark, ground)).toBeGreaterThanOrEqual(4.5);
  });
  it('keeps the house accent for nothing and for nonsense', () => {
    expect(accentStyle(null)).toEqual({});
    expect(accentPair('url(javascript:1)').light).toBe('#0f6b62');
  });
});
