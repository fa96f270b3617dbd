import type { PersonalNumberForm } from '../country-packs'
import { birthDateOf } from '../people'
import { weightedCheckDigit } from '../people/digits'
import { dateOf } from '../periods'
import type { DateOnly } from '../periods'

/** How the dates of a file are written: `31.12.2025` or `2025-12-31`. */
export const dateStyles = ['dmy', 'iso'] as const
export type DateStyle = (typeof dateStyles)[number]
/** How the amounts of a file are written: `1.234,56` or `1234.56`. */
export const decimalStyles = ['comma', 'point'] as const
export type DecimalStyle = (typeof decimalStyles)[number]

export type EmbgCell =
  | { readonly kind: 'valid' | 'repaired'; readonly value: string; readonly birthDate: DateOnly | null }
  | { readonly kind: 'scientific' | 'bad' }

const localDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u
const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/u
const commaAmount = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?(?: ден\.)?$/u
const pointAmount = /^(\d+)(?:\.(\d{1,2}))?$/u
const scientific = /^\d(?:[.,]\d+)?E\+?\d+$/iu
const maxAmountDigits = 15

/** A number as somebody wrote it: without Excel's mark for text in front and without inner spaces. */
export function bareNumber(cell: string): string {
  return cell.replace(/^['’]/u, '').replace(/\s+/gu, '')
}

/** Whether a spreadsheet has written a number as `1,01199E+12`: its last digits are lost. */
export function isScientific(bare: string): boolean {
  return scientific.test(bare)
}

function fits(digits: string, { digits: length, bornFirst, check }: PersonalNumberForm): boolean {
  if (digits.length !== length || !/^\d+$/u.test(digits) || (bornFirst && birthDateOf(digits) === null)) return false
  return check === null || !check.certain || weightedCheckDigit(digits.slice(0, -1), check.weights) === Number(digits.at(-1))
}

/** Reads a personal number in one of the country's forms; one that lost its leading zero comes back repaired where everything else of it is right. */
export function readEmbg(cell: string, forms: readonly PersonalNumberForm[]): EmbgCell {
  const bare = bareNumber(cell)
  for (const form of forms) if (fits(bare, form)) return { kind: 'valid', value: bare, birthDate: form.bornFirst ? birthDateOf(bare) : null }
  for (const form of forms) {
    const whole = `0${bare}`
    if (form.bornFirst && fits(whole, form)) return { kind: 'repaired', value: whole, birthDate: birthDateOf(whole) }
  }
  return { kind: isScientific(bare) ? 'scientific' : 'bad' }
}

/** The day in the file's own style, or null: nothing is guessed, neither American order nor the day numbers of a spreadsheet. */
export function readDate(cell: string, style: DateStyle): DateOnly | null {
  if (style === 'iso') {
    const iso = isoDate.exec(cell)
    return iso === null ? null : dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  }
  const local = localDate.exec(cell)
  return local === null ? null : dateOf(Number(local[3]), Number(local[2]), Number(local[1]))
}

/** The amount in hundredths in the file's own style, or null for anything that is not plainly one. */
export function readAmount(cell: string, style: DecimalStyle): bigint | null {
  const parts = (style === 'comma' ? commaAmount : pointAmount).exec(cell)
  if (parts === null) return null
  const digits = (parts[1] ?? '').replaceAll('.', '') + (parts[2] ?? '').padEnd(2, '0')
  return digits.replace(/^0+/u, '').length > maxAmountDigits ? null : BigInt(digits)
}

/** The form in which words of a list are compared: without case and without any white space. */
export function wordKey(cell: string): string {
  return cell.normalize('NFC').toLowerCase().replace(/\s+/gu, '')
}

/** The form in which e-mail addresses are compared; empty for none. */
export function emailKey(cell: string): string {
  return cell.toLowerCase()
}

/** The form in which phones are compared: of one number in any spelling the digits after the country's code and the trunk zero. Empty for none. */
export function phoneKey(cell: string, callingCode: string): string {
  const digits = cell.replace(/\D+/gu, '')
  const abroad = digits.startsWith('00') ? digits.slice(2) : digits
  const national = abroad.startsWith(callingCode) ? abroad.slice(callingCode.length) : abroad
  return national.startsWith('0') ? national.slice(1) : national
}

/** Whether a spreadsheet would take the text for a formula. It is stored as it is and never evaluated. */
export function looksLikeFormula(cell: string): boolean {
  return /^[=+\-@]/u.test(cell)
}
