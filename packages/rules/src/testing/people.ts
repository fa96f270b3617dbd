import type { Country } from '../country-packs/countries'
import { parsePersonalNumber, parsePhone } from '../people'

const tries = 2_000

function firstThat(candidates: (n: number) => string, isRight: (text: string) => boolean, from: number): string | undefined {
  for (let n = from; n < from + tries; n += 1) if (isRight(candidates(n))) return candidates(n)
  return undefined
}

const holds = (check: () => boolean): boolean => {
  try {
    return check()
  } catch {
    return false
  }
}

/**
 * A mobile number and, where people are asked for one, a personal number of the current form, right by what the country's own facts say. With another
 * `n` it is another person. Throws when the country's facts allow no such number.
 */
export function examplePerson(country: Country, n = 0): { readonly phone: string; readonly personalNumber: string | undefined } {
  const { callingCode, mobilePrefixes, digits } = country.phone
  const phone = firstThat(
    (at) => {
      const prefix = mobilePrefixes[at % mobilePrefixes.length] ?? ''
      return `+${callingCode}${prefix}${String(1_234_567 + at).padStart(digits.max, '0').slice(-(digits.max - prefix.length))}`
    },
    (text) => holds(() => parsePhone(text, country).mobile),
    n,
  )
  if (phone === undefined) throw new Error(`${country.code}: no mobile number fits phone.mobilePrefixes and phone.digits`)
  const [form] = country.personalNumbers
  if (form === undefined) return { phone, personalNumber: undefined }
  const born = form.bornFirst ? '0101990' : '1'
  const personalNumber = firstThat(
    (at) => `${born}${String(at).padStart(form.digits - born.length, '0')}`,
    (text) => holds(() => parsePersonalNumber(country, text).warnings.length === 0),
    10 * n + 100,
  )
  if (personalNumber === undefined) throw new Error(`${country.code}: no personal number fits the form ${form.kind}`)
  return { phone, personalNumber }
}
