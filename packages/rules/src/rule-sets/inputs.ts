import * as z from 'zod'
import { byIdInput } from '../lists'
import { localeSchema } from '../locales'
import { currencySchema } from '../money'
import { storedDateSchema } from '../periods'
import { saleChannelSchema } from '../products/channels'
import { ruleKindSchema } from './rule-sets'

const noteSchema = z.string().trim().max(1000)
const branchIdSchema = z.uuid().nullable().default(null)

export const ruleKindInput = z.object({ kind: ruleKindSchema, branchId: branchIdSchema })

/** A draft as its author saw it: what was saved by somebody else since is not overwritten. */
export const atRevisionInput = byIdInput.extend({ revision: z.int().min(1).max(1_000_000) })

export const saveRuleDraftInput = z.object({
  kind: ruleKindSchema,
  branchId: branchIdSchema,
  /** Null begins a new draft. */
  id: z.uuid().nullable(),
  revision: z.int().min(1).max(1_000_000).nullable(),
  /** The document, or what a branch overrides, right or wrong. */
  value: z.unknown(),
  note: noteSchema,
})

export const publishRuleInput = atRevisionInput.extend({
  /** Null: at once. */
  effectiveFrom: z.date().nullable(),
})

export const rollbackRuleInput = z.object({ kind: ruleKindSchema, branchId: branchIdSchema, version: z.int().min(1).max(1_000_000), note: noteSchema })

/** A products document as it is being written, to be seen as a visitor or a colleague on a channel would. */
export const previewPlansInput = z.object({ value: z.unknown(), locale: localeSchema, channel: saleChannelSchema })

const fact = <T extends z.ZodType>(value: T) => value.nullable().default(null)

/** A sale that is only asked for: priced by a products document that is being written. */
export const previewQuoteInput = z.object({
  value: z.unknown(),
  locale: localeSchema,
  request: z.object({
    planCode: z.string().min(1).max(40),
    channel: saleChannelSchema,
    currency: currencySchema,
    on: storedDateSchema,
    people: z.int().min(1).max(1000),
    addons: z.array(z.string().max(40)).max(40).default([]),
    couponCode: fact(z.string().trim().toUpperCase().max(30)),
    instalmentsCode: fact(z.string().max(40)),
    referral: fact(z.enum(['member', 'staff'])),
    facts: z.object({ age: fact(z.int().min(0).max(150)), city: fact(z.string().max(120)), branch: fact(z.string().max(40)), returning: fact(z.boolean()) }).prefault({}),
  }),
})
export type PreviewPlansInput = z.output<typeof previewPlansInput>
export type PreviewQuoteInput = z.output<typeof previewQuoteInput>

/** `keep`: whose change counts where the author and a newer version changed the same place; null: neither, tell me. */
export const rebaseRuleInput = atRevisionInput.extend({ keep: z.enum(['mine', 'theirs']).nullable() })

export const whyRuleInput = ruleKindInput.extend({
  /** Dotted; entries of lists by name or number: `plans.asistenca.prices.EUR`. */
  path: z.string().min(1).max(300),
})
