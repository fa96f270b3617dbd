import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, dueBefore, workingMinutes } from '../calendar'
import { mkPack, packRule, xkPack } from '../country-packs'
import { money } from '../money'
import { parseDateOnly } from '../periods'
import { parseRule } from '../rule-sets'
import type { ResolvedRule, RuleInput } from '../rule-sets'
import { claimFactsOf, decideAgain, decideDeadline, decideTriage, noticesOf, stageDeadline, successFee, successFeeAgain } from '.'
import type { KnownClaim } from '.'

const titles = { en: 'Route' }
const own: Pick<RuleInput<'workflows'>, 'routes' | 'stages'> = {
  routes: [
    { code: 'injured', titles, when: { '==': [{ var: 'category' }, 'injury'] }, priority: 'urgent', triageHours: 8 },
    { code: 'large', titles, when: { '>=': [{ var: 'claimed' }, 500_000] }, priority: 'urgent', triageHours: 16 },
    { code: 'young', titles, when: { '<': [{ var: 'memberDays' }, 30] }, priority: 'normal', triageHours: 40 },
  ],
  stages: [
    { state: 'verification', hours: 4, remindHoursBefore: [1], escalations: [] },
    { state: 'evaluation', hours: 40, remindHoursBefore: [8, 2, 60], escalations: [{ hoursAfter: 8, to: 'tenant_admin' }, { hoursAfter: 0, to: 'branch_manager' }] },
  ],
}
const ruleOf = (pack: typeof mkPack): ResolvedRule<'workflows'> => ({
  kind: 'workflows', version: 3, source: 'tenant', value: parseRule('workflows', { ...packRule(pack, 'workflows'), ...own }),
})
const mk = ruleOf(mkPack)
const xk = ruleOf(xkPack)

const known: KnownClaim = {
  category: 'vehicle', planCode: 'asistenca', branchCode: 'skopje', currency: 'EUR', claimedMinor: 100_000n, recoveredMinor: null, incidentOn: parseDateOnly('2026-11-20'),
  submittedOn: parseDateOnly('2026-11-23'), memberSince: parseDateOnly('2026-01-01'), packComplete: true,
}
const facts = claimFactsOf(known)
const monday = new Date('2026-11-23T09:00:00Z')
const at = (text: string) => new Date(text)

it('knows a claim by its facts', () => {
  expect(facts).toEqual({ category: 'vehicle', plan: 'asistenca', branch: 'skopje', currency: 'EUR', claimed: 100_000, recovered: null, incidentAge: 3, memberDays: 323, packComplete: true })
  expect(claimFactsOf({ ...known, incidentOn: null, claimedMinor: null })).toMatchObject({ claimed: null, incidentAge: null, memberDays: null })
})

describe('triage', () => {
  it.each([
    [{}, null, 'normal', 24, '2026-11-26T09:00:00.000Z'],
    [{ category: 'injury' }, 'injured', 'urgent', 8, '2026-11-24T09:00:00.000Z'],
    // both fit: the first in the rule's order decides
    [{ category: 'injury', claimed: 900_000 }, 'injured', 'urgent', 8, '2026-11-24T09:00:00.000Z'],
    [{ claimed: 500_000 }, 'large', 'urgent', 16, '2026-11-25T09:00:00.000Z'],
    [{ claimed: 499_999 }, null, 'normal', 24, '2026-11-26T09:00:00.000Z'],
    [{ claimed: null, memberDays: 3 }, 'young', 'normal', 40, '2026-11-30T09:00:00.000Z'],
  ] as const)('%j goes by %s', (change, routeCode, priority, triageHours, due) => {
    const found = decideTriage(mk, { ...facts, ...change }, monday)
    expect(found).toMatchObject({ routeCode, priority, triageHours, receipt: { kind: 'workflows', version: 3, outcome: { routeCode, priority, triageHours, dueAt: due } } })
    expect(found.dueAt?.toISOString()).toBe(due)
    expect(found.receipt.explain[0]).toEqual(routeCode === null ? { key: 'receipts.deadline.noRoute', params: { hours: 24 } } : { key: 'receipts.deadline.route', params: { code: routeCode, hours: triageHours } })
  })

  it('has a route and no deadline while documents are missing', () => {
    const found = decideTriage(mk, { ...facts, category: 'injury' }, null)
    expect([found.routeCode, found.priority, found.dueAt]).toEqual(['injured', 'urgent', null])
    expect(found.receipt.explain.at(-1)).toEqual({ key: 'receipts.deadline.waits', params: {} })
  })
})

