import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack } from '../country-packs'
import { money, vatFromGross } from '../money'
import { parseDateOnly } from '../periods'
import { parseRule, resolveRule } from '../rule-sets'
import type { ProductsRule, ResolvedRule, RuleInput } from '../rule-sets'
import { assertShown, assertUsesLeft, quote, quoteAgain, soldBy } from '.'
import type { QuoteRequest } from '.'

const tax = resolveRule('tax', [], new Date(0), null, mkPack.rules.tax)
const eur = (minor: number) => [{ minor: String(minor), currency: 'EUR' as const }]
const titles = { mk: 'Име', sq: 'Emri', en: 'Name' }
const percent = (percentBp: number) => ({ kind: 'percent' as const, percentBp })
const amount = (minor: number) => ({ kind: 'amount' as const, amounts: eur(minor) })

/** The pack's products with changes: a family price, two add-ons, and whatever the test adds. */
function rulesWith(changes: Partial<RuleInput<'products'>> = {}) {
  const plans = mkPack.rules.products.plans.map((plan) => (plan.code === 'asistenca_family' ? { ...plan, family: { includedPeople: 2, perExtraPerson: eur(500) } } : plan))
  const addons: RuleInput<'products'>['addons'] = [
    { code: 'road', titles, summaries: titles, plans: ['asistenca', 'asistenca_family'], channels: ['self_service', 'agent'], prices: eur(900), extraMatters: 0 },
    { code: 'matter', titles, summaries: titles, plans: ['asistenca'], channels: ['self_service'], prices: eur(1500), extraMatters: 2 },
  ]
  const value = parseRule('products', { ...mkPack.rules.products, plans, addons, referral: { friend: null, memberDays: 0 }, ...changes })
  const products: ResolvedRule<'products'> = { kind: 'products', value, version: 7, source: 'tenant' }
  return { products, tax }
}
const request: QuoteRequest = { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-05-10'), people: 1 }
const discount = (code: string, reduction: ReturnType<typeof percent> | ReturnType<typeof amount>, more: object = {}) => ({ code, titles, reduction, ...more })
const coupon = (code: string, reduction: ReturnType<typeof percent> | ReturnType<typeof amount>, more: object = {}) => ({ code, titles, reduction, ...more })
const shown = (changes: Partial<RuleInput<'products'>>, more: Partial<QuoteRequest> = {}) =>
  quote(rulesWith(changes), { ...request, ...more }).lines.map(({ kind, code, money }) => `${kind} ${code} ${String(money.minor)}`)

describe('what is added', () => {
  it('people beyond the included ones and add-ons make the list price', () => {
    const made = quote(rulesWith(), { ...request, planCode: 'asistenca_family', people: 5, addons: ['road', 'road'] })
    expect(made.lines.map(({ kind, quantity, money }) => [kind, quantity, money.minor])).toEqual([['plan', 1, 3500n], ['people', 3, 1500n], ['addon', 1, 900n]])
    expect([made.list.minor, made.money.minor, made.people, made.addons]).toEqual([5900n, 5900n, 5, ['road']])
    expect(quote(rulesWith(), { ...request, planCode: 'asistenca_family', people: 1 }).people).toBe(2)
    expect(quote(rulesWith(), request).people).toBe(1)
  })

  it('matters of add-ons are summed', () => {
    expect(quote(rulesWith(), { ...request, addons: ['road', 'matter'] }).extraMatters).toBe(2)
  })

  it.each([
    [{ addons: ['nothing'] }, 'addons', 'errors.addon.unknown'],
    [{ addons: ['matter'], planCode: 'asistenca_family' }, 'addons', 'errors.addon.notForPlan'],
    [{ addons: ['matter'], channel: 'agent' }, 'addons', 'errors.addon.notForPlan'],
    [{ addons: ['road'], currency: 'MKD' }, 'addons', 'errors.addon.notForPlan'],
    [{ planCode: 'asistenca_family', people: 3, currency: 'MKD' }, 'planCode', 'errors.plan.currency'],
    [{ planCode: 'asistenca_family', people: 6 }, 'people', 'errors.plan.people'],
  ] as const)('%j is refused at %s', (change, field, messageKey) => {
    expect(() => quote(rulesWith(), { ...request, ...change })).toThrow(expect.objectContaining({ code: 'INVALID', field, messageKey }))
  })
})

describe('what is taken off', () => {
  it.each([
    ['the one that takes off most', [discount('ten', percent(1000)), discount('three', amount(300))], ['plan asistenca 2000', 'discount three -300']],
    ['all that combine, when together they are more', [discount('ten', percent(1000), { combines: true }), discount('two', amount(200), { combines: true }), discount('three', amount(300))],
      ['plan asistenca 2000', 'discount ten -200', 'discount two -200']],
    ['the single one, when it is more than all that combine', [discount('ten', percent(1000), { combines: true }), discount('five', amount(500))], ['plan asistenca 2000', 'discount five -500']],
    ['nothing of another currency', [discount('other', { kind: 'amount', amounts: [{ minor: '100', currency: 'MKD' }] } as never)], ['plan asistenca 2000']],
    ['nothing of another plan', [discount('family', percent(1000), { plans: ['asistenca_family'] })], ['plan asistenca 2000']],
  ])('%s', (_name, discounts, lines) => {
    expect(shown({ discounts })).toEqual(lines)
  })

  it.each([
    ['2026-05-09', false], ['2026-05-10', true], ['2026-05-31', true], ['2026-06-01', false],
  ])('a window holds its first day and not its end: on %s %s', (on, counts) => {
    const discounts = [discount('may', percent(1000), { from: '2026-05-10', until: '2026-06-01' })]
    expect(shown({ discounts }, { on: parseDateOnly(on) })).toHaveLength(counts ? 2 : 1)
  })

  it('a condition is asked of the facts, and what is not known does not satisfy it', () => {
    const discounts = [discount('young', percent(1000), { when: { and: [{ '<': [{ var: 'age' }, 26] }, { '==': [{ var: 'branch' }, 'skopje'] }] } })]
    expect(shown({ discounts }, { facts: { age: 25, branch: 'skopje' } })).toHaveLength(2)
    expect(shown({ discounts }, { facts: { age: 26, branch: 'skopje' } })).toHaveLength(1)
    expect(shown({ discounts })).toHaveLength(1)
    const ofRequest = [discount('own', percent(1000), { when: { and: [{ '==': [{ var: 'month' }, 5] }, { '==': [{ var: 'referred' }, true] }, { '==': [{ var: 'channel' }, 'self_service'] }] } })]
    expect(shown({ discounts: ofRequest }, { referral: 'staff', facts: { referred: false } })).toHaveLength(2)
  })

  it.each([
    ['beside discounts', { combines: true }, ['plan asistenca 2000', 'discount ten -200', 'coupon SUMMER -300']],
    ['instead of discounts, when it is more', {}, ['plan asistenca 2000', 'coupon SUMMER -300']],
  ])('a coupon counts %s', (_name, more, lines) => {
    expect(shown({ discounts: [discount('ten', percent(1000))], coupons: [coupon('SUMMER', amount(300), more)] }, { couponCode: 'SUMMER' })).toEqual(lines)
  })

  it('a coupon that is worth less than the discounts stays unused, and the receipt says so', () => {
    const made = quote(rulesWith({ discounts: [discount('half', percent(5000))], coupons: [coupon('SUMMER', amount(300))] }), { ...request, couponCode: 'SUMMER' })
    expect([made.money.minor, made.coupon]).toEqual([1000n, null])
    expect(made.receipt.explain.map(({ key }) => key)).toContain('receipts.quote.couponWeaker')
  })

  it.each([
    ['NOTHING', 'errors.coupon.unknown'], ['EARLY', 'errors.coupon.unknown'], ['LATE', 'errors.coupon.expired'], ['FAMILY', 'errors.coupon.notForThis'], ['ABROAD', 'errors.coupon.notForThis'],
  ])('coupon %s is refused with %s', (couponCode, messageKey) => {
    const coupons = [
      coupon('EARLY', percent(1000), { from: '2026-05-11' }), coupon('LATE', percent(1000), { until: '2026-05-10' }), coupon('FAMILY', percent(1000), { plans: ['asistenca_family'] }),
      coupon('ABROAD', percent(1000), { when: { '==': [{ var: 'city' }, 'Berlin'] } }),
    ]
    expect(() => quote(rulesWith({ coupons }), { ...request, couponCode })).toThrow(expect.objectContaining({ code: 'INVALID', field: 'couponCode', messageKey }))
  })

  it("a friend of a member pays less and the member is rewarded; a seller's code does neither", () => {
    const referral = { friend: percent(1000), memberDays: 30 }
    expect(shown({ referral }, { referral: 'member' })).toEqual(['plan asistenca 2000', 'referral referral -200'])
    expect(quote(rulesWith({ referral }), { ...request, referral: 'member' }).rewardDays).toBe(30)
    expect(shown({ referral }, { referral: 'staff' })).toHaveLength(1)
    expect(quote(rulesWith({ referral }), { ...request, referral: 'staff' }).rewardDays).toBe(0)
    expect(quote(rulesWith({ referral }), { ...request, planCode: 'free_start', referral: 'member' })).toMatchObject({ rewardDays: 0, lines: [{ kind: 'plan' }] })
  })

  it('never more than the price: the last reductions are cut', () => {
    const all = { discounts: [discount('most', percent(9000))], coupons: [coupon('SUMMER', amount(300), { combines: true })], referral: { friend: amount(300), memberDays: 3 } }
    const made = quote(rulesWith(all), { ...request, couponCode: 'SUMMER', referral: 'member' })
    expect(made.lines.map(({ money }) => money.minor)).toEqual([2000n, -1800n, -200n])
    expect([made.money.minor, made.vat.vat.minor, made.rewardDays]).toEqual([0n, 0n, 0])
    expect(made.receipt.explain.map(({ key }) => key)).toContain('receipts.quote.nothing')
  })
})

const reductionInput = fc.oneof(fc.integer({ min: 1, max: 10_000 }).map(percent), fc.integer({ min: 0, max: 4000 }).map(amount))
const world = fc.record({
  discounts: fc.array(fc.record({ reduction: reductionInput, combines: fc.boolean(), plans: fc.constantFrom<string[]>([], ['asistenca'], ['asistenca_family']) }), { maxLength: 5 })
    .map((list) => list.map((one, index) => ({ code: `d${String(index)}x`, titles, ...one }))),
  coupons: fc.record({ reduction: fc.integer({ min: 100, max: 10_000 }).map(percent), combines: fc.boolean() }).map((one) => [{ code: 'SUMMER', titles, ...one }]),
  referral: fc.record({ friend: fc.option(reductionInput), memberDays: fc.integer({ min: 0, max: 60 }) }),
})
const asked = fc.record({
  planCode: fc.constantFrom('asistenca', 'asistenca_family'), people: fc.integer({ min: 1, max: 5 }), addons: fc.constantFrom([], ['road']), couponCode: fc.constantFrom(null, 'SUMMER'),
  referral: fc.constantFrom(null, 'member' as const, 'staff' as const), facts: fc.constantFrom({}, { age: 30, city: 'Тетово', returning: false }),
}).map((one): QuoteRequest => ({ ...request, ...one, people: one.planCode === 'asistenca' ? 1 : one.people }))

describe('whatever the rules and the request', () => {
  it('the lines sum to the total, which is never negative, and VAT is exactly inside it', () => {
    fc.assert(fc.property(world, asked, (changes, what) => {
      const made = quote(rulesWith(changes), what)
      expect(made.lines.reduce((total, { money }) => total + money.minor, 0n)).toBe(made.money.minor)
      expect(made.money.minor >= 0n && made.money.minor <= made.list.minor).toBe(true)
      expect(made.vat.net.minor + made.vat.vat.minor).toBe(made.money.minor)
      expect(made.vat.vat).toEqual(vatFromGross(made.money, made.vat.rateBp).vat)
    }))
  })

  it('P-16 asked again by its receipt the answer is the same, also after the receipt lay in a database', () => {
    fc.assert(fc.property(world, asked, (changes, what) => {
      const rules = rulesWith(changes)
      const first = quote(rules, what)
      const stored: unknown = JSON.parse(JSON.stringify(first.receipt))
      expect(stored).toEqual(first.receipt)
      const { inputs } = stored as typeof first.receipt
      expect(quoteAgain(rules, inputs).receipt).toEqual(stored)
    }))
  })

  it('more people never cost less, and a percentage for all keeps that order', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.option(fc.integer({ min: 1, max: 10_000 })), (people, off) => {
      const rules = rulesWith(off === null ? {} : { discounts: [discount('all', percent(off))] })
      const price = (count: number) => quote(rules, { ...request, planCode: 'asistenca_family', people: count }).money.minor
      expect(price(people + 1) >= price(people)).toBe(true)
    }))
  })

  it('of discounts that do not combine no other one would have been better', () => {
    fc.assert(fc.property(fc.array(reductionInput, { minLength: 1, maxLength: 6 }), (reductions) => {
      const discounts = reductions.map((reduction, index) => discount(`d${String(index)}x`, reduction))
      const best = quote(rulesWith({ discounts }), request).money.minor
      for (const one of discounts) expect(quote(rulesWith({ discounts: [one] }), request).money.minor >= best).toBe(true)
    }))
  })
})

