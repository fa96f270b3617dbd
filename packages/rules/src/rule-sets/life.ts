import { conflict } from '../errors'

/** What is stored of a version. Whether a published one is scheduled, in force or superseded follows from its time and its successors. */
export const ruleStatuses = ['draft', 'validated', 'approved', 'published', 'withdrawn'] as const
export type RuleStatus = (typeof ruleStatuses)[number]

/** Statuses of a version that is still being written; of each kind and branch there is one at most. */
export const openRuleStatuses = ['draft', 'validated', 'approved'] as const satisfies readonly RuleStatus[]

export const ruleStates = ['draft', 'validated', 'approved', 'scheduled', 'in_force', 'superseded', 'withdrawn'] as const
export type RuleState = (typeof ruleStates)[number]

/** One version of a kind for the tenant or for one branch, as far as its life goes. */
export type RuleLife = { readonly version: number; readonly status: RuleStatus; readonly effectiveFrom: Date | null }

const later = (a: RuleLife, b: RuleLife): number => (b.effectiveFrom?.getTime() ?? 0) - (a.effectiveFrom?.getTime() ?? 0) || b.version - a.version

/** The version in force at an instant among the versions of one kind for the tenant or for one branch; undefined when none is. */
export function inForceAt<V extends RuleLife>(versions: readonly V[], at: Date): V | undefined {
  return versions.filter(({ status, effectiveFrom }) => status === 'published' && effectiveFrom !== null && effectiveFrom <= at).toSorted(later)[0]
}

/** Where a version stands at an instant. `siblings` are the versions of the same kind for the tenant or for the same branch. */
export function ruleState(version: RuleLife, siblings: readonly RuleLife[], at: Date): RuleState {
  if (version.status !== 'published') return version.status
  if (version.effectiveFrom === null || version.effectiveFrom > at) return 'scheduled'
  return inForceAt(siblings, at)?.version === version.version ? 'in_force' : 'superseded'
}

/** The published version with the highest number: what a new draft begins from. */
export function newestPublished<V extends RuleLife>(versions: readonly V[]): V | undefined {
  return versions.filter(({ status }) => status === 'published').toSorted((a, b) => b.version - a.version)[0]
}

/** What may be done with a version, by where it stands. */
export const ruleSteps = {
  save: ['draft', 'validated', 'approved'],
  discard: ['draft', 'validated', 'approved'],
  rebase: ['draft', 'validated', 'approved'],
  validate: ['draft', 'validated'],
  approve: ['validated'],
  publish: ['draft', 'validated', 'approved'],
  withdraw: ['scheduled'],
  rollback: ['superseded'],
} as const satisfies Readonly<Record<string, readonly RuleState[]>>
export type RuleStep = keyof typeof ruleSteps

export function canStep(state: RuleState, step: RuleStep): boolean {
  return ruleSteps[step].some((from) => from === state)
}

/** Throws CONFLICT `errors.rule.step` when a version that stands there cannot take the step. */
export function assertStep(state: RuleState, step: RuleStep): void {
  if (!canStep(state, step)) throw conflict('errors.rule.step')
}
