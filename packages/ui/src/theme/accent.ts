import type { CSSProperties } from 'react';
import { clampContrast, parseHex } from './contrast';

/** The house accent, used when a tenant has none. */
export const HOUSE_ACCENT = '#0f6b62';

/* The darkest grounds accent text stands on in light, the lightest in dark: sunken, and the accent's own soft tint. */
const LIGHT_GROUNDS = ['#f2f0ea', '#ffffff'] as const;
const DARK_GROUNDS = ['#1b2624', '#0b1312'] as const;
const RATIO = 5.3;

/**
 * The accents a tenant's colour becomes: one for light and one for dark. Both hold at least AA (4.5:1) as text on every
 * ground of the theme, and as a ground under the button's own text. A string that is no colour gives the house accent.
 */
export function accentPair(hex: string): { light: string; dark: string } {
  const base = parseHex(hex) ? (hex.trim().startsWith('#') ? hex.trim() : `#${hex.trim()}`) : HOUSE_ACCENT;
  return {
    light: clampContrast(base, LIGHT_GROUNDS, RATIO, 'black'),
    dark: clampContrast(base, DARK_GROUNDS, RATIO + 1, 'white'),
  };
}

/** Style for `<html>` that makes `hex` the accent, clamped to AA in light and dark. Null or undefined keeps the house's. */
export function accentStyle(hex: string | null | undefined): CSSProperties {
  if (!hex) return {};
  const { light, dark } = accentPair(hex);
  return { '--tenant-accent-light': light, '--tenant-accent-dark': dark } as CSSProperties;
}
