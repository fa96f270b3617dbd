import * as z from 'zod'
import { conditionFacts } from '../conditions'
import type { Facts } from '../conditions'
import { localizedSchema } from '../locales'
import { currencySchema } from '../money'
import { storedDateSchema } from '../periods'
import { saleChannelSchema } from './channels'
import { quote, quoteLineKinds, referralKinds } from './quote'
import type { Quote, QuoteRequest, QuoteRules } from './quote'

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What a quote's receipt keeps of its request. Receipts from before add-ons and coupons lack the later fields. */
const quoteInputsSchema = z.object({
  planCode: z.string(),
  channel: saleChannelSchema,
  currency: currencySchema,
  on: storedDateSchema,
  people: z.int(),
  addons: z.array(z.string()).default([]),
  couponCode: z.string().nullable().default(null),
  referral: z.enum(referralKinds).nullable().default(null),
  instalmentsCode: z.string().nullable().default(null),
  facts: z.record(z.string(), factSchema).default({}),
})

function factsOf(stored: Readonly<Record<string, string | number | boolean | null>>): Partial<Facts<'sale'>> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => Object.hasOwn(conditionFacts.sale, name)))
}

/** The request that a stored receipt answered. Throws when the inputs are not those of a quote. */
export function quoteRequestOf(inputs: unknown): QuoteRequest {
  const { facts, ...request } = quoteInputsSchema.parse(inputs)
  return { ...request, facts: factsOf(facts) }
}

/** The same question again: by the rules that answered it the answer is the same, by others it is what they would say. */
export function quoteAgain(rules: QuoteRules, inputs: unknown): Quote {
  return quote(rules, quoteRequestOf(inputs))
}

const soldSchema = z.object({
  lines: z.array(z.object({
    kind: z.enum(quoteLineKinds), code: z.string(), titles: localizedSchema(z.string()).nullable(), quantity: z.int(), minor: z.string().regex(/^-?\d{1,15}$/u),
  })).default([]),
  people: z.int().nullable().optional(),
  extraMatters: z.int().default(0),
  rewardDays: z.int().default(0),
})

/** What a membership's receipt says was sold; it stands, whatever the rules say since. A membership without a readable receipt sold nothing beside its plan. */
export function soldBy(receipt: unknown): z.output<typeof soldSchema> {
  const outcome = typeof receipt === 'object' && receipt !== null && 'outcome' in receipt ? receipt.outcome : {}
  const read = soldSchema.safeParse(outcome)
  return read.success ? read.data : { lines: [], extraMatters: 0, rewardDays: 0 }
}
