import { addDays, daysBetween } from '../periods'
import type { DateOnly, Period } from '../periods'
import type { NotificationsRule, ProductsRule } from '../rule-sets'
import { graceOf } from './memberships'
import type { MembershipStatus } from './memberships'

/** What a member is told while a membership nears its end or has passed it. `step` counts within its kind, so that each is told once. */
export type StandingNews =
  | { readonly kind: 'renewal_due'; readonly step: number; readonly daysLeft: number }
  | { readonly kind: 'past_due'; readonly step: number; readonly until: DateOnly }
  | { readonly kind: 'lapsed'; readonly step: 0 }

/** Where a membership stands on a day. `to`: the status that its dates call for, null: the one it has. */
export type Standing = { readonly to: MembershipStatus | null; readonly tell: StandingNews | null }

export type StandingFacts = {
  readonly status: MembershipStatus
  readonly period: Period
  /** A later period of the same person is paid for. */
  readonly renewed: boolean
  /** Costs nothing, so nothing is owed when it ends. */
  readonly free: boolean
}

const stays: Standing = { to: null, tell: null }

function nearingEnd({ period }: StandingFacts, today: DateOnly, { renewalReminderDays }: NotificationsRule): Standing {
  // the last day that counts is the one before the end
  const daysLeft = daysBetween(today, period.end) - 1
  const step = renewalReminderDays.filter((days) => days >= daysLeft).toSorted((a, b) => a - b)[0]
  return step === undefined ? stays : { to: null, tell: { kind: 'renewal_due', step, daysLeft } }
}

function inGrace(status: MembershipStatus, period: Period, today: DateOnly, products: ProductsRule): Standing {
  const { until, reminders } = graceOf(period.end, products)
  if (today >= until) {
    // what ended long ago, in the years before an import or while no worker ran, is nobody's news any more
    const recent = daysBetween(until, today) <= products.graceDays
    return { to: 'lapsed', tell: recent ? { kind: 'lapsed', step: 0 } : null }
  }
  const step = reminders.filter((day) => day <= today).length - 1
  const tell = step < 0 ? null : ({ kind: 'past_due', step, until: addDays(until, -1) } as const)
  return { to: status === 'past_due' ? null : 'past_due', tell }
}

/**
 * Where a membership that was paid for stands: reminders before the end, grace with its reminders after it, then lapsed; one that is
 * renewed, cancelled or free ends quietly. Dates in the tenant's zone; reminders and grace are the tenant's rules.
 */
export function standingOf(
  facts: StandingFacts,
  today: DateOnly,
  rules: { readonly products: ProductsRule; readonly notifications: NotificationsRule },
): Standing {
  const { status, period, renewed, free } = facts
  const over = today >= period.end
  const quiet = renewed || free
  if (status === 'active' && !over) return quiet ? stays : nearingEnd(facts, today, rules.notifications)
  if (status === 'canceled') return over ? { to: 'expired', tell: null } : stays
  if ((status !== 'active' && status !== 'past_due') || !over) return stays
  if (quiet || rules.products.graceDays === 0) return { to: 'expired', tell: null }
  return inGrace(status, period, today, rules.products)
}
