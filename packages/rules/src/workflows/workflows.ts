import { DomainError } from '../errors'
import type { Permission } from '../permissions'
import type { Gate, Transition, Workflow } from '../rule-sets'

/** Which gates hold for the record now; a gate that is absent does not hold. */
export type GateFacts = { readonly [G in Gate]?: boolean | undefined }

export type NextState = {
  readonly to: string
  /** True when nothing stands in the way for this caller. */
  readonly allowed: boolean
  readonly lacksPermission: boolean
  readonly missingGates: readonly Gate[]
}

function judge(transition: Transition, facts: GateFacts, permissions: ReadonlySet<string>): NextState {
  const lacksPermission = !transition.anyOf.some((permission: Permission) => permissions.has(permission))
  const missingGates = transition.gates.filter((gate) => facts[gate] !== true)
  return { to: transition.to, allowed: !lacksPermission && missingGates.length === 0, lacksPermission, missingGates }
}

/** Every state that the workflow leads to from here, and what stands in the way of each, in the rule's order. */
export function nextStates(
  workflow: Workflow,
  state: string,
  facts: GateFacts,
  permissions: ReadonlySet<string>,
): NextState[] {
  return workflow.transitions
    .filter(({ from }) => from === state)
    .map((transition) => judge(transition, facts, permissions))
}

/**
 * The transition from one state to another, or a DomainError: CONFLICT `errors.transition.unknown` when the workflow
 * has none, FORBIDDEN without a permission, CONFLICT `errors.transition.gate.<gate>` for the first gate that fails.
 */
export function assertTransition(
  workflow: Workflow,
  from: string,
  to: string,
  facts: GateFacts,
  permissions: ReadonlySet<string>,
): Transition {
  const transition = workflow.transitions.find((candidate) => candidate.from === from && candidate.to === to)
  if (transition === undefined) {
    throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
  }
  const verdict = judge(transition, facts, permissions)
  if (verdict.lacksPermission) throw new DomainError('FORBIDDEN', 'errors.forbidden')
  const gate = verdict.missingGates[0]
  if (gate !== undefined) throw new DomainError('CONFLICT', `errors.transition.gate.${gate}`, { params: { from, to } })
  return transition
}

/** True when the case is closed in that state. */
export function isClosed(workflow: Workflow, state: string): boolean {
  return workflow.closed.includes(state)
}
