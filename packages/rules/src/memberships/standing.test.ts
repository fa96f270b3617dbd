import { describe, expect, it } from 'vitest'
import { packRule, xkPack } from '../country-packs'
import { addDays, parseDateOnly } from '../periods'
import { standingOf } from './standing'
import type { StandingFacts } from './standing'

const products = packRule(xkPack, 'products')
const notifications = packRule(xkPack, 'notifications')
const end = parseDateOnly('2027-03-01')
const facts: StandingFacts = { status: 'active', period: { start: parseDateOnly('2026-03-01'), end }, renewed: false, free: false }
const on = (days: number, more: Partial<StandingFacts> = {}) => standingOf({ ...facts, ...more }, addDays(end, days), { products, notifications })

describe('standingOf', () => {
  it('brings a renewal to mind on the days of the rule, by the nearest of them when a day was missed', () => {
    expect(on(-60)).toEqual({ to: null, tell: null })
    expect(on(-31)).toEqual({ to: null, tell: { kind: 'renewal_due', step: 30, daysLeft: 30 } })
    expect(on(-20)).toEqual({ to: null, tell: { kind: 'renewal_due', step: 30, daysLeft: 19 } })
    expect(on(-15)).toEqual({ to: null, tell: { kind: 'renewal_due', step: 14, daysLeft: 14 } })
    expect(on(-1)).toEqual({ to: null, tell: { kind: 'renewal_due', step: 3, daysLeft: 0 } })
  })

  it('is in grace from the day after the last, with as many reminders as the rule says, then lapses', () => {
    expect(on(0)).toEqual({ to: 'past_due', tell: { kind: 'past_due', step: 0, until: addDays(end, products.graceDays - 1) } })
    const told = Array.from({ length: products.graceDays }, (_, day) => on(day, { status: 'past_due' }).tell).flatMap((tell) => (tell?.kind === 'past_due' ? [tell.step] : []))
    expect(new Set(told).size).toBe(products.graceReminders)
    expect(on(products.graceDays - 1, { status: 'past_due' }).to).toBeNull()
    expect(on(products.graceDays, { status: 'past_due' })).toEqual({ to: 'lapsed', tell: { kind: 'lapsed', step: 0 } })
    expect(on(products.graceDays)).toEqual({ to: 'lapsed', tell: { kind: 'lapsed', step: 0 } })
  })

  it('tells nobody of what lapsed long ago', () => {
    expect(on(800)).toEqual({ to: 'lapsed', tell: null })
  })

  it('ends quietly what is renewed, free or cancelled, and leaves the rest alone', () => {
    for (const more of [{ renewed: true }, { free: true }, { status: 'canceled' as const }, { renewed: true, status: 'past_due' as const }]) expect(on(1, more)).toEqual({ to: 'expired', tell: null })
    for (const more of [{ renewed: true }, { free: true }, { status: 'canceled' as const }]) expect(on(-3, more)).toEqual({ to: null, tell: null })
    for (const status of ['pending', 'paused', 'lapsed', 'expired'] as const) for (const day of [-3, 3]) expect(on(day, { status })).toEqual({ to: null, tell: null })
  })
})
