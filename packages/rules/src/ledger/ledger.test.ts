import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money, zero } from '../money'
import {
  accountNames, assertBalanced, balanceOf, bankHeldLegs, bankReturnedLegs, bankTransferSaleLegs, cardSaleLegs, cashInstalmentLegs, cashInstalmentSaleLegs, cashBankedLegs, cashHandedOverLegs, cashSaleLegs, cashWrittenOffLegs,
  chargebackLegs, chartOfAccounts, commissionEarnedLegs, commissionPaidLegs, creditOwedLegs, creditPaidLegs, providerPayoutLegs, refundLegs, reversalLegs,
} from '.'
import type { AccountName, Leg } from '.'

const eur = (minor: bigint) => money(minor, 'EUR')
const amount = { gross: eur(2000n), tax: eur(305n) }
const told = (legs: readonly Leg[]) => legs.map((leg) => [leg.account, leg.amount.minor])

describe('posting recipes', () => {
  it.each<[string, Leg[], [AccountName, bigint][]]>([
    ['card sale', cardSaleLegs(amount), [['providerReceivable', 2000n], ['membershipRevenue', -1695n], ['providerTax', -305n]]],
    ['card sale with fee', cardSaleLegs(amount, eur(150n)), [['providerReceivable', 2000n], ['membershipRevenue', -1695n], ['providerTax', -305n], ['providerFees', 150n], ['providerReceivable', -150n]]],
    ['cash sale', cashSaleLegs(amount), [['cashWithAgents', 2000n], ['membershipRevenue', -1695n], ['vatPayable', -305n]]],
    ['cash sale without VAT', cashSaleLegs({ gross: eur(2000n), tax: eur(0n) }), [['cashWithAgents', 2000n], ['membershipRevenue', -2000n]]],
    ['cash sale in parts', cashInstalmentSaleLegs(amount, eur(500n)), [['customerReceivable', 2000n], ['membershipRevenue', -1695n], ['vatPayable', -305n], ['cashWithAgents', 500n], ['customerReceivable', -500n]]],
    ['a further part in cash', cashInstalmentLegs(eur(500n)), [['cashWithAgents', 500n], ['customerReceivable', -500n]]],
    ['bank transfer', bankTransferSaleLegs(amount), [['bank', 2000n], ['membershipRevenue', -1695n], ['vatPayable', -305n]]],
    ['the rest of a bank transfer', bankTransferSaleLegs(amount, eur(500n)), [['bank', 500n], ['paymentsHeld', 1500n], ['membershipRevenue', -1695n], ['vatPayable', -305n]]],
    ['a bank transfer of too much', bankTransferSaleLegs(amount, eur(2100n)), [['bank', 2100n], ['paymentsHeld', -100n], ['membershipRevenue', -1695n], ['vatPayable', -305n]]],
    ['kept for its payer', bankHeldLegs(eur(1500n)), [['bank', 1500n], ['paymentsHeld', -1500n]]],
    ['sent back to its payer', bankReturnedLegs(eur(100n)), [['bank', -100n], ['paymentsHeld', 100n]]],
    ['card refund', refundLegs('card', amount), [['providerReceivable', -2000n], ['membershipRevenue', 1695n], ['providerTax', 305n]]],
    ['cash refund', refundLegs('cash', amount), [['cashInBranch', -2000n], ['membershipRevenue', 1695n], ['vatPayable', 305n]]],
    ['handed over', cashHandedOverLegs(eur(2000n)), [['cashInBranch', 2000n], ['cashWithAgents', -2000n]]],
    ['handed over short', cashHandedOverLegs(eur(2000n), eur(1900n)), [['cashInBranch', 1900n], ['cashShortage', 100n], ['cashWithAgents', -2000n]]],
    ['handed over with too much', cashHandedOverLegs(eur(2000n), eur(2050n)), [['cashInBranch', 2050n], ['cashShortage', -50n], ['cashWithAgents', -2000n]]],
    ['credit owed', creditOwedLegs(amount), [['creditsOwed', -2000n], ['membershipRevenue', 1695n], ['vatPayable', 305n]]],
    ['credit paid', creditPaidLegs(eur(2000n)), [['creditsOwed', 2000n], ['cashInBranch', -2000n]]],
    ['a shortage written off', cashWrittenOffLegs(eur(-100n)), [['cashShortage', -100n], ['cashWrittenOff', 100n]]],
    ['too much written off', cashWrittenOffLegs(eur(50n)), [['cashShortage', 50n], ['cashWrittenOff', -50n]]],
    ['banked', cashBankedLegs(eur(2000n)), [['bank', 2000n], ['cashInBranch', -2000n]]],
    ['payout', providerPayoutLegs(eur(1545n), eur(305n)), [['bank', 1545n], ['providerTax', 305n], ['providerReceivable', -1850n]]],
    ['commission', commissionEarnedLegs(eur(339n)), [['commissions', 339n], ['commissionsPayable', -339n]]],
    ['commission paid', commissionPaidLegs(eur(339n)), [['commissionsPayable', 339n], ['bank', -339n]]],
  ])('%s', (_, legs, expected) => {
    expect(told(legs)).toEqual(expected)
    expect(() => assertBalanced(legs)).not.toThrow()
  })

  it('P-12 every recipe balances, and its reversal leaves nothing', () => {
    const sale = fc.bigInt({ min: 1n, max: 10n ** 12n }).chain((gross) => fc.tuple(fc.constant(gross), fc.bigInt({ min: 0n, max: gross }), fc.bigInt({ min: 0n, max: gross })))
    fc.assert(fc.property(sale, ([gross, tax, fee]) => {
      const taxed = { gross: eur(gross), tax: eur(tax) }
      const all = [cardSaleLegs(taxed, eur(fee)), cashSaleLegs(taxed), bankTransferSaleLegs(taxed), refundLegs('card', taxed), refundLegs('cash', taxed), refundLegs('bank_transfer', taxed), chargebackLegs(taxed, eur(fee))]
      for (const legs of all) {
        assertBalanced(legs)
        const both = [...legs, ...reversalLegs(legs)]
        for (const account of accountNames) expect(balanceOf(account, both, 'EUR')).toEqual(zero('EUR'))
      }
    }))
  })

  it('a whole life of a card sale clears the provider', () => {
    const legs = [...cardSaleLegs(amount, eur(150n)), ...providerPayoutLegs(eur(1545n), eur(305n))]
    expect(balanceOf('providerReceivable', legs, 'EUR')).toEqual(zero('EUR'))
    expect(balanceOf('providerTax', legs, 'EUR')).toEqual(zero('EUR'))
    expect(balanceOf('bank', legs, 'EUR')).toEqual(eur(1545n))
    expect(balanceOf('membershipRevenue', legs, 'EUR')).toEqual(eur(1695n))
  })

  it('a sale in parts leaves nothing owed once every part is paid', () => {
    const legs = [...cashInstalmentSaleLegs(amount, eur(668n)), ...cashInstalmentLegs(eur(666n)), ...cashInstalmentLegs(eur(666n))]
    expect(balanceOf('customerReceivable', legs, 'EUR')).toEqual(zero('EUR'))
    expect(balanceOf('cashWithAgents', legs, 'EUR')).toEqual(eur(2000n))
    expect(balanceOf('membershipRevenue', legs, 'EUR')).toEqual(eur(1695n))
  })

  it.each([
    ['a first part above the price', () => cashInstalmentSaleLegs(amount, eur(2001n))],
    ['no legs', () => assertBalanced([])],
    ['one leg', () => assertBalanced(cashBankedLegs(eur(1n)).slice(1))],
    ['two currencies that cancel', () => assertBalanced([{ account: 'bank', code: '1000', amount: eur(1n) }, { account: 'bank', code: '1000', amount: money(-1n, 'MKD') }])],
    ['a sale of nothing', () => cashSaleLegs({ gross: eur(0n), tax: eur(0n) })],
    ['tax above the price', () => cashSaleLegs({ gross: eur(1n), tax: eur(2n) })],
    ['a negative tax', () => cardSaleLegs({ gross: eur(1n), tax: eur(-1n) })],
    ['a fee above the price', () => cardSaleLegs(amount, eur(2001n))],
    ['less than no cash counted', () => cashHandedOverLegs(eur(1n), eur(-1n))],
    ['nothing banked', () => cashBankedLegs(eur(0n))],
  ])('refuses %s', (_, run) => {
    expect(run).toThrow(expect.objectContaining({ code: 'INVALID' }))
  })

  it('account codes are unique', () => {
    const codes = accountNames.map((name) => chartOfAccounts[name].code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})
