import * as z from 'zod'
import { minorUnitsSchema } from '../money'

const reasonSchema = z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
const deadlineSchema = z.object({ state: z.string(), since: z.iso.datetime(), left: z.iso.datetime().nullable(), due: z.iso.datetime().nullable() })

/** One side of a record behind a figure, beside its amount: as it was by the rule in force, or as it would have been by the draft. */
export const trialDetailSchema = z
  .object({
    planCode: z.string(),
    channel: z.string(),
    on: z.string(),
    people: z.number(),
    billed: minorUnitsSchema,
    recovered: minorUnitsSchema,
    net: minorUnitsSchema,
    vat: minorUnitsSchema,
    rateBp: z.number(),
    steps: z.array(reasonSchema),
    reason: reasonSchema.nullable(),
    category: z.string(),
    routeCode: z.string().nullable(),
    priority: z.string(),
    late: z.boolean(),
    /** Kinds of document. */
    missing: z.array(z.string()),
    deadlines: z.array(deadlineSchema),
    blocked: z.array(z.object({ from: z.string(), to: z.string(), at: z.iso.datetime(), reason: reasonSchema.nullable() })),
  })
  .partial()
export type TrialDetail = z.output<typeof trialDetailSchema>
