import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fieldIssues } from '../errors'
import { conditionFrom, factsFrom, seeded } from '../testing'
import { conditionFacts, conditionLimits, conditionSchema, holds } from '.'
import type { Condition, ConditionContext, Facts } from '.'

const fact = (name: string) => ({ var: name })
const young = { '<': [fact('age'), 30] }
const everybody: Facts<'sale'> = { plan: 'asistenca', channel: 'agent', branch: 'tetovo', people: 2, age: 25, city: 'Тетово', month: 3, returning: false, referred: true }

/** What the schema says of a value: the issues, or none. */
function issuesOf(value: unknown, context: ConditionContext = 'sale') {
  const result = conditionSchema(context).safeParse(value)
  return result.success ? [] : fieldIssues(result.error)
}
const keyOf = (value: unknown, context?: ConditionContext): string | undefined => issuesOf(value, context)[0]?.key

const contexts = Object.keys(conditionFacts) as ConditionContext[]
const runs = 400

afterEach(() => vi.unstubAllGlobals())

describe('conditionSchema', () => {
  it('takes comparisons of known facts joined by and, or, not, and gives them one shape', () => {
    const loose = { and: [{ '==': [{ var: ['plan'] }, 'x'] }, { '!': { in: [fact('channel'), ['agent', 'branch']] } }, { or: young }] }
    expect(conditionSchema('sale').parse(loose)).toEqual({ and: [{ '==': [fact('plan'), 'x'] }, { '!': [{ in: [fact('channel'), ['agent', 'branch']] }] }, { or: [young] }] })
    expect(conditionSchema('sale').parse(null)).toBeNull()
  })

  it.each([
    ['an operator that loops', { map: [fact('plan'), { '+': [1, 1] }] }, 'errors.condition.operator'],
    ['a reduction', { reduce: [[1, 2], { '+': [1] }, 0] }, 'errors.condition.operator'],
    ['a pattern', { match: [fact('city'), '(a+)+$'] }, 'errors.condition.operator'],
    ['a script', { '==': [{ eval: ['process.exit()'] }, 1] }, 'errors.condition.fact'],
    ['an operator called like the prototype', JSON.parse('{"__proto__": [{"var":"age"}, 1]}'), 'errors.condition.operator'],
    ['the constructor as operator', { constructor: [fact('age'), 1] }, 'errors.condition.operator'],
    ['the prototype as fact', { '==': [{ var: '__proto__' }, 1] }, 'errors.condition.fact'],
    ['the constructor as fact', { '==': [{ var: 'constructor' }, 'x'] }, 'errors.condition.fact'],
    ['the prototype of the prototype as fact', { '==': [{ var: 'prototype' }, 'x'] }, 'errors.condition.fact'],
    ['a path into a fact', { '==': [{ var: 'city.length' }, 1] }, 'errors.condition.fact'],
    ['a fallback value behind a fact', { '==': [{ var: ['age', { eval: ['1'] }] }, 1] }, 'errors.condition.fact'],
    ['a second key beside a fact', { '==': [{ var: 'age', eval: '1' }, 1] }, 'errors.condition.fact'],
    ['two operators in one', { '==': [fact('age'), 1], '!=': [fact('age'), 2] }, 'errors.condition.shape'],
    ['an object of a class', new Map([['==', [fact('age'), 1]]]), 'errors.condition.shape'],
    ['an operator that was inherited', Object.create({ '==': [fact('age'), 1] }), 'errors.condition.shape'],
    ['nothing', undefined, 'errors.condition.shape'],
    ['an empty and', { and: [] }, 'errors.condition.shape'],
    ['a fact of claims in a sale', { '==': [fact('claimed'), 1] }, 'errors.condition.fact'],
    ['a text for a number', { '<': [fact('age'), '30'] }, 'errors.condition.value'],
    ['an unknown choice', { '==': [fact('channel'), 'phone'] }, 'errors.condition.value'],
    ['an order of texts', { '<': [fact('city'), 'x'] }, 'errors.condition.value'],
    ['more than null', { '>': [fact('age'), null] }, 'errors.condition.value'],
    ['null in a list', { in: [fact('plan'), ['x', null]] }, 'errors.condition.value'],
    ['an empty text', { '==': [fact('city'), ''] }, 'errors.condition.value'],
    ['a list of yes and no', { in: [fact('returning'), [true, false]] }, 'errors.condition.value'],
    ['an object as value', { '==': [fact('plan'), { toString: 'x' }] }, 'errors.condition.value'],
    ['a number that is none', { '<': [fact('age'), Number.NaN] }, 'errors.condition.value'],
  ])('refuses %s', (_, value, key) => {
    expect(keyOf(value)).toBe(key)
  })

  it('S-13 stops a rule that loops, a pattern bomb and a bomb of nodes in well under 100 ms', () => {
    const deep: unknown = Array.from({ length: 50_000 }).reduce((inner: unknown) => ({ '!': [inner] }), young)
    const bombs: readonly (readonly [string, unknown])[] = [
      ['errors.condition.operator', { reduce: [Array.from({ length: 100_000 }, (_, i) => i), { '+': [fact('accumulator'), 1] }, 0] }],
      ['errors.condition.operator', { all: [Array.from({ length: 1_000 }), { all: [Array.from({ length: 1_000 }), { '==': [1, 1] }] }] }],
      ['errors.condition.operator', { regex: ['a'.repeat(100_000), '^(a+)+$'] }],
      ['errors.condition.tooLarge', deep],
      ['errors.condition.tooLarge', { or: Array.from({ length: 200_000 }, () => young) }],
      ['errors.condition.tooLarge', { in: [fact('plan'), Array.from({ length: 200_000 }, () => 'x')] }],
      ['errors.condition.value', { '==': [fact('city'), 'x'.repeat(5_000_000)] }],
      ['errors.condition.shape', Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${String(i)}`, young]))],
    ]
    for (const [key, bomb] of bombs) {
      const from = process.cpuUsage()
      expect(keyOf(bomb)).toBe(key)
      expect(process.cpuUsage(from).user).toBeLessThan(100_000)
    }
  })

  it('counts depth and nodes exactly', () => {
    const nested = (depth: number): unknown => (depth === 1 ? young : { '!': [nested(depth - 1)] })
    expect(keyOf(nested(conditionLimits.depth))).toBeUndefined()
    expect(keyOf(nested(conditionLimits.depth + 1))).toBe('errors.condition.tooLarge')
    const wide = (n: number): unknown => ({ or: Array.from({ length: n }, () => young) })
    expect(keyOf(wide(conditionLimits.nodes - 1))).toBeUndefined()
    expect(keyOf(wide(conditionLimits.nodes))).toBe('errors.condition.tooLarge')
  })

  it('names the place inside the condition', () => {
    expect(issuesOf({ and: [young, { or: [young, { '<': [fact('people'), 'x'] }] }] })).toEqual([{ field: 'and.1.or.1.<.1', key: 'errors.condition.value', params: { fact: 'people' } }])
    expect(issuesOf({ and: [young, { '==': [fact('nothing'), 1] }] })[0]?.field).toBe('and.1.==.0')
  })

  it.each([
    ['two values at once', { and: [{ '==': [fact('plan'), 'a'] }, { '==': [fact('plan'), 'b'] }] }, 'plan'],
    ['over 60 and under 18', { and: [{ '>': [fact('age'), 60] }, { and: [{ '<': [fact('age'), 18] }] }] }, 'age'],
    ['under a number and at least the same', { and: [{ '<': [fact('age'), 18] }, { '>=': [fact('age'), 18] }] }, 'age'],
    ['lists without a common value', { and: [{ in: [fact('plan'), ['a', 'b']] }, { in: [fact('plan'), ['c']] }] }, 'plan'],
    ['a value and not that value', { and: [{ '==': [fact('returning'), true] }, { '!=': [fact('returning'), true] }] }, 'returning'],
    ['not known and a number', { and: [{ '==': [fact('age'), null] }, { '>': [fact('age'), 1] }] }, 'age'],
  ])('refuses what can never hold: %s', (_, value, name) => {
    expect(issuesOf(value)).toEqual([expect.objectContaining({ key: 'errors.condition.never', params: { fact: name } })])
  })

  it('takes a range, also one of a single number', () => {
    expect(keyOf({ and: [{ '>=': [fact('age'), 18] }, { '<=': [fact('age'), 18] }, { '!=': [fact('age'), 7] }] })).toBeUndefined()
    expect(keyOf({ or: [{ '==': [fact('plan'), 'a'] }, { '==': [fact('plan'), 'b'] }] })).toBeUndefined()
    expect(keyOf({ and: [{ '!=': [fact('returning'), true] }, { '!=': [fact('returning'), false] }] })).toBeUndefined()
  })

  it('ends every JSON with a condition or an issue, quickly', () => {
    const names = fc.constantFrom('and', 'or', '!', '==', 'in', '<', 'var', 'map', '__proto__', 'constructor', 'age', 'plan', 'toString')
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 12, withCrossShrink: true }, fc.constantFrom<unknown>('age', 'plan', 1, null, true, 'agent', fact('age')), fc.array(tie('tree'), { maxLength: 5 }), fc.dictionary(names, tie('tree'), { maxKeys: 2, noNullPrototype: false })),
    }))
    fc.assert(
      fc.property(fc.oneof(tree, fc.json().map((text): unknown => JSON.parse(text))), fc.constantFrom(...contexts), (value, context) => {
        const from = process.cpuUsage()
        const result = conditionSchema(context).safeParse(value)
        expect(process.cpuUsage(from).user).toBeLessThan(100_000)
        if (result.success) expect(typeof holds(result.data, factsFrom(context, seeded(7)))).toBe('boolean')
        else expect(fieldIssues(result.error)[0]?.key).toMatch(/^errors\.condition\./u)
      }),
      { numRuns: runs },
    )
  })
})

type Plain = Readonly<Record<string, string | number | boolean | null>>

/** The meaning written a second time, with nothing of the first: SQL's three-valued idea cut down to "not known satisfies nothing but == null". */
function means(condition: Condition, facts: Plain): boolean {
  const [operator, parts] = Object.entries(condition)[0] as [string, readonly unknown[]]
  switch (operator) {
    case 'and': return !parts.some((part) => !means(part as Condition, facts))
    case 'or': return !parts.every((part) => !means(part as Condition, facts))
    case '!': return !means(parts[0] as Condition, facts)
    default:
  }
  const known = facts[(parts[0] as { readonly var: string }).var] ?? null
  const right = parts[1]
  if (operator === '==') return known === right
  if (operator === '!=') return known !== right
  if (known === null) return false
  if (operator === 'in') return (right as readonly unknown[]).indexOf(known) >= 0
  const [a, b] = [known as number, right as number]
  return operator === '<' ? a < b : operator === '<=' ? !(a > b) : operator === '>' ? a > b : !(a < b)
}

describe('holds', () => {
  it('agrees with an independent reading on every condition and every facts, known or not', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), fc.constantFrom(...contexts), (chance, context) => {
        const choose = (n: number): number => chance.next().value % n
        const condition = conditionFrom(context, choose)
        const parsed = conditionSchema(context).safeParse(condition)
        const said = parsed.success ? parsed.data : condition
        for (let i = 0; i < 5; i += 1) {
          const facts = factsFrom(context, choose)
          expect(holds(said, facts)).toBe(means(condition, facts))
          // what is refused as never holding does not hold
          if (!parsed.success) expect(holds(condition, facts) && parsed.error.issues[0]?.path.length === 0).toBe(false)
        }
      }),
      { numRuns: runs },
    )
  })

  it('says the same again, and for another condition of the same words', () => {
    const condition = { and: [young, { '==': [fact('plan'), 'asistenca'] }] }
    expect([holds(condition, everybody), holds<'sale'>(condition, { ...everybody, age: 30 }), holds(condition, everybody), holds({ ...condition }, everybody)]).toEqual([true, false, true, true])
    expect(holds(null, everybody)).toBe(true)
  })

  it('S-13 compiles nothing: it works where eval and Function are forbidden', () => {
    const refuse = (): never => {
      throw new Error('no code is made of text here')
    }
    vi.stubGlobal('eval', refuse)
    vi.stubGlobal('Function', refuse)
    const condition = conditionSchema('sale').parse({ and: [{ '<=': [fact('age'), 25] }, { '!': [{ '==': [fact('city'), 'Скопје'] }] }, { or: [{ in: [fact('plan'), ['asistenca', 'x']] }, { '>': [fact('people'), 5] }] }] })
    expect(holds(condition, everybody)).toBe(true)
    expect(holds<'sale'>(condition, { ...everybody, city: 'Скопје' })).toBe(false)
  })
})
