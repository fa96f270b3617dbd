import { factNameOf, operatorOf } from './condition'
import type { Condition } from './condition'

/** What a condition compares a fact with. */
export type Operand = { readonly fact: string; readonly values: readonly unknown[] }

/** Every comparison of a condition that was checked: which fact, with which values. */
export function operandsOf(condition: Condition | null): Operand[] {
  if (condition === null) return []
  const [operator, parts] = operatorOf(condition)
  if (operator === 'and' || operator === 'or' || operator === '!') return parts.flatMap((part) => operandsOf(part as Condition))
  const fact = factNameOf(parts[0])
  const [, compared] = parts
  return fact === null ? [] : [{ fact, values: Array.isArray(compared) ? compared : [compared] }]
}
