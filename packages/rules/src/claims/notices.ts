import type { WorkflowsRule } from '../rule-sets'
import { noticesOf } from './deadlines'
import type { Escalation } from './deadlines'

/** Somebody who is to be told of a deadline now. */
export type Notice = {
  readonly to: 'handler' | Escalation['to']
  /** The moment from which on it was to be told; of several that were missed, the last. */
  readonly at: Date
  /** True once the deadline has passed. */
  readonly overdue: boolean
}

/** A state with its deadline, and when somebody was last told of it; null: nobody yet. */
export type Watched = { readonly state: string; readonly since: Date; readonly dueAt: Date; readonly toldAt: Date | null }

/**
 * Who is to be told at an instant and was not yet: whoever handles the claim, of reminders and of the end, others by the rule's escalations. One notice a
 * recipient, however many moments passed meanwhile.
 */
export function noticesDue(rule: WorkflowsRule, { state, since, dueAt, toldAt }: Watched, now: Date): Notice[] {
  const { reminders, escalations } = noticesOf(rule, state, since, dueAt)
  const all = [...[...reminders, dueAt].map((at) => ({ at, to: 'handler' as const })), ...escalations]
  const missed = all.filter(({ at }) => at <= now && (toldAt === null || at > toldAt)).toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const last = new Map(missed.map(({ at, to }) => [to, at]))
  return [...last].map(([to, at]) => ({ to, at, overdue: dueAt <= now }))
}
