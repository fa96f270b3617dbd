import { DomainError } from '../errors'
import { compare, money, moneyToJson, percentOf } from '../money'
import type { Money } from '../money'
import { receiptOf } from '../rule-sets'
import type { CommissionKind, CommissionsRule, ResolvedRule, RuleReceipt } from '../rule-sets'

export const commissionStatuses = ['pending', 'approved', 'paid', 'reversed'] as const
export type CommissionStatus = (typeof commissionStatuses)[number]

const moves: Readonly<Record<CommissionStatus, readonly CommissionStatus[]>> = {
  pending: ['approved', 'reversed'],
  approved: ['paid', 'reversed'],
  paid: ['reversed'],
  reversed: [],
}

/** Statuses that a commission may take next. */
export function nextCommissionStatuses(status: CommissionStatus): readonly CommissionStatus[] {
  return moves[status]
}

/** Throws CONFLICT when the commission cannot take that status. */
export function assertCommissionStatus(from: CommissionStatus, to: CommissionStatus): void {
  if (!moves[from].includes(to)) throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
}

/** The kind under which a sale is paid: business plans have their own share whatever the sale was. */
export function commissionKindOf(rule: CommissionsRule, planCode: string, sale: Exclude<CommissionKind, 'business'>): CommissionKind {
  return rule.businessPlans.includes(planCode) ? 'business' : sale
}

/** What a sale is to who earns by it: the member's first, another year of the same, or a step up to a dearer plan. */
export function saleKindOf(sale: PricedPlan, before: PricedPlan | null): Exclude<CommissionKind, 'business'> {
  if (before === null) return 'new'
  return before.planCode !== sale.planCode && before.minor < sale.minor ? 'upgrade' : 'renewal'
}

export type PricedPlan = { readonly planCode: string; readonly minor: bigint }

/** What is left of a net fee after part of what was paid went back; rounded down, so that nobody earns on what is gone. */
export function netKept(net: Money, paidMinor: bigint, refundedMinor: bigint): Money {
  if (refundedMinor <= 0n) return net
  return refundedMinor >= paidMinor ? money(0n, net.currency) : money((net.minor * (paidMinor - refundedMinor)) / paidMinor, net.currency)
}

/** What a sale earns: the kind's share of the net fee. */
export function commissionFor(
  rule: ResolvedRule<'commissions'>,
  sale: { readonly planCode: string; readonly kind: Exclude<CommissionKind, 'business'>; readonly net: Money },
): { readonly amount: Money; readonly kind: CommissionKind; readonly receipt: RuleReceipt } {
  const kind = commissionKindOf(rule.value, sale.planCode, sale.kind)
  const percentBp = rule.value.percentBp[kind]
  const amount = percentOf(sale.net, percentBp)
  return {
    amount,
    kind,
    receipt: receiptOf(rule, {
      inputs: { planCode: sale.planCode, sale: sale.kind, net: moneyToJson(sale.net) },
      outcome: { kind, amount: moneyToJson(amount) },
      explain: [{ key: `receipts.commission.${kind}`, params: { percentBp, minor: amount.minor.toString() } }],
    }),
  }
}

/** Whether what is owed reaches the least amount that is paid out. */
export function isPayable(rule: CommissionsRule, owed: Money): boolean {
  const minimum = rule.minimumPayout.find(({ currency }) => currency === owed.currency)
  return minimum !== undefined && compare(owed, minimum) >= 0
}

/** Why so much was paid out: the rule and its least amount. */
export function payoutReceipt(rule: ResolvedRule<'commissions'>, amount: Money): RuleReceipt {
  const minimum = rule.value.minimumPayout.find(({ currency }) => currency === amount.currency)
  return receiptOf(rule, { inputs: { owed: moneyToJson(amount) }, outcome: { paid: moneyToJson(amount), minimum: minimum === undefined ? null : moneyToJson(minimum) }, explain: [] })
}
