import * as z from 'zod'

/** Country codes as we use them. XK is a user-assigned code, not ISO; every library we use knows it. */
export const countries = ['MK', 'XK'] as const
export type Country = (typeof countries)[number]
export const countrySchema = z.enum(countries)

export type PersonalNumberKind = 'embg' | 'xk' | 'jmbg'

/** Facts of a country's numbering plans. What a tenant may change is a rule document instead. */
export type CountryFacts = {
  readonly callingCode: string
  /** National significant number of a mobile line. */
  readonly mobile: RegExp
  /** Accepted personal numbers, the current kind first. */
  readonly personalNumbers: readonly [PersonalNumberKind, ...PersonalNumberKind[]]
  readonly taxIdDigits: number
  /** Whether the tax id's check digit is known well enough to refuse by. */
  readonly taxIdChecked: boolean
  /** Letters that people write in front of a tax id. */
  readonly taxIdPrefix: RegExp
}

export const countryFacts: Readonly<Record<Country, CountryFacts>> = {
  MK: {
    callingCode: '389',
    mobile: /^7\d{7}$/u,
    personalNumbers: ['embg'],
    taxIdDigits: 13,
    taxIdChecked: true,
    taxIdPrefix: /^(?:MK|МК)/iu,
  },
  XK: {
    callingCode: '383',
    mobile: /^4[3-9]\d{6}$/u,
    personalNumbers: ['xk', 'jmbg'],
    taxIdDigits: 9,
    taxIdChecked: false,
    taxIdPrefix: /^(?:XK|KS)/iu,
  },
}
