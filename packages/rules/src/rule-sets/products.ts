import * as z from 'zod'
import { claimStatusSchema } from '../claims/statuses'
import { localizedSchema } from '../locales'
import { conditionSchema } from '../conditions'
import { priceSchema } from '../money'
import { saleChannels, saleChannelSchema } from '../products/channels'
import type { SaleChannel } from '../products/channels'

export { saleChannels, saleChannelSchema }
export type { SaleChannel }

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
  /** What each person beyond the included ones costs; null: everybody up to the limit is included. */
  family: z.object({ includedPeople: z.int().min(1).max(1000), perExtraPerson: pricesSchema }).nullable().default(null),
  /** Assisted matters in a membership year; null means agreed individually. */
  mattersPerYear: z.int().min(0).max(1000).nullable(),
  successFee: successFeeSchema.nullable(),
})

const plansSchema = z.array(codeSchema).max(40)
const titlesSchema = localizedSchema(shortText)

/** Something bought on top of a plan, for the same period. */
export const addonSchema = z.object({
  code: codeSchema,
  titles: titlesSchema,
  summaries: localizedSchema(z.string().min(1).max(300)),
  /** Plans that it can be added to. */
  plans: plansSchema.min(1),
  channels: z.array(saleChannelSchema).max(saleChannels.length),
  prices: pricesSchema.min(1),
  /** Assisted matters a year on top of the plan's. */
  extraMatters: z.int().min(0).max(100),
})

/** Off the price: a share, or an amount per currency. Never below nothing. */
export const reductionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), percentBp: z.int().min(1).max(10_000) }),
  z.object({ kind: z.literal('amount'), amounts: pricesSchema.min(1) }),
])

const window = {
  /** First day and first day no more; null: no end on that side. In the tenant's zone. */
  from: z.iso.date().nullable().default(null),
  until: z.iso.date().nullable().default(null),
}
const inOrder = ({ from, until }: { readonly from: string | null; readonly until: string | null }): boolean => from === null || until === null || from < until

/** Taken off by itself from every sale that fits. Of several the one that takes off most counts, unless they may be combined. */
export const discountSchema = z
  .object({
    code: codeSchema,
    titles: titlesSchema,
    reduction: reductionSchema,
    /** Empty: every plan. */
    plans: plansSchema.default([]),
    ...window,
    when: conditionSchema('sale').default(null),
    /** Counts beside others that may be combined, each off the full price. */
    combines: z.boolean().default(false),
  })
  .refine(inOrder, { error: 'errors.rule.window', path: ['until'] })

/** Taken off when the buyer types its word. */
export const couponSchema = z
  .object({
    /** As it is typed: capitals, digits and dashes. */
    code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,29}$/u, { error: 'errors.coupon.code' }),
    titles: titlesSchema,
    reduction: reductionSchema,
    plans: plansSchema.default([]),
    ...window,
    when: conditionSchema('sale').default(null),
    /** How often in all; null: as often as people like. Each member uses it once. */
    maxUses: z.int().min(1).max(1_000_000).nullable().default(null),
    /** Counts beside discounts; otherwise the better of the two. */
    combines: z.boolean().default(false),
  })
  .refine(inOrder, { error: 'errors.rule.window', path: ['until'] })

/** Paying for a plan in parts: the first at the sale, each further one some months later. */
export const instalmentsSchema = z.object({
  code: codeSchema,
  titles: titlesSchema,
  plans: plansSchema.min(1),
  channels: z.array(saleChannelSchema).max(saleChannels.length),
  parts: z.int().min(2).max(12),
  /** Months from one part to the next. */
  everyMonths: z.int().min(1).max(6),
  /** What paying in parts costs on top, as a share of the price after everything that is taken off. */
  surchargeBp: z.int().min(0).max(5_000).default(0),
  /** Share of the whole that the first part is; null: all parts alike. */
  firstPartBp: z.int().min(1).max(9_999).nullable().default(null),
  when: conditionSchema('sale').default(null),
})

/** What a member's own code is worth: to the friend who joins with it, and to the member. Codes of agents and promoters earn commissions instead. */
export const referralRewardSchema = z.object({
  friend: reductionSchema.nullable(),
  /** Days by which the running membership of the one who referred is prolonged when the friend has paid; 0: none. */
  memberDays: z.int().min(0).max(366),
})

