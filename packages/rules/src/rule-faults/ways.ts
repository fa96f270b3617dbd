import { publicHolidays } from '../calendar'
import { claimStatuses } from '../claims'
import { membershipStatuses } from '../memberships'
import type { Workflow } from '../rule-sets'
import { isZone } from '../periods'
import { stateFaults } from '../workflows'
import { at, repeated, unknownIn } from './fault'
import type { Faults, RuleIssue } from './fault'

type Which = 'claims' | 'memberships'
const workflows = at('workflows')

/** Every state is come to and left again, up to one in which the case is closed; out of those leads only a way back to work. */
function passable(which: Which, workflow: Workflow): RuleIssue[] {
  const { states, closed, initial, transitions } = workflow
  const faults = stateFaults(workflow)
  return [
    ...repeated(states).map((index) => workflows(`${which}.states.${String(index)}`, 'errors.rule.codeTwice')),
    ...states.flatMap((state, index) => (faults.get(state) ?? []).map((fault) => workflows(`${which}.states.${String(index)}`, `errors.workflow.${fault}`, { state }))),
    ...(closed.includes(initial) ? [workflows(`${which}.initial`, 'errors.workflow.closedStart')] : []),
    ...transitions.flatMap(({ from, to }, index) => (from !== to && closed.includes(from) && closed.includes(to) ? [workflows(`${which}.transitions.${String(index)}`, 'errors.workflow.onlyReopen', { state: from })] : [])),
    ...transitions.flatMap(({ from, to }, index) => (from === to ? [workflows(`${which}.transitions.${String(index)}`, 'errors.workflow.toItself', { state: from })] : [])),
  ]
}

/** Screens and reports know the states by name, so a tenant orders them and cannot invent any. */
export const ways: Faults = ({ workflows: rule }) =>
  ([['claims', claimStatuses], ['memberships', membershipStatuses]] as const).flatMap(([which, known]) => [
    ...(rule[which].states.toSorted().join() === known.toSorted().join() ? [] : [workflows(`${which}.states`, 'errors.pack.states')]),
    ...passable(which, rule[which]),
  ])

/** Deadlines are of states that are worked in, and reminders come while there is still time. */
export const deadlines: Faults = ({ workflows: { claims, stages, categories, rejectReasons } }) => [
  ...stages.flatMap(({ state, hours, remindHoursBefore }, index) => {
    const field = `stages.${String(index)}`
    const worked = !claims.closed.includes(state) && state !== claims.initial
    return [
      ...(worked ? [] : [workflows(`${field}.state`, 'errors.workflow.noWorkThere', { state })]),
      ...remindHoursBefore.flatMap((before, place) => (before < hours ? [] : [workflows(`${field}.remindHoursBefore.${String(place)}`, 'errors.workflow.reminder', { maximum: hours })])),
    ]
  }),
  ...repeated(categories.map(({ category }) => category)).map((index) => workflows(`categories.${String(index)}.category`, 'errors.rule.codeTwice')),
  ...repeated(rejectReasons).map((index) => workflows(`rejectReasons.${String(index)}`, 'errors.rule.codeTwice')),
]

/** Conditions of steps and routes name plans, branches and currencies that exist. */
export const judged: Faults = ({ workflows: rule, products }, { branches, currencies }) => {
  const known = { plan: products.plans.map(({ code }) => code), branch: branches.map(({ code }) => code), currency: currencies }
  return [
    ...rule.routes.flatMap(({ when }, index) => unknownIn('workflows', `routes.${String(index)}.when`, when, known)),
    ...rule.claims.transitions.flatMap(({ when }, index) => unknownIn('workflows', `claims.transitions.${String(index)}.when`, when, known)),
  ]
}

export const calendars: Faults = ({ workflows: { calendar: { zone, holidaysOf, weekdays, closedOn, openOn } } }) => [
  ...(isZone(zone) ? [] : [workflows('calendar.zone', 'errors.country.zone')]),
  ...(holidaysOf === null || publicHolidays(holidaysOf, 2026).size > 0 ? [] : [workflows('calendar.holidaysOf', 'errors.pack.holidays')]),
  ...repeated(weekdays.map(String)).map((index) => workflows(`calendar.weekdays.${String(index)}`, 'errors.rule.codeTwice')),
  ...openOn.flatMap((day, index) => (closedOn.includes(day) ? [workflows(`calendar.openOn.${String(index)}`, 'errors.calendar.openAndClosed')] : [])),
]
