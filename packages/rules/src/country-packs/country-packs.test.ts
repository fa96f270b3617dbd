import { describe, expect, it } from 'vitest'
import { inLocale, locales } from '../locales'
import { formatMoney } from '../money'
import { ruleKinds } from '../rule-sets'
import { claimStatuses } from '../claims'
import { membershipStatuses } from '../memberships'
import { countryPackSchema, countryPacks, findPack, packOf, packRule } from '.'

describe.each(countryPacks.map((pack) => [pack.tenant.slug, pack] as const))('pack %s', (_, pack) => {
  it('is valid as a whole and per document', () => {
    const result = countryPackSchema.safeParse(pack)
    expect(result.error?.issues).toBeUndefined()
    for (const kind of ruleKinds) expect(packRule(pack, kind)).toBeTruthy()
  })

  it('is plain JSON, so that a seed can store it', () => {
    expect(JSON.parse(JSON.stringify(pack))).toEqual(pack)
  })

  it('is written in every language that it offers', () => {
    const { offered } = packRule(pack, 'languages')
    const legal = packRule(pack, 'legal')
    const products = packRule(pack, 'products')
    const missing = [
      ...legal.texts.flatMap(({ key, texts }) => offered.filter((l) => texts[l] === undefined).map((l) => `${key} ${l}`)),
      ...products.plans.flatMap((plan) =>
        offered.filter((l) => [plan.titles, plan.summaries, plan.benefits, plan.covers].some((t) => t[l] === undefined)).map((l) => `${plan.code} ${l}`),
      ),
    ]
    expect(missing).toEqual([])
  })

  it('writes Macedonian in Cyrillic and the others in Latin', () => {
    for (const { texts } of packRule(pack, 'legal').texts) {
      for (const locale of locales) {
        const text = texts[locale]
        if (text === undefined) continue
        const words = `${text.title} ${text.body}`.replace(/\S+@\S+/gu, '')
        if (locale === 'mk') expect(words.replace(/QR/gu, '')).not.toMatch(/[a-z]/iu)
        else expect(words.replaceAll(packRule(pack, 'invoicing').issuer.legalName, '').replace(/ул\. Пример бр\. \d|1000 Скопје/gu, '')).not.toMatch(/\p{Script=Cyrillic}/u)
      }
    }
  })

  it('carries no figure in a plan text that a rule decides', () => {
    for (const plan of packRule(pack, 'products').plans) {
      for (const locale of locales) expect(inLocale(plan.benefits, locale).join(' ')).not.toMatch(/\d/u)
    }
  })

  it('says that its legal identity is a demonstration', () => {
    const { issuer } = packRule(pack, 'invoicing')
    expect(issuer.demo).toBe(true)
    expect(issuer.legalName).toMatch(/Demo|Демо/u)
    const terms = packRule(pack, 'legal').texts.filter(({ key }) => key === 'terms' || key === 'privacy')
    for (const { texts } of terms) {
      for (const text of Object.values(texts)) expect(text?.body).toMatch(/^> \*\*(?:Demo|Демо|Të dhëna demonstruese)/u)
    }
  })

  it('has workflows of exactly the known statuses, every one reachable', () => {
    const { claims, memberships } = packRule(pack, 'workflows')
    expect(claims.states).toEqual([...claimStatuses])
    expect(memberships.states).toEqual([...membershipStatuses])
    for (const workflow of [claims, memberships]) {
      const reached = new Set([workflow.initial])
      for (let i = 0; i < workflow.states.length; i += 1) {
        for (const { from, to } of workflow.transitions) if (reached.has(from)) reached.add(to)
      }
      expect([...workflow.states].filter((state) => !reached.has(state))).toEqual([])
    }
  })

  it('has a price for every route’s first currency', () => {
    const routes = packRule(pack, 'payments').routes
    for (const plan of packRule(pack, 'products').plans.filter(({ prices }) => prices.length > 0)) {
      for (const { currencies } of routes) {
        expect(plan.prices.some(({ currency }) => currency === currencies[0])).toBe(true)
      }
    }
  })
})

describe('prices', () => {
  it.each([
    ['mk', 'free_start', ['0,00 €', '0,00 ден.']],
    ['mk', 'asistenca', ['20,00 €', '1.230,00 ден.']],
    ['mk', 'asistenca_family', ['35,00 €', '2.152,50 ден.']],
    ['mk', 'business', ['95,00 €', '5.842,50 ден.']],
    ['ks', 'asistenca', ['20,00 €']],
    ['ks', 'asistenca_family', ['35,00 €']],
    ['ks', 'business', ['95,00 €']],
    ['ks', 'group', []],
  ])('%s %s costs %j', (slug, code, expected) => {
    const plan = packRule(packOf(slug), 'products').plans.find((candidate) => candidate.code === code)
    expect(plan?.prices.map((price) => formatMoney(price, 'mk'))).toEqual(expected)
  })
})

describe('packOf', () => {
  it('finds by tenant id and host label', () => {
    expect(packOf('tenant_ks')).toBe(packOf('ks'))
    expect(findPack('al')).toBeUndefined()
    expect(() => packOf('__proto__')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})
