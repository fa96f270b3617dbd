import { operandsOf } from '../conditions'
import type { Condition } from '../conditions'
import type { ErrorParams, FieldIssue } from '../errors'
import type { Locale } from '../locales'
import type { RuleDocs, RuleKind } from '../rule-sets'

/** A fault with the kind of rule in whose document its place is. */
export type RuleIssue = FieldIssue & { readonly kind: RuleKind }

/** What documents are compared with beside each other. */
export type Beside = {
  /** Currencies in use. */
  readonly currencies: readonly string[]
  /** Languages in which everything that people read must stand. */
  readonly languages: readonly Locale[]
  readonly branches: readonly { readonly code: string; readonly isActive: boolean }[]
  /** What was published of kinds that may only change in some ways, oldest first. */
  readonly history: { readonly [K in 'legal' | 'invoicing']?: readonly RuleDocs[K][] }
  /** How many people may approve; null where nobody works yet. */
  readonly approvers: number | null
}

export type Faults = (docs: RuleDocs, beside: Beside) => RuleIssue[]

export const at = (kind: RuleKind) => (field: string, key: string, params: ErrorParams = {}): RuleIssue => ({ kind, field, key, params })

/** Values that occur twice, by the place of the later one. */
export function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}

/** Faults of a condition that names something which does not exist: a plan, a branch, a currency. */
export function unknownIn(kind: RuleKind, field: string, condition: Condition | null, known: Readonly<Record<string, readonly string[]>>): RuleIssue[] {
  return operandsOf(condition).flatMap(({ fact, values }) => {
    const names = known[fact]
    if (names === undefined) return []
    return values.filter((value): value is string => typeof value === 'string' && !names.includes(value)).map((value) => at(kind)(field, 'errors.rule.unknownInCondition', { fact, value: value.slice(0, 60) }))
  })
}
