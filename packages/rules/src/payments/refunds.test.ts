import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import { assertBalanced, balanceOf, cashGivenBackLegs, cashInstalmentLegs, cashInstalmentSaleLegs, cashSaleLegs } from '../ledger'
import { money, zero } from '../money'
import { addDays, parseDateOnly } from '../periods'
import { refundRefusal, refundUntil } from './refunds'
import type { RefundFacts } from './refunds'

const products = packRule(mkPack, 'products')
const paidOn = parseDateOnly('2028-02-15')
const facts: RefundFacts = { paidOn, known: true, asked: false, left: true, claims: ['evaluation', 'rejected'], upgraded: false }
const eur = (minor: bigint) => money(minor, 'EUR')

describe('refundRefusal', () => {
  it('gives back until the last day of the tenant’s window, over a leap day too', () => {
    expect(refundUntil(paidOn, products)).toBe('2028-03-16')
    expect(refundRefusal(facts, parseDateOnly('2028-03-16'), products)).toBeNull()
    expect(refundRefusal(facts, parseDateOnly('2028-03-17'), products)).toBe('window')
    expect(refundRefusal(facts, addDays(paidOn, 1), { ...products, refundWindowDays: 0 })).toBe('window')
  })

  it.each([
    [{ asked: true, left: false }, 'asked'],
    [{ paidOn: null }, 'nothing'],
    [{ left: false }, 'nothing'],
    [{ upgraded: true, known: false }, 'upgraded'],
    [{ known: false }, 'method'],
    [{ claims: ['rejected', 'court'] }, 'claim'],
  ] as const)('%o is refused: %s', (more, expected) => {
    expect(refundRefusal({ ...facts, ...more }, paidOn, products)).toBe(expected)
  })
})

it('which claims stand in the way is the tenant’s choice', () => {
  const chosen = { ...products, refunds: { ...products.refunds, blockedBy: ['evaluation' as const] } }
  expect(refundRefusal({ ...facts, claims: ['evaluation'] }, paidOn, chosen)).toBe('claim')
  expect(refundRefusal({ ...facts, claims: ['court', 'resolved'] }, paidOn, chosen)).toBeNull()
})

describe('cashGivenBackLegs', () => {
  const amount = { gross: eur(2000n), tax: eur(305n) }

  it('P-12 leaves nothing of a sale whose cash its collector still has', () => {
    const sale = cashSaleLegs(amount)
    const both = [...sale, ...cashGivenBackLegs(sale, 'collector')]
    for (const account of ['cashWithAgents', 'membershipRevenue', 'vatPayable'] as const) expect(balanceOf(account, both, 'EUR')).toEqual(zero('EUR'))
  })

  it('P-12 takes it out of the branch, and what was owed of a sale in parts with it', () => {
    const parts = [cashInstalmentSaleLegs(amount, eur(500n)), cashInstalmentLegs(eur(500n))]
    const back = parts.flatMap((legs) => cashGivenBackLegs(legs, 'branch'))
    assertBalanced(back)
    const all = [...parts.flat(), ...back]
    for (const account of ['customerReceivable', 'membershipRevenue', 'vatPayable'] as const) expect(balanceOf(account, all, 'EUR')).toEqual(zero('EUR'))
    expect([balanceOf('cashWithAgents', all, 'EUR').minor, balanceOf('cashInBranch', all, 'EUR').minor]).toEqual([1000n, -1000n])
  })
})
