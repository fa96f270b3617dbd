import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { annualPeriod, parseDateOnly } from '../periods'
import { leavingOf } from './leaving'
import type { LeavingFacts } from './leaving'

const { memberships } = packRule(mkPack, 'workflows')
const period = annualPeriod(parseDateOnly('2028-02-29'))
const member = new Set(['memberships.cancel'])
const may = (facts: Partial<LeavingFacts>, today = '2028-06-01', permissions: ReadonlySet<string> = member) =>
  leavingOf(memberships, { status: 'active', period, followed: false, paid: true, ...facts }, parseDateOnly(today), permissions)

describe('leavingOf', () => {
  it('calls off what runs, and what waits for its renewal', () => {
    expect(may({})).toEqual({ cancel: true, takeBack: false })
    expect(may({ status: 'past_due' }, '2029-03-02')).toEqual({ cancel: true, takeBack: false })
  })

  it('has nothing to call off where nothing comes after, or somebody else decides', () => {
    for (const facts of [{ status: 'pending', period: null }, { status: 'lapsed' }, { status: 'expired' }, { followed: true }] as const) expect(may(facts)).toEqual({ cancel: false, takeBack: false })
    expect(may({ status: 'paused' })).toEqual({ cancel: false, takeBack: false })
    expect(may({ status: 'paused' }, '2028-06-01', new Set(['memberships.write']))).toEqual({ cancel: true, takeBack: false })
    expect(may({}, '2028-06-01', new Set(['memberships.read']))).toEqual({ cancel: false, takeBack: false })
  })

  it('is taken back until the last day is over, while the money has stayed', () => {
    const canceled = { status: 'canceled' } as const
    // a year from a leap day ends with the last day of February
    expect(may(canceled, '2029-02-27')).toEqual({ cancel: false, takeBack: true })
    expect(may(canceled, period.end)).toEqual({ cancel: false, takeBack: false })
    expect(may({ ...canceled, paid: false })).toEqual({ cancel: false, takeBack: false })
    expect(may(canceled, '2028-06-01', new Set(['memberships.read'])).takeBack).toBe(false)
  })
})
