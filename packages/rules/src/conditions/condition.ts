import { LogicEngine } from 'json-logic-engine'
import * as z from 'zod'
import { DomainError, zodTry } from '../errors'
import { factsOf } from './facts'
import type { ConditionContext, Facts, FactSpec } from './facts'

/** A JSON Logic expression of the operators below. Plain JSON, so it is stored and shown as it is. */
export type Condition = { readonly [operator: string]: readonly ConditionPart[] | ConditionPart }
export type ConditionPart = Condition | string | number | boolean | null | readonly (string | number)[]

export const conditionLimits = { depth: 8, nodes: 160, text: 200, list: 60 } as const

const connectives = ['and', 'or'] as const
const comparisons = ['==', '!=', '<', '<=', '>', '>='] as const
type Comparison = (typeof comparisons)[number]
const ordered: readonly Comparison[] = ['<', '<=', '>', '>=']

const wrong = (key: string, params: Readonly<Record<string, string | number>> = {}): DomainError => new DomainError('INVALID', key, { params })
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

function operatorOf(value: unknown): readonly [string, unknown] {
  const entries = isObject(value) ? Object.entries(value) : []
  const [entry] = entries
  if (entry === undefined || entries.length !== 1) throw wrong('errors.condition.shape')
  return entry
}

function argumentsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function factNameOf(value: unknown): string | null {
  if (!isObject(value) || !Object.hasOwn(value, 'var')) return null
  const [name] = argumentsOf(value['var'])
  return typeof name === 'string' ? name : null
}

function assertValue(value: unknown, name: string, { type, choices }: FactSpec): void {
  if (value === null) return
  const fits =
    type === 'flag' ? typeof value === 'boolean'
    : type === 'number' || type === 'money' ? typeof value === 'number' && Number.isFinite(value) && (type === 'number' || Number.isSafeInteger(value))
    : typeof value === 'string' && value.length <= conditionLimits.text && (choices === undefined || choices === null || choices.includes(value))
  if (!fits) throw wrong('errors.condition.value', { fact: name })
}

/**
 * Refuses whatever is not a comparison of known facts, joined by and, or, not: unknown operators and facts, values of another type, prototype
 * names, and conditions that are too deep or too large. Nothing in a condition can call or loop, so its size bounds its time.
 */
function assertCondition(context: ConditionContext, root: unknown): void {
  const facts = factsOf(context)
  let nodes = 0
  const visit = (value: unknown, depth: number): void => {
    nodes += 1
    if (depth > conditionLimits.depth || nodes > conditionLimits.nodes) throw wrong('errors.condition.tooLarge')
    const [operator, raw] = operatorOf(value)
    const parts = argumentsOf(raw)
    if (connectives.some((name) => name === operator)) {
      if (parts.length === 0) throw wrong('errors.condition.shape')
      for (const part of parts) visit(part, depth + 1)
      return
    }
    if (operator === '!') {
      if (parts.length !== 1) throw wrong('errors.condition.shape')
      visit(parts[0], depth + 1)
      return
    }
    if (operator !== 'in' && !comparisons.some((name) => name === operator)) throw wrong('errors.condition.operator', { operator: operator.slice(0, 40) })
    const [left, right] = parts
    const name = factNameOf(left)
    const spec = name !== null && Object.hasOwn(facts, name) ? facts[name] : undefined
    if (name === null || spec === undefined) throw wrong('errors.condition.fact', { fact: (name ?? '').slice(0, 40) })
    if (parts.length !== 2) throw wrong('errors.condition.shape')
    if (operator === 'in') {
      if (!Array.isArray(right) || right.length === 0) throw wrong('errors.condition.value', { fact: name })
      if (right.length > conditionLimits.list) throw wrong('errors.condition.tooLarge')
      for (const one of right) assertValue(one, name, spec)
      return
    }
    if (ordered.some((one) => one === operator) && (right === null || (spec.type !== 'number' && spec.type !== 'money'))) {
      throw wrong('errors.condition.value', { fact: name })
    }
    assertValue(right, name, spec)
  }
  visit(root, 1)
}

/** A condition over the facts of one context; null means always. */
export function conditionSchema(context: ConditionContext) {
  return z.custom<Condition | null>(() => true).transform((value, ctx): Condition | null =>
    zodTry(ctx, () => {
      if (value !== null) assertCondition(context, value)
      return value
    }),
  )
}

// interpreted on purpose: the engine's `build` would compile with `new Function`
const engine = new LogicEngine(undefined, { disableInline: true, disableInterpretedOptimization: true })

/** Whether a condition holds for the facts. A condition of null always does; a comparison with a fact that is not known does not. */
export function holds<C extends ConditionContext>(condition: Condition | null, facts: Facts<C>): boolean {
  return condition === null || truth(condition, facts)
}

function truth(condition: Condition, facts: Readonly<Record<string, string | number | boolean | null>>): boolean {
  const [operator, raw] = operatorOf(condition)
  const parts = argumentsOf(raw)
  if (operator === 'and') return parts.every((part) => truth(part as Condition, facts))
  if (operator === 'or') return parts.some((part) => truth(part as Condition, facts))
  if (operator === '!') return !truth(parts[0] as Condition, facts)
  const name = factNameOf(parts[0])
  // JSON Logic takes null for 0, so what is not known is decided before the engine sees it
  if (name !== null && (facts[name] ?? null) === null) return operator === '==' ? parts[1] === null : operator === '!=' ? parts[1] !== null : false
  return engine.run(condition, facts) === true
}
