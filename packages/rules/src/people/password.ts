import * as z from 'zod'
import { foldName } from './names'
import { isCommonPassword } from './common-passwords'

const minLength = 8
const maxLength = 256
const siteWords = ['interdomestik', 'domestik', 'asistenca', 'asistencija']

const lengthOf = (text: string): number => Math.min([...text].length, [...text.normalize('NFKC')].length)

/**
 * A new password: 8 to 256 characters of any kind, not one that attackers try first. No composition rules, no
 * trimming. Length counts characters, not bytes, and both as typed and in the form that is hashed, where an accent is part of its letter.
 */
export const passwordSchema = z
  .string()
  .min(1)
  .refine((text) => text === '' || lengthOf(text) >= minLength, {
    error: 'errors.password.tooShort',
    params: { minimum: minLength },
  })
  .refine((text) => text.length <= maxLength, { error: 'errors.password.tooLong', params: { maximum: maxLength } })
  .refine((text) => text.length > maxLength || lengthOf(text) < minLength || !isCommonPassword(text), {
    error: 'errors.password.common',
  })
  .refine((text) => text.length > maxLength || !namesOnly(text, siteWords), { error: 'errors.password.site' })

const letters = (text: string): number => [...text.replace(/\P{L}/gu, '')].length
const signs = (text: string): number => [...text.replace(/\s/gu, '')].length

/** True when a password is the given names and decoration: no more than three letters and a date are left without them. Names under three letters do not count. */
export function namesOnly(password: string, names: readonly string[]): boolean {
  const folded = foldName(password.normalize('NFKC'))
  const words = names.map((name) => foldName(name)).filter((name) => letters(name) >= 3).toSorted((a, b) => b.length - a.length)
  const rest = words.reduce((text, word) => text.replaceAll(word, ' '), folded)
  return rest !== folded && letters(rest) <= 3 && signs(rest) <= 10
}

/** True when the password is little more than the person's own address or name. */
export function passwordNamesPerson(password: string, person: { readonly email?: string; readonly names?: readonly string[] }): boolean {
  const [localPart = '', domain = ''] = (person.email ?? '').toLowerCase().split('@')
  const names = (person.names ?? []).flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)])
  return namesOnly(password, [person.email ?? '', localPart, domain, domain.split('.')[0] ?? '', ...localPart.split(/[._+-]/u), ...names])
}
