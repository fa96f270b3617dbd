import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack } from '../country-packs'
import { canonicalJson, canStep, diffDocuments, findAt, isEmptyPatch, mergePatch, mergePatchOf, mergeThree, parseOver, readOver, ruleState, ruleSteps } from '.'
import type { RuleLife, RuleState } from '.'

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
/** Documents as patches can make them: a patch has no word for null. */
const documents = fc.letrec((tie) => ({
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }), tie('tree')),
})).tree

describe('merge patches', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [['a', 'b'], ['c', 'd'], ['c', 'd']],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j, as in RFC 7396', (base, patch, merged) => {
    expect(mergePatch(base, patch)).toEqual(merged)
  })

  it('the smallest patch of two documents makes the one of the other', () => {
    fc.assert(fc.property(documents, documents, (before, after) => {
      expect(canonicalJson(mergePatch(before, mergePatchOf(before, after)))).toBe(canonicalJson(after))
      expect(isEmptyPatch(mergePatchOf(before, before))).toBe(true)
    }))
  })

  it('S-13 a name of a prototype stays a name', () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__": {"polluted": true}}'))
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(readOver('limits', mkPack.rules.limits, JSON.parse('{"upload": {"__proto__": {"maxBytes": 1}}}'))).toEqual({ ok: false, issues: [{ field: 'upload.__proto__', key: 'errors.rule.forbiddenName', params: {} }] })
  })

  it('null is nothing where the document must say something', () => {
    expect(parseOver('workflows', mkPack.rules.workflows, { calendar: { holidaysOf: null } }).calendar.holidaysOf).toBeNull()
    expect(readOver('workflows', mkPack.rules.workflows, { calendar: { zone: null } })).toMatchObject({ ok: false, issues: [{ field: 'calendar.zone' }] })
  })
})

it('the same document has the same text, however it is written', () => {
  expect(canonicalJson({ b: 1n, a: { d: undefined, c: [null, 'x'] } })).toBe(canonicalJson({ a: { c: [null, 'x'] }, b: '1' }))
  expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }))
  fc.assert(fc.property(documents, (document) => { expect(JSON.parse(canonicalJson(document))).toEqual(json(document)) }))
})

describe('differences', () => {
  const plans = (...codes: string[]) => ({ plans: codes.map((code) => ({ code, titles: { en: code } })) })

  it('entries are found by their names', () => {
    expect(diffDocuments(plans('a', 'b'), plans('new', 'a', 'b'))).toEqual([{ path: 'plans.new', kind: 'added', before: null, after: { code: 'new', titles: { en: 'new' } } }])
    expect(diffDocuments(plans('a', 'b'), plans('b'))).toMatchObject([{ path: 'plans.a', kind: 'removed', after: null }])
    expect(diffDocuments(plans('a', 'b'), plans('b', 'a'))).toEqual([{ path: 'plans', kind: 'moved', before: ['a', 'b'], after: ['b', 'a'] }])
    const renamed = plans('a', 'b')
    Object.assign(renamed.plans[1]?.titles ?? {}, { en: 'B' })
    expect(diffDocuments(plans('a', 'b'), renamed)).toEqual([{ path: 'plans.b.titles.en', kind: 'changed', before: 'b', after: 'B' }])
    expect(diffDocuments({ hours: [1, 2] }, { hours: [2] })).toEqual([{ path: 'hours', kind: 'changed', before: [1, 2], after: [2] }])
  })

  it('steps by their ends, prices by currency, texts by key, and nothing when nothing changed', () => {
    const { workflows, products, legal } = mkPack.rules
    const changed = structuredClone(json({ workflows, products, legal })) as { workflows: typeof workflows; products: typeof products; legal: typeof legal }
    expect(diffDocuments({ workflows, products, legal }, changed)).toEqual([])
    const moved = { ...changed.workflows, claims: { ...changed.workflows.claims, transitions: changed.workflows.claims.transitions.filter(({ from, to }) => !(from === 'court' && to === 'rejected')) } }
    expect(diffDocuments(workflows, moved).map(({ path, kind }) => [path, kind])).toEqual([['claims.transitions.court>rejected', 'removed']])
    expect(diffDocuments([{ minor: '1', currency: 'EUR' }], [{ minor: '2', currency: 'EUR' }])).toEqual([{ path: 'EUR.minor', kind: 'changed', before: '1', after: '2' }])
  })

  it('an entry is found by name or by number, also where the name has dots', () => {
    const { notifications } = mkPack.rules
    expect(findAt(notifications, 'events.payment.link.channels')).toEqual({ path: ['events', 'payment.link', 'channels'], value: ['mail'] })
    expect(findAt(notifications, 'events.0.channels.0')).toEqual({ path: ['events', 'membership.activated', 'channels', '0'], value: 'in_app' })
    for (const path of ['events.99', 'events.nothing', '__proto__', 'events.0.toString', 'renewalReminderDays.x']) expect(findAt(notifications, path)).toBeUndefined()
  })
})

