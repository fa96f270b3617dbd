import { decideAgain, decideDeadline, missingDocuments, stageDeadline, triageStates } from '../claims'
import type { Facts } from '../conditions'
import { isDomainError } from '../errors'
import { permissions } from '../permissions'
import type { ClaimCategory, DocumentKind, Json, ResolvedRule, WorkflowsRule } from '../rule-sets'
import { assertTransition } from '../workflows'
import type { GateFacts } from '../workflows'
import type { Refusal } from './sales'

type Rule = ResolvedRule<'workflows'>

/** A step that a claim really took. */
export type PastStep = {
  readonly from: string
  readonly to: string
  readonly at: Date
  /** Inputs of the step's own receipt; null for steps from before there were receipts. */
  readonly inputs: Json | null
}

/** A claim as it really went. */
export type PastClaim = {
  readonly entityId: string
  readonly branchId: string
  readonly category: ClaimCategory
  /** As it was handed in; whether the pack is complete is asked of each rule anew. */
  readonly facts: Facts<'claim'>
  /** What it has brought since, in minor units; null: not known. */
  readonly recovered: number | null
  readonly submittedAt: Date
  /** When it counted as complete; null: it never did. */
  readonly packCompleteAt: Date | null
  readonly documents: readonly { readonly kind: DocumentKind; readonly at: Date }[]
  readonly feeAuthorisedAt: Date | null
  readonly legalCapAcceptedAt: Date | null
  /** Oldest first. */
  readonly steps: readonly PastStep[]
}

/** Until when a state had to be left. */
export type StateDeadline = { readonly state: string; readonly since: Date; readonly left: Date | null; readonly due: Date | null }

export type ClaimSide = {
  readonly routeCode: string | null
  readonly priority: string
  readonly missing: readonly DocumentKind[]
  readonly deadlines: readonly StateDeadline[]
  /** True when one of the deadlines passed before the state was left. */
  readonly late: boolean
}

export type BlockedStep = { readonly from: string; readonly to: string; readonly at: Date; readonly reason: Refusal }

export type ClaimComparison = {
  readonly before: ClaimSide
  readonly after: ClaimSide
  readonly routeChanged: boolean
  readonly documentsChanged: boolean
  /** Milliseconds that the first deadline that differs moves; negative: sooner. A deadline that is new moves it sooner, one that is gone later. Zero: none differs. */
  readonly dueShift: number
  /** Steps that the rule in force allows and the draft does not. */
  readonly blocked: readonly BlockedStep[]
}

const everyPermission: ReadonlySet<string> = new Set(permissions)

type Documents = ReadonlyMap<DocumentKind, Date>

/**
 * The documents with their times. A pack that counted as complete although nobody knows the papers any more, such as one that was taken over
 * from before, has had what the rule in force asks for.
 */
function documentsOf(current: Rule, { category, documents, packCompleteAt }: PastClaim): Documents {
  const known = new Map<DocumentKind, Date>()
  for (const { kind, at } of documents) {
    const earlier = known.get(kind)
    if (earlier === undefined || at < earlier) known.set(kind, at)
  }
  if (packCompleteAt !== null) for (const kind of missingDocuments(current.value, category, [...known.keys()])) known.set(kind, packCompleteAt)
  return known
}

/** When the last of the documents that a rule asks for was there, not before the claim was handed in; null while one is missing. */
function completeAt(rule: WorkflowsRule, { category, submittedAt }: PastClaim, documents: Documents): Date | null {
  const required = rule.categories.find((candidate) => candidate.category === category)?.requiredDocuments ?? []
  let last = submittedAt
  for (const kind of required) {
    const at = documents.get(kind)
    if (at === undefined) return null
    if (at > last) last = at
  }
  return last
}

type Stay = { readonly state: string; readonly since: Date; readonly left: Date | null }

/** The states that a claim was in since it was handed in. */
function staysOf({ submittedAt, steps }: PastClaim): Stay[] {
  const stays: Stay[] = []
  let state = 'submitted'
  let since = submittedAt
  for (const step of steps) {
    if (step.at <= submittedAt) continue
    stays.push({ state, since, left: step.at })
    state = step.to
    since = step.at
  }
  return [...stays, { state, since, left: null }]
}

