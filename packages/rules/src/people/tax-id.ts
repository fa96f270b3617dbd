import { countryFacts } from '../country-packs/countries'
import type { Country } from '../country-packs/countries'
import { DomainError } from '../errors'
import { checkDigitOf, digitsOnly } from './digits'

export type TaxId = { readonly value: string; readonly warnings: readonly 'checksumUnsure'[] }

/**
 * Reads a company's tax number: 13 digits with a checked last digit in MK (an `MK`/`МК` prefix is dropped), 9 digits
 * with an uncertain check in XK. Throws DomainError `errors.required`, `errors.taxId.digits`, `.length` or `.checksum`.
 */
export function parseTaxId(country: Country, raw: string): TaxId {
  const facts = countryFacts[country]
  const digits = digitsOnly(raw.trim().replace(facts.taxIdPrefix, ''))
  if (digits === '') throw new DomainError('INVALID', 'errors.required')
  if (digits === null) throw new DomainError('INVALID', 'errors.taxId.digits')
  if (digits.length !== facts.taxIdDigits) {
    throw new DomainError('INVALID', 'errors.taxId.length', { params: { digits: facts.taxIdDigits } })
  }
  if (!facts.taxIdChecked) return { value: digits, warnings: ['checksumUnsure'] }
  const sum = checkDigitOf(digits.slice(0, -1), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
  const check = ((11 - sum) % 11) % 10
  if (check !== Number(digits.at(-1))) throw new DomainError('INVALID', 'errors.taxId.checksum')
  return { value: digits, warnings: [] }
}
