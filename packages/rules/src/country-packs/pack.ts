import * as z from 'zod'
import { currencySchema } from '../money'
import { isZone } from '../periods'
import { ruleKinds, ruleSchemas } from '../rule-sets'
import type { RuleInputs } from '../rule-sets'
import { countrySchema } from './countries'

const branchSchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u, { error: 'errors.code' }),
  name: z.string().trim().min(1).max(120),
  city: z.string().trim().min(1).max(100),
  address: z.string().trim().min(1).max(200),
  phone: z.string().trim().min(1).max(40),
})

/** A time zone that this runtime knows. */
const zoneSchema = z.string().refine(isZone, { error: 'errors.country.zone' })

/** The facts of a pack beside its rule documents. */
export const packFactsSchema = z
  .object({
    tenant: z.object({
      id: z.string().regex(/^tenant_[a-z0-9_]{1,30}$/u, { error: 'errors.pack.tenantId' }),
      /** First label of the tenant's host. */
      slug: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/u, { error: 'errors.pack.slug' }),
      name: z.string().trim().min(1).max(120),
      /** Emoji of the flag. */
      flag: z.string().min(1).max(20),
    }),
    country: countrySchema,
    /** Currencies in use, the one of the books first. */
    currencies: z.array(currencySchema).min(1).max(5),
    zone: zoneSchema,
    branches: z.array(branchSchema).min(1).max(100),
  })

/** A whole pack: its facts, and every rule document by the rule's own schema. */
export const countryPackSchema = packFactsSchema
  .extend({ rules: z.object(ruleSchemas) })
  .refine(({ branches, rules }) => branches.some(({ code }) => code === rules.enrolment.defaultBranchCode), {
    error: 'errors.choice',
    path: ['rules', 'enrolment', 'defaultBranchCode'],
  })

type PackFacts = z.output<typeof packFactsSchema>

/**
 * What a new tenant of a country starts with. `rules` are in the stored JSON form, so a seed can publish them as they
 * are; `parseRule` gives the evaluated form.
 */
export type CountryPack = Readonly<PackFacts> & { readonly rules: RuleInputs }

/** Every rule kind that a pack carries: all of them. */
export const packRuleKinds = ruleKinds
