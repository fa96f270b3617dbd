import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mkPack, xkPack } from '../country-packs'
import { money, sum } from '../money'
import { addMonths, parseDateOnly } from '../periods'
import { instalmentsSchema, parseRule, resolveRule } from '../rule-sets'
import type { ProductsRule, RuleInput } from '../rule-sets'
import { instalmentsOffered, payableNow, quote, quoteAgain, scheduleOf, vatNow } from '.'
import type { QuoteRequest } from '.'

const titles = { mk: 'Рати', sq: 'Këste', en: 'Parts' }
const plan = (changes: object = {}) => ({ code: 'parts', titles, plans: ['asistenca'], channels: ['self_service' as const, 'agent' as const], parts: 3, everyMonths: 1, ...changes })
const tax = resolveRule('tax', [], new Date(0), null, mkPack.rules.tax)
const rulesWith = (instalments: RuleInput<'products'>['instalments'], changes: Partial<RuleInput<'products'>> = {}) => ({
  products: { kind: 'products' as const, value: parseRule('products', { ...mkPack.rules.products, instalments, ...changes }), version: 3, source: 'tenant' as const }, tax,
})
const request: QuoteRequest = { planCode: 'asistenca', channel: 'self_service', currency: 'EUR', on: parseDateOnly('2026-01-31'), people: 1, instalmentsCode: 'parts' }
const shown = (changes: object, more: Partial<QuoteRequest> = {}) => quote(rulesWith([plan(changes)]), { ...request, ...more }).schedule?.instalments.map(({ dueOn, money: part }) => `${dueOn} ${String(part.minor)}`)

describe('a schedule', () => {
  it('begins on the first day, and keeps to the end of shorter months', () => {
    expect(shown({})).toEqual(['2026-01-31 668', '2026-02-28 666', '2026-03-31 666'])
    expect(shown({ parts: 2 }, { on: parseDateOnly('2028-01-31') })).toEqual(['2028-01-31 1000', '2028-02-29 1000'])
    expect(shown({ parts: 4, everyMonths: 2, firstPartBp: 4000 })).toEqual(['2026-01-31 800', '2026-03-31 400', '2026-05-31 400', '2026-07-31 400'])
  })

  it('sums to the total and its VAT to the minor unit, in days that ascend, whatever the rule', () => {
    const rule = fc.record({ parts: fc.integer({ min: 2, max: 12 }), everyMonths: fc.integer({ min: 1, max: 6 }), firstPartBp: fc.option(fc.integer({ min: 1, max: 9_999 })) })
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((at) => parseDateOnly(at.toISOString().slice(0, 10)))
    const price = fc.bigInt({ min: 0n, max: 10n ** 10n }).chain((gross) => fc.tuple(fc.constant(gross), fc.bigInt({ min: 0n, max: gross })))
    fc.assert(fc.property(rule, day, price, (changes, start, [gross, vat]) => {
      // a price so small that a part is nothing is refused before anybody asks for its schedule
      fc.pre(gross > 0n)
      const parsed = instalmentsSchema.parse(plan(changes))
      const parts = scheduleOf(parsed, money(gross, 'EUR'), money(vat, 'EUR'), start)
      expect(parts.map(({ number }) => number)).toEqual(Array.from({ length: changes.parts }, (_, index) => index + 1))
      expect(sum(parts.map((part) => part.money), 'EUR').minor).toBe(gross)
      expect(sum(parts.map((part) => part.vat), 'EUR').minor).toBe(vat)
      for (const part of parts) expect(part.vat.minor <= part.money.minor && part.money.minor >= 0n).toBe(true)
      expect(new Set(parts.slice(1).map((part) => part.money.minor)).size).toBe(1)
      if (changes.firstPartBp === null) expect((parts[0]?.money.minor ?? 0n) - (parts[1]?.money.minor ?? 0n)).toBeLessThan(BigInt(changes.parts))
      const days = parts.map(({ dueOn }) => dueOn)
      expect(days[0]).toBe(start)
      expect(days).toEqual([...new Set(days)].toSorted())
      expect(days.at(-1)).toBe(addMonths(start, changes.everyMonths * (changes.parts - 1)))
    }))
  })
})

