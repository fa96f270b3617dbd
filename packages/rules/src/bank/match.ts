import { compare } from '../money'
import type { Money } from '../money'
import { nameTokens } from '../people'

/** Where a line of a statement stands. `booked`: what it paid for is booked. `held`: its money is ours to keep for somebody and not yet for anything. `seen`: it shows what was booked before. */
export const bankLineStatuses = ['new', 'open', 'held', 'booked', 'seen', 'ignored', 'returned'] as const
export type BankLineStatus = (typeof bankLineStatuses)[number]

/** Why a line waits for a person. */
export const openReasons = ['noReference', 'unknownReference', 'severalReferences', 'underpaid', 'overpaid', 'paidAlready', 'lapsed', 'outgoing', 'failed'] as const
export type OpenReason = (typeof openReasons)[number]

/** A sale that waits, or waited, for a transfer. */
export type Expected = {
  readonly paymentId: string
  readonly state: 'waiting' | 'paid' | 'lapsed'
  /** What is to come; with what came already it is the price. */
  readonly missing: Money
}

export type LineVerdict = { readonly kind: 'book'; readonly paymentId: string } | { readonly kind: 'open'; readonly reason: OpenReason; readonly paymentId: string | null }

const open = (reason: OpenReason, paymentId: string | null = null): LineVerdict => ({ kind: 'open', reason, paymentId })

/**
 * What follows from money that came in: a reference of a sale that waits, with exactly what is missing of it, is booked. Everything else is for a person to look at, with the reason;
 * nothing is activated on a guess. `named`: whether the line holds a reference at all. `expected`: those of its references that are ours.
 */
export function judgeLine(amount: Money, named: boolean, expected: readonly Expected[]): LineVerdict {
  if (amount.minor < 0n) return open('outgoing')
  const [one, ...others] = expected
  if (one === undefined) return open(named ? 'unknownReference' : 'noReference')
  if (others.length > 0) return open('severalReferences')
  if (one.state !== 'waiting') return open(one.state === 'paid' ? 'paidAlready' : 'lapsed', one.paymentId)
  if (amount.currency !== one.missing.currency) return open('noReference', one.paymentId)
  const differs = compare(amount, one.missing)
  if (differs === 0) return { kind: 'book', paymentId: one.paymentId }
  return open(differs < 0 ? 'underpaid' : 'overpaid', one.paymentId)
}

/** How much two spellings of a name have in common: the share of the shorter one's words that the longer one has, in one script and without marks. */
export function namesAlike(a: string, b: string): number {
  const [one, other] = [nameTokens(a), nameTokens(b)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length === 0) return 0
  return short.filter((word) => long.includes(word)).length / short.length
}
