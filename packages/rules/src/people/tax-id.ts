import type { Country } from '../country-packs/countries'
import { DomainError } from '../errors'
import { digitsOnly, weightedCheckDigit } from './digits'

export type TaxId = { readonly value: string; readonly warnings: readonly 'checksumUnsure'[] }

function withoutPrefix(text: string, prefixes: readonly string[]): string {
  const written = prefixes.find((prefix) => text.toUpperCase().startsWith(prefix.toUpperCase()))
  return written === undefined ? text : text.slice(written.length)
}

/**
 * Reads a company's tax number as the country writes it; letters that stand in front by custom are dropped. A number
 * whose check digit is uncertain comes back with a warning. Throws DomainError `errors.required`,
 * `errors.taxId.digits`, `.length` or `.checksum`.
 */
export function parseTaxId({ taxId: form }: Country, raw: string): TaxId {
  const digits = digitsOnly(withoutPrefix(raw.trim(), form.prefixes))
  if (digits === '') throw new DomainError('INVALID', 'errors.required')
  if (digits === null) throw new DomainError('INVALID', 'errors.taxId.digits')
  if (digits.length !== form.digits) throw new DomainError('INVALID', 'errors.taxId.length', { params: { digits: form.digits } })
  if (form.check === null) return { value: digits, warnings: ['checksumUnsure'] }
  const fits = weightedCheckDigit(digits.slice(0, -1), form.check.weights) === Number(digits.at(-1))
  if (!fits && form.check.certain) throw new DomainError('INVALID', 'errors.taxId.checksum')
  return { value: digits, warnings: fits ? [] : ['checksumUnsure'] }
}
