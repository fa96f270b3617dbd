import type { ProductsRule, WorkflowsRule } from '../rule-sets'
import type { TrialNote, TriedKind } from './figures'
import type { TrialRules } from './trial'

const newCodes = (before: readonly { readonly code: string }[], after: readonly { readonly code: string }[]): number =>
  after.filter(({ code }) => !before.some((known) => known.code === code)).length

const plain = (value: unknown): string => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))
const differs = (a: unknown, b: unknown): boolean => plain(a) !== plain(b)

function ofProducts(before: ProductsRule, after: ProductsRule, today: string): TrialNote[] {
  const later = [...after.discounts, ...after.coupons].filter(({ from }) => from !== null && from > today).length
  const terms = (rule: ProductsRule) => [rule.refundWindowDays, rule.refunds, rule.graceDays, rule.graceReminders, rule.pause]
  return [
    { key: 'laterOffers', count: later },
    { key: 'newPlans', count: newCodes(before.plans, after.plans) },
    { key: 'newAddons', count: newCodes(before.addons, after.addons) },
    { key: 'newCoupons', count: newCodes(before.coupons, after.coupons) },
    { key: 'proration', count: differs(before.proration, after.proration) ? 1 : 0 },
    { key: 'terms', count: differs(terms(before), terms(after)) ? 1 : 0 },
    { key: 'matters', count: after.plans.filter((plan) => before.plans.some((known) => known.code === plan.code && known.mattersPerYear !== plan.mattersPerYear)).length },
  ]
}

function ofWorkflows(before: WorkflowsRule, after: WorkflowsRule): TrialNote[] {
  return [
    { key: 'memberships', count: differs(before.memberships, after.memberships) ? 1 : 0 },
    { key: 'rejectReasons', count: differs(before.rejectReasons, after.rejectReasons) ? 1 : 0 },
    { key: 'matterWindow', count: before.matterWindowDays === after.matterWindowDays ? 0 : 1 },
    { key: 'reminders', count: differs(before.stages.map(({ hours: _, ...rest }) => rest), after.stages.map(({ hours: _, ...rest }) => rest)) ? 1 : 0 },
  ]
}

/** What a draft changes beyond what past records can tell: shown beside the figures, so that nobody takes silence for no effect. */
export function trialNotes(kind: TriedKind, { current, draft, workflows }: Pick<TrialRules, 'current' | 'draft' | 'workflows'>, until: Date): TrialNote[] {
  const notes = kind === 'products'
    ? ofProducts(current.products.value, draft.products.value, until.toISOString().slice(0, 10))
    : kind === 'tax'
      ? [{ key: 'feeVat', count: current.tax.value.successFeeCategory === draft.tax.value.successFeeCategory ? 0 : 1 }]
      : ofWorkflows(workflows.current.value, workflows.draft.value)
  return notes.filter(({ count }) => count > 0)
}
