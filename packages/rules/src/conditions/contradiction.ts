import type { Condition, ConditionPart } from './condition'

type Value = string | number | boolean | null

/** What all comparisons of one fact leave over. */
type Left = {
  /** The values it may have; undefined while nothing names them. */
  allowed: Set<Value> | undefined
  readonly excluded: Set<Value>
  low: number
  lowOpen: boolean
  high: number
  highOpen: boolean
}

/** Comparisons that hold together, those of `and`s within counted in. */
function* comparisonsIn(parts: readonly Condition[]): Generator<readonly [operator: string, fact: string, value: ConditionPart]> {
  for (const part of parts) {
    const [operator = '', inner] = Object.entries(part)[0] ?? []
    const list = inner as readonly ConditionPart[]
    if (operator === 'and') yield* comparisonsIn(list as readonly Condition[])
    else if (operator !== 'or' && operator !== '!') yield [operator, (list[0] as { readonly var: string }).var, list[1] ?? null]
  }
}

function narrow(left: Left, operator: string, value: ConditionPart): void {
  if (operator === '==' || operator === 'in') {
    const named = new Set((Array.isArray(value) ? value : [value]) as readonly Value[])
    left.allowed = left.allowed === undefined ? named : new Set([...left.allowed].filter((one) => named.has(one)))
  } else if (operator === '!=') {
    left.excluded.add(value as Value)
  } else {
    const bound = value as number
    const open = operator === '<' || operator === '>'
    const above = operator === '>' || operator === '>='
    if (above && (bound > left.low || (bound === left.low && open))) Object.assign(left, { low: bound, lowOpen: open })
    if (!above && (bound < left.high || (bound === left.high && open))) Object.assign(left, { high: bound, highOpen: open })
  }
}

function within({ low, lowOpen, high, highOpen }: Left, value: Value): boolean {
  if (low === -Infinity && high === Infinity) return true
  return typeof value === 'number' && (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high)
}

function isEmpty(left: Left): boolean {
  if (left.allowed !== undefined) return ![...left.allowed].some((value) => !left.excluded.has(value) && within(left, value))
  return left.low > left.high || (left.low === left.high && (left.lowOpen || left.highOpen))
}

/**
 * The fact of which nothing is left when all of these hold: one that is two values at once, or over 60 and under 18. Null when no such fact is certain; what
 * stands below `or` and `not` is not looked into, so a condition that passes may still never hold.
 */
export function neverHolds(parts: readonly Condition[]): string | null {
  const byFact = new Map<string, Left>()
  for (const [operator, fact, value] of comparisonsIn(parts)) {
    const left = byFact.get(fact) ?? { allowed: undefined, excluded: new Set<Value>(), low: -Infinity, lowOpen: false, high: Infinity, highOpen: false }
    narrow(left, operator, value)
    byFact.set(fact, left)
  }
  for (const [fact, left] of byFact) if (isEmpty(left)) return fact
  return null
}
