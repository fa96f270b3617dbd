import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack } from '../country-packs'
import { money } from '../money'
import { parseDateOnly } from '../periods'
import type { QuoteRequest, QuoteRules } from '../products'
import { parseRule } from '../rule-sets'
import type { ResolvedRule, RuleInput } from '../rule-sets'
import { compareClaim, compareFee, compareSale, LargestRows, Trial, trialDetailSchema, trialFiguresSchema, trialFiguresToJson } from '.'
import type { PastClaim, PastSale, TrialRules } from '.'

type Products = RuleInput<'products'>
const products = (changes: Partial<Products> = {}): ResolvedRule<'products'> => ({ kind: 'products', version: 2, source: 'tenant', value: parseRule('products', { ...mkPack.rules.products, ...changes }) })
const tax = (membershipCategory = mkPack.rules.tax.membershipCategory): ResolvedRule<'tax'> => ({ kind: 'tax', version: 2, source: 'tenant', value: parseRule('tax', { ...mkPack.rules.tax, membershipCategory }) })
const workflows = (changes: Partial<RuleInput<'workflows'>> = {}): ResolvedRule<'workflows'> => ({ kind: 'workflows', version: 2, source: 'tenant', value: parseRule('workflows', { ...mkPack.rules.workflows, routes: [], stages: [], ...changes }) })
const priced = (code: string, minor: number): Partial<Products> => ({
  plans: mkPack.rules.products.plans.map((plan) => (plan.code === code ? { ...plan, prices: plan.prices.map((price) => (price.currency === 'EUR' ? { ...price, minor: String(minor) } : price)) } : plan)),
})
const without = (code: string): Partial<Products> => ({ plans: mkPack.rules.products.plans.filter((plan) => plan.code !== code) })
const now: QuoteRules = { products: products(), tax: tax() }
const sale: QuoteRequest = { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-05-10'), people: 1 }

describe('one sale by two rules', () => {
  it.each([
    ['a higher price', priced('asistenca', 2300), {}, 'more', 2000n, 2300n, null],
    ['a lower price', priced('asistenca', 1900), {}, 'less', 2000n, 1900n, null],
    ['another plan\'s price', priced('business', 9900), {}, 'same', 2000n, 2000n, null],
    ['a plan that is gone', without('asistenca'), {}, 'unsellable', 2000n, null, 'errors.plan.unknown'],
    ['a plan that neither sells', {}, { planCode: 'nothing' }, 'uncompared', null, null, 'errors.plan.unknown'],
    ['more people than either covers', {}, { people: 2 }, 'uncompared', null, null, 'errors.plan.people'],
    ['a channel that the draft opens', { plans: mkPack.rules.products.plans.map((plan) => (plan.code === 'business' ? { ...plan, channels: ['self_service' as const] } : plan)) }, { planCode: 'business' }, 'sellable', null, 9500n, 'errors.plan.channel'],
  ] as const)('%s', (_, changes, request, verdict, before, after, reason) => {
    const compared = compareSale(now, { ...now, products: products(changes) }, { ...sale, ...request })
    expect([compared.verdict, compared.before?.gross ?? null, compared.after?.gross ?? null, compared.reason?.key ?? null]).toEqual([verdict, before, after, reason])
  })

  it('VAT moves while the price stands', () => {
    const { verdict, before, after } = compareSale(now, { ...now, tax: tax('reduced') }, sale)
    expect([verdict, before?.vat, after?.vat, before?.net, after?.net]).toEqual(['same', 305n, 182n, 1695n, 1818n])
  })

  it('a word that the draft no longer takes costs the buyer what it took off', () => {
    const titles = { mk: 'Лето', sq: 'Vera', en: 'Summer' }
    const withCoupon: QuoteRules = { ...now, products: products({ coupons: [{ code: 'SUMMER', titles, reduction: { kind: 'percent', percentBp: 1000 } }] }) }
    const compared = compareSale(withCoupon, now, { ...sale, couponCode: 'SUMMER' })
    expect([compared.verdict, compared.before?.gross, compared.after?.gross, compared.reason?.key]).toEqual(['more', 1800n, 2000n, 'errors.coupon.unknown'])
    expect(compareSale(now, withCoupon, { ...sale, couponCode: 'WINTER' })).toMatchObject({ verdict: 'same', reason: { key: 'errors.coupon.unknown' } })
  })
})

describe('one fee by two rules', () => {
  const fee = (percentBp: number): Partial<Products> => ({ plans: mkPack.rules.products.plans.map((plan) => (plan.successFee ? { ...plan, successFee: { ...plan.successFee, percentBp } } : plan)) })
  const recovered = (minor: bigint, planCode = 'asistenca') => ({ entityId: 'c', branchId: 'b', planCode, billedMinor: 0n, recovery: { recovered: money(minor, 'EUR') } })
  it.each([
    [2000, recovered(60_000n), 'more', 9000n, 12_000n], [1000, recovered(60_000n), 'less', 9000n, 6000n], [2000, recovered(0n), 'same', 0n, 0n], [1600, recovered(10_000n), 'same', 2500n, 2500n],
    [2000, recovered(60_000n, 'nothing'), 'uncompared', undefined, undefined],
  ] as const)('at %i basis points %o: %s', (percentBp, claim, verdict, before, after) => {
    const compared = compareFee(products(), products(fee(percentBp)), claim)
    expect([compared.verdict, compared.before?.fee, compared.after?.fee]).toEqual([verdict, before, after])
  })
})

const at = (text: string): Date => new Date(`${text}Z`)
const monday = at('2026-05-04T07:00:00')
const claim: PastClaim = {
  entityId: 'c1', branchId: 'b1', category: 'vehicle', submittedAt: monday, packCompleteAt: monday, recovered: null, feeAuthorisedAt: null, legalCapAcceptedAt: null, documents: [],
  facts: { category: 'vehicle', plan: 'asistenca', branch: 'skopje', currency: 'EUR', claimed: 500_000, recovered: null, incidentAge: 3, memberDays: 40, packComplete: true },
  steps: [
    { from: 'draft', to: 'submitted', at: monday, inputs: null }, { from: 'submitted', to: 'verification', at: at('2026-05-05T08:00:00'), inputs: null },
    { from: 'verification', to: 'evaluation', at: at('2026-05-06T08:00:00'), inputs: null }, { from: 'evaluation', to: 'negotiation', at: at('2026-05-20T08:00:00'), inputs: null },
  ],
}
const until = at('2026-06-01T12:00:00')
const titles = { mk: 'Брзо', sq: 'Shpejt', en: 'Fast' }
const transitions = (change: (step: RuleInput<'workflows'>['claims']['transitions'][number]) => object) => ({
  claims: { ...mkPack.rules.workflows.claims, transitions: mkPack.rules.workflows.claims.transitions.map((step) => ({ ...step, ...change(step) })) },
})
const compare = (changes: Partial<RuleInput<'workflows'>>, changed: Partial<PastClaim> = {}) => compareClaim(workflows(), workflows(changes), { ...claim, ...changed }, until)

describe('one claim by two rules', () => {
  it('the same rule changes nothing', () => {
    expect(compare({})).toMatchObject({ routeChanged: false, documentsChanged: false, dueShift: 0, blocked: [] })
  })

  it('a route decides priority and deadline', () => {
    const compared = compare({ routes: [{ code: 'fast', titles, when: { '>=': [{ var: 'claimed' }, 400_000] }, priority: 'urgent', triageHours: 8 }] })
    expect([compared.routeChanged, compared.before.routeCode, compared.after.routeCode, compared.after.priority]).toEqual([true, null, 'fast', 'urgent'])
    expect(compared.dueShift).toBe(-2 * 86_400_000)
    // 24 working hours from Monday morning end on Wednesday; eight on Monday itself, which had passed when it was looked at
    expect([compared.before.late, compared.after.late]).toEqual([false, true])
    expect(compare({ routes: [{ code: 'fast', titles, when: { '>=': [{ var: 'claimed' }, 600_000] }, priority: 'urgent', triageHours: 8 }] }).routeChanged).toBe(false)
  })

  it('a day off moves the deadline later, a new stage sets one', () => {
    const { calendar } = mkPack.rules.workflows
    expect(compare({ calendar: { ...calendar, closedOn: ['2026-05-05'] } }).dueShift).toBe(86_400_000)
    const staged = compare({ stages: [{ state: 'evaluation', hours: 16 }] })
    expect([staged.dueShift, staged.after.deadlines.find(({ state }) => state === 'evaluation')?.due?.toISOString(), staged.after.late]).toEqual([-1, '2026-05-08T08:00:00.000Z', true])
  })

  it('another document stops the clock', () => {
    const categories = mkPack.rules.workflows.categories.map((one) => (one.category === 'vehicle' ? { ...one, requiredDocuments: [...one.requiredDocuments, 'police_report' as const] } : one))
    const compared = compare({ categories })
    expect([compared.documentsChanged, compared.after.missing, compared.after.deadlines[0]?.due, compared.dueShift]).toEqual([true, ['police_report'], null, 1])
    const brought = compare({ categories }, { documents: [{ kind: 'police_report', at: at('2026-05-05T07:00:00') }] })
    expect([brought.documentsChanged, brought.dueShift]).toEqual([false, 86_400_000])
  })

  it.each([
    ['a document', transitions(({ to }) => (to === 'negotiation' ? { requiredDocuments: ['power_of_attorney'] } : {})), 'errors.transition.documents'],
    ['a condition', transitions(({ to }) => (to === 'negotiation' ? { when: { '<': [{ var: 'claimed' }, 100_000] } } : {})), 'errors.transition.condition'],
    ['a gate', transitions(({ from, to }) => (from === 'evaluation' && to === 'negotiation' ? { gates: ['legalCap'] } : {})), 'errors.transition.gate.legalCap'],
    ['the step itself', { claims: { ...mkPack.rules.workflows.claims, transitions: mkPack.rules.workflows.claims.transitions.filter(({ from, to }) => from !== 'evaluation' || to !== 'negotiation') } }, 'errors.transition.unknown'],
  ])('%s blocks a step that was taken', (_, changes, key) => {
    expect(compare(changes as Partial<RuleInput<'workflows'>>).blocked.map(({ from, to, reason }) => [from, to, reason.key])).toEqual([['evaluation', 'negotiation', key]])
  })

  it('asks a step that has a receipt what the receipt says', () => {
    const inputs = { decision: 'step', from: 'evaluation', to: 'negotiation', permissions: ['claims.handle'], gates: ['signedAgreement', 'authorisedFee'], documents: ['power_of_attorney'], facts: { ...claim.facts } }
    const steps = claim.steps.map((step) => (step.to === 'negotiation' ? { ...step, inputs } : step))
    expect(compare(transitions(({ to }) => (to === 'negotiation' ? { requiredDocuments: ['power_of_attorney'] } : {})) as never, { steps }).blocked).toEqual([])
  })
})

describe('the largest rows', () => {
  const row = (id: string, currency: string | null) => ({ entity: 'membership' as const, entityId: id, branchId: 'b', currency, beforeMinor: null, afterMinor: null, before: null, after: null })
  it('keeps the largest of each currency in turns, and counts all', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('EUR', 'MKD'), fc.integer({ min: -50, max: 50 })), { maxLength: 80 }), fc.integer({ min: 1, max: 9 }), (weights, most) => {
      const list = new LargestRows(most)
      const all = weights.map(([currency, weight], index) => ({ id: String(index).padStart(3, '0'), currency, weight: Math.abs(weight) }))
      for (const [index, [currency, weight]] of weights.entries()) {
        const id = String(index).padStart(3, '0')
        list.add({ entityId: id, currency, weight: BigInt(weight) }, () => row(id, currency))
      }
      const ranked = ['EUR', 'MKD'].flatMap((currency) => all.filter((one) => one.currency === currency).toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).map((one, rank) => ({ ...one, rank })))
      const wanted = ranked.toSorted((a, b) => a.rank - b.rank || (a.currency < b.currency ? -1 : 1)).slice(0, most).map(({ id }) => id)
      expect([list.count, list.rows().map(({ entityId }) => entityId)]).toEqual([weights.length, wanted])
    }))
  })
})

