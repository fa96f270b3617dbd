/** Digits of a typed number without the separators people use; null when anything else is in it. */
export function digitsOnly(raw: string): string | null {
  const bare = raw.normalize('NFKC').replace(/[\s.\-/–]/gu, '')
  return /^\d*$/u.test(bare) ? bare : null
}

/** The control digit of `digits`: 11 minus their weighted sum modulo 11, where 10 and 11 give 0. */
export function weightedCheckDigit(digits: string, weights: readonly number[]): number {
  const check = 11 - (weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0) % 11)
  return check >= 10 ? 0 : check
}
