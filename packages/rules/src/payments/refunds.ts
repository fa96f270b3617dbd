import * as z from 'zod'
import { moneySchema } from '../money'
import { addDays } from '../periods'
import type { DateOnly } from '../periods'
import type { ProductsRule } from '../rule-sets'
import { idempotencyKeySchema } from '../users/inputs'

/** `asked`: the provider has still to say. `refused`: it did not give the money back, or took that back. */
export const refundStatuses = ['asked', 'done', 'refused'] as const
export type RefundStatus = (typeof refundStatuses)[number]

/** Where money that is given back comes from: the cash of the branch, the person who took the cash and still has it, or the provider. */
export const refundSources = ['branch', 'collector', 'provider'] as const

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
  readonly hasAcceptedClaim: boolean
  /** A bigger plan took its place, and its unused part counts there. */
  readonly upgraded: boolean
}

/** Last day on which the fee is given back. */
export const refundUntil = (paidOn: DateOnly, rule: ProductsRule): DateOnly => addDays(paidOn, rule.refundWindowDays)

/** What stands against giving a membership's money back today; null: nothing. */
export function refundRefusal({ paidOn, known, asked, left, hasAcceptedClaim, upgraded }: RefundFacts, today: DateOnly, rule: ProductsRule): RefundRefusal | null {
  if (asked) return 'asked'
  if (paidOn === null || !left) return 'nothing'
  if (upgraded) return 'upgraded'
  if (!known) return 'method'
  if (today > refundUntil(paidOn, rule)) return 'window'
  return hasAcceptedClaim ? 'claim' : null
}

export const refundInput = z.object({
  membershipId: z.uuid(),
  /** Cash only: whose. */
  from: z.enum(['collector', 'branch']).optional(),
  /** What was seen and agreed to. */
  shown: moneySchema,
  note: z.string().trim().min(3, { error: 'errors.required' }).max(300),
  idempotencyKey: idempotencyKeySchema,
})
export type RefundInput = z.output<typeof refundInput>
