import * as z from 'zod'
import { ibanSchema } from '../bank/details'
import { moneySchema } from '../money'
import { addDays } from '../periods'
import type { DateOnly } from '../periods'
import type { ProductsRule } from '../rule-sets'
import { idempotencyKeySchema } from '../users/inputs'

/** `asked`: the provider has still to say, or the bank to pay it out. `refused`: it did not give the money back, or took that back. */
export const refundStatuses = ['asked', 'done', 'refused'] as const
export type RefundStatus = (typeof refundStatuses)[number]

/** Where money that is given back comes from: the cash of the branch, the person who took the cash and still has it, or the provider. `owed`: from nowhere yet, it is credited to the member and waits in our books. `bank`: the tenant's bank account, to that of the member. */
export const refundSources = ['branch', 'collector', 'provider', 'owed', 'bank'] as const

/** Where money that is not a card's can come from when all of it goes back. */
export const refundOrigins = ['collector', 'branch', 'bank'] as const
export type RefundOrigin = (typeof refundOrigins)[number]

/** What became of a member's wish to have the fee back. `granted`: it is on its way or given. */
export const refundRequestStatuses = ['open', 'granted', 'declined'] as const
export type RefundRequestStatus = (typeof refundRequestStatuses)[number]

/** Why a membership's money is not given back. */
export const refundRefusals = ['nothing', 'asked', 'upgraded', 'method', 'window', 'claim'] as const
export type RefundRefusal = (typeof refundRefusals)[number]

export type RefundFacts = {
  /** Day of the first payment; null: nothing was paid. */
  readonly paidOn: DateOnly | null
  /** Every payment is of a method that this gives back. */
  readonly known: boolean
  /** It has been asked for and is not decided. */
  readonly asked: boolean
  /** Something is left to be given back. */
  readonly left: boolean
  /** States in which the member's claims are. */
  readonly claims: readonly string[]
  /** A bigger plan took its place, and its unused part counts there. */
  readonly upgraded: boolean
}

/** Last day on which the fee is given back. */
export const refundUntil = (paidOn: DateOnly, rule: ProductsRule): DateOnly => addDays(paidOn, rule.refundWindowDays)

/** What stands against giving a membership's money back today; null: nothing. */
export function refundRefusal({ paidOn, known, asked, left, claims, upgraded }: RefundFacts, today: DateOnly, rule: ProductsRule): RefundRefusal | null {
  if (asked) return 'asked'
  if (paidOn === null || !left) return 'nothing'
  if (upgraded) return 'upgraded'
  if (!known) return 'method'
  if (today > refundUntil(paidOn, rule)) return 'window'
  return rule.refunds.blockedBy.some((status) => claims.includes(status)) ? 'claim' : null
}

const refundBase = z.object({
  membershipId: z.uuid(),
  /** Cash: whose, or the bank's; a transfer goes back by the bank. */
  from: z.enum(refundOrigins).optional(),
  /** The member's account, where the bank pays it out. */
  iban: ibanSchema.optional(),
  /** What was seen and agreed to. */
  shown: moneySchema,
  note: z.string().trim().min(3, { error: 'errors.required' }).max(300),
  idempotencyKey: idempotencyKeySchema,
})
export const refundInput = refundBase.refine(({ from, iban }) => (from === 'bank') === (iban !== undefined), { error: 'errors.transfer.iban', path: ['iban'] })
export type RefundInput = z.output<typeof refundInput>

export const refundAskInput = refundBase.omit({ from: true, iban: true })
export type RefundAskInput = z.output<typeof refundAskInput>

/** How a part that is given back by hand goes back: by card through the provider, in cash out of the branch, or not yet. */
export const partWays = ['card', 'branch', 'owed'] as const
export type PartWay = (typeof partWays)[number]

/** Why nothing of a payment is given back by hand. */
export const partRefusals = ['nothing', 'disputed', 'asked', 'method', 'parts', 'rule'] as const
export type PartRefusal = (typeof partRefusals)[number]

export const refundPartInput = z.object({
  paymentId: z.uuid(),
  amount: moneySchema.refine(({ minor }) => minor > 0n, { error: 'errors.money.positive' }),
  way: z.enum(partWays),
  note: z.string().trim().min(3, { error: 'errors.required' }).max(300),
  idempotencyKey: idempotencyKeySchema,
})
export type RefundPartInput = z.output<typeof refundPartInput>
