import { DomainError } from '../errors'
import { branchRuleKinds, parseRule } from './rule-sets'
import type { RuleDoc, RuleKind } from './rule-sets'

export const ruleStatuses = ['draft', 'published', 'withdrawn'] as const
export type RuleStatus = (typeof ruleStatuses)[number]

/** One stored version of a rule document. */
export type RuleVersion = {
  readonly kind: RuleKind
  readonly version: number
  readonly tenantId: string
  /** null means the whole tenant. */
  readonly branchId: string | null
  readonly effectiveFrom: Date
  readonly status: RuleStatus
  readonly value: unknown
}

export type RuleSource = 'branch' | 'tenant' | 'pack'
export type ResolvedRule<K extends RuleKind> = {
  readonly kind: K
  readonly value: RuleDoc<K>
  /** 0 for the country pack, which stands before any published version. */
  readonly version: number
  readonly source: RuleSource
}

function newest(versions: readonly RuleVersion[]): RuleVersion | undefined {
  return versions.toSorted(
    (a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime() || b.version - a.version,
  )[0]
}

/**
 * The document in force at an instant: the branch's published version, else the tenant's, else the country pack's
 * value if one is given. Of several, the latest `effectiveFrom` wins, then the highest version. Throws DomainError
 * UNAVAILABLE when nothing is in force: a rule is never guessed.
 */
export function resolveRule<K extends RuleKind>(
  kind: K,
  versions: readonly RuleVersion[],
  at: Date,
  branchId?: string | null,
  pack?: unknown,
): ResolvedRule<K> {
  if (new Set(versions.map(({ tenantId }) => tenantId)).size > 1) {
    throw new Error('rule versions of several tenants must never be resolved together')
  }
  const inForce = versions.filter(
    (version) => version.kind === kind && version.status === 'published' && version.effectiveFrom <= at,
  )
  const ofBranch =
    branchId === undefined || branchId === null || !branchRuleKinds.includes(kind)
      ? undefined
      : newest(inForce.filter((version) => version.branchId === branchId))
  const chosen = ofBranch ?? newest(inForce.filter((version) => version.branchId === null))
  if (chosen !== undefined) {
    const source = chosen.branchId === null ? 'tenant' : 'branch'
    return { kind, value: parseRule(kind, chosen.value), version: chosen.version, source }
  }
  if (pack === undefined) throw new DomainError('UNAVAILABLE', 'errors.rule.missing', { params: { kind } })
  return { kind, value: parseRule(kind, pack), version: 0, source: 'pack' }
}

/** JSON without bigint, Date or undefined. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Why a rule decided what it decided; stored beside the effect. */
export type RuleReceipt = {
  readonly kind: RuleKind
  readonly version: number
  readonly source: RuleSource
  readonly inputs: Json
  readonly outcome: Json
  /** Steps as message keys (`receipts.…`) with their figures, in order. */
  readonly explain: readonly { readonly key: string; readonly params: Readonly<Record<string, string | number>> }[]
}

/** Makes a receipt of a decision by that rule. */
export function receiptOf<K extends RuleKind>(
  rule: ResolvedRule<K>,
  decision: Pick<RuleReceipt, 'inputs' | 'outcome' | 'explain'>,
): RuleReceipt {
  return { kind: rule.kind, version: rule.version, source: rule.source, ...decision }
}
