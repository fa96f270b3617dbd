import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { money } from '../money'
import { assertCashStep, assertCashWithinLimit, currencyOfRoute, reducePayment, refundable, routeOf } from '.'
import type { PaymentEvent } from '.'

const eur = (minor: bigint) => money(minor, 'EUR')
const base = (n: number) => ({ eventId: `evt_${String(n)}`, occurredAt: new Date(Date.UTC(2026, 0, 1, 0, n)) })
const opened = (n: number): PaymentEvent => ({ ...base(n), kind: 'opened' })
const failed = (n: number): PaymentEvent => ({ ...base(n), kind: 'failed' })
const paid = (n: number, minor = 2000n): PaymentEvent => ({ ...base(n), kind: 'paid', amount: eur(minor) })
type Adjustment = Extract<PaymentEvent, { kind: 'adjustment' }>
const adjusted = (n: number, id: string, type: Adjustment['type'], status: Adjustment['status'], minor: bigint): PaymentEvent => ({
  ...base(n), kind: 'adjustment', adjustmentId: id, type, status, amount: eur(minor),
})

describe('reducePayment', () => {
  it.each<[string, PaymentEvent[], string, bigint]>([
    ['nothing yet', [], 'pending', 0n],
    ['opened', [opened(1)], 'pending', 0n],
    ['failed', [opened(1), failed(2)], 'failed', 0n],
    ['tried again', [opened(1), failed(2), opened(3)], 'pending', 0n],
    ['paid after a failure', [failed(1), paid(2)], 'succeeded', 2000n],
    ['a late failure does not undo', [paid(1), failed(2)], 'succeeded', 2000n],
    ['paid and completed', [paid(1), paid(2)], 'succeeded', 2000n],
    ['refund asked for', [paid(1), adjusted(2, 'a', 'refund', 'pending', 500n)], 'succeeded', 2000n],
    ['refund refused', [paid(1), adjusted(2, 'a', 'refund', 'pending', 500n), adjusted(3, 'a', 'refund', 'rejected', 500n)], 'succeeded', 2000n],
    ['part refunded', [paid(1), adjusted(2, 'a', 'refund', 'pending', 500n), adjusted(3, 'a', 'refund', 'approved', 500n)], 'partly_refunded', 1500n],
    ['refunded in two parts', [paid(1), adjusted(2, 'a', 'refund', 'approved', 500n), adjusted(3, 'b', 'refund', 'approved', 1500n)], 'refunded', 0n],
    ['refunded too much', [paid(1), adjusted(2, 'a', 'refund', 'approved', 9000n)], 'refunded', 0n],
    ['charged back', [paid(1), adjusted(2, 'a', 'chargeback', 'approved', 2000n)], 'disputed', 0n],
    ['chargeback won', [paid(1), adjusted(2, 'a', 'chargeback', 'approved', 2000n), adjusted(3, 'b', 'chargeback_reversal', 'approved', 2000n)], 'succeeded', 2000n],
    ['chargeback reversed in place', [paid(1), adjusted(2, 'a', 'chargeback', 'approved', 2000n), adjusted(3, 'a', 'chargeback', 'reversed', 2000n)], 'succeeded', 2000n],
  ])('%s', (_, events, status, left) => {
    const state = reducePayment(events, 'EUR')
    expect([state.status, refundable(state).minor]).toEqual([status, left])
  })

  const lifecycle = [
    opened(1), failed(2), opened(3), paid(4), paid(5), adjusted(6, 'a', 'refund', 'pending', 500n), adjusted(7, 'a', 'refund', 'approved', 500n),
    adjusted(8, 'b', 'chargeback', 'approved', 300n), adjusted(9, 'c', 'chargeback_reversal', 'approved', 300n),
  ]
  it('P-05 duplicates and any order of arrival give the same state', () => {
    const expected = reducePayment(lifecycle, 'EUR')
    expect(expected.status).toBe('partly_refunded')
    const shuffled = fc.tuple(
      fc.shuffledSubarray(lifecycle, { minLength: lifecycle.length }),
      fc.array(fc.constantFrom(...lifecycle), { maxLength: 8 }),
    )
    fc.assert(fc.property(shuffled, ([order, again]) => {
      expect(reducePayment([...again, ...order], 'EUR')).toEqual(expected)
    }), { numRuns: 500 })
  })

  it('P-13 never leaves a negative amount to refund', () => {
    const anyAdjustment = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('a', 'b', 'c'), fc.constantFrom('refund', 'chargeback', 'chargeback_reversal'), fc.constantFrom('pending', 'approved', 'rejected'), fc.bigInt({ min: 1n, max: 5000n }))
    fc.assert(fc.property(fc.array(anyAdjustment, { maxLength: 20 }), (steps) => {
      const events = steps.map(([n, id, type, status, minor]) => adjusted(n + 1, `${type}-${id}`, type, status, minor))
      const state = reducePayment([paid(1), ...events], 'EUR')
      expect(refundable(state).minor >= 0n).toBe(true)
    }))
  })

  it('refuses an amount in another currency', () => {
    expect(() => reducePayment([{ ...base(1), kind: 'paid', amount: money(1n, 'MKD') }], 'EUR')).toThrow(expect.objectContaining({ messageKey: 'errors.money.currencyMismatch' }))
  })
})

describe('routes and cash', () => {
  const routes = packRule(mkPack, 'payments')
  it.each([
    ['card', 'self_service', 'EUR', 'provider'],
    ['card', 'agent', 'EUR', 'provider'],
    ['cash', 'agent', 'MKD', 'tenant'],
    ['bank_transfer', 'branch', 'MKD', 'tenant'],
  ] as const)('%s by %s is in %s with a document of the %s', (method, channel, currency, issuer) => {
    const route = routeOf(routes, method, channel)
    expect([currencyOfRoute(route), route.taxDocumentIssuer]).toEqual([currency, issuer])
  })

  it('takes no cash from someone alone, nor through a closed route', () => {
    expect(() => routeOf(routes, 'cash', 'self_service')).toThrow(expect.objectContaining({ messageKey: 'errors.payment.method' }))
    const closed = { ...routes, routes: routes.routes.map((route) => ({ ...route, active: false })) }
    expect(() => routeOf(closed, 'card', 'agent')).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })

  it.each([['MKD', 6_150_000n, true], ['MKD', 6_150_001n, false], ['EUR', 100_000n, true], ['EUR', 100_001n, false]] as const)('%s %s is within the limit: %s', (currency, minor, ok) => {
    const run = () => assertCashWithinLimit(packRule(mkPack, 'limits'), money(minor, currency))
    if (ok) expect(run).not.toThrow()
    else expect(run).toThrow(expect.objectContaining({ messageKey: 'errors.cash.limit' }))
  })

  it('cash moves one step forward only', () => {
    expect(() => assertCashStep('collected', 'handed')).not.toThrow()
    for (const [from, to] of [['collected', 'banked'], ['banked', 'collected'], ['collected', 'collected']] as const) {
      expect(() => assertCashStep(from, to)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    }
  })
})
