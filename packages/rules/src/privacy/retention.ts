import { addDays, addMonths, addYears, type DateOnly } from '../periods'
import type { RetentionRule } from '../rule-sets'

/** What goes by itself when its time is over, in the order in which it goes. Papers and entries of the books are not among them: who keeps the books ends their years. */
export const retentionKinds = ['people', 'claims', 'leads', 'messages', 'sessions', 'events', 'workings'] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** The first day of each kind that is still kept: what is older goes. */
export function keptFrom(rule: RetentionRule, today: DateOnly): Readonly<Record<RetentionKind, DateOnly>> {
  return {
    people: addYears(today, -rule.membersYears), claims: addYears(today, -rule.claimsYears), leads: addMonths(today, -rule.leadsMonths), messages: addDays(today, -rule.messagesDays), sessions: addDays(today, -rule.sessionsDays),
    events: addDays(today, -rule.providerEventsDays), workings: addDays(today, -rule.workingsDays),
  }
}
