import * as z from 'zod'
import { currencySchema, minorUnitsSchema } from '../money'

/** Kinds of rules that can be tried on what has happened. */
export const triedKinds = ['products', 'tax', 'workflows'] as const
export type TriedKind = (typeof triedKinds)[number]

export function isTriedKind(kind: string): kind is TriedKind {
  return triedKinds.some((one) => one === kind)
}

/** Figures that have a list of records behind them. */
export const trialFigures = [
  'more', 'less', 'unsellable', 'sellable', 'vat_more', 'vat_less', 'fee_more', 'fee_less', 'route', 'due_sooner', 'due_later', 'blocked', 'documents', 'uncompared',
] as const
export type TrialFigure = (typeof trialFigures)[number]
export const trialFigureSchema = z.enum(trialFigures)

/** How far back a draft can be tried, in days. */
export const trialDaysSchema = z.int().min(30).max(365)
/** Rows kept of each figure; the others are counted. */
export const mostTrialRows = 5_000

const countSchema = z.int().min(0)
/** How many records, and by how much in all; never negative. */
const sharedSchema = z.object({ count: countSchema, minor: minorUnitsSchema })
const moneySidesSchema = z.object({ gross: minorUnitsSchema, net: minorUnitsSchema, vat: minorUnitsSchema })

/** What the draft does to sales of one currency. `before` and `after` are of those that both rules sell. */
export const salesEffectSchema = z.object({
  currency: currencySchema,
  compared: countSchema,
  before: moneySidesSchema,
  after: moneySidesSchema,
  /** What the compared sales were really charged. */
  billed: minorUnitsSchema,
  same: countSchema,
  more: sharedSchema,
  less: sharedSchema,
  unsellable: sharedSchema,
  sellable: sharedSchema,
  vatMore: sharedSchema,
  vatLess: sharedSchema,
})
export type SalesEffect = z.output<typeof salesEffectSchema>

export const feesEffectSchema = z.object({
  currency: currencySchema,
  compared: countSchema,
  before: minorUnitsSchema,
  after: minorUnitsSchema,
  billed: minorUnitsSchema,
  same: countSchema,
  more: sharedSchema,
  less: sharedSchema,
})
export type FeesEffect = z.output<typeof feesEffectSchema>

export const claimsEffectSchema = z.object({
  compared: countSchema,
  route: countSchema,
  documents: countSchema,
  blocked: countSchema,
  dueSooner: countSchema,
  dueLater: countSchema,
  /** Claims that missed a deadline, by the rule in force and by the draft. */
  lateBefore: countSchema,
  lateAfter: countSchema,
})
export type ClaimsEffect = z.output<typeof claimsEffectSchema>

/** What could not be tried, and why. Keys stand under `simulation.notes`. */
export const trialNoteSchema = z.object({ key: z.string(), count: countSchema })
export type TrialNote = z.output<typeof trialNoteSchema>

/** All that a trial found out, as it is stored and shown. */
export const trialFiguresSchema = z.object({
  sales: z
    .object({
      total: z.array(salesEffectSchema),
      byBranch: z.array(z.object({ branchId: z.string(), effects: z.array(salesEffectSchema) })),
      byPlan: z.array(z.object({ planCode: z.string(), effects: z.array(salesEffectSchema) })),
    })
    .nullable(),
  fees: z.object({ total: z.array(feesEffectSchema), byBranch: z.array(z.object({ branchId: z.string(), effects: z.array(feesEffectSchema) })) }).nullable(),
  claims: z.object({ total: claimsEffectSchema, byBranch: z.array(z.object({ branchId: z.string(), effect: claimsEffectSchema })) }).nullable(),
  /** Records that neither rule can judge, by the reason. */
  uncompared: z.array(z.object({ entity: z.enum(['membership', 'claim']), key: z.string(), count: countSchema })),
  lists: z.array(z.object({ figure: trialFigureSchema, count: countSchema, kept: countSchema })),
  notes: z.array(trialNoteSchema),
})
export type TrialFigures = z.output<typeof trialFiguresSchema>

/** The stored form: plain JSON, amounts as decimal text. */
export function trialFiguresToJson(figures: TrialFigures): unknown {
  return JSON.parse(JSON.stringify(figures, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
}
