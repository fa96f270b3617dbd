import * as z from 'zod'
import { DomainError } from '../errors'
import { neverHolds } from './contradiction'
import { factsOf } from './facts'
import type { ConditionContext, FactSpec } from './facts'

/** A JSON Logic expression of the operators below. Plain JSON, so it is stored and shown as it is. */
export type Condition = { readonly [operator: string]: readonly ConditionPart[] | ConditionPart }
export type ConditionPart = Condition | string | number | boolean | null | readonly (string | number | boolean)[]

export const conditionLimits = { depth: 8, nodes: 160, text: 200, list: 60 } as const

export const connectives = ['and', 'or'] as const
export const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const
const ordered = ['<', '<=', '>', '>='] as const
const isOneOf = <T extends string>(names: readonly T[], name: string): name is T => names.some((one) => one === name)

type Path = readonly (string | number)[]

/** A condition that is refused, and where in it: `['and', 1, '<', 1]` is the value of the second comparison. */
class ConditionError extends DomainError {
  readonly path: Path

  constructor(path: Path, key: string, params: Readonly<Record<string, string | number>> = {}) {
    super('INVALID', key, { params, field: path.join('.') })
    this.path = path
  }
}

const shown = 40
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

/** The only operator of an expression, with what it is applied to. Anything else in its place is refused. */
export function operatorOf(value: unknown, path: Path = []): readonly [operator: string, parts: readonly unknown[]] {
  const names = isObject(value) ? Object.keys(value) : []
  const [name] = names
  if (!isObject(value) || name === undefined || names.length !== 1) throw new ConditionError(path, 'errors.condition.shape')
  const parts = value[name]
  return [name, Array.isArray(parts) ? parts : [parts]]
}

/** The fact that a comparison looks at; null when it looks at anything else. A fallback value, which JSON Logic allows there, is none of ours. */
export function factNameOf(value: unknown): string | null {
  if (!isObject(value) || Object.keys(value).length !== 1 || !Object.hasOwn(value, 'var')) return null
  const name: unknown = Array.isArray(value['var']) && value['var'].length === 1 ? value['var'][0] : value['var']
  return typeof name === 'string' ? name : null
}

function fits(value: unknown, { type, choices }: FactSpec): value is string | number | boolean {
  if (type === 'flag') return typeof value === 'boolean'
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (type === 'money') return Number.isSafeInteger(value)
  return typeof value === 'string' && value !== '' && value.length <= conditionLimits.text && (choices === undefined || choices === null || choices.includes(value))
}

/**
 * The same condition with every operator's parts in a list. Refuses whatever is not a comparison of known facts, joined by and, or, not: unknown
 * operators and facts, values of another type, prototype names, conditions that are too deep or too large, and those that can never hold. Nothing in a
 * condition can call, loop or match a pattern, so its size bounds its time.
 */
function readCondition(context: ConditionContext, root: unknown): Condition {
  const facts = factsOf(context)
  let nodes = 0
  const count = (path: Path): void => {
    nodes += 1
    if (nodes > conditionLimits.nodes) throw new ConditionError(path, 'errors.condition.tooLarge')
  }
  const read = (value: unknown, path: Path, depth: number): Condition => {
    count(path)
    if (depth > conditionLimits.depth) throw new ConditionError(path, 'errors.condition.tooLarge')
    const [operator, parts] = operatorOf(value, path)
    const inside = [...path, operator]
    if (isOneOf(connectives, operator)) {
      if (parts.length === 0) throw new ConditionError(inside, 'errors.condition.shape')
      const all: Condition[] = []
      for (const [index, part] of parts.entries()) all.push(read(part, [...inside, index], depth + 1))
      const fact = operator === 'and' ? neverHolds(all) : null
      if (fact !== null) throw new ConditionError(path, 'errors.condition.never', { fact })
      return { [operator]: all }
    }
    if (operator === '!') {
      if (parts.length !== 1) throw new ConditionError(inside, 'errors.condition.shape')
      return { '!': [read(parts[0], [...inside, 0], depth + 1)] }
    }
    if (operator !== 'in' && !isOneOf(comparisons, operator)) throw new ConditionError(path, 'errors.condition.operator', { operator: operator.slice(0, shown) })
    return comparison(operator, parts, inside)
  }
  const comparison = (operator: string, parts: readonly unknown[], path: Path): Condition => {
    const name = factNameOf(parts[0])
    const spec = name !== null && Object.hasOwn(facts, name) ? facts[name] : undefined
    if (name === null || spec === undefined) throw new ConditionError([...path, 0], 'errors.condition.fact', { fact: (name ?? '').slice(0, shown) })
    if (parts.length !== 2) throw new ConditionError(path, 'errors.condition.shape')
    const [, right] = parts
    const wrong = (): ConditionError => new ConditionError([...path, 1], 'errors.condition.value', { fact: name })
    if (operator === 'in') {
      if (!Array.isArray(right) || right.length === 0 || spec.type === 'flag') throw wrong()
      if (right.length > conditionLimits.list) throw new ConditionError([...path, 1], 'errors.condition.tooLarge')
      const list = right.map((one: unknown) => {
        count(path)
        if (!fits(one, spec)) throw wrong()
        return one
      })
      return { in: [{ var: name }, list] }
    }
    if (right === null && !isOneOf(ordered, operator)) return { [operator]: [{ var: name }, null] }
    const comparable = !isOneOf(ordered, operator) || spec.type === 'number' || spec.type === 'money'
    if (!comparable || !fits(right, spec)) throw wrong()
    return { [operator]: [{ var: name }, right] }
  }
  return read(root, [], 1)
}

/** A condition over the facts of one context; null means always. */
export function conditionSchema(context: ConditionContext) {
  return z.custom<Condition | null>(() => true).transform((value, ctx): Condition | null => {
    if (value === null) return null
    try {
      return readCondition(context, value)
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error
      ctx.addIssue({ code: 'custom', message: error.messageKey, params: { ...error.params }, path: [...error.path] })
      return z.NEVER
    }
  })
}
