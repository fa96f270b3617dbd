import type { Period, DateOnly } from '../periods'
import type { Workflow } from '../rule-sets'
import { nextStates } from '../workflows'
import type { MembershipStatus } from './memberships'

export type LeavingFacts = {
  readonly status: MembershipStatus
  /** Null until it was paid for the first time. */
  readonly period: Period | null
  /** A later period of the same person is paid for, so that nothing is left to be called off. */
  readonly followed: boolean
  /** What was paid for it has stayed with us. */
  readonly paid: boolean
}

/** What somebody may do about the end of a membership: let it run out without a renewal, or take that back while it still runs. */
export type Leaving = { readonly cancel: boolean; readonly takeBack: boolean }

/**
 * By the tenant's workflow and what the asker may do. Calling it off never shortens what was paid for; it can be taken back until the last day is over, unless the money
 * has gone back.
 */
export function leavingOf(workflow: Workflow, { status, period, followed, paid }: LeavingFacts, today: DateOnly, permissions: ReadonlySet<string>): Leaving {
  if (period === null) return { cancel: false, takeBack: false }
  const leads = (to: MembershipStatus): boolean => nextStates(workflow, status, { paymentSucceeded: paid }, permissions).some((step) => step.to === to && step.allowed)
  return {
    cancel: status !== 'pending' && status !== 'canceled' && !followed && leads('canceled'),
    takeBack: status === 'canceled' && paid && today < period.end && leads('active'),
  }
}