const rules = (draft: Partial<TrialRules['draft']>, changes: Partial<RuleInput<'workflows'>> = {}): TrialRules => {
  const pair = { current: workflows(), draft: workflows(changes) }
  return { current: now, draft: { ...now, ...draft }, workflows: pair, workflowsOf: () => pair }
}
const sales = fc.array(fc.record({
  planCode: fc.constantFrom('asistenca', 'asistenca_family', 'business', 'gone'), channel: fc.constantFrom('self_service' as const, 'agent' as const), currency: fc.constantFrom('EUR' as const, 'MKD' as const),
  branchId: fc.constantFrom('b1', 'b2'), billed: fc.integer({ min: 0, max: 9000 }),
}), { maxLength: 40 }).map((list) => list.map(({ branchId, billed, ...one }, index): PastSale => ({ entityId: `m${String(index).padStart(3, '0')}`, branchId, billedMinor: BigInt(billed), request: { ...sale, ...one } })))

describe('a whole trial', () => {
  it.each([['products', { products: products({ ...priced('asistenca', 2345), refundWindowDays: 14 }) }], ['tax', { tax: tax('reduced') }]] as const)('of %s adds up to what each sale says, whatever the order', (kind, draft) => {
    fc.assert(fc.property(sales, (past) => {
      const run = (list: readonly PastSale[]) => {
        const trial = new Trial(kind, rules(draft), until)
        for (const one of list) trial.addSale(one, true)
        return trial.result()
      }
      const { figures, rows } = run(past)
      expect(run([...past].reverse())).toEqual({ figures, rows })
      expect(trialFiguresSchema.parse(trialFiguresToJson(figures))).toEqual(figures)
      const each = past.map((one) => ({ one, compared: compareSale(now, { ...now, ...draft }, one.request) }))
      for (const effect of figures.sales?.total ?? []) {
        const both = each.filter(({ compared: { currency, before, after } }) => currency === effect.currency && before !== null && after !== null)
        expect(effect.compared).toBe(both.length)
        expect(effect.after.gross - effect.before.gross).toBe(effect.more.minor - effect.less.minor)
        expect(effect.after.vat - effect.before.vat).toBe(effect.vatMore.minor - effect.vatLess.minor)
        expect(effect.before.net + effect.before.vat).toBe(effect.before.gross)
        expect(effect.billed).toBe(both.reduce((sum, { one }) => sum + one.billedMinor, 0n))
        expect(effect.more.count + effect.less.count + effect.same).toBe(effect.compared)
        for (const groups of [figures.sales?.byBranch ?? [], figures.sales?.byPlan ?? []]) {
          expect(groups.flatMap(({ effects }) => effects).filter(({ currency }) => currency === effect.currency).reduce((sum, { after }) => sum + after.gross, 0n)).toBe(effect.after.gross)
        }
      }
      expect(figures.uncompared.reduce((sum, { count }) => sum + count, 0)).toBe(each.filter(({ compared }) => compared.verdict === 'uncompared').length)
      for (const { figure, count, kept } of figures.lists) expect([count, kept]).toEqual([rows.get(figure)?.length, rows.get(figure)?.length])
      for (const list of rows.values()) for (const row of list) expect([trialDetailSchema.safeParse(row.before).success, trialDetailSchema.safeParse(row.after).success]).toEqual([true, true])
    }), { numRuns: 40 })
  })

  it('of a workflow counts each claim once a figure, and says what it cannot try', () => {
    const trial = new Trial('workflows', rules({}, { triageHours: 8, matterWindowDays: 30 }), until)
    for (const id of ['c1', 'c2', 'c3']) trial.addClaim({ ...claim, entityId: id, branchId: id === 'c3' ? 'b2' : 'b1' })
    const { figures, rows } = trial.result()
    expect(figures.claims?.total).toEqual({ compared: 3, route: 0, documents: 0, blocked: 0, dueSooner: 3, dueLater: 0, lateBefore: 0, lateAfter: 3 })
    expect(figures.claims?.byBranch.map(({ branchId, effect }) => [branchId, effect.compared])).toEqual([['b1', 2], ['b2', 1]])
    expect([figures.sales, figures.fees, figures.notes]).toEqual([null, null, [{ key: 'matterWindow', count: 1 }]])
    expect(rows.get('due_sooner')?.map(({ entityId, before, after }) => [entityId, trialDetailSchema.parse(before).late, trialDetailSchema.parse(after).late])).toEqual([['c1', false, true], ['c2', false, true], ['c3', false, true]])
  })

  it('names offers that begin later than everything it looked at', () => {
    const draft = { products: products({ discounts: [{ code: 'june', titles, reduction: { kind: 'percent', percentBp: 500 }, from: '2026-07-01' }], proration: { method: 'none', minimumCharge: [] } }) }
    const trial = new Trial('products', rules(draft), until)
    trial.addSale({ entityId: 'm', branchId: 'b', billedMinor: 0n, request: sale }, false)
    expect(trial.result().figures.notes).toEqual([{ key: 'laterOffers', count: 1 }, { key: 'proration', count: 1 }, { key: 'withoutReceipt', count: 1 }])
  })
})
