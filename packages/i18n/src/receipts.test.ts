import { mkPack, parseDateOnly, parseRule, quote, resolveRule } from '@interdomestik/rules'
import type { RuleReceipt } from '@interdomestik/rules'
import { describe, expect, it } from 'vitest'
import { loadMessages, locales, sayReceipt } from '.'

const titles = { mk: 'Пролетна акција', sq: 'Aksioni pranveror', en: 'Spring sale' }
const products = parseRule('products', {
  ...mkPack.rules.products,
  discounts: [{ code: 'spring', titles, reduction: { kind: 'percent', percentBp: 1050 } }],
  coupons: [{ code: 'FRIENDS', titles: { mk: 'За пријатели', sq: 'Për miqtë', en: 'For friends' }, reduction: { kind: 'amount', amounts: [{ minor: '100', currency: 'EUR' }] }, combines: true }],
  referral: { friend: { kind: 'percent', percentBp: 500 }, memberDays: 30 },
})
const { receipt } = quote(
  { products: { kind: 'products', value: products, version: 4, source: 'tenant' }, tax: resolveRule('tax', [], new Date(0), null, mkPack.rules.tax) },
  { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-05-10'), people: 1, couponCode: 'FRIENDS', referral: 'member' },
)
const stored = JSON.parse(JSON.stringify(receipt)) as RuleReceipt

describe('sayReceipt', () => {
  it('says a stored price line by line and step by step', () => {
    const said = sayReceipt(stored, 'en')
    expect(said.lines.map(({ title, amount }) => [title, amount.minor])).toEqual([
      ['Asistenca', 2000n], ['Spring sale', -210n], ['Coupon: For friends', -100n], ['Recommended by a member', -100n],
    ])
    expect(said.steps).toEqual([
      'The plan costs €20.00 for 12 months.', 'Discount “Spring sale”: 10.5% of the full price, €2.10 off.', 'Coupon “For friends”: €1.00 off.',
      'One of our members recommended us to you: 5% of the full price, €1.00 off.', '€2.43 of the total is VAT at 18%.',
    ])
    expect(sayReceipt(stored, 'mk').steps[1]).toBe('Попуст „Пролетна акција“: 10,5 % од полната цена, 2,10 € помалку.')
  })

  it('says days and instants on the clock of the tenant, and leaves out what has no words', () => {
    const about = (params: Record<string, string | number>, key = 'receipts.quote.addon') => sayReceipt({ inputs: { currency: 'MKD' }, outcome: null, explain: [{ key, params }] }, 'en', { zone: 'Europe/Skopje' }).steps
    expect(about({ code: '31.12', minor: '123456' })).toEqual(['Add-on “31.12”: 1,234.56 MKD.'])
    expect(about({ name: '2026-01-31', minor: '100' })).toEqual(['Add-on “31.01.2026”: 1.00 MKD.'])
    expect(about({ name: '2026-01-31T12:00:00.000Z', minor: '100' })).toEqual(['Add-on “31.01.2026 13:00”: 1.00 MKD.'])
    expect(about({}, 'receipts.nothing.known')).toEqual([])
    expect(about({}, 'receipts.quote.addon')).toEqual([])
  })

  it.each(locales)('%s has a sentence for each step that a quote, a fee, a deadline and a step of a claim can take', (locale) => {
    const { quote: steps, fee, deadline, step: ofClaim } = loadMessages(locale).receipts
    const keys = Object.entries({ quote: steps, fee, deadline, step: ofClaim }).flatMap(([area, said]) => Object.keys(said).map((step) => `${area}.${step}`))
    for (const key of keys) {
      const params = {
        hours: 8, state: 'evaluation', opens: '08:00', closes: '16:00', days: 5, holidays: 'MK', permission: 'claims_handle', gate: 'legalCap', kind: 'photos', minor: '1000', currency: 'EUR', code: 'x', percentBp: 1000, rateBp: 1800, capBp: 2500, count: 2, included: 1, months: 12 }
      expect(sayReceipt({ inputs: null, outcome: null, explain: [{ key: `receipts.${key}`, params }] }, locale).steps).toHaveLength(1)
    }
  })
})
