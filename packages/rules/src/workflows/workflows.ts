import { holds } from '../conditions'
import type { Facts } from '../conditions'
import { DomainError } from '../errors'
import type { Permission } from '../permissions'
import { receiptOf } from '../rule-sets'
import type { DocumentKind, Gate, ResolvedRule, RuleReceipt, Transition, Workflow } from '../rule-sets'

/** Which gates hold for the record now; a gate that is absent does not hold. */
export type GateFacts = { readonly [G in Gate]?: boolean | undefined }

/** What steps may ask of a claim beyond gates. */
export type ClaimSubject = {
  readonly facts: Facts<'claim'>
  /** Kinds of document that are stored with it. */
  readonly documents: readonly DocumentKind[]
}

export type NextState = {
  readonly to: string
  /** True when nothing stands in the way for this caller. */
  readonly allowed: boolean
  readonly lacksPermission: boolean
  readonly missingGates: readonly Gate[]
  readonly missingDocuments: readonly DocumentKind[]
  /** True when the rule's condition does not hold. */
  readonly failsCondition: boolean
}

const nothing: readonly never[] = []

/** A record without a subject, such as a membership, meets no condition and has no documents. */
function judge(transition: Transition, gates: GateFacts, permissions: ReadonlySet<string>, subject: ClaimSubject | undefined): NextState {
  const { to, anyOf, when, requiredDocuments } = transition
  const lacksPermission = !anyOf.some((permission: Permission) => permissions.has(permission))
  const missingGates = transition.gates.length === 0 ? nothing : transition.gates.filter((gate) => gates[gate] !== true)
  const missingDocuments = requiredDocuments.length === 0 ? nothing : requiredDocuments.filter((kind) => subject?.documents.includes(kind) !== true)
  const failsCondition = when !== null && (subject === undefined || !holds(when, subject.facts))
  const allowed = !lacksPermission && missingGates.length === 0 && missingDocuments.length === 0 && !failsCondition
  return { to, allowed, lacksPermission, missingGates, missingDocuments, failsCondition }
}

/** Every state that the workflow leads to from here, and what stands in the way of each, in the rule's order. */
export function nextStates(
  workflow: Workflow,
  state: string,
  gates: GateFacts,
  permissions: ReadonlySet<string>,
  subject?: ClaimSubject,
): NextState[] {
  return workflow.transitions
    .filter(({ from }) => from === state)
    .map((transition) => judge(transition, gates, permissions, subject))
}

/**
 * The transition from one state to another, or a DomainError: CONFLICT `errors.transition.unknown` when the workflow
 * has none, FORBIDDEN without a permission, CONFLICT `errors.transition.gate.<gate>` for the first gate that fails,
 * `errors.transition.documents` with the kinds that are missing, `errors.transition.condition` when the rule's condition does not hold.
 */
export function assertTransition(
  workflow: Workflow,
  from: string,
  to: string,
  gates: GateFacts,
  permissions: ReadonlySet<string>,
  subject?: ClaimSubject,
): Transition {
  const transition = workflow.transitions.find((candidate) => candidate.from === from && candidate.to === to)
  if (transition === undefined) {
    throw new DomainError('CONFLICT', 'errors.transition.unknown', { params: { from, to } })
  }
  const { lacksPermission, missingGates, missingDocuments, failsCondition } = judge(transition, gates, permissions, subject)
  if (lacksPermission) throw new DomainError('FORBIDDEN', 'errors.forbidden')
  const refuse = (key: string, params = {}) => new DomainError('CONFLICT', `errors.transition.${key}`, { params: { from, to, ...params } })
  if (missingGates[0] !== undefined) throw refuse(`gate.${missingGates[0]}`)
  if (missingDocuments.length > 0) throw refuse('documents', { count: missingDocuments.length, kinds: missingDocuments.join(' ') })
  if (failsCondition) throw refuse('condition')
  return transition
}

/** One step of a claim, as it is asked for. */
export type StepRequest = {
  readonly from: string
  readonly to: string
  readonly gates: GateFacts
  readonly permissions: ReadonlySet<string>
  readonly subject: ClaimSubject
}

/** Allows a step of a claim and says why, or throws as `assertTransition` does. */
export function decideStep(
  rule: ResolvedRule<'workflows'>,
  { from, to, gates, permissions, subject }: StepRequest,
): { readonly transition: Transition; readonly receipt: RuleReceipt } {
  const transition = assertTransition(rule.value.claims, from, to, gates, permissions, subject)
  const held = transition.anyOf.filter((permission: Permission) => permissions.has(permission))
  const open = Object.entries(gates).filter(([, open]) => open === true).map(([gate]) => gate)
  const explain: RuleReceipt['explain'][number][] = held.slice(0, 1).map((permission) => ({ key: 'receipts.step.permission', params: { permission: permission.replaceAll('.', '_') } }))
  for (const gate of transition.gates) explain.push({ key: 'receipts.step.gate', params: { gate } })
  for (const kind of transition.requiredDocuments) explain.push({ key: 'receipts.step.document', params: { kind } })
  if (transition.when !== null) explain.push({ key: 'receipts.step.condition', params: {} })
  const receipt = receiptOf(rule, {
    inputs: { decision: 'step', from, to, permissions: held, gates: open, documents: [...subject.documents], facts: { ...subject.facts } },
    outcome: { allowed: true },
    explain,
  })
  return { transition, receipt }
}

/** True when the case is closed in that state. */
export function isClosed(workflow: Workflow, state: string): boolean {
  return workflow.closed.includes(state)
}
