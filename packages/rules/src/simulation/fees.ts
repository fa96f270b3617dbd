import { successFee } from '../claims'
import type { Recovery } from '../claims'
import { isDomainError } from '../errors'
import type { Currency } from '../money'
import type { ResolvedRule, RuleReceipt } from '../rule-sets'
import type { Refusal } from './sales'

/** A claim that has brought something, or nothing. */
export type PastRecovery = {
  readonly entityId: string
  readonly branchId: string
  readonly planCode: string
  readonly recovery: Recovery
  /** The fee that was really taken. */
  readonly billedMinor: bigint
}

export type FeeSide = { readonly fee: bigint; readonly steps: RuleReceipt['explain'] }
export type FeeVerdict = 'more' | 'less' | 'same' | 'uncompared'
export type FeeComparison = {
  readonly verdict: FeeVerdict
  readonly currency: Currency
  readonly before: FeeSide | null
  readonly after: FeeSide | null
  readonly reason: Refusal | null
}

type Answer = { readonly side: FeeSide | null; readonly refusal: Refusal | null }

function ask(rule: ResolvedRule<'products'>, { planCode, recovery }: PastRecovery): Answer {
  try {
    const { fee, receipt } = successFee(rule, planCode, recovery)
    return { side: { fee: fee.minor, steps: receipt.explain }, refusal: null }
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { side: null, refusal: { key: error.messageKey, params: error.params } }
  }
}

/** The success fee of the same recovery by the products in force and by the draft. */
export function compareFee(current: ResolvedRule<'products'>, draft: ResolvedRule<'products'>, claim: PastRecovery): FeeComparison {
  const before = ask(current, claim)
  const after = ask(draft, claim)
  const { currency } = claim.recovery.recovered
  const sides = { currency, before: before.side, after: after.side, reason: after.refusal ?? before.refusal }
  if (before.side === null || after.side === null) return { verdict: 'uncompared', ...sides }
  return { verdict: after.side.fee > before.side.fee ? 'more' : after.side.fee < before.side.fee ? 'less' : 'same', ...sides }
}