describe('deadlines of a state', () => {
  it('reminds before and escalates after, in working hours', () => {
    const found = stageDeadline(mk, 'evaluation', monday)
    expect(found?.dueAt.toISOString()).toBe('2026-11-30T09:00:00.000Z')
    // sixty hours before would be before it began
    expect(found?.reminders.map((one) => one.toISOString())).toEqual(['2026-11-27T09:00:00.000Z', '2026-11-30T07:00:00.000Z'])
    expect(found?.escalations).toEqual([{ at: at('2026-11-30T09:00:00Z'), to: 'branch_manager' }, { at: at('2026-12-01T09:00:00Z'), to: 'tenant_admin' }])
    expect(stageDeadline(mk, 'court', monday)).toBeNull()
  })

  it.each([
    // the spring change of 29.03.2026: opening is an hour earlier in UTC
    ['spring', mk, '2026-03-26T14:00:00Z', '2026-04-02T13:00:00.000Z', ['2026-04-01T13:00:00.000Z', '2026-04-02T11:00:00.000Z']],
    // the autumn change of 25.10.2026: and an hour later again. 23.10. is free in North Macedonia
    ['autumn', mk, '2026-10-22T13:00:00Z', '2026-10-30T14:00:00.000Z', ['2026-10-29T14:00:00.000Z', '2026-10-30T12:00:00.000Z']],
    // the year's end: 1., 2. and 7. January and 25. December are free in Kosovo
    ['year end', xk, '2026-12-23T10:00:00Z', '2026-12-31T10:00:00.000Z', ['2026-12-30T10:00:00.000Z', '2026-12-31T08:00:00.000Z']],
    ['over the year', xk, '2026-12-30T10:00:00Z', '2027-01-08T10:00:00.000Z', ['2027-01-06T10:00:00.000Z', '2027-01-08T08:00:00.000Z']],
  ] as const)('keeps the wall clock: %s', (_, rule, since, due, reminders) => {
    const found = stageDeadline(rule, 'evaluation', at(since))
    expect(found?.dueAt.toISOString()).toBe(due)
    expect(found?.reminders.map((one) => one.toISOString())).toEqual(reminders)
  })

  it('counts back what was counted forth', () => {
    const start = Date.parse('2026-01-01T00:00:00Z')
    fc.assert(fc.property(fc.integer({ min: 0, max: 500 * 24 * 60 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom(mk, xk), (minutes, hours, rule) => {
      const { calendar } = rule.value
      const due = dueAt(new Date(start + minutes * 60_000), hours, calendar)
      const before = dueBefore(due, hours, calendar)
      expect(workingMinutes(before, due, calendar)).toBe(hours * 60)
      expect(dueAt(before, hours, calendar).getTime()).toBe(due.getTime())
    }))
  })
})

describe('the deadline of a claim', () => {
  const ask = (change: Partial<Parameters<typeof decideDeadline>[1]>) => decideDeadline(mk, { state: 'submitted', since: monday, facts, packCompleteAt: monday, ...change })

  it.each([
    ['in triage', {}, '2026-11-26T09:00:00.000Z', ['noRoute', 'calendar']],
    ['waiting for documents', { packCompleteAt: null }, null, ['noRoute', 'waits']],
    ['in verification, where four hours come first', { state: 'verification', since: at('2026-11-24T09:00:00Z') }, '2026-11-24T13:00:00.000Z', ['noRoute', 'stage', 'calendar']],
    ['in verification, where triage ends first', { state: 'verification', since: at('2026-11-26T08:00:00Z') }, '2026-11-26T09:00:00.000Z', ['noRoute', 'calendar']],
    ['in verification, complete later', { state: 'verification', packCompleteAt: at('2026-11-25T09:00:00Z') }, '2026-11-25T13:00:00.000Z', ['noRoute', 'stage', 'calendar']],
    ['in evaluation', { state: 'evaluation' }, '2026-11-30T09:00:00.000Z', ['noRoute', 'stage', 'calendar']],
    ['in evaluation without a document', { state: 'evaluation', packCompleteAt: null }, '2026-11-30T09:00:00.000Z', ['noRoute', 'stage', 'calendar']],
    ['before the court', { state: 'court' }, null, ['noRoute', 'none']],
  ] as const)('%s', (_, change, due, explain) => {
    const found = ask(change)
    expect(found.dueAt?.toISOString() ?? null).toBe(due)
    expect(found.receipt.explain.map(({ key }) => key.replace('receipts.deadline.', ''))).toEqual(explain)
  })

  it('comes out of its receipt again, and differently by another rule', () => {
    for (const receipt of [ask({}).receipt, ask({ packCompleteAt: null }).receipt, decideTriage(mk, facts, monday).receipt, stageDeadline(mk, 'evaluation', monday)?.receipt]) {
      const stored = JSON.parse(JSON.stringify(receipt)) as NonNullable<typeof receipt>
      expect(decideAgain(mk, stored.inputs)).toEqual(stored)
    }
    const slower = { ...mk, value: { ...mk.value, triageHours: 32 } }
    expect(decideAgain(slower, ask({}).receipt.inputs).outcome).toMatchObject({ dueAt: '2026-11-27T09:00:00.000Z', triageHours: 32 })
    expect(decideAgain({ ...mk, value: { ...mk.value, stages: [] } }, stageDeadline(mk, 'evaluation', monday)?.receipt.inputs ?? null).outcome).toEqual({ dueAt: null })
  })

  it('tells nobody in a state without a stage', () => {
    expect(noticesOf(mk.value, 'court', monday, monday)).toEqual({ reminders: [], escalations: [] })
  })
})

it('a success fee comes out of its receipt again', () => {
  const products: ResolvedRule<'products'> = { kind: 'products', version: 1, source: 'tenant', value: packRule(mkPack, 'products') }
  for (const legalCosts of [undefined, money(5_000n, 'EUR')]) {
    const { receipt } = successFee(products, 'asistenca', { recovered: money(60_000n, 'EUR'), legalCosts })
    const stored = JSON.parse(JSON.stringify(receipt)) as typeof receipt
    expect(successFeeAgain(products, stored.inputs)).toEqual(stored)
  }
})
