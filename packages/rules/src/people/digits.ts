/** Digits of a typed number without the separators people use; null when anything else is in it. */
export function digitsOnly(raw: string): string | null {
  const bare = raw.normalize('NFKC').replace(/[\s.\-/–]/gu, '')
  return /^\d*$/u.test(bare) ? bare : null
}

/** Weighted digit sum modulo 11. */
export function checkDigitOf(digits: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0) % 11
}
