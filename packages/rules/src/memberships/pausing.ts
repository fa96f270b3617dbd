import { addDays, addMonths, daysBetween } from '../periods'
import type { DateOnly, Period } from '../periods'
import type { PauseRule, Workflow } from '../rule-sets'
import { nextStates } from '../workflows'
import type { MembershipStatus } from './memberships'

/** Why a membership is not paused. `rule`: the tenant has no pauses. `step`: it does not run, or who asks may not. `ahead`: the next period is paid for. `early`: not yet. `used`: too few days are left of the year, or of the period. */
export const pauseRefusals = ['rule', 'step', 'ahead', 'early', 'used'] as const
export type PauseRefusal = (typeof pauseRefusals)[number]

export type PauseFacts = {
  readonly status: MembershipStatus
  /** Null until it was paid for the first time. */
  readonly period: Period | null
  /** A later period of the same person is paid for: a pause would push into it. */
  readonly followed: boolean
  /** Days of pauses in its membership year so far. */
  readonly used: number
}

/** How long it may be paused from today. */
export type PauseOffer = { readonly refusal: PauseRefusal; readonly from: DateOnly | null } | { readonly refusal: null; readonly least: number; readonly most: number }

/** First day of the membership year that a day lies in. */
export function membershipYear(start: DateOnly, on: DateOnly): DateOnly {
  let first = start
  for (let months = 12; addMonths(start, months) <= on; months += 12) first = addMonths(start, months)
  return first
}

/** By the tenant's rule, the workflow and what the asker may do. A pause that does not prolong ends with the period at the latest. */
export function pauseOffer(rule: PauseRule, workflow: Workflow, { status, period, followed, used }: PauseFacts, today: DateOnly, permissions: ReadonlySet<string>): PauseOffer {
  const refused = (refusal: PauseRefusal, from: DateOnly | null = null): PauseOffer => ({ refusal, from })
  if (rule.daysPerYear === 0) return refused('rule')
  const may = nextStates(workflow, status, {}, permissions).some(({ to, allowed }) => to === 'paused' && allowed)
  if (period === null || !may || today < period.start || today >= period.end) return refused('step')
  if (followed) return refused('ahead')
  const first = addDays(period.start, rule.afterDays)
  if (today < first) return refused('early', first)
  const left = rule.daysPerYear - used
  const most = rule.prolongs ? left : Math.min(left, daysBetween(today, period.end))
  return most < rule.leastDays ? refused('used') : { refusal: null, least: rule.leastDays, most }
}

export type Paused = { readonly start: DateOnly; /** First day of cover again. */ readonly end: DateOnly; readonly prolongs: boolean }

/** What taking it up again on a day makes of a pause: its end, and by how many days the membership ends earlier than the pause had promised. */
export function resumedOn({ start, end, prolongs }: Paused, on: DateOnly): { readonly end: DateOnly; readonly shorter: number } {
  const back = on < start ? start : on < end ? on : end
  return { end: back, shorter: prolongs ? daysBetween(back, end) : 0 }
}
