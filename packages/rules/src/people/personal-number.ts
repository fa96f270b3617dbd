import { countryFacts } from '../country-packs/countries'
import type { Country, PersonalNumberKind } from '../country-packs/countries'
import { DomainError } from '../errors'
import { dateOf } from '../periods'
import type { DateOnly } from '../periods'
import { checkDigitOf, digitsOnly } from './digits'

/** Something that staff should look at; never a reason to refuse. */
export type PersonalNumberWarning = 'leadingZeroRestored' | 'checksumUnsure' | 'implausible'

export type PersonalNumber = {
  readonly value: string
  readonly kind: PersonalNumberKind
  /** Present when the number carries it. */
  readonly birthDate?: DateOnly
  readonly warnings: readonly PersonalNumberWarning[]
}

const birthNumberDigits = 13
const xkDigits = 10

function refuse(key: string, params?: Record<string, string | number>): DomainError {
  return new DomainError('INVALID', key, { params })
}

/** The date in the first seven digits DDMMYYY of an EMBG or JMBG (987 is 1987, 003 is 2003), or null. */
export function birthDateOf(number: string): DateOnly | null {
  const year = Number(number.slice(4, 7))
  return dateOf(year >= 800 ? 1000 + year : 2000 + year, Number(number.slice(2, 4)), Number(number.slice(0, 2)))
}

/** The control digit K of the first twelve digits: 11 minus the weighted sum modulo 11, where 10 and 11 give 0. */
export function birthNumberCheckDigit(number: string): number {
  const check = 11 - checkDigitOf(number.slice(0, 12), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
  return check >= 10 ? 0 : check
}

function birthNumber(digits: string, kind: PersonalNumberKind): PersonalNumber {
  const birthDate = birthDateOf(digits)
  if (birthDate === null) throw refuse('errors.personalNumber.birthDate')
  if (birthNumberCheckDigit(digits) !== Number(digits.at(-1))) throw refuse('errors.personalNumber.checksum')
  return { value: digits, kind, birthDate, warnings: [] }
}

/** A spreadsheet drops the leading zero of people born before the tenth of a month: put it back when all else fits. */
function restoredBirthNumber(digits: string, kind: PersonalNumberKind): PersonalNumber | null {
  if (digits.length !== birthNumberDigits - 1) return null
  try {
    return { ...birthNumber(`0${digits}`, kind), warnings: ['leadingZeroRestored'] }
  } catch {
    return null
  }
}

function xkNumber(digits: string): PersonalNumber {
  const warnings: PersonalNumberWarning[] = []
  const check = 11 - checkDigitOf(digits.slice(0, 9), [4, 3, 2, 7, 6, 5, 4, 3, 2])
  if ((check >= 10 ? 0 : check) !== Number(digits.at(-1))) warnings.push('checksumUnsure')
  if (/^(\d)\1+$/u.test(digits)) warnings.push('implausible')
  return { value: digits, kind: 'xk', warnings }
}

/**
 * Reads a personal number of a country; spaces, dots and hyphens are ignored. Numbers whose check digit is certain are
 * refused when it fails; others come back with warnings. Throws DomainError `errors.required`,
 * `errors.personalNumber.digits`, `.length`, `.birthDate` or `.checksum`.
 */
export function parsePersonalNumber(country: Country, raw: string): PersonalNumber {
  const digits = digitsOnly(raw)
  if (digits === '') throw refuse('errors.required')
  if (digits === null) throw refuse('errors.personalNumber.digits')
  const kinds = countryFacts[country].personalNumbers
  const birthKind = kinds.find((kind) => kind !== 'xk')
  if (kinds.includes('xk') && digits.length === xkDigits) return xkNumber(digits)
  if (birthKind !== undefined) {
    if (digits.length === birthNumberDigits) return birthNumber(digits, birthKind)
    const restored = restoredBirthNumber(digits, birthKind)
    if (restored !== null) return restored
  }
  throw refuse('errors.personalNumber.length', { digits: kinds.includes('xk') ? xkDigits : birthNumberDigits })
}

/** A number shown where its owner is known but the whole is nobody's business: the last four digits. */
export function maskPersonalNumber(value: string): string {
  return '•'.repeat(Math.max(0, value.length - 4)) + value.slice(-4)
}
