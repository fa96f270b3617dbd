import * as z from 'zod'
import { currencySchema } from '../money'
import { ruleKinds, ruleSchemas } from '../rule-sets'
import type { RuleInputs } from '../rule-sets'
import { countrySchema } from './countries'

const branchSchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u),
  name: z.string().min(1),
  city: z.string().min(1),
  address: z.string().min(1),
  phone: z.string().min(1),
})

/** A time zone that this runtime knows. */
const zoneSchema = z.string().refine(isZone, { error: 'errors.country.zone' })

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The facts of a pack beside its rule documents. */
export const countryPackSchema = z
  .object({
    tenant: z.object({
      id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u),
      /** First label of the tenant's host. */
      slug: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u),
      name: z.string().min(1),
      /** Emoji of the flag. */
      flag: z.string().min(1),
    }),
    country: countrySchema,
    /** Currencies in use, the one of the books first. */
    currencies: z.array(currencySchema).min(1),
    zone: zoneSchema,
    branches: z.array(branchSchema).min(1),
    rules: z.object(ruleSchemas),
  })
  .refine(({ branches, rules }) => branches.some(({ code }) => code === rules.enrolment.defaultBranchCode), {
    error: 'errors.choice',
    path: ['rules', 'enrolment', 'defaultBranchCode'],
  })

type PackFacts = Omit<z.output<typeof countryPackSchema>, 'rules'>

/**
 * What a new tenant of a country starts with. `rules` are in the stored JSON form, so a seed can publish them as they
 * are; `parseRule` gives the evaluated form.
 */
export type CountryPack = Readonly<PackFacts> & { readonly rules: RuleInputs }

/** Every rule kind that a pack carries: all of them. */
export const packRuleKinds = ruleKinds
