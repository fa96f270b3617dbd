import * as z from 'zod'
import { foldName } from './names'
import { isCommonPassword, passwordCore } from './common-passwords'

const minLength = 8
const maxLength = 256
const siteWords = ['interdomestik', 'domestik', 'asistenca', 'asistencija']

/**
 * A new password: 8 to 256 characters of any kind, not one that attackers try first. No composition rules, no
 * trimming. Length counts characters, not bytes.
 */
export const passwordSchema = z
  .string()
  .min(1)
  .refine((text) => text === '' || [...text].length >= minLength, {
    error: 'errors.password.tooShort',
    params: { minimum: minLength },
  })
  .refine((text) => text.length <= maxLength, { error: 'errors.password.tooLong', params: { maximum: maxLength } })
  .refine((text) => text.length > maxLength || [...text].length < minLength || !isCommonPassword(text), {
    error: 'errors.password.common',
  })
  .refine((text) => text.length > maxLength || !containsOnly(text, siteWords), { error: 'errors.password.site' })

function containsOnly(password: string, words: readonly string[]): boolean {
  const core = passwordCore(password).replace(/[\s._-]/gu, '')
  return words.some((word) => core === word || core === word + word)
}

/** True when the password is little more than the person's own address or name. Words under four letters do not count. */
export function passwordNamesPerson(password: string, person: { readonly email?: string; readonly names?: readonly string[] }): boolean {
  const [localPart = '', domain = ''] = (person.email ?? '').toLowerCase().split('@')
  const words = [person.email ?? '', localPart, domain, domain.split('.')[0] ?? '', ...localPart.split(/[._+-]/u), ...(person.names ?? [])]
  const core = foldName(passwordCore(password))
  const whole = foldName(password)
  return words
    .map((word) => foldName(word))
    .some((word) => word.length >= 4 && (core === word || whole === word || (core !== '' && core === passwordCore(word))))
}
