import { dueAt, workingMinutes } from '../calendar'
import type { CalendarRule } from '../rule-sets'

/** The pack became complete, or a document was found missing. */
export type PackChange = { readonly at: Date; readonly complete: boolean }

export type TriageClock = {
  readonly state: 'waiting_for_documents' | 'running' | 'overdue'
  /** When the first decision is due if nothing changes; null while the clock stands. */
  readonly dueAt: Date | null
  readonly workingMinutesUsed: number
  readonly workingMinutesLeft: number
}

/**
 * The triage clock of a submitted claim at an instant. It runs in working hours while the pack is complete and stands
 * while it is not; what was used before a pause stays used. Changes may come in any order.
 */
export function triageClock(changes: readonly PackChange[], hours: number, calendar: CalendarRule, now: Date): TriageClock {
  const past = changes.filter(({ at }) => at <= now).toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const budget = hours * 60
  let used = 0
  let runningSince: Date | null = null
  for (const { at, complete } of past) {
    if (runningSince !== null && !complete) {
      used += workingMinutes(runningSince, at, calendar)
      runningSince = null
    } else if (runningSince === null && complete) {
      runningSince = at
    }
  }
  if (runningSince === null) {
    return { state: 'waiting_for_documents', dueAt: null, workingMinutesUsed: used, workingMinutesLeft: Math.max(0, budget - used) }
  }
  const due = dueAt(runningSince, Math.max(0, budget - used) / 60, calendar)
  const total = used + workingMinutes(runningSince, now, calendar)
  return {
    state: now > due ? 'overdue' : 'running',
    dueAt: due,
    workingMinutesUsed: total,
    workingMinutesLeft: Math.max(0, budget - total),
  }
}
