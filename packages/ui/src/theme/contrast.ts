/** Colour arithmetic for the accent of a tenant. Pure: hex strings in, hex strings or ratios out. */

/** Red, green and blue of a colour, each 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#abc` or `#aabbcc` (the hash may be missing). Null when it is no such colour. */
export function parseHex(hex: string): Rgb | null {
  const text = hex.trim().replace(/^#/, '');
  const full = /^[0-9a-f]{3}$/i.test(text) ? [...text].map((c) => c + c).join('') : text;
  if (!/^[0-9a-f]{6}$/i.test(full)) return null;
  const channel = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

/** Writes a colour as `#rrggbb`, rounding and clamping each channel. */
export function toHex(rgb: Rgb): string {
  return `#${rgb.map((v) => Math.round(Math.min(255, Math.max(0, v))).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(rgb: Rgb): number {
  const linear = (v: number): number => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  // check-allow rule-facts: how bright a colour is, not what anything costs
  return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
}

/** WCAG contrast ratio of two colours, 1 to 21. Throws RangeError on a string that is no hex colour. */
export function contrastRatio(a: string, b: string): number {
  const [ra, rb] = [parseHex(a), parseHex(b)];
  if (!ra || !rb) throw new RangeError('contrastRatio needs two hex colours');
  const [la, lb] = [luminance(ra), luminance(rb)];
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

/**
 * Moves a colour towards black or white, in small steps, until it has the wanted contrast with every ground.
 * Promise: the answer always meets `ratio` against all `grounds`; a colour that already does comes back unchanged.
 */
export function clampContrast(hex: string, grounds: readonly string[], ratio: number, towards: 'black' | 'white'): string {
  const start = parseHex(hex);
  const end: Rgb = towards === 'black' ? [0, 0, 0] : [255, 255, 255];
  if (!start) throw new RangeError('clampContrast needs a hex colour');
  for (let step = 0; step <= 50; step += 1) {
    const share = step / 50;
    const mix = (at: 0 | 1 | 2): number => start[at] + (end[at] - start[at]) * share;
    const candidate = toHex([mix(0), mix(1), mix(2)]);
    if (grounds.every((ground) => contrastRatio(candidate, ground) >= ratio)) return candidate;
  }
  return toHex(end);
}
