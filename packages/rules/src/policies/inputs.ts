import * as z from 'zod'
import { textSchema } from '../people'
import { dateOnlySchema } from '../periods'

export const policyKinds = ['vehicle_liability', 'vehicle_casco', 'property', 'travel', 'health', 'life', 'other'] as const
export type PolicyKind = (typeof policyKinds)[number]

/** A policy document that a member holds elsewhere; the last day is included, as policies print it. */
export const policyInput = z
  .object({
    kind: z.enum(policyKinds),
    insurer: textSchema({ min: 2, max: 120 }),
    policyNumber: textSchema({ min: 1, max: 60 }),
    startsOn: dateOnlySchema,
    endsOn: dateOnlySchema,
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { error: 'errors.period.order', path: ['endsOn'] })

export type PolicyInput = z.output<typeof policyInput>
