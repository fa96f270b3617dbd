import { DomainError } from '../errors'
import { inForceAt } from './life'
import type { RuleStatus } from './life'
import { isEmptyPatch } from './merge'
import { branchRuleKinds, parseOver, parseRule } from './rule-sets'
import type { RuleDoc, RuleKind } from './rule-sets'

/** One stored version of a rule document. */
export type RuleVersion = {
  readonly kind: RuleKind
  readonly version: number
  readonly tenantId: string
  /** null means the whole tenant. */
  readonly branchId: string | null
  readonly effectiveFrom: Date
  readonly status: RuleStatus
  /** The whole document; of a branch, a merge patch over the tenant's. */
  readonly value: unknown
}

export type RuleSource = 'branch' | 'tenant' | 'pack'
export type ResolvedRule<K extends RuleKind> = {
  readonly kind: K
  readonly value: RuleDoc<K>
  /** 0 for the country pack, which stands before any published version. */
  readonly version: number
  readonly source: RuleSource
  /** Of a branch's rule: the tenant's version that it changes, so that it can be put together again. */
  readonly base?: number
  /** Of a branch's rule: whose. A record may have moved to another branch since. */
  readonly branchId?: string
}

/** A branch's version over the tenant's, or the tenant's own where the branch overrides nothing. */
export function overTenant<K extends RuleKind>(kind: K, tenant: Pick<RuleVersion, 'version' | 'value'>, branch: Pick<RuleVersion, 'version' | 'value' | 'branchId'> | undefined): ResolvedRule<K> {
  if (branch === undefined || branch.branchId === null || isEmptyPatch(branch.value)) return { kind, value: parseRule(kind, tenant.value), version: tenant.version, source: 'tenant' }
  return { kind, value: parseOver(kind, tenant.value, branch.value), version: branch.version, source: 'branch', base: tenant.version, branchId: branch.branchId }
}

/**
 * The document in force at an instant: the branch's published override laid over the tenant's document, else that document alone,
 * else the country pack's value if one is given. Of several versions the latest `effectiveFrom` counts, then the highest number. Throws
 * DomainError UNAVAILABLE when nothing is in force: a rule is never guessed.
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
  const ofKind = versions.filter((version) => version.kind === kind)
  const tenant = inForceAt(ofKind.filter((version) => version.branchId === null), at)
  const overridable = branchId !== undefined && branchId !== null && branchRuleKinds.includes(kind)
  const branch = overridable ? inForceAt(ofKind.filter((version) => version.branchId === branchId), at) : undefined
  if (tenant !== undefined) return overTenant(kind, tenant, branch)
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
  /** As in ResolvedRule: there when a branch's rule decided. */
  readonly base?: number
  readonly branchId?: string
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
  const { kind, version, source, base, branchId } = rule
  const { inputs, outcome, explain } = decision
  // most rules are the tenant's own: every price makes a receipt, and spreading would cost as much as working out the price
  if (base === undefined && branchId === undefined) return { kind, version, source, inputs, outcome, explain }
  return { kind, version, source, ...(base === undefined ? {} : { base }), ...(branchId === undefined ? {} : { branchId }), inputs, outcome, explain }
}
