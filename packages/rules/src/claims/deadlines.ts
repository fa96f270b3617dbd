import { dueAt, dueBefore } from '../calendar'
import { holds } from '../conditions'
import type { Facts } from '../conditions'
import { receiptOf } from '../rule-sets'
import type { CalendarRule, ResolvedRule, Route, RuleReceipt, Stage, WorkflowsRule } from '../rule-sets'

type Rule = ResolvedRule<'workflows'>
type Explain = RuleReceipt['explain'][number]

/** States in which the first decision is still to be made, so that the triage clock matters. */
export const triageStates: readonly string[] = ['submitted', 'verification']

export type Priority = Route['priority']

export type Triage = {
  /** The route's code; null when none fits. */
  readonly routeCode: string | null
  readonly priority: Priority
  readonly triageHours: number
  /** When the first decision is due; null while the clock waits for documents. */
  readonly dueAt: Date | null
  readonly receipt: RuleReceipt
}

export type Escalation = { readonly at: Date; readonly to: Stage['escalations'][number]['to'] }

/** When somebody is to be told of a deadline. */
export type Notices = { readonly reminders: readonly Date[]; readonly escalations: readonly Escalation[] }

export type StageDeadline = Notices & { readonly dueAt: Date; readonly receipt: RuleReceipt }

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const iso = (at: Date | null): string | null => (at === null ? null : at.toISOString())

/** How the calendar turned hours into an instant. */
function explainCalendar({ opensAt, closesAt, weekdays, holidaysOf }: CalendarRule): Explain {
  return {
    key: 'receipts.deadline.calendar',
    params: { opens: clock(opensAt), closes: clock(closesAt), days: weekdays.length, holidays: holidaysOf ?? 'none' },
  }
}

/** The rule's entry for a state; none for one in which the case is closed. */
function stageOf({ stages, claims }: WorkflowsRule, state: string): Stage | undefined {
  return claims.closed.includes(state) ? undefined : stages.find((candidate) => candidate.state === state)
}

function routeOf({ routes, triageHours }: WorkflowsRule, facts: Facts<'claim'>) {
  const route = routes.find(({ when }) => holds(when, facts))
  return { routeCode: route?.code ?? null, priority: route?.priority ?? ('normal' as const), triageHours: route?.triageHours ?? triageHours }
}

function explainRoute({ routeCode, triageHours }: Pick<Triage, 'routeCode' | 'triageHours'>): Explain {
  return routeCode === null
    ? { key: 'receipts.deadline.noRoute', params: { hours: triageHours } }
    : { key: 'receipts.deadline.route', params: { code: routeCode, hours: triageHours } }
}

/**
 * The way through triage: the first route whose condition holds, else the tenant's usual hours. `at` is when the pack became complete;
 * null while it is not, so that nothing is due yet.
 */
export function decideTriage(rule: Rule, facts: Facts<'claim'>, at: Date | null): Triage {
  const { calendar } = rule.value
  const found = routeOf(rule.value, facts)
  const due = at === null ? null : dueAt(at, found.triageHours, calendar)
  const receipt = receiptOf(rule, {
    inputs: { decision: 'triage', facts: { ...facts }, at: iso(at) },
    outcome: { ...found, dueAt: iso(due) },
    explain: [explainRoute(found), due === null ? { key: 'receipts.deadline.waits', params: {} } : explainCalendar(calendar)],
  })
  return { ...found, dueAt: due, receipt }
}

/** Who is to be told when of a deadline in a state. A reminder that would come before the state was entered is left out. */
export function noticesOf(rule: WorkflowsRule, state: string, since: Date, due: Date): Notices {
  const { calendar } = rule
  const stage = stageOf(rule, state)
  if (stage === undefined) return { reminders: [], escalations: [] }
  const byTime = (a: Date, b: Date) => a.getTime() - b.getTime()
  return {
    reminders: stage.remindHoursBefore.map((hours) => dueBefore(due, hours, calendar)).filter((at) => at > since).toSorted(byTime),
    escalations: stage.escalations.map(({ hoursAfter, to }) => ({ at: dueAt(due, hoursAfter, calendar), to })).toSorted((a, b) => byTime(a.at, b.at)),
  }
}

