import { LogicEngine } from 'json-logic-engine'
import { factNameOf, operatorOf } from './condition'
import type { Condition } from './condition'
import type { ConditionContext, Facts } from './facts'

type Known = Readonly<Record<string, string | number | boolean | null>>
type Test = (facts: Known) => boolean

// only ever `run`, which puts closures together: the engine's `build` would compile with eval
const engine = new LogicEngine(undefined, { disableInline: true, disableInterpretedOptimization: false })

// what a condition asks is read once; rule documents live as long as their version is in force
const tests = new WeakMap<Condition, Test>()

/** Whether a condition holds for the facts. A condition of null always does; a comparison with a fact that is not known does not. */
export function holds<C extends ConditionContext>(condition: Condition | null, facts: Facts<C>): boolean {
  return condition === null || testOf(condition)(facts)
}

function testOf(condition: Condition): Test {
  const known = tests.get(condition)
  if (known !== undefined) return known
  const made = makeTest(condition)
  tests.set(condition, made)
  return made
}

function makeTest(condition: Condition): Test {
  const [operator, parts] = operatorOf(condition)
  if (operator === 'and' || operator === 'or' || operator === '!') {
    const inner = parts.map((part) => makeTest(part as Condition))
    if (operator === 'and') return (facts) => inner.every((test) => test(facts))
    if (operator === 'or') return (facts) => inner.some((test) => test(facts))
    return (facts) => !inner.every((test) => test(facts))
  }
  const [left, value] = parts
  const name = factNameOf(left)
  if (name === null) return () => false
  // JSON Logic takes null for 0, so what is not known is decided before the engine sees it
  const unknown = operator === '==' ? value === null : operator === '!=' && value !== null
  if (value === null) return (facts) => ((facts[name] ?? null) === null) === unknown
  return (facts) => ((facts[name] ?? null) === null ? unknown : engine.run(condition, facts) === true)
}
