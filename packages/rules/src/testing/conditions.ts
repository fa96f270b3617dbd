import { conditionFacts } from '../conditions'
import type { Condition, ConditionContext, Facts, FactSpec } from '../conditions'

/** Gives a whole number from 0 up to, not including, `n`: the one source of chance of what is made here. */
export type Choose = (n: number) => number

const codes = ['asistenca', 'business', 'skopje', 'tetovo', 'x']
const texts = ['Скопје', 'Tetovë', 'a „quote” and {braces}', '<b>', "it's"]
const numbers = [0, 1, 2, 12, 18, 30, -5, 2.5]
const amounts = [0, 1, 2500, 100_000, 123_456_789]

function pick<T>(choose: Choose, list: readonly T[]): T {
  const one = list[choose(list.length)]
  if (one === undefined) throw new Error('nothing to choose from')
  return one
}

/** A value that fits a fact. */
export function valueFrom(spec: FactSpec, choose: Choose): string | number | boolean {
  if (spec.type === 'flag') return choose(2) === 1
  if (spec.type === 'number') return pick(choose, numbers)
  if (spec.type === 'money') return pick(choose, amounts)
  return spec.type === 'text' ? pick(choose, texts) : pick(choose, spec.choices ?? codes)
}

function comparisonFrom(context: ConditionContext, choose: Choose): Condition {
  const [name, spec] = pick(choose, Object.entries(conditionFacts[context] as Readonly<Record<string, FactSpec>>))
  const fact = { var: name }
  const orders = spec.type === 'number' || spec.type === 'money'
  const operator = pick(choose, ['==', '!=', ...(spec.type === 'flag' ? [] : ['in']), ...(orders ? ['<', '<=', '>', '>='] : [])])
  if (operator === 'in') return { in: [fact, Array.from({ length: 1 + choose(3) }, () => valueFrom(spec, choose))] }
  const unknown = (operator === '==' || operator === '!=') && choose(6) === 0
  return { [operator]: [fact, unknown ? null : valueFrom(spec, choose)] }
}

/** A well-formed condition in its stored form. It may contradict itself, which the schema refuses. */
export function conditionFrom(context: ConditionContext, choose: Choose, depth = 3): Condition {
  const kind = depth === 0 ? 0 : choose(6)
  if (kind === 3) return { '!': [conditionFrom(context, choose, depth - 1)] }
  if (kind < 4) return comparisonFrom(context, choose)
  const parts = Array.from({ length: 1 + choose(3) }, () => conditionFrom(context, choose, depth - 1))
  return { [kind === 4 ? 'and' : 'or']: parts }
}

/** Facts of a context, about every fifth of them not known. */
export function factsFrom<C extends ConditionContext>(context: C, choose: Choose): Facts<C> {
  const specs = Object.entries(conditionFacts[context] as Readonly<Record<string, FactSpec>>)
  return Object.fromEntries(specs.map(([name, spec]) => [name, choose(5) === 0 ? null : valueFrom(spec, choose)])) as Facts<C>
}

/** Chance that is the same every time: a small linear generator. */
export function seeded(seed: number): Choose {
  let state = seed % 2_147_483_647
  if (state <= 0) state += 2_147_483_646
  return (n) => {
    state = (state * 48_271) % 2_147_483_647
    return Math.floor((state / 2_147_483_647) * n)
  }
}
