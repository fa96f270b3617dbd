import * as z from 'zod'
import { localizedSchema } from '../locales'

/** ISO 3166 code, or a user-assigned one such as XK. */
export const countryCodeSchema = z.string().regex(/^[A-Z]{2}$/u, { error: 'errors.country.code' })

/** A control digit at the end: 11 minus the weighted sum of the digits before it modulo 11, where 10 and 11 give 0. */
const checkDigitSchema = z.object({
  weights: z.array(z.int().min(1).max(99)).min(1).max(29),
  /** Whether the algorithm is known well enough to refuse by; otherwise a mismatch is only a warning. */
  certain: z.boolean(),
})

const coversAllButLast = ({ digits, check }: { readonly digits: number; readonly check: { readonly weights: readonly number[] } | null }): boolean =>
  check === null || check.weights.length === digits - 1
const weightsFault = { error: 'errors.country.weights', path: ['check', 'weights'] }

const personalNumberFormSchema = z
  .object({
    kind: z.string().regex(/^[a-z]{2,20}$/u, { error: 'errors.code' }),
    digits: z.int().min(4).max(30),
    /** Whether it begins with the birth date as DDMMYYY. */
    bornFirst: z.boolean(),
    check: checkDigitSchema.nullable(),
  })
  .refine(coversAllButLast, weightsFault)

const taxIdFormSchema = z
  .object({
    digits: z.int().min(4).max(30),
    /** Letters that people write in front of it. */
    prefixes: z.array(z.string().regex(/^\p{L}{1,5}$/u, { error: 'errors.code' })).max(10),
    check: checkDigitSchema.nullable(),
  })
  .refine(coversAllButLast, weightsFault)

const phoneFormSchema = z
  .object({
    callingCode: z.string().regex(/^[1-9]\d{0,2}$/u, { error: 'errors.country.callingCode' }),
    /** What is dialled in front of a number inside the country; empty for nothing. */
    trunk: z.string().regex(/^\d{0,2}$/u, { error: 'errors.country.callingCode' }),
    /** How mobile numbers begin, without the trunk prefix. */
    mobilePrefixes: z.array(z.string().regex(/^[1-9]\d{0,5}$/u, { error: 'errors.country.callingCode' })).min(1).max(60),
    /** Fewest and most digits of a number, without trunk prefix and calling code. */
    digits: z.object({ min: z.int().min(4).max(12), max: z.int().min(4).max(12) }).refine(({ min, max }) => min <= max, { error: 'errors.country.digits' }),
  })

/**
 * How numbers of a country are written, as data: a third country needs no code. What a tenant may change is a rule
 * document instead. Plain JSON, so that forms in the browser check with the very facts that the procedures use.
 */
export const countrySchema = z
  .object({
    code: countryCodeSchema,
    names: localizedSchema(z.string().trim().min(1).max(80)),
    phone: phoneFormSchema,
    /** Accepted personal numbers, the current form first; none: people are not asked for one. */
    personalNumbers: z.array(personalNumberFormSchema).max(5),
    taxId: taxIdFormSchema,
  })
  .refine(({ personalNumbers }) => new Set(personalNumbers.map(({ digits }) => digits)).size === personalNumbers.length, {
    error: 'errors.country.sameLength',
    path: ['personalNumbers'],
  })

export type Country = z.output<typeof countrySchema>
export type PersonalNumberForm = Country['personalNumbers'][number]
