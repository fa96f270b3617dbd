import { describe, expect, it } from 'vitest'
import { mkPack, xkPack } from '../country-packs'
import { readRule, ruleKinds } from '../rule-sets'
import type { RuleDocs, RuleKind } from '../rule-sets'
import { ruleFaults } from '.'
import type { Beside } from '.'

type Tree = Record<string, unknown>

/** The documents of a pack as plain JSON, changed at one place. */
function documents(pack: typeof mkPack, kind: RuleKind, path: string, value: unknown): Partial<RuleDocs> {
  const rules = JSON.parse(JSON.stringify(pack.rules, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one))) as Record<RuleKind, Tree>
  const names = path.split('.')
  const last = names.pop() ?? ''
  const node = names.reduce<Tree>((part, name) => part[name] as Tree, rules[kind])
  if (value === undefined) Reflect.deleteProperty(node, last)
  else if (Array.isArray(node) && last === '+') node.push(value)
  else node[last] = value
  return Object.fromEntries(ruleKinds.flatMap((one) => {
    const reading = readRule(one, rules[one])
    return reading.ok ? [[one, reading.value]] : []
  }))
}

const beside = (pack: typeof mkPack, more: Partial<Beside> = {}): Beside => ({
  currencies: pack.currencies, languages: pack.rules.languages.offered, branches: pack.branches.map(({ code }) => ({ code, isActive: true })), history: {}, approvers: 2, ...more,
})

const faults = (kind: RuleKind, path: string, value: unknown, more: Partial<Beside> = {}) => ruleFaults(documents(mkPack, kind, path, value), beside(mkPack, more)).map((fault) => `${fault.kind}.${fault.field} ${fault.key}`)

const euros = (minor: string) => ({ minor, currency: 'EUR' })
const both = [euros('100'), { minor: '6000', currency: 'MKD' }]
const titles = { mk: 'А', sq: 'A', en: 'A' }
const discount = (code: string, percentBp: number, more: object = {}) => ({ code, titles, reduction: { kind: 'percent', percentBp }, ...more })
const addon = (more: object = {}) => ({ code: 'abroad', titles, summaries: titles, plans: ['asistenca'], channels: ['agent'], prices: both, extraMatters: 0, ...more })
const parts = (more: object = {}) => ({ code: 'parts', titles, plans: ['asistenca'], channels: ['agent'], parts: 4, everyMonths: 2, ...more })
const plan = (condition: string) => ({ '==': [{ var: 'plan' }, condition] })
const { claims, memberships } = mkPack.rules.workflows
const step = (from: string, to: string) => ({ from, to, anyOf: ['claims.handle'] })

describe('the packs that tenants start with', () => {
  it.each([['mk', mkPack], ['xk', xkPack]])('%s has no fault in any language', (_, pack) => {
    expect(ruleFaults(documents(pack, 'branding', 'accent', '#112233'), beside(pack))).toEqual([])
  })
})

