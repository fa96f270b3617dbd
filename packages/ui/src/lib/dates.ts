/** Reading and showing dates as people here write them. Dates are plain `YYYY-MM-DD`; no zone is involved. */

const real = (y: number, m: number, d: number): boolean => {
  const date = new Date(Date.UTC(y, m - 1, d));
  return y >= 1000 && y <= 9999 && date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
};
const iso = (y: number, m: number, d: number): string | null =>
  real(y, m, d) ? `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}` : null;

/**
 * Reads `31.12.2025`, `1.2.2025.`, `31/12/2025`, `31-12-2025`, `31 12 2025`, `31122025` and `2025-12-31`.
 * Two-digit years are refused: a birthday and an expiry would be guessed differently. Null when it is no real day.
 */
export function parseDateText(text: string): string | null {
  const clean = text.trim();
  const year = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(clean);
  if (year) return iso(Number(year[1]), Number(year[2]), Number(year[3]));
  const local = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})\.?$/.exec(clean) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(clean);
  return local ? iso(Number(local[3]), Number(local[2]), Number(local[1])) : null;
}

/** Shows `2025-12-31` as `31.12.2025`. Anything else comes back unchanged. */
export function formatDateText(value: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]}` : value;
}
