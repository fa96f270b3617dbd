import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { countryFacts } from '../country-packs/countries'
import type { Country } from '../country-packs/countries'
import { DomainError } from '../errors'

export type Phone = {
  /** `+38344123456` */
  readonly e164: string
  /** True when the number is a mobile of the country it was parsed for; unknown (false) for numbers abroad. */
  readonly mobile: boolean
}

/**
 * Reads a phone number as typed (`070 123 456`, `044/123-456`, `00383 44 123 456`, `+389 (0)70 123 456`) to E.164.
 * Numbers of other countries are welcome in international form: many members live abroad.
 * Throws DomainError `errors.required` or `errors.phone`.
 */
export function parsePhone(raw: string, country: Country): Phone {
  const text = raw.normalize('NFKC').trim()
  if (text === '') throw new DomainError('INVALID', 'errors.required')
  if (text.length > 40 || !/^\+?[\d\s()./-]+$/u.test(text)) throw new DomainError('INVALID', 'errors.phone')
  const international = text.replace(/^00/u, '+').replace(/^(\+\d{1,3}\s*)\(0\)/u, '$1')
  const parsed = parsePhoneNumberFromString(international, { defaultCountry: country, extract: false })
  if (parsed === undefined || !parsed.isValid()) throw new DomainError('INVALID', 'errors.phone')
  const facts = countryFacts[country]
  const mobile = parsed.countryCallingCode === facts.callingCode && facts.mobile.test(parsed.nationalNumber)
  return { e164: parsed.number, mobile }
}

/** Shown back clean: `+383 44 123 456`. A text that is no number comes back unchanged. */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}
