import type { Country, PersonalNumberForm } from '../country-packs/countries'
import { DomainError } from '../errors'
import { dateOf } from '../periods'
import type { DateOnly } from '../periods'
import { digitsOnly, weightedCheckDigit } from './digits'

/** Something that staff should look at; never a reason to refuse. */
export type PersonalNumberWarning = 'leadingZeroRestored' | 'checksumUnsure' | 'implausible'

export type PersonalNumber = {
  readonly value: string
  /** Which of the country's forms it has. */
  readonly kind: string
  /** Present when the number carries it. */
  readonly birthDate?: DateOnly
  readonly warnings: readonly PersonalNumberWarning[]
}

/** Whether people of the country are asked for a personal number at all. */
export function asksPersonalNumber(country: Country): boolean {
  return country.personalNumbers.length > 0
}

function refuse(key: string, params?: Record<string, string | number>): DomainError {
  return new DomainError('INVALID', key, { params })
}

/** The date in the first seven digits DDMMYYY of an EMBG or JMBG (987 is 1987, 003 is 2003), or null. */
export function birthDateOf(number: string): DateOnly | null {
  const year = Number(number.slice(4, 7))
  return dateOf(year >= 800 ? 1000 + year : 2000 + year, Number(number.slice(2, 4)), Number(number.slice(0, 2)))
}

/** The control digit K of the first twelve digits of an EMBG or JMBG. */
export function birthNumberCheckDigit(number: string): number {
  return weightedCheckDigit(number.slice(0, 12), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
}

function readForm(digits: string, { kind, bornFirst, check }: PersonalNumberForm): PersonalNumber {
  const warnings: PersonalNumberWarning[] = []
  const birthDate = bornFirst ? birthDateOf(digits) : undefined
  if (birthDate === null) throw refuse('errors.personalNumber.birthDate')
  if (check !== null && weightedCheckDigit(digits.slice(0, -1), check.weights) !== Number(digits.at(-1))) {
    if (check.certain) throw refuse('errors.personalNumber.checksum')
    warnings.push('checksumUnsure')
  }
  if (!bornFirst && /^(\d)\1+$/u.test(digits)) warnings.push('implausible')
  return { value: digits, kind, ...(birthDate === undefined ? {} : { birthDate }), warnings }
}

/** A spreadsheet drops the leading zero of people born before the tenth of a month: put it back when all else fits. */
function restored(digits: string, forms: readonly PersonalNumberForm[]): PersonalNumber | null {
  const form = forms.find(({ bornFirst, digits: length }) => bornFirst && length - 1 === digits.length)
  if (form === undefined) return null
  try {
    const { warnings, ...number } = readForm(`0${digits}`, form)
    return { ...number, warnings: ['leadingZeroRestored', ...warnings] }
  } catch {
    return null
  }
}

/**
 * Reads a personal number of a country that has one; spaces, dots and hyphens are ignored. Numbers whose check digit is
 * certain are refused when it fails; others come back with warnings. Throws DomainError `errors.required`,
 * `errors.personalNumber.digits`, `.length`, `.birthDate` or `.checksum`.
 */
export function parsePersonalNumber({ personalNumbers: forms }: Country, raw: string): PersonalNumber {
  const digits = digitsOnly(raw)
  if (digits === '') throw refuse('errors.required')
  if (digits === null) throw refuse('errors.personalNumber.digits')
  const form = forms.find(({ digits: length }) => length === digits.length)
  const number = form === undefined ? restored(digits, forms) : readForm(digits, form)
  if (number === null) throw refuse('errors.personalNumber.length', { digits: forms[0]?.digits ?? 0 })
  return number
}

/** A number shown where its owner is known but the whole is nobody's business: the last four digits. */
export function maskPersonalNumber(value: string): string {
  return '•'.repeat(Math.max(0, value.length - 4)) + value.slice(-4)
}