function sideOf(rule: Rule, claim: PastClaim, documents: Documents, stays: readonly Stay[], until: Date): ClaimSide {
  const { value } = rule
  const packCompleteAt = completeAt(value, claim, documents)
  const facts = { ...claim.facts, packComplete: packCompleteAt !== null && packCompleteAt <= claim.submittedAt }
  const first = decideDeadline(rule, { state: 'submitted', since: claim.submittedAt, facts, packCompleteAt })
  const deadlines = stays.map(({ state, since, left }): StateDeadline => {
    if (state === 'submitted' && since === claim.submittedAt) return { state, since, left, due: first.dueAt }
    const due = triageStates.includes(state) ? decideDeadline(rule, { state, since, facts, packCompleteAt }).dueAt : (stageDeadline(rule, state, since)?.dueAt ?? null)
    return { state, since, left, due }
  })
  return {
    routeCode: first.routeCode,
    priority: first.priority,
    missing: missingDocuments(value, claim.category, [...documents.keys()]),
    deadlines,
    late: deadlines.some(({ due, left, state }) => due !== null && (left ?? (value.claims.closed.includes(state) ? due : until)) > due),
  }
}

/** The gates that held for a step from before there were receipts; it was taken, so those that the rule in force asks for held. */
function gatesAt(current: Rule, claim: PastClaim, documents: Documents, { from, to, at }: PastStep): GateFacts {
  const then = (when: Date | null | undefined): boolean => when !== null && when !== undefined && when <= at
  const asked = current.value.claims.transitions.find((step) => step.from === from && step.to === to)?.gates ?? []
  return {
    signedAgreement: then(documents.get('agreement')), authorisedFee: then(claim.feeAuthorisedAt), legalCap: then(claim.legalCapAcceptedAt),
    ...Object.fromEntries(asked.map((gate) => [gate, true])),
  }
}

function refusalOf(rule: Rule, current: Rule, claim: PastClaim, documents: Documents, step: PastStep): Refusal | null {
  const { from, to, at, inputs } = step
  const then = [...documents].filter(([, since]) => since <= at).map(([kind]) => kind)
  try {
    if (inputs === null) {
      const subject = { facts: { ...claim.facts, recovered: claim.recovered, packComplete: completeAt(rule.value, claim, documents) !== null }, documents: then }
      assertTransition(rule.value.claims, from, to, gatesAt(current, claim, documents, step), everyPermission, subject)
      return null
    }
    const { outcome } = decideAgain(rule, inputs)
    const because = typeof outcome === 'object' && outcome !== null && 'because' in outcome ? outcome.because : null
    return typeof because === 'string' ? { key: because, params: {} } : null
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { key: error.messageKey, params: error.params }
  }
}

function shiftOf(before: ClaimSide, after: ClaimSide): number {
  for (const [index, { due }] of before.deadlines.entries()) {
    const other = after.deadlines[index]?.due ?? null
    if (due?.getTime() === other?.getTime()) continue
    if (due === null) return -1
    return other === null ? 1 : other.getTime() - due.getTime()
  }
  return 0
}

const sameKinds = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((kind) => b.includes(kind))

/**
 * The same claim by the workflow in force and by the draft: its way through triage, the deadlines of the states that it was in, the documents that
 * are missing, and the steps that it could not have taken. `until`: the end of what is looked at, for states that it is still in. Throws
 * RangeError when a calendar has too few working days.
 */
export function compareClaim(current: Rule, draft: Rule, claim: PastClaim, until: Date): ClaimComparison {
  const documents = documentsOf(current, claim)
  const stays = staysOf(claim)
  const before = sideOf(current, claim, documents, stays, until)
  const after = sideOf(draft, claim, documents, stays, until)
  const blocked = claim.steps.flatMap((step): BlockedStep[] => {
    const reason = refusalOf(draft, current, claim, documents, step)
    if (reason === null || refusalOf(current, current, claim, documents, step) !== null) return []
    return [{ from: step.from, to: step.to, at: step.at, reason }]
  })
  return {
    before,
    after,
    blocked,
    routeChanged: before.routeCode !== after.routeCode || before.priority !== after.priority,
    documentsChanged: !sameKinds(before.missing, after.missing),
    dueShift: shiftOf(before, after),
  }
}
