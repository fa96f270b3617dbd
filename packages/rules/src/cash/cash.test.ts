import { describe, expect, it } from 'vitest'
import { money } from '../money'
import type { DateOnly } from '../periods'
import { assertCounted, differenceOf, latenessOf, passedCashLimit } from '.'

const eur = (minor: bigint) => money(minor, 'EUR')
const limits = { cashInHand: [eur(10_000n)] }

describe('cash in custody', () => {
  it.each([[2000n, 0n], [1900n, -100n], [2100n, 100n]])('of 2000 said, %s counted differs by %s', (counted, difference) => {
    expect(differenceOf(eur(2000n), eur(counted))).toEqual(eur(difference))
  })

  it.each([
    ['another currency', money(2000n, 'MKD'), 'why', 'errors.money.currencyMismatch'],
    ['less than nothing', eur(-1n), 'why', 'errors.money.positive'],
    ['nothing', eur(0n), 'why', 'errors.money.positive'],
    ['a difference that nobody explains', eur(1999n), undefined, 'errors.cash.noteNeeded'],
  ] as const)('a count is refused with %s', (_, counted, note, key) => {
    expect(() => assertCounted(eur(2000n), counted, note)).toThrow(expect.objectContaining({ code: 'INVALID', messageKey: key }))
  })

  it('a count that agrees needs no word, and one that differs only that', () => {
    expect(() => assertCounted(eur(2000n), eur(2000n), undefined)).not.toThrow()
    expect(() => assertCounted(eur(2000n), eur(1n), 'a coin was in the bag')).not.toThrow()
  })

  it.each([[0n, 10_000n, false], [8000n, 2000n, false], [8001n, 2000n, true]])('with %s in hand, taking %s passes the limit of 10000: %s', (held, taking, passed) => {
    expect(passedCashLimit(limits, eur(held), eur(taking))).toEqual(passed ? eur(10_000n) : null)
  })

  it('a currency without a limit has none', () => {
    expect(passedCashLimit(limits, money(9_000_000n, 'MKD'), money(1n, 'MKD'))).toBeNull()
  })

  it.each([['2026-03-04', 'in_time'], ['2026-03-05', 'overdue'], ['2026-03-09', 'overdue'], ['2026-03-10', 'escalated']] as const)('of 1 March with 3 days and 5 more is %s: %s', (today, expected) => {
    expect(latenessOf('2026-03-01' as DateOnly, 3, 5, today as DateOnly)).toBe(expected)
  })
})
