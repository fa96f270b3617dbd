import { commonForms, isCommonPassword } from '../people/common-passwords'
import { namesOnly, passwordNamesPerson } from '../people/password'
import { leakedPasswords } from './leaked'

let leaked: ReadonlySet<string> | null = null

/** The leaked passwords as a set, made at the first use. */
export function leakedSet(): ReadonlySet<string> {
  leaked ??= new Set(leakedPasswords.trim().split(/\s+/u))
  return leaked
}

/** A message key. */
export type PasswordFault = 'errors.password.common' | 'errors.password.site' | 'errors.password.personal'

/** What a new password must have nothing to do with. */
export interface PasswordOwner {
  readonly email: string | null
  readonly names: readonly string[]
  readonly tenantName: string
}

/**
 * Why a password of allowed length is not good enough for its owner: it stands in leaked lists, as it is or decorated, or says little more than the
 * name of the person, the address or the tenant. Null when it is good. For the server: the list is too long for a browser.
 */
export function newPasswordFault(password: string, { email, names, tenantName }: PasswordOwner): PasswordFault | null {
  if (isCommonPassword(password) || commonForms(password).some((form) => leakedSet().has(form))) return 'errors.password.common'
  if (namesOnly(password, tenantName.split(/[^\p{L}\p{N}]+/u))) return 'errors.password.site'
  return passwordNamesPerson(password, { names, ...(email === null ? {} : { email }) }) ? 'errors.password.personal' : null
}
