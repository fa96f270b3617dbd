import * as z from 'zod'
import { localizedSchema } from '../locales'
import { priceSchema } from '../money'

/** Ways a plan is sold: by the member alone, by an agent in the field, at a branch desk. */
export const saleChannels = ['self_service', 'agent', 'branch'] as const
export type SaleChannel = (typeof saleChannels)[number]
export const saleChannelSchema = z.enum(saleChannels)

const basisPointsSchema = z.int().min(0).max(10_000)
const shortText = z.string().min(1).max(120)
const codeSchema = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/u, { error: 'errors.code' })

function onePerCurrency(amounts: readonly { readonly currency: string }[]): boolean {
  return new Set(amounts.map(({ currency }) => currency)).size === amounts.length
}

/** Amounts of which each currency has at most one. */
export const pricesSchema = z.array(priceSchema).max(5).refine(onePerCurrency, { error: 'errors.money.currencyTwice' })

export const successFeeSchema = z.object({
  percentBp: basisPointsSchema,
  /** The least fee, per currency. */
  minimums: pricesSchema,
  /** Highest share of the recovery when the member opted in to external legal action; null means no such offer. */
  capBp: basisPointsSchema.nullable(),
  /** When true the fee never exceeds the recovered amount, even below the minimum. */
  limitToRecovery: z.boolean().default(false),
})

export const planSchema = z.object({
  code: codeSchema,
  sort: z.int().min(0).max(1000),
  visible: z.boolean(),
  channels: z.array(saleChannelSchema).max(saleChannels.length),
  titles: localizedSchema(shortText),
  summaries: localizedSchema(z.string().min(1).max(300)),
  benefits: localizedSchema(z.array(z.string().min(1).max(200)).max(12)),
  /** One per currency that the plan is sold in; empty means quoted individually. */
  prices: pricesSchema,
  periodMonths: z.int().min(1).max(60),
  covers: localizedSchema(shortText),
  /** People under one membership; null where people are not what is counted. */
  peopleLimit: z.int().min(1).max(1000).nullable(),
  /** Assisted matters in a membership year; null means agreed individually. */
  mattersPerYear: z.int().min(0).max(1000).nullable(),
  successFee: successFeeSchema.nullable(),
})

export const productsSchema = z
  .object({
    plans: z.array(planSchema).min(1).max(40),
    /** Days after payment in which the fee is given back unless a claim was accepted. */
    refundWindowDays: z.int().min(0).max(365),
    /** Days after a failed renewal before a membership lapses, and the reminders within them. */
    graceDays: z.int().min(0).max(120),
    graceReminders: z.int().min(0).max(10),
  })
  .refine(({ plans }) => new Set(plans.map(({ code }) => code)).size === plans.length, {
    error: 'errors.plan.codeTwice',
    path: ['plans'],
  })

export type SuccessFeeRule = z.output<typeof successFeeSchema>
export type Plan = z.output<typeof planSchema>
export type ProductsRule = z.output<typeof productsSchema>
