import { DomainError } from '../errors'
import { add, compare, isNegative, isZero, largerOf, moneyToJson, percentOf, smallerOf, zero } from '../money'
import type { Money } from '../money'
import { receiptOf } from '../rule-sets'
import type { ResolvedRule, RuleReceipt } from '../rule-sets'

export type Recovery = {
  /** Money actually received from the counterparty. */
  readonly recovered: Money
  /** Set when the member opted in to external legal action; its costs are added up to the plan's cap. */
  readonly legalCosts?: Money | undefined
}

/**
 * The success fee of a plan: the larger of percent and minimum, nothing when nothing was recovered or the plan has
 * no fee. With external legal action the costs are added as far as the cap allows; the cap never lowers the fee itself.
 * Throws INVALID for an unknown plan, a negative recovery, a currency without a minimum or a plan without legal action.
 */
export function successFee(
  rule: ResolvedRule<'products'>,
  planCode: string,
  { recovered, legalCosts }: Recovery,
): { readonly fee: Money; readonly receipt: RuleReceipt } {
  const plan = rule.value.plans.find(({ code }) => code === planCode)
  if (plan === undefined) throw new DomainError('INVALID', 'errors.plan.unknown', { field: 'planCode' })
  if (isNegative(recovered)) throw new DomainError('INVALID', 'errors.money.negative', { field: 'recovered' })
  const explain: RuleReceipt['explain'][number][] = []
  const done = (fee: Money) => ({
    fee,
    receipt: receiptOf(rule, {
      inputs: {
        planCode,
        recovered: moneyToJson(recovered),
        legalCosts: legalCosts === undefined ? null : moneyToJson(legalCosts),
      },
      outcome: { fee: moneyToJson(fee) },
      explain,
    }),
  })
  const terms = plan.successFee
  if (terms === null || isZero(recovered)) {
    explain.push({ key: terms === null ? 'receipts.fee.none' : 'receipts.fee.nothingRecovered', params: {} })
    return done(zero(recovered.currency))
  }
  const minimum = terms.minimums.find(({ currency }) => currency === recovered.currency)
  if (minimum === undefined) throw new DomainError('INVALID', 'errors.money.currency', { field: 'recovered' })
  const share = percentOf(recovered, terms.percentBp)
  explain.push({ key: 'receipts.fee.percent', params: { percentBp: terms.percentBp, minor: share.minor.toString() } })
  let fee = largerOf(share, minimum)
  if (compare(share, minimum) < 0) explain.push({ key: 'receipts.fee.minimum', params: { minor: minimum.minor.toString() } })
  if (legalCosts !== undefined) {
    if (terms.capBp === null) throw new DomainError('INVALID', 'errors.claim.noLegalAction', { field: 'legalCosts' })
    if (isNegative(legalCosts)) throw new DomainError('INVALID', 'errors.money.negative', { field: 'legalCosts' })
    fee = largerOf(fee, smallerOf(add(fee, legalCosts), percentOf(recovered, terms.capBp)))
    explain.push({ key: 'receipts.fee.cap', params: { capBp: terms.capBp, minor: fee.minor.toString() } })
  }
  if (terms.limitToRecovery && compare(fee, recovered) > 0) {
    fee = recovered
    explain.push({ key: 'receipts.fee.limited', params: { minor: fee.minor.toString() } })
  }
  return done(fee)
}