describe('a fault is named with its place', () => {
  it.each<readonly [what: string, kind: RuleKind, path: string, value: unknown, expected: string]>([
    ['a price in a foreign currency', 'products', 'plans.1.prices.0.currency', 'CHF', 'products.plans.1.prices.0.currency errors.pack.currency'],
    ['no price in what a channel charges', 'products', 'plans.1.prices', [euros('2000')], 'products.plans.1.prices errors.pack.noPrice'],
    ['a plan sold where nothing is taken', 'payments', 'routes', mkPack.rules.payments.routes.map((route) => ({ ...route, channels: ['agent'] })), 'products.plans.1.channels errors.rule.noWayToPay'],
    ['a slip without a word in a language', 'payments', 'bankTransfer.slip', { titles: { mk: 'А', en: 'A' }, references: titles }, 'payments.bankTransfer.slip.titles.sq errors.required'],
    ['no way to pay at all', 'payments', 'routes', mkPack.rules.payments.routes.map((route) => ({ ...route, active: false })), 'payments.routes errors.rule.noRoute'],
    ['no cash limit in the currency of cash', 'limits', 'cashPerPayment', [euros('1000')], 'limits.cashPerPayment errors.pack.noPrice'],
    ['more people included than covered', 'products', 'plans.2.family', { includedPeople: 5, perExtraPerson: both }, 'products.plans.2.family.includedPeople errors.rule.family'],
    ['an extra person without a price', 'products', 'plans.2.family', { includedPeople: 2, perExtraPerson: [euros('100')] }, 'products.plans.2.family.perExtraPerson errors.pack.noPrice'],
    ['an add-on of a plan that is not there', 'products', 'addons', [addon({ plans: ['asistenca', 'gold'] })], 'products.addons.0.plans.1 errors.rule.unknownPlan'],
    ['an add-on with the code of a plan', 'products', 'addons', [addon({ code: 'asistenca' })], 'products.addons.0.code errors.rule.codeTwice'],
    ['an add-on without a price where it is sold', 'products', 'addons', [addon({ prices: [{ minor: '6000', currency: 'MKD' }] })], 'products.addons.0.prices errors.pack.noPrice'],
    ['a discount of a plan that is not there', 'products', 'discounts', [discount('spring', 1000, { plans: ['gold'] })], 'products.discounts.0.plans.0 errors.rule.unknownPlan'],
    ['a coupon of a plan that is not there', 'products', 'coupons', [{ ...discount('x', 1000, { plans: ['gold'] }), code: 'SPRING' }], 'products.coupons.0.plans.0 errors.rule.unknownPlan'],
    ['instalments of a plan that is not there', 'products', 'instalments', [parts({ plans: ['asistenca', 'gold'] })], 'products.instalments.0.plans.1 errors.rule.unknownPlan'],
    ['instalments that end after what they pay for', 'products', 'instalments', [parts({ parts: 7 })], 'products.instalments.0.everyMonths errors.instalments.pastPeriod'],
    ['instalments of a plan that costs nothing', 'products', 'instalments', [parts({ plans: ['free_start'] })], 'products.instalments.0.plans.0 errors.instalments.nothingToPay'],
    ['instalments without a word in a language', 'products', 'instalments', [parts({ titles: { mk: 'А', en: 'A' } })], 'products.instalments.0.titles.sq errors.required'],
    ['instalments under a condition with a plan that is not there', 'products', 'instalments', [parts({ when: plan('gold') })], 'products.instalments.0.when errors.rule.unknownInCondition'],
    ['a condition with a plan that is not there', 'products', 'discounts', [discount('spring', 1000, { when: plan('gold') })], 'products.discounts.0.when errors.rule.unknownInCondition'],
    ['a condition with a branch that is not there', 'products', 'discounts', [discount('spring', 1000, { when: { in: [{ var: 'branch' }, ['skopje', 'nowhere']] } })], 'products.discounts.0.when errors.rule.unknownInCondition'],
    ['a discount that another always covers', 'products', 'discounts', [discount('always', 2000), discount('less', 1000, { plans: ['asistenca'], from: '2027-01-01' })], 'products.discounts.1 errors.rule.neverCounts'],
    ['the same discount twice', 'products', 'discounts', [discount('one', 1000), discount('two', 1000)], 'products.discounts.1 errors.rule.neverCounts'],
    ['a business share of a plan that is not there', 'commissions', 'businessPlans', ['business', 'gold'], 'commissions.businessPlans.1 errors.rule.unknownPlan'],
    ['a category twice', 'tax', 'rates.1.category', 'standard', 'tax.rates.1.category errors.rule.codeTwice'],
    ['no VAT and no text that says why', 'tax', 'exemptTextKey', null, ''],
    ['a text that does not exist', 'tax', 'exemptTextKey', 'vatFree', 'tax.exemptTextKey errors.choice'],
    ['a plan without one of the languages', 'products', 'plans.1.titles.sq', undefined, 'products.plans.1.titles.sq errors.required'],
    ['a legal text without one of the languages', 'legal', 'texts.0.texts.en', undefined, 'legal.texts.0.texts.en errors.required'],
    ['a name without one of the languages', 'branding', 'names.sq', undefined, 'branding.names.sq errors.required'],
    ['a route without one of the languages', 'workflows', 'routes', [{ code: 'fast', titles: { mk: 'А' }, priority: 'urgent', triageHours: 4 }], 'workflows.routes.0.titles.sq errors.required'],
    ['a legal text that joining shows', 'legal', 'texts', mkPack.rules.legal.texts.slice(1), 'legal.texts errors.pack.noLegalText'],
    ['a language of documents that is dropped', 'languages', 'offered', ['mk', 'en'], 'invoicing.languages.secondary errors.rule.languageNotOffered'],
    ['an invented state', 'workflows', 'memberships.states', [...memberships.states, 'limbo'], 'workflows.memberships.states errors.pack.states'],
    ['a state nobody comes to', 'workflows', 'claims.transitions', claims.transitions.filter(({ to }) => to !== 'court'), 'workflows.claims.states.5 errors.workflow.unreachable'],
    ['a state nobody leaves', 'workflows', 'claims.transitions', claims.transitions.filter(({ from }) => from !== 'court'), 'workflows.claims.states.5 errors.workflow.noWayOut'],
    ['a circle without an end', 'workflows', 'claims.transitions', [...claims.transitions.filter(({ from }) => from !== 'court' && from !== 'negotiation'), step('negotiation', 'court'), step('court', 'negotiation')], 'workflows.claims.states.4 errors.workflow.noEnd'],
    ['a way from one end to another', 'workflows', 'claims.transitions.+', step('resolved', 'rejected'), `workflows.claims.transitions.${String(claims.transitions.length)} errors.workflow.onlyReopen`],
    ['a step to itself', 'workflows', 'claims.transitions.+', step('court', 'court'), `workflows.claims.transitions.${String(claims.transitions.length)} errors.workflow.toItself`],
    ['a closed beginning', 'workflows', 'claims.initial', 'rejected', 'workflows.claims.initial errors.workflow.closedStart'],
    ['a deadline where nobody works', 'workflows', 'stages', [{ state: 'resolved', hours: 10 }], 'workflows.stages.0.state errors.workflow.noWorkThere'],
    ['a reminder before the beginning', 'workflows', 'stages', [{ state: 'court', hours: 10, remindHoursBefore: [10] }], 'workflows.stages.0.remindHoursBefore.0 errors.workflow.reminder'],
    ['a route that asks for an unknown plan', 'workflows', 'routes', [{ code: 'fast', titles, priority: 'urgent', triageHours: 4, when: plan('gold') }], 'workflows.routes.0.when errors.rule.unknownInCondition'],
    ['a step that asks for an unknown currency', 'workflows', 'claims.transitions.3.when', { '==': [{ var: 'currency' }, 'CHF'] }, 'workflows.claims.transitions.3.when errors.rule.unknownInCondition'],
    ['a zone that does not exist', 'workflows', 'calendar.zone', 'Europe/Pristina', 'workflows.calendar.zone errors.country.zone'],
    ['holidays of nobody', 'workflows', 'calendar.holidaysOf', 'QQ', 'workflows.calendar.holidaysOf errors.pack.holidays'],
    ['a weekday twice', 'workflows', 'calendar.weekdays', [1, 2, 2], 'workflows.calendar.weekdays.2 errors.rule.codeTwice'],
    ['two kinds of paper in one series', 'invoicing', 'creditNote.series', 'F', 'invoicing.creditNote.series errors.invoicing.seriesShared'],
    ['two kinds of paper with one number', 'invoicing', 'creditNote.pattern', 'F-{year}-{n:6}', 'invoicing.creditNote.pattern errors.invoicing.sameNumber'],
    ['a default branch that is not there', 'enrolment', 'defaultBranchCode', 'nowhere', 'enrolment.defaultBranchCode errors.choice'],
    ['approval of a rule that is not there', 'governance', 'secondPersonFor', ['products', 'weather'], 'governance.secondPersonFor.1 errors.choice'],
    ['an event twice', 'notifications', 'events.1.event', 'membership.activated', 'notifications.events.1.event errors.rule.codeTwice'],
  ])('%s', (_, kind, path, value, expected) => {
    if (expected === '') expect(faults(kind, path, value)).toEqual([])
    else expect(faults(kind, path, value)).toContain(expected)
  })

  it('free of VAT needs the text that says why', () => {
    expect(faults('tax', 'membershipCategory', 'exempt')).toEqual([])
    const docs = documents(mkPack, 'tax', 'membershipCategory', 'exempt')
    const { tax } = docs
    if (tax === undefined) throw new Error('the tax rule was not read')
    expect(ruleFaults({ ...docs, tax: { ...tax, exemptTextKey: null } }, beside(mkPack)).map(({ field, key }) => `${field} ${key}`)).toEqual(['exemptTextKey errors.tax.exemptText'])
  })

  it('the same day worked and free, and a closed default branch', () => {
    expect(faults('workflows', 'calendar', { ...mkPack.rules.workflows.calendar, openOn: ['2026-12-25'], closedOn: ['2026-12-25'] })).toEqual(['workflows.calendar.openOn.0 errors.calendar.openAndClosed'])
    expect(faults('branding', 'accent', '#112233', { branches: [{ code: 'skopje', isActive: false }] })).toEqual(['enrolment.defaultBranchCode errors.choice'])
  })

  it('a second person must exist before one is demanded', () => {
    expect(faults('governance', 'secondPersonFor', ['products'], { approvers: 1 })).toEqual(['governance.secondPersonFor errors.rule.noSecondPerson'])
    expect(faults('governance', 'secondPersonFor', ['products'])).toEqual([])
    expect(faults('governance', 'secondPersonFor', [], { approvers: 1 })).toEqual([])
  })

  it('discounts that do not cover each other may stand together', () => {
    const apart = [discount('big', 2000, { until: '2027-01-01' }), discount('small', 1000, { until: '2027-02-01' }), discount('shared', 500, { combines: true }), discount('young', 500, { when: { '<': [{ var: 'age' }, 25] } })]
    expect(faults('products', 'discounts', apart.slice(0, 3))).toEqual([])
    expect(faults('products', 'discounts', [discount('ours', 2000, { plans: ['asistenca'] }), discount('all', 1000)])).toEqual([])
  })
})