describe('a price in parts', () => {
  it('has what it costs on top as a line with its VAT, after everything that is taken off', () => {
    const made = quote(rulesWith([plan({ surchargeBp: 500 })], { discounts: [{ code: 'spring', titles, reduction: { kind: 'percent', percentBp: 1000 } }] }), request)
    expect(made.lines.map(({ kind, code, money: line }) => [kind, code, line.minor])).toEqual([['plan', 'asistenca', 2000n], ['discount', 'spring', -200n], ['surcharge', 'parts', 90n]])
    expect([made.list.minor, made.money.minor, made.vat.vat.minor]).toEqual([2000n, 1890n, 288n])
    expect([payableNow(made).minor, vatNow(made).minor]).toEqual([630n, 96n])
    expect(made.receipt.explain.map(({ key }) => key)).toEqual(['receipts.quote.price', 'receipts.quote.discountPercent', 'receipts.quote.surcharge', 'receipts.quote.vat', 'receipts.quote.instalments'])
  })

  it('comes out the same again from its receipt alone', () => {
    const rules = rulesWith([plan({ surchargeBp: 250, firstPartBp: 3000 })])
    const made = quote(rules, request)
    const again = quoteAgain(rules, JSON.parse(JSON.stringify(made.receipt.inputs)))
    expect(again.receipt).toEqual(made.receipt)
    expect(again.schedule).toEqual(made.schedule)
  })

  it('leaves a price that is paid at once as it was, receipt and all', () => {
    const { instalmentsCode: _, ...atOnce } = request
    const without = quote(rulesWith([]), atOnce)
    const beside = quote(rulesWith([plan({ surchargeBp: 500 })]), { ...atOnce, instalmentsCode: null })
    expect(beside).toEqual({ ...without, receipt: beside.receipt })
    expect(beside.receipt).toEqual(without.receipt)
    expect(without.schedule).toBeNull()
    expect(payableNow(without)).toEqual(without.money)
  })

  it.each([
    ['a code that nobody has', {}, { instalmentsCode: 'nothing' }, 'errors.instalments.unknown'],
    ['another plan', {}, { planCode: 'asistenca_family' }, 'errors.instalments.notForThis'],
    ['another channel', {}, { channel: 'branch' }, 'errors.instalments.notForThis'],
    ['a buyer whom the condition leaves out', { when: { '>=': [{ var: 'age' }, 30] } }, { facts: { age: 29 } }, 'errors.instalments.notForThis'],
    ['a part that would be nothing', { firstPartBp: 9_999 }, {}, 'errors.instalments.tooLittle'],
  ] as const)('is refused for %s', (_, changes, more, messageKey) => {
    expect(() => quote(rulesWith([plan(changes)]), { ...request, ...more })).toThrow(expect.objectContaining({ code: 'INVALID', field: 'instalmentsCode', messageKey }))
  })

  it('is offered where it may be had', () => {
    const rule = (instalments: RuleInput<'products'>['instalments']): ProductsRule => rulesWith(instalments).products.value
    expect(instalmentsOffered(rule([plan(), plan({ code: 'others', plans: ['business'] }), plan({ code: 'old', when: { '>': [{ var: 'age' }, 60] } })]), request)).toEqual(['parts'])
    expect(instalmentsOffered(rule([]), request)).toEqual([])
  })
})

it.each([['mk', mkPack, 'EUR', 3605n], ['mk', mkPack, 'MKD', 221708n], ['xk', xkPack, 'EUR', 3605n]] as const)('the pack of %s sells the family plan in parts in %s', (_, pack, currency, total) => {
  const products = resolveRule('products', [], new Date(0), null, pack.rules.products)
  const made = quote({ products, tax: resolveRule('tax', [], new Date(0), null, pack.rules.tax) }, { ...request, planCode: 'asistenca_family', currency, instalmentsCode: 'in_four' })
  expect([made.money.minor, made.schedule?.instalments.length, made.schedule?.instalments.at(-1)?.dueOn]).toEqual([total, 4, '2026-07-31'])
})
