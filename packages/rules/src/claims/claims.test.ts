import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, packRule, xkPack } from '../country-packs'
import { money } from '../money'
import { parseDateOnly } from '../periods'
import { resolveRule } from '../rule-sets'
import {
  assertIncidentPast, claimDraftInput, claimNumber, claimSubmitInput, isGuidanceOnly, isSameMatter, mattersLeft, missingDocuments, successFee, triageClock,
} from '.'

const workflows = packRule(xkPack, 'workflows')
const products = resolveRule('products', [], new Date(0), null, mkPack.rules.products)
const eur = (minor: bigint) => money(minor, 'EUR')

describe('success fee', () => {
  it.each([
    ['asistenca', 60_000n, 9_000n],
    ['asistenca_family', 12_000n, 2_500n],
    ['asistenca_family', 300_000n, 36_000n],
    ['asistenca', 0n, 0n],
    ['asistenca', 1n, 2_500n],
    ['asistenca', 16_667n, 2_500n],
    ['asistenca', 16_670n, 2_501n],
    ['business', 100_000n, 15_000n],
    ['free_start', 100_000n, 0n],
    ['group', 100_000n, 0n],
  ])('%s on %s is %s', (plan, recovered, fee) => {
    expect(successFee(products, plan, { recovered: eur(recovered) }).fee).toEqual(eur(fee))
  })

  it.each([
    ['asistenca', 100_000n, 5_000n, 20_000n],
    ['asistenca', 100_000n, 50_000n, 25_000n],
    ['asistenca_family', 100_000n, 50_000n, 22_000n],
    ['asistenca', 4_000n, 50_000n, 2_500n],
    ['asistenca', 0n, 50_000n, 0n],
  ])('%s on %s with legal costs %s is %s', (plan, recovered, costs, fee) => {
    expect(successFee(products, plan, { recovered: eur(recovered), legalCosts: eur(costs) }).fee).toEqual(eur(fee))
  })

  it('uses the minimum of the recovery’s own currency', () => {
    expect(successFee(products, 'asistenca', { recovered: money(100_000n, 'MKD') }).fee).toEqual(money(153_750n, 'MKD'))
  })

  it('takes no more than the recovery where the tenant says so', () => {
    const plans = products.value.plans.map((plan) => (plan.successFee === null ? plan : { ...plan, successFee: { ...plan.successFee, limitToRecovery: true } }))
    const limited = { ...products, value: { ...products.value, plans } }
    expect(successFee(limited, 'asistenca', { recovered: eur(1_000n) }).fee).toEqual(eur(1_000n))
  })

  it.each([
    ['nothing', { recovered: eur(1n) }, 'errors.plan.unknown'],
    ['asistenca', { recovered: eur(-1n) }, 'errors.money.negative'],
    ['business', { recovered: eur(100n), legalCosts: eur(1n) }, 'errors.claim.noLegalAction'],
    ['asistenca', { recovered: eur(100n), legalCosts: eur(-1n) }, 'errors.money.negative'],
  ])('%s refuses', (plan, recovery, key) => {
    expect(() => successFee(products, plan, recovery)).toThrow(expect.objectContaining({ code: 'INVALID', messageKey: key }))
  })

  it('never falls when more is recovered, and stores how it was found', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.bigInt({ min: 0n, max: 10n ** 6n }), (recovered, more) => {
      const a = successFee(products, 'asistenca', { recovered: eur(recovered) })
      const b = successFee(products, 'asistenca', { recovered: eur(recovered + more) })
      expect(b.fee.minor >= a.fee.minor).toBe(true)
      expect(JSON.parse(JSON.stringify(a.receipt))).toEqual(a.receipt)
      expect(a.receipt).toMatchObject({ kind: 'products', source: 'pack', outcome: { fee: { minor: a.fee.minor.toString() } } })
    }))
  })
})

