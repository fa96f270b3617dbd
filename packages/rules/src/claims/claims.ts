import { DomainError } from '../errors'
import { daysBetween } from '../periods'
import type { DateOnly } from '../periods'
import { formatNumber } from '../numbering'
import type { ClaimCategory, DocumentKind, InvoicingRule, Plan, WorkflowsRule } from '../rule-sets'

export { claimStatuses, claimStatusSchema } from './statuses'
export type { ClaimStatus } from './statuses'

/** `CLM-MK-2026-000001` */
export function claimNumber(rule: InvoicingRule, values: { readonly country: string; readonly year: number; readonly n: bigint }): string {
  return formatNumber(rule.claimPattern, values)
}

/** Documents that the category asks for and that are not there yet; empty means the pack is complete. */
export function missingDocuments(rule: WorkflowsRule, category: ClaimCategory, present: readonly DocumentKind[]): DocumentKind[] {
  const required = rule.categories.find((candidate) => candidate.category === category)?.requiredDocuments ?? []
  return required.filter((kind) => !present.includes(kind))
}

/** True when the category is advice only. Throws INVALID for a category that the tenant does not take. */
export function isGuidanceOnly(rule: WorkflowsRule, category: ClaimCategory): boolean {
  const found = rule.categories.find((candidate) => candidate.category === category)
  if (found === undefined) throw new DomainError('INVALID', 'errors.claim.category', { field: 'category' })
  return found.scope === 'guidance'
}

export type MatterKey = { readonly incidentOn: DateOnly; readonly counterparty: string; readonly category: ClaimCategory }

/** Whether two claims are one matter: same counterparty and type, incidents no further apart than the rule's window. */
export function isSameMatter(a: MatterKey, b: MatterKey, rule: WorkflowsRule): boolean {
  const name = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return (
    a.category === b.category &&
    name(a.counterparty) === name(b.counterparty) &&
    Math.abs(daysBetween(a.incidentOn, b.incidentOn)) <= rule.matterWindowDays
  )
}

/** Matters left in the membership year; null when the plan counts none. */
export function mattersLeft(plan: Plan, used: number): number | null {
  return plan.mattersPerYear === null ? null : Math.max(0, plan.mattersPerYear - used)
}
