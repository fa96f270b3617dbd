import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Country } from '../country-packs/countries'
import { DomainError } from '../errors'

export type Phone = {
  /** `+38344123456` */
  readonly e164: string
  /** True when the number is a mobile of the country it was parsed for; unknown (false) for numbers abroad. */
  readonly mobile: boolean
}

type Read = { readonly e164: string; readonly callingCode: string; readonly national: string }

/** What the world's numbering plans say of it; null for no number. `home` is where a number without calling code is dialled. */
function byPlans(text: string, home: Country): Read | null {
  const defaultCountry = isSupportedCountry(home.code) ? home.code : undefined
  const parsed = parsePhoneNumberFromString(text, { ...(defaultCountry === undefined ? {} : { defaultCountry }), extract: false })
  if (parsed === undefined || !parsed.isValid()) return null
  return { e164: parsed.number, callingCode: parsed.countryCallingCode, national: parsed.nationalNumber }
}

/** For a country whose plan nobody has published: what its pack says of it. Null where the number is not of that country. */
function byPack(text: string, { callingCode, trunk, digits }: Country['phone']): Read | null | 'abroad' {
  const abroad = text.startsWith('+') && !text.startsWith(`+${callingCode}`)
  if (abroad) return 'abroad'
  const bare = text.replace(/[^\d+]/gu, '')
  const dialled = bare.startsWith('+') ? bare.slice(1 + callingCode.length) : bare
  const national = trunk !== '' && dialled.startsWith(trunk) ? dialled.slice(trunk.length) : dialled
  if (!/^\d+$/u.test(national) || national.length < digits.min || national.length > digits.max) return null
  return { e164: `+${callingCode}${national}`, callingCode, national }
}

const hasPublishedPlan = ({ code, phone }: Country): boolean => isSupportedCountry(code) && getCountryCallingCode(code) === phone.callingCode

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
  const own = hasPublishedPlan(country) ? 'abroad' : byPack(international, country.phone)
  const read = own === 'abroad' ? byPlans(international, country) : own
  if (read === null) throw new DomainError('INVALID', 'errors.phone')
  const { callingCode, mobilePrefixes, digits } = country.phone
  const fits = read.callingCode === callingCode && read.national.length >= digits.min && read.national.length <= digits.max
  return { e164: read.e164, mobile: fits && mobilePrefixes.some((prefix) => read.national.startsWith(prefix)) }
}

/** Shown back clean: `+383 44 123 456`. A text that is no number comes back unchanged. */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}
