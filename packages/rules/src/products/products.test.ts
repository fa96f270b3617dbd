import { describe, expect, it } from 'vitest'
import { countryPacks, mkPack, packRule, xkPack } from '../country-packs'
import { invoiceAmounts } from '../invoices'
import { formatMoney } from '../money'
import { parseDateOnly } from '../periods'
import { resolveRule } from '../rule-sets'
import { listPlans, quote } from '.'
import type { QuoteRequest } from '.'

const rulesOf = (pack: typeof mkPack) => ({
  products: resolveRule('products', [], new Date(0), null, pack.rules.products),
  tax: resolveRule('tax', [], new Date(0), null, pack.rules.tax),
})
const request: QuoteRequest = { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-05-10'), people: 1 }

describe('listPlans', () => {
  it.each([
    ['self_service', ['asistenca', 'asistenca_family', 'free_start']],
    ['agent', ['asistenca', 'asistenca_family', 'business', 'free_start']],
    [undefined, ['asistenca', 'asistenca_family', 'business', 'group', 'free_start']],
  ] as const)('on %s', (channel, codes) => {
    expect(listPlans(packRule(mkPack, 'products'), 'mk', channel).map(({ code }) => code)).toEqual(codes)
  })

  it('speaks the asked language', () => {
    const [mk] = listPlans(packRule(mkPack, 'products'), 'mk')
    const [sr] = listPlans(packRule(xkPack, 'products'), 'sr')
    expect([mk?.title, sr?.title]).toEqual(['Асистенца', 'Asistencija'])
  })

  it('hides what is not visible and marks what is quoted', () => {
    const rule = packRule(mkPack, 'products')
    const hidden = { ...rule, plans: rule.plans.map((plan) => ({ ...plan, visible: plan.code === 'group' })) }
    expect(listPlans(hidden, 'en')).toMatchObject([{ code: 'group', quoted: true, selfService: false, successFeeBp: null }])
  })
})

describe('quote', () => {
  it.each([
    ['asistenca', 'self_service', 'EUR', 1, '20,00 €', '3,05 €'],
    ['asistenca_family', 'agent', 'EUR', 5, '35,00 €', '5,34 €'],
    ['asistenca', 'agent', 'MKD', 1, '1.230,00 ден.', '187,63 ден.'],
    ['business', 'branch', 'MKD', 3, '5.842,50 ден.', '891,23 ден.'],
    ['free_start', 'self_service', 'EUR', 1, '0,00 €', '0,00 €'],
  ] as const)('%s on %s in %s for %i is %s with %s VAT', (planCode, channel, currency, people, price, vat) => {
    const made = quote(rulesOf(mkPack), { ...request, planCode, channel, currency, people })
    expect([formatMoney(made.money, 'mk'), formatMoney(made.vat.vat, 'mk')]).toEqual([price, vat])
    expect(made.period).toEqual({ start: '2026-05-10', end: '2027-05-10' })
    expect(JSON.parse(JSON.stringify(made.receipt))).toEqual(made.receipt)
  })

  it.each([
    [{ planCode: 'nothing' }, 'errors.plan.unknown'],
    [{ planCode: 'business' }, 'errors.plan.channel'],
    [{ planCode: 'group', channel: 'branch' }, 'errors.plan.quoted'],
    [{ people: 2 }, 'errors.plan.people'],
    [{ people: 0 }, 'errors.plan.people'],
    [{ people: 1.5 }, 'errors.plan.people'],
    [{ planCode: 'asistenca_family', people: 6 }, 'errors.plan.people'],
  ] as const)('refuses %j with %s', (change, key) => {
    expect(() => quote(rulesOf(mkPack), { ...request, ...change })).toThrow(expect.objectContaining({ code: 'INVALID', messageKey: key }))
  })

  it('refuses a currency that the plan has no price in', () => {
    expect(() => quote(rulesOf(xkPack), { ...request, currency: 'MKD' })).toThrow(expect.objectContaining({ messageKey: 'errors.plan.currency' }))
  })

  it('P-17 agrees with the invoice of the same sale, for every plan, tenant and currency', () => {
    for (const pack of countryPacks) {
      const rules = rulesOf(pack)
      for (const plan of rules.products.value.plans) {
        for (const price of plan.prices) {
          const made = quote(rules, { planCode: plan.code, channel: 'agent', currency: price.currency, on: request.on, people: 1 })
          const line = { description: plan.code, quantity: 1, gross: made.money, category: made.vat.category }
          const amounts = invoiceAmounts([line], price.currency, rules.tax.value)
          expect([amounts.net, amounts.vat, amounts.gross]).toEqual([made.vat.net, made.vat.vat, price])
        }
      }
    }
  })
})