describe('two who change the same document', () => {
  it('keeps both where they do not meet', () => {
    const base = { a: 1, list: [{ code: 'x', n: 1 }, { code: 'y', n: 1 }], words: ['p'] }
    const mine = { a: 2, list: [{ code: 'x', n: 5 }, { code: 'y', n: 1 }, { code: 'mine', n: 1 }], words: ['p'] }
    const theirs = { a: 1, list: [{ code: 'theirs', n: 1 }, { code: 'y', n: 7 }, { code: 'x', n: 1 }], words: ['q'] }
    expect(mergeThree(base, mine, theirs)).toEqual({
      clashes: [], value: { a: 2, list: [{ code: 'theirs', n: 1 }, { code: 'y', n: 7 }, { code: 'x', n: 5 }, { code: 'mine', n: 1 }], words: ['q'] },
    })
  })

  it.each([
    ['a value', { a: 1 }, { a: 2 }, { a: 3 }, 'a'],
    ['one changes what the other takes away', { list: [{ code: 'x', n: 1 }] }, { list: [{ code: 'x', n: 2 }] }, { list: [] }, 'list.x'],
    ['a plain list', { days: [1] }, { days: [1, 2] }, { days: [1, 3] }, 'days'],
    ['the order', { l: ['a', 'b', 'c'].map((code) => ({ code })) }, { l: ['b', 'a', 'c'].map((code) => ({ code })) }, { l: ['a', 'c', 'b'].map((code) => ({ code })) }, 'l'],
  ])('says where they meet: %s', (_, base, mine, theirs, path) => {
    expect(mergeThree(base, mine, theirs).clashes.map((clash) => clash.path)).toEqual([path])
    expect(mergeThree(base, mine, theirs, 'mine').value).toEqual(mine)
    expect(mergeThree(base, mine, theirs, 'theirs').value).toEqual(theirs)
  })

  it('whoever changed nothing loses nothing', () => {
    fc.assert(fc.property(documents, documents, (base, theirs) => {
      expect(canonicalJson(mergeThree(base, base, theirs))).toBe(canonicalJson({ value: theirs, clashes: [] }))
      expect(canonicalJson(mergeThree(base, theirs, base))).toBe(canonicalJson({ value: theirs, clashes: [] }))
    }))
  })
})

describe('the life of a version', () => {
  const at = new Date('2026-06-01T00:00:00Z')
  const version = (n: number, status: RuleLife['status'], from: string | null): RuleLife => ({ version: n, status, effectiveFrom: from === null ? null : new Date(from) })
  const all = [version(1, 'published', '2026-01-01'), version(2, 'published', '2026-05-01'), version(3, 'withdrawn', '2026-05-20'), version(4, 'published', '2026-07-01'), version(5, 'validated', null)]

  it('follows from its status, its time and its successors', () => {
    expect(all.map((one) => ruleState(one, all, at))).toEqual(['superseded', 'in_force', 'withdrawn', 'scheduled', 'validated'])
    expect(all.map((one) => ruleState(one, all, new Date('2026-07-01T00:00:00Z')))).toEqual(['superseded', 'superseded', 'withdrawn', 'in_force', 'validated'])
  })

  it('what was published or given up is never written to again', () => {
    const over: RuleState[] = ['in_force', 'superseded', 'withdrawn']
    for (const step of ['save', 'discard', 'rebase', 'validate', 'approve', 'publish', 'withdraw'] as const) for (const state of over) expect(canStep(state, step)).toBe(false)
    expect(Object.entries(ruleSteps).filter(([, from]) => from.some((state) => state === 'scheduled')).map(([step]) => step)).toEqual(['withdraw'])
  })
})
