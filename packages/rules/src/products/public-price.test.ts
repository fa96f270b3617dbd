import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions'
import { mkPack } from '../country-packs'
import { parseRule } from '../rule-sets'
import type { ResolvedRule } from '../rule-sets'
import { forEverybody } from '.'

const withWhen = (when: Condition | null): ResolvedRule<'products'> => ({
  kind: 'products', version: 2, source: 'tenant',
  value: parseRule('products', { ...mkPack.rules.products, discounts: [{ code: 'one', titles: { en: 'One' }, reduction: { kind: 'percent', percentBp: 1000 }, when }] }),
})

describe('forEverybody', () => {
  it.each([
    [null, true],
    [{ '==': [{ var: 'month' }, 5] }, true],
    [{ and: [{ '==': [{ var: 'plan' }, 'asistenca'] }, { in: [{ var: 'channel' }, ['self_service']] }] }, true],
    [{ '<': [{ var: 'age' }, 26] }, false],
    // nobody's city is known, and yet this would hold
    [{ '!': { '==': [{ var: 'city' }, 'Berlin'] } }, false],
    [{ or: [{ '==': [{ var: 'month' }, 5] }, { '==': [{ var: 'branch' }, 'skopje'] }] }, false],
    [{ '!=': [{ var: 'returning' }, true] }, false],
  ] as const)('%j: %s', (when, kept) => {
    const rule = withWhen(when)
    expect(forEverybody(rule).value.discounts).toHaveLength(kept ? 1 : 0)
    expect(forEverybody(rule)).toBe(forEverybody(rule))
    expect(rule.value.discounts).toHaveLength(1)
  })
})
