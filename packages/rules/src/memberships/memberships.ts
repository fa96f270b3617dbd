import { addDays, contains } from '../periods'
import type { DateOnly, Period } from '../periods'
import { formatNumber } from '../numbering'
import type { InvoicingRule, ProductsRule } from '../rule-sets'

export const membershipStatuses = [
  'pending',
  'active',
  'past_due',
  'paused',
  'canceled',
  'lapsed',
  'expired',
] as const
export type MembershipStatus = (typeof membershipStatuses)[number]

/** Statuses in which help can be asked for while the period runs. `canceled` runs out at its period's end. */
export const coveredStatuses: readonly MembershipStatus[] = ['active', 'past_due', 'canceled']

/** True when a loss on that day is covered: the status allows it and the day lies in the period. */
export function isCovered(membership: { readonly status: MembershipStatus; readonly period: Period }, on: DateOnly): boolean {
  return coveredStatuses.includes(membership.status) && contains(membership.period, on)
}

/** Last day of grace after a failed renewal, and the days on which a reminder goes out, evenly spread. */
export function graceOf(periodEnd: DateOnly, rule: ProductsRule): { readonly until: DateOnly; readonly reminders: readonly DateOnly[] } {
  const reminders = Array.from({ length: rule.graceReminders }, (_, index) =>
    addDays(periodEnd, Math.floor((rule.graceDays * index) / rule.graceReminders)),
  )
  return { until: addDays(periodEnd, rule.graceDays), reminders }
}

/** `MEM-MK-000001` */
export function memberNumber(rule: InvoicingRule, values: { readonly country: string; readonly year: number; readonly n: bigint }): string {
  return formatNumber(rule.memberPattern, values)
}