/** The deadline of a state that was entered at `since`, by the rule's stages alone; null when it has none. */
export function stageDeadline(rule: Rule, state: string, since: Date): StageDeadline | null {
  const { calendar } = rule.value
  const stage = stageOf(rule.value, state)
  if (stage === undefined) return null
  const due = dueAt(since, stage.hours, calendar)
  const notices = noticesOf(rule.value, state, since, due)
  return {
    dueAt: due,
    ...notices,
    receipt: receiptOf(rule, {
      inputs: { decision: 'stage', state, since: since.toISOString() },
      outcome: { dueAt: due.toISOString(), reminders: notices.reminders.map(iso), escalations: notices.escalations.map(({ at, to }) => ({ at: iso(at), to })) },
      explain: [{ key: 'receipts.deadline.stage', params: { state, hours: stage.hours } }, explainCalendar(calendar)],
    }),
  }
}

/** What decides until when a claim must leave the state it is in. */
export type DeadlineRequest = {
  readonly state: string
  /** When the state was entered. */
  readonly since: Date
  /** As the claim stood when its way through triage was decided. */
  readonly facts: Facts<'claim'>
  /** When the pack became complete; null while documents are missing. */
  readonly packCompleteAt: Date | null
}

export type Deadline = Pick<Triage, 'routeCode' | 'priority' | 'triageHours' | 'dueAt'> & {
  /** What set it: the way through triage, the rule of the state, nothing, or documents that are still missing. */
  readonly by: 'triage' | 'stage' | 'none' | 'documents'
  /** Working hours that were given; null when nothing is due. */
  readonly hours: number | null
  readonly receipt: RuleReceipt
}

/**
 * The route of a claim and when its present state must be left: before the first decision the end of triage or of the state, whichever comes
 * first, and nothing while the pack waits for documents; afterwards the end of the state, or nothing where the rule sets none.
 */
export function decideDeadline(rule: Rule, { state, since, facts, packCompleteAt }: DeadlineRequest): Deadline {
  const { calendar } = rule.value
  const found = routeOf(rule.value, facts)
  const stage = stageOf(rule.value, state)
  const made = triageStates.includes(state) ? beforeDecision(stage, found.triageHours, calendar, since, packCompleteAt) : afterDecision(stage, calendar, since)
  const { by, hours } = made
  const explain: Explain[] = [explainRoute(found)]
  if (by === 'stage' && hours !== null) explain.push({ key: 'receipts.deadline.stage', params: { state, hours } })
  if (by === 'documents') explain.push({ key: 'receipts.deadline.waits', params: {} })
  else explain.push(by === 'none' ? { key: 'receipts.deadline.none', params: { state } } : explainCalendar(calendar))
  const receipt = receiptOf(rule, {
    inputs: { decision: 'deadline', state, since: since.toISOString(), facts: { ...facts }, packCompleteAt: iso(packCompleteAt) },
    outcome: { ...found, by, hours, dueAt: iso(made.dueAt) },
    explain,
  })
  return { ...found, ...made, receipt }
}

type Made = Pick<Deadline, 'by' | 'hours' | 'dueAt'>

function afterDecision(stage: Stage | undefined, calendar: CalendarRule, since: Date): Made {
  return stage === undefined ? { by: 'none', hours: null, dueAt: null } : { by: 'stage', hours: stage.hours, dueAt: dueAt(since, stage.hours, calendar) }
}

function beforeDecision(stage: Stage | undefined, triageHours: number, calendar: CalendarRule, since: Date, complete: Date | null): Made {
  if (complete === null) return { by: 'documents', hours: null, dueAt: null }
  const triage: Made = { by: 'triage', hours: triageHours, dueAt: dueAt(complete, triageHours, calendar) }
  if (stage === undefined) return triage
  const ofStage = afterDecision(stage, calendar, complete > since ? complete : since)
  return ofStage.dueAt !== null && triage.dueAt !== null && ofStage.dueAt < triage.dueAt ? ofStage : triage
}
