import { DomainError } from '../errors'

const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/u
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u

/**
 * The one form under which an address is stored and looked up: NFC, trimmed, lower case, plain ASCII.
 * Quoted local parts, comments, fullwidth or look-alike letters and addresses with two @ are refused, because mail
 * software reads them differently from us. Throws DomainError `errors.required` or `errors.email`.
 */
export function normaliseEmail(raw: string): string {
  const text = raw.normalize('NFC').trim()
  if (text === '') throw new DomainError('INVALID', 'errors.required')
  // The test comes before lower-casing: the Kelvin sign K lower-cases to a plain k.
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
