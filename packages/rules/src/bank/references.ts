import type { Entropy } from '../ids'

/**
 * How a payer's reference is written. `digits`: twelve digits, the last two of which check the ten before. `rf`: the creditor reference of ISO 11649, whose two digits after
 * the letters check the rest. Both by ISO 7064 modulo 97, so that a wrong digit and two that changed places are always noticed.
 */
export const referenceForms = ['digits', 'rf'] as const
export type ReferenceForm = (typeof referenceForms)[number]

const bodyDigits = 10
/** R and F as the check counts letters. */
const rfTail = '2715'

function remainder97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

const checkOf = (digits: string): string => String(98 - remainder97(`${digits}00`)).padStart(2, '0')

/** Random digits without bias: bytes that would favour some are drawn again. */
function randomDigits(count: number, entropy: Entropy): string {
  let digits = ''
  while (digits.length < count) {
    for (const byte of entropy(new Uint8Array(count))) if (byte < 250 && digits.length < count) digits += String(byte % 10)
  }
  return digits
}

/** The reference over a body of ten digits. */
export function referenceOver(form: ReferenceForm, body: string): string {
  return form === 'digits' ? `${body}${checkOf(body)}` : `RF${checkOf(`${body}${rfTail}`)}${body}`
}

/** A new reference. Nobody finds another one by counting on, and one of another tenant is none of ours. */
export function newReference(form: ReferenceForm, entropy: Entropy = (bytes) => crypto.getRandomValues(bytes)): string {
  return referenceOver(form, randomDigits(bodyDigits, entropy))
}

const isDigits = (text: string): boolean => /^\d{12}$/u.test(text) && remainder97(text) === 1
const isRf = (text: string): boolean => /^RF\d{12}$/u.test(text) && remainder97(`${text.slice(4)}${rfTail}${text.slice(2, 4)}`) === 1

/** Whether the text is a reference of one of the forms, letter by letter as we store it. */
export function isReference(text: string): boolean {
  return isDigits(text) || isRf(text)
}

/** In groups of four, as people read it out. */
export function printReference(reference: string): string {
  return reference.replace(/(.{4})(?=.)/gu, '$1 ')
}

const mostText = 1000
const between = '[\\s\\-/.]?'
const rfIn = new RegExp(`RF${between}(?:\\d${between}){12}`, 'giu')
const digitsIn = new RegExp(`\\d(?:${between}\\d){11,39}`, 'gu')

/**
 * Every reference that a text holds, however a bank or a payer has spaced it and whatever stands around it. Only what its own check digits bear out; whether it is one of ours
 * is for who keeps them to say.
 */
export function referencesIn(text: string): string[] {
  const read = text.normalize('NFKC').slice(0, mostText)
  const found = new Set<string>()
  for (const [hit] of read.matchAll(rfIn)) {
    const bare = hit.replace(/[^\dRF]/giu, '').toUpperCase()
    if (isRf(bare)) found.add(bare)
  }
  for (const [hit] of read.matchAll(digitsIn)) {
    const digits = hit.replace(/\D/gu, '')
    for (let from = 0; from + 12 <= digits.length; from += 1) {
      const window = digits.slice(from, from + 12)
      if (isDigits(window)) found.add(window)
    }
  }
  return [...found]
}