describe('triage clock', () => {
  const at = (text: string) => new Date(text)
  const clock = (changes: [string, boolean][], now: string) =>
    triageClock(changes.map(([time, complete]) => ({ at: at(time), complete })), 24, workflows.calendar, at(now))

  it('waits for a complete pack', () => {
    expect(clock([], '2026-11-23T12:00:00Z')).toMatchObject({ state: 'waiting_for_documents', dueAt: null, workingMinutesLeft: 1440 })
  })

  it('runs for 24 working hours', () => {
    const running = clock([['2026-11-23T09:00:00Z', true]], '2026-11-24T09:00:00Z')
    expect(running).toMatchObject({ state: 'running', workingMinutesUsed: 480, workingMinutesLeft: 960 })
    expect(running.dueAt?.toISOString()).toBe('2026-11-26T09:00:00.000Z')
    expect(clock([['2026-11-23T09:00:00Z', true]], '2026-11-26T09:00:01Z').state).toBe('overdue')
  })

  const paused: [string, boolean][] = [
    ['2026-11-23T09:00:00Z', true],
    ['2026-11-23T11:00:00Z', false],
    ['2026-11-25T09:00:00Z', true],
  ]
  it('stands while a document is missing and keeps what was used', () => {
    expect(clock(paused.slice(0, 2), '2026-11-24T12:00:00Z')).toMatchObject({ state: 'waiting_for_documents', workingMinutesUsed: 120, workingMinutesLeft: 1320 })
    const resumed = clock(paused, '2026-11-25T10:00:00Z')
    expect(resumed).toMatchObject({ state: 'running', workingMinutesUsed: 180 })
    expect(resumed.dueAt?.toISOString()).toBe('2026-11-27T15:00:00.000Z')
  })

  it('does not care for the order of changes, nor for what lies ahead or repeats', () => {
    const now = '2026-11-25T10:00:00Z'
    const more: [string, boolean][] = [...paused, ['2026-11-25T09:30:00Z', true], ['2026-12-01T09:00:00Z', false]]
    expect(clock(more.toReversed(), now)).toEqual(clock(paused, now))
  })
})

describe('claims', () => {
  it('numbers', () => {
    expect(claimNumber(packRule(mkPack, 'invoicing'), { country: 'MK', year: 2026, n: 1n })).toBe('CLM-MK-2026-000001')
  })

  it('names what the pack still lacks', () => {
    expect(missingDocuments(workflows, 'vehicle', ['photos'])).toEqual(['accident_statement', 'estimate'])
    expect(missingDocuments(workflows, 'injury', ['medical_report', 'police_report', 'other'])).toEqual([])
  })

  it.each([['vehicle', false], ['injury', false], ['travel', true], ['consumer', true]] as const)('%s is guidance only: %s', (category, expected) => {
    expect(isGuidanceOnly(workflows, category)).toBe(expected)
  })

  const matter = { incidentOn: parseDateOnly('2026-01-01'), counterparty: 'Siguria SH.A.', category: 'vehicle' } as const
  it.each([
    [{ ...matter, counterparty: ' siguria  sh a ' }, true],
    [{ ...matter, incidentOn: parseDateOnly('2026-04-01') }, true],
    [{ ...matter, incidentOn: parseDateOnly('2026-04-02') }, false],
    [{ ...matter, incidentOn: parseDateOnly('2025-10-03') }, true],
    [{ ...matter, category: 'property' as const }, false],
    [{ ...matter, counterparty: 'Elsig' }, false],
  ])('%j is the same matter: %s', (other, expected) => {
    expect([isSameMatter(matter, other, workflows), isSameMatter(other, matter, workflows)]).toEqual([expected, expected])
  })

  it('counts matters', () => {
    const [plan] = products.value.plans
    const group = products.value.plans.find(({ code }) => code === 'group')
    if (plan === undefined || group === undefined) throw new Error('no plan')
    expect([mattersLeft(plan, 0), mattersLeft(plan, 2), mattersLeft(plan, 9), mattersLeft(group, 9)]).toEqual([2, 0, 0, null])
  })

  it('reads a claim and its own answer alike; a draft may be empty', () => {
    const once = claimSubmitInput.parse({
      category: 'vehicle',
      incidentOn: '1.2.2026',
      counterparty: 'Siguria',
      description: 'A car hit mine from behind at the lights.',
      amountClaimed: { text: '1.200,00', currency: 'EUR' },
      idempotencyKey: '0190a5b0-1111-7222-8333-444455556666',
    })
    expect(claimSubmitInput.parse(once)).toEqual(once)
    expect(once).toMatchObject({ incidentOn: '2026-02-01', amountClaimed: eur(120_000n) })
    expect(claimDraftInput.safeParse({}).success).toBe(true)
    expect(claimDraftInput.safeParse({ incidentOn: '' }).success).toBe(true)
    expect(() => assertIncidentPast(parseDateOnly('2026-01-02'), parseDateOnly('2026-01-01'))).toThrow(expect.objectContaining({ field: 'incidentOn' }))
  })
})
