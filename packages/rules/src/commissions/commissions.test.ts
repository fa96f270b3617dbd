import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { money } from '../money'
import { formatNumber } from '../numbering'
import { resolveRule } from '../rule-sets'
import { assertCommissionStatus, commissionFor, isPayable, netKept, nextCommissionStatuses, payoutReceipt, saleKindOf } from '.'

const rule = resolveRule('commissions', [], new Date(0), null, mkPack.rules.commissions)
const eur = (minor: bigint) => money(minor, 'EUR')

describe('commissions', () => {
  it.each([
    ['asistenca', 'new', 1695n, 339n, 'new'],
    ['asistenca', 'renewal', 1695n, 170n, 'renewal'],
    ['asistenca_family', 'upgrade', 2966n, 445n, 'upgrade'],
    ['business', 'new', 8051n, 2013n, 'business'],
    ['business', 'renewal', 8051n, 2013n, 'business'],
    ['free_start', 'new', 0n, 0n, 'new'],
  ] as const)('%s %s of %s earns %s as %s', (planCode, kind, net, amount, paidAs) => {
    const made = commissionFor(rule, { planCode, kind, net: eur(net) })
    expect([made.amount, made.kind]).toEqual([eur(amount), paidAs])
    expect(JSON.parse(JSON.stringify(made.receipt))).toEqual(made.receipt)
  })

  it.each([[5000n, true], [4999n, false]])('%s is payable: %s', (minor, expected) => {
    expect(isPayable(packRule(mkPack, 'commissions'), eur(minor))).toBe(expected)
  })

  it.each([
    ['nothing', null, 'new'], ['the same', { planCode: 'asistenca', minor: 2000n }, 'renewal'], ['the same when it was cheaper', { planCode: 'asistenca', minor: 1800n }, 'renewal'],
    ['a cheaper plan', { planCode: 'free_start', minor: 0n }, 'upgrade'], ['a dearer plan', { planCode: 'asistenca_family', minor: 3500n }, 'renewal'],
  ] as const)('asistenca after %s is told apart', (_, before, kind) => {
    expect(saleKindOf({ planCode: 'asistenca', minor: 2000n }, before)).toBe(kind)
  })

  it.each([[0n, 1695n], [1n, 1694n], [1000n, 847n], [2000n, 0n], [2500n, 0n]])('with %s of 2000 paid back the fee counts %s', (refunded, kept) => {
    expect(netKept(eur(1695n), 2000n, refunded)).toEqual(eur(kept))
  })

  it('says by which rule it was paid out, and numbers payouts by year', () => {
    expect(payoutReceipt(rule, eur(6000n))).toMatchObject({ kind: 'commissions', outcome: { paid: { minor: '6000', currency: 'EUR' }, minimum: { minor: '5000', currency: 'EUR' } } })
    expect(formatNumber(rule.value.payoutPattern, { country: 'XK', year: 2026, n: 7 })).toBe('KP-2026-00007')
  })

  it('is never paid before it is approved, and once reversed stays so', () => {
    expect(() => assertCommissionStatus('pending', 'paid')).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
    expect(() => assertCommissionStatus('approved', 'paid')).not.toThrow()
    expect(nextCommissionStatuses('reversed')).toEqual([])
  })
})