/** How a change of plan inside a period is charged. */
export const prorationSchema = z.object({
  /** `daily`: unused days of the old price count against the new one; `none`: the new price in full. */
  method: z.enum(['daily', 'none']),
  /** Less than this is not asked for. */
  minimumCharge: pricesSchema,
})

/** Who decides when a member asks for the fee inside the window: nobody may ask, the branch, or the rule itself where the card gives it back. Cash is always given by a person. */
export const refundAskings = ['nobody', 'branch', 'at_once'] as const
export type RefundAsking = (typeof refundAskings)[number]

export const refundsSchema = z.object({
  /** States of a claim that we have taken on: with a claim in one of them nothing is given back. */
  blockedBy: z.array(claimStatusSchema).max(8),
  asking: z.enum(refundAskings),
  /** Largest share of a payment that is given back by hand, for goodwill or a wrong price; nothing turns it off. */
  partUpToBp: basisPointsSchema,
})
/** As it was before it could be chosen. */
const refundsBefore: z.output<typeof refundsSchema> = { blockedBy: ['negotiation', 'court', 'resolved'], asking: 'branch', partUpToBp: 10_000 }

/** How a running membership may be paused. Who may is the workflow's to say. */
export const pauseSchema = z.object({
  /** In a membership year; 0: nobody pauses. */
  daysPerYear: z.int().min(0).max(366).default(0),
  /** The shortest pause. */
  leastDays: z.int().min(1).max(366).default(1),
  /** Days of the membership before it can be paused for the first time. */
  afterDays: z.int().min(0).max(366).default(0),
  /** Paused days are added at the end; otherwise they are lost. */
  prolongs: z.boolean().default(true),
}).refine(({ daysPerYear, leastDays }) => daysPerYear === 0 || leastDays <= daysPerYear, { error: 'errors.rule.pauseDays', path: ['leastDays'] })

const onePerCode = (entries: readonly { readonly code: string }[]): boolean => new Set(entries.map(({ code }) => code)).size === entries.length

export const productsSchema = z
  .object({
    plans: z.array(planSchema).min(1).max(40),
    addons: z.array(addonSchema).max(40).refine(onePerCode, { error: 'errors.rule.codeTwice' }).default([]),
    discounts: z.array(discountSchema).max(60).refine(onePerCode, { error: 'errors.rule.codeTwice' }).default([]),
    coupons: z.array(couponSchema).max(200).refine(onePerCode, { error: 'errors.rule.codeTwice' }).default([]),
    instalments: z.array(instalmentsSchema).max(20).refine(onePerCode, { error: 'errors.rule.codeTwice' }).default([]),
    referral: referralRewardSchema.default({ friend: null, memberDays: 0 }),
    proration: prorationSchema.default({ method: 'daily', minimumCharge: [] }),
    pause: pauseSchema.default({ daysPerYear: 0, leastDays: 1, afterDays: 0, prolongs: true }),
    /** Days after payment in which the fee is given back unless a claim was accepted. */
    refundWindowDays: z.int().min(0).max(365),
    refunds: refundsSchema.default(refundsBefore),
    /** Days after a failed renewal before a membership lapses, and the reminders within them. */
    graceDays: z.int().min(0).max(120),
    graceReminders: z.int().min(0).max(10),
  })
  .refine(({ plans }) => new Set(plans.map(({ code }) => code)).size === plans.length, {
    error: 'errors.plan.codeTwice',
    path: ['plans'],
  })

export type SuccessFeeRule = z.output<typeof successFeeSchema>
export type Addon = z.output<typeof addonSchema>
export type Reduction = z.output<typeof reductionSchema>
export type Discount = z.output<typeof discountSchema>
export type Coupon = z.output<typeof couponSchema>
export type Instalments = z.output<typeof instalmentsSchema>
export type ReferralReward = z.output<typeof referralRewardSchema>
export type PauseRule = z.output<typeof pauseSchema>
export type Proration = z.output<typeof prorationSchema>
export type Plan = z.output<typeof planSchema>
export type ProductsRule = z.output<typeof productsSchema>
