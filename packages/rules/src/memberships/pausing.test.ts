import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packRule, xkPack } from '../country-packs'
import { addDays, annualPeriod, daysBetween, parseDateOnly } from '../periods'
import { proration } from '../products'
import { money } from '../money'
import { membershipYear, pauseOffer, resumedOn } from './pausing'
import type { PauseFacts } from './pausing'

const { memberships: workflow } = packRule(xkPack, 'workflows')
const { pause: rule } = packRule(xkPack, 'products')
const d = parseDateOnly
const start = d('2027-12-15')
const facts: PauseFacts = { status: 'active', period: annualPeriod(start), followed: false, used: 0 }
const member = new Set(['memberships.pause'])
const on = (day: string, more: Partial<PauseFacts> = {}, permissions: ReadonlySet<string> = member, using = rule) => pauseOffer(using, workflow, { ...facts, ...more }, d(day), permissions)

describe('pauseOffer', () => {
  it('lets a membership rest for the days of the rule, after its first days, over year end and leap day', () => {
    expect(on('2028-01-13')).toEqual({ refusal: 'early', from: '2028-01-14' })
    expect(on('2028-01-14')).toEqual({ refusal: null, least: 7, most: 60 })
    expect(on('2028-02-29', { used: 50 })).toEqual({ refusal: null, least: 7, most: 10 })
    expect(on('2028-02-29', { used: 54 })).toMatchObject({ refusal: 'used' })
  })

  it.each([
    [{ followed: true }, 'ahead'], [{ period: null }, 'step'], [{ status: 'past_due' }, 'step'], [{ status: 'canceled' }, 'step'], [{ status: 'paused' }, 'step'],
  ] as const)('%o: %s', (more, refusal) => {
    expect(on('2028-06-01', more)).toMatchObject({ refusal })
  })

  it('asks the rule and the workflow who may', () => {
    expect(on('2028-06-01', {}, new Set(['memberships.read']))).toMatchObject({ refusal: 'step' })
    expect(on('2028-06-01', {}, member, { ...rule, daysPerYear: 0 })).toMatchObject({ refusal: 'rule' })
  })

  it('ends with the period at the latest where paused days are lost', () => {
    expect(on('2028-12-01', {}, member, { ...rule, prolongs: false })).toEqual({ refusal: null, least: 7, most: 14 })
    expect(on('2028-12-10', {}, member, { ...rule, prolongs: false })).toMatchObject({ refusal: 'used' })
  })
})

describe('membershipYear', () => {
  it.each([['2028-02-29', '2029-02-27', '2028-02-29'], ['2028-02-29', '2029-02-28', '2029-02-28'], ['2028-02-29', '2032-02-29', '2032-02-29']])('from %s, on %s: %s', (from, day, year) => {
    expect(membershipYear(d(from), d(day))).toBe(year)
  })
})

describe('resumedOn', () => {
  it('P-11 gives back the days that were not paused, and never more than were promised', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: -5, max: 100 }), fc.boolean(), (days, later, prolongs) => {
      const pause = { start, end: addDays(start, days), prolongs }
      const { end, shorter } = resumedOn(pause, addDays(start, later))
      expect(end >= start && end <= pause.end && shorter === (prolongs ? daysBetween(end, pause.end) : 0)).toBe(true)
    }))
  })

  it('a bigger plan counts the days that were paid for, not those that a pause added', () => {
    const resolved = { kind: 'products', version: 1, source: 'pack', value: packRule(xkPack, 'products') } as const
    const { start: from, end } = annualPeriod(start)
    const paid = money(3660n, 'EUR')
    // 40 days used, 30 paused, the rest still to come
    const made = proration(resolved, { paid, period: { start: from, end: addDays(end, 30) }, added: 30 }, { price: money(9500n, 'EUR'), months: 12 }, addDays(from, 70))
    expect([made.unusedDays, made.credit.minor]).toEqual([326, 3260n])
  })
})