describe('what a schema refuses', () => {
  it.each([
    ['an unknown beginning', 'claims.initial', 'nowhere', 'claims.initial'],
    ['an unknown end', 'claims.closed.1', 'nowhere', 'claims.closed.1'],
    ['a step to nowhere', 'claims.transitions.2.to', 'nowhere', 'claims.transitions.2.to'],
    ['a deadline of a state that is not there', 'stages', [{ state: 'nowhere', hours: 10 }], 'stages.0.state'],
  ])('%s, at its place', (_, path, value, field) => {
    const rule = JSON.parse(JSON.stringify(mkPack.rules.workflows)) as Tree
    const names = path.split('.')
    const last = names.pop() ?? ''
    names.reduce<Tree>((part, name) => part[name] as Tree, rule)[last] = value
    expect(readRule('workflows', rule)).toMatchObject({ ok: false, issues: [{ field, key: 'errors.workflow.unknownState' }] })
  })
})

describe('what was published before', () => {
  const legal = (changes: readonly (readonly [path: string, value: unknown])[]) => {
    const texts = structuredClone(mkPack.rules.legal)
    for (const [path, value] of changes) {
      const names = path.split('.')
      const last = names.pop() ?? ''
      names.reduce<Tree>((part, name) => part[name] as Tree, texts as unknown as Tree)[last] = value
    }
    return texts
  }
  const read = <K extends 'legal' | 'invoicing'>(kind: K, value: unknown): RuleDocs[K] => {
    const reading = readRule(kind, value)
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    return reading.value
  }
  const first = read('legal', mkPack.rules.legal)
  const wording = (draft: unknown, history = [first]) => ruleFaults({ legal: read('legal', draft) }, beside(mkPack, { history: { legal: history } })).map(({ field, key }) => `${field} ${key}`)

  it('another wording of a legal text is a higher version', () => {
    expect(wording(legal([]))).toEqual([])
    expect(wording(legal([['texts.0.texts.sq.body', 'Tjetër']]))).toEqual(['texts.0.version errors.legal.version'])
    expect(wording(legal([['texts.0.texts.sq.body', 'Tjetër'], ['texts.0.version', 2]]))).toEqual([])
    expect(wording(legal([['texts.0.texts.sq', undefined]]))).toEqual(['texts.0.version errors.legal.version'])
    expect(wording(legal([['texts.0.texts.sr', { title: 'Uslovi', body: 'Prevod.' }]]))).toEqual([])
  })

  it('an earlier wording may come back under its own version, and only that', () => {
    const second = read('legal', legal([['texts.0.texts.sq.body', 'Tjetër'], ['texts.0.version', 2]]))
    expect(wording(legal([]), [first, second])).toEqual([])
    expect(wording(legal([['texts.0.texts.sq.body', 'Tjetër']]), [first, second])).toEqual(['texts.0.version errors.legal.version'])
    expect(wording(legal([['texts.0.texts.sq.body', 'Krejt tjetër'], ['texts.0.version', 2]]), [first, second])).toEqual(['texts.0.version errors.legal.version'])
  })

  const invoicing = read('invoicing', mkPack.rules.invoicing)
  const numbering = (changes: object, history = [invoicing]) =>
    ruleFaults({ invoicing: read('invoicing', { ...mkPack.rules.invoicing, ...changes }) }, beside(mkPack, { history: { invoicing: history } })).map(({ field, key }) => `${field} ${key}`)

  it('a series that runs goes on without a gap and without a number twice', () => {
    expect(numbering({})).toEqual([])
    expect(numbering({ invoice: { series: 'F', pattern: 'F/{year}/{n:4}' } })).toEqual([])
    expect(numbering({ invoice: { series: 'F', pattern: 'F-{n:6}' } })).toEqual(['invoice.pattern errors.invoicing.countsAnew'])
    expect(numbering({ invoice: { series: 'G', pattern: 'F-{year}-{n:6}' } })).toEqual(['invoice.pattern errors.invoicing.seriesUnseen'])
    expect(numbering({ invoice: { series: 'G', pattern: 'G-{year}-{n:6}' } })).toEqual([])
    expect(numbering({ invoice: { series: 'K', pattern: '{series}/{year}-{n:6}' }, creditNote: { series: 'Q', pattern: 'Q-{year}-{n:6}' } })).toEqual(['invoice.series errors.invoicing.seriesShared'])
    expect(numbering({ fiscalYearStartMonth: 4 })).toEqual(['fiscalYearStartMonth errors.invoicing.fiscalYear'])
  })

  it('looks at every version that numbered, not only the last', () => {
    const other = read('invoicing', { ...mkPack.rules.invoicing, invoice: { series: 'G', pattern: 'G-{year}-{n:6}' } })
    expect(numbering({}, [invoicing, other])).toEqual([])
    expect(numbering({ invoice: { series: 'H', pattern: 'F-{year}-{n:6}' } }, [invoicing, other])).toEqual(['invoice.pattern errors.invoicing.seriesUnseen'])
  })
})

it('compares as far as the documents are there, and only what the kind has to do with', () => {
  const docs = { ...documents(mkPack, 'enrolment', 'defaultBranchCode', 'nowhere') }
  expect(ruleFaults(docs, beside(mkPack), 'products')).toEqual([])
  expect(ruleFaults(docs, beside(mkPack), 'enrolment')).toHaveLength(1)
  expect(ruleFaults({}, beside(mkPack))).toEqual([])
})
