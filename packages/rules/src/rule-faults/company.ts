import { ruleKinds } from '../rule-sets'
import { at, repeated } from './fault'
import type { Faults } from './fault'

/** Whoever joins without being sent belongs to a branch that is there and open. */
export const joining: Faults = ({ enrolment }, { branches }) =>
  branches.some(({ code, isActive }) => isActive && code === enrolment.defaultBranchCode) ? [] : [at('enrolment')('defaultBranchCode', 'errors.choice')]

/** What must be approved is a rule, and there is somebody left who can approve. */
export const approval: Faults = ({ governance: { secondPersonFor, simulateFor } }, { approvers }) => [
  ...secondPersonFor.flatMap((kind, index) => (ruleKinds.some((known) => known === kind) ? [] : [at('governance')(`secondPersonFor.${String(index)}`, 'errors.choice')])),
  ...repeated(secondPersonFor).map((index) => at('governance')(`secondPersonFor.${String(index)}`, 'errors.rule.codeTwice')),
  ...repeated(simulateFor).map((index) => at('governance')(`simulateFor.${String(index)}`, 'errors.rule.codeTwice')),
  ...(secondPersonFor.length > 0 && approvers !== null && approvers < 2 ? [at('governance')('secondPersonFor', 'errors.rule.noSecondPerson')] : []),
]

export const messages: Faults = ({ notifications: { events } }) =>
  repeated(events.map(({ event }) => event)).map((index) => at('notifications')(`events.${String(index)}.event`, 'errors.rule.codeTwice'))