describe('receipts', () => {
  it('of sales before there were add-ons are read and asked again', () => {
    const rules = rulesWith()
    const made = quoteAgain(rules, { planCode: 'asistenca', channel: 'agent', currency: 'EUR', on: '2025-01-31', people: 1 })
    expect(made).toMatchObject({ money: { minor: 2000n }, period: { start: '2025-01-31', end: '2026-01-31' } })
    expect(() => quoteAgain(rules, { percentBp: 1500 })).toThrow()
    expect(soldBy({ outcome: { gross: { minor: '2000', currency: 'EUR' } } })).toEqual({ lines: [], extraMatters: 0, rewardDays: 0 })
    expect(soldBy(null)).toEqual({ lines: [], extraMatters: 0, rewardDays: 0 })
  })

  it('say what was sold', () => {
    const rules = rulesWith({ referral: { friend: null, memberDays: 14 } })
    const sold = soldBy(JSON.parse(JSON.stringify(quote(rules, { ...request, addons: ['matter'], referral: 'member' }).receipt)))
    expect(sold).toMatchObject({ people: 1, extraMatters: 2, rewardDays: 14, lines: [{ kind: 'plan', minor: '2000' }, { kind: 'addon', code: 'matter', titles }] })
  })

  it('facts that no condition may name are not taken over from a stored receipt', () => {
    const products: ProductsRule = rulesWith().products.value
    expect(quoteAgain({ products: { kind: 'products', value: products, version: 1, source: 'tenant' }, tax }, {
      planCode: 'asistenca', channel: 'agent', currency: 'EUR', on: '2026-01-01', people: 1, facts: { age: 20, ['constructor']: 'x' },
    }).receipt.inputs).toMatchObject({ facts: { age: 20 } })
  })
})

describe('what was agreed', () => {
  it('P-17 a price that differs from what was shown is a conflict, the same amount in another currency too', () => {
    const priced = quote(rulesWith(), request)
    expect(() => assertShown(priced, undefined)).not.toThrow()
    expect(() => assertShown(priced, priced.money)).not.toThrow()
    for (const shownMoney of [money(1999n, 'EUR'), money(2000n, 'MKD')]) {
      expect(() => assertShown(priced, shownMoney)).toThrow(expect.objectContaining({ code: 'CONFLICT', messageKey: 'errors.plan.priceChanged' }))
    }
  })

  it('a coupon is used as often as it may be', () => {
    expect(() => assertUsesLeft({ maxUses: null }, 10_000)).not.toThrow()
    expect(() => assertUsesLeft({ maxUses: 2 }, 1)).not.toThrow()
    expect(() => assertUsesLeft({ maxUses: 2 }, 2)).toThrow(expect.objectContaining({ field: 'couponCode', messageKey: 'errors.coupon.usedUp' }))
  })
})
