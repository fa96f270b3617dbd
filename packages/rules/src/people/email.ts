import { DomainError } from '../errors'

const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u

/**
 * The one form under which an address is stored and looked up: trimmed, lower case, plain ASCII (and so NFC).
 * Quoted local parts, comments, fullwidth or look-alike letters and addresses with two @ are refused, because mail
 * software reads them differently from us. Throws DomainError `errors.required` or `errors.email`.
 */
export function normaliseEmail(raw: string): string {
  const text = raw.trim()
  if (text === '') throw new DomainError('INVALID', 'errors.required')
  // Before any normalisation: NFC and lower-casing both turn the Kelvin sign into a plain k. ASCII is NFC already.
  if (text.length > 254 || !/^[\x21-\x7e]+$/u.test(text)) throw new DomainError('INVALID', 'errors.email')
  const email = text.toLowerCase()
  const [name = '', domain = '', ...more] = email.split('@')
  const labels = domain.split('.')
  const ok =
    more.length === 0 &&
    name.length <= 64 &&
    local.test(name) &&
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/u.test(labels.at(-1) ?? '')
  if (!ok) throw new DomainError('INVALID', 'errors.email')
  return email
}
