import { conditionFacts, conditionSchema } from '@interdomestik/rules/conditions'
import type { Condition, ConditionContext } from '@interdomestik/rules/conditions'
import { conditionFrom, seeded } from '@interdomestik/rules/testing'
import { describe, expect, it } from 'vitest'
import { conditionWords, loadMessages, locales, sayCondition } from '.'
import type { ConditionValues, Locale } from '.'

const fact = (name: string) => ({ var: name })
const names = { plan: { asistenca: 'Asistenca', business: 'Business' }, branch: { skopje: 'Скопје' } }
const valuesOf = (locale: Locale, currencies: ConditionValues['currencies'] = ['EUR', 'MKD']): ConditionValues => ({ locale, names, currencies })
const say = (condition: Condition | null, context: ConditionContext = 'sale', locale: Locale = 'mk', currencies?: ConditionValues['currencies']): string =>
  sayCondition(condition, context, conditionWords(locale), valuesOf(locale, currencies))

const young: Condition = { '<': [fact('age'), 30] }
const plan: Condition = { '==': [fact('plan'), 'asistenca'] }

describe('a condition as a sentence', () => {
  it.each([
    ['mk', 'планот е Asistenca и годините се помалку од 30'],
    ['sq', 'plani është Asistenca dhe mosha është më pak se 30'],
    ['sr', 'plan je Asistenca i broj godina je manje od 30'],
    ['en', 'the plan is Asistenca and the age is less than 30'],
  ] as const)('in %s', (locale, sentence) => {
    expect(say({ and: [plan, young] }, 'sale', locale)).toBe(sentence)
  })

  it.each<[string, Condition | null, ConditionContext, string]>([
    ['nothing', null, 'sale', 'always'],
    ['a list', { in: [fact('plan'), ['asistenca', 'business', 'x']] }, 'sale', 'the plan is Asistenca, Business or x'],
    ['a list beside another comparison', { and: [{ in: [fact('plan'), ['asistenca', 'x']] }, young] }, 'sale', 'the plan is Asistenca or x, and the age is less than 30'],
    ['none of a list', { '!': [{ in: [fact('plan'), ['asistenca', 'x']] }] }, 'sale', 'the plan is not Asistenca or x'],
    ['groups in groups', { and: [young, { or: [plan, { '==': [fact('channel'), 'agent'] }] }, { '!=': [fact('city'), 'Tetovo'] }] }, 'sale', 'the age is less than 30, (the plan is Asistenca or the sale is through an agent), and the city is not “Tetovo”'],
    ['a group of groups', { or: [{ and: [plan, young] }, { and: [plan, { '>': [fact('people'), 4] }] }] }, 'sale', '(the plan is Asistenca and the age is less than 30), or (the plan is Asistenca and the number of people is more than 4)'],
    ['not', { '!': [young] }, 'sale', 'it is not so that the age is less than 30'],
    ['not a group', { '!': [{ or: [plan, young] }] }, 'sale', 'it is not so that (the plan is Asistenca or the age is less than 30)'],
    ['a range', { and: [{ '>=': [fact('age'), 18] }, { '<=': [fact('age'), 26] }] }, 'sale', 'the age is from 18 to 26'],
    ['a range among others', { and: [plan, { '>=': [fact('month'), 6] }, { '<=': [fact('month'), 8] }] }, 'sale', 'the plan is Asistenca and the month of the start is from June to August'],
    ['a month', { '>=': [fact('month'), 6] }, 'sale', 'the month of the start is June or later'],
    ['a flag', { '==': [fact('returning'), false] }, 'sale', 'the member had no membership before'],
    ['what is not known counts as not yes', { '!=': [fact('returning'), true] }, 'sale', 'it is not so that the member had a membership before'],
    ['not known', { '==': [fact('age'), null] }, 'sale', 'the age is not known'],
    ['known', { '!': [{ '==': [fact('age'), null] }] }, 'sale', 'the age is known'],
    ['an amount in a currency that stands beside it', { and: [{ '==': [fact('currency'), 'MKD'] }, { or: [{ '>': [fact('claimed'), 10_000_000] }, { '==': [fact('packComplete'), true] }] }] }, 'claim', 'the currency is MKD, and (the amount claimed is more than 100,000.00 MKD or the documents are complete)'],
    ['an amount whose currency the claim decides', { '>': [fact('claimed'), 50_000] }, 'claim', 'the amount claimed is more than 500.00 (in the currency of the claim)'],
  ])('says %s', (_, condition, context, sentence) => {
    expect(say(condition, context, 'en')).toBe(sentence)
  })

  it('writes an amount with its sign where the tenant has one currency', () => {
    expect(say({ '>=': [fact('claimed'), 123_450] }, 'claim', 'sq', ['EUR'])).toBe('shuma e kërkuar është së paku 1.234,50 €')
    expect(say({ '>=': [fact('claimed'), 123_450] }, 'claim', 'mk', ['MKD'])).toBe('бараната сума е најмалку 1.234,50 ден.')
  })

  it('has a sentence for every condition in every language, with no key or gap left over', () => {
    const choose = seeded(20_261_123)
    const contexts = Object.keys(conditionFacts) as ConditionContext[]
    for (let i = 0; i < 300; i += 1) {
      const context = contexts[choose(contexts.length)] ?? 'sale'
      const parsed = conditionSchema(context).safeParse(conditionFrom(context, choose))
      if (!parsed.success) continue
      for (const locale of locales) {
        const sentence = say(parsed.data, context, locale)
        const bare = sentence.replaceAll('a „quote” and {braces}', '')
        expect(bare).not.toMatch(/conditions\.|\b(?:sale|claim)\.|undefined|null|NaN|[{}]|(?:^| )[,)]|\( /u)
        expect(sentence).toBe(sentence.trim())
        expect([...bare].filter((c) => c === '(')).toHaveLength([...bare].filter((c) => c === ')').length)
      }
    }
  })

  it.each<[string, unknown]>([
    ['an amount that is still a text', { '>': [fact('claimed'), '1.2'] }],
    ['no value', { '<': [fact('incidentAge')] }],
    ['no fact', { and: [{ '==': [null, 1] }, null, 7, {}] }],
    ['an empty not', { '!': [] }],
    ['a prototype name', JSON.parse('{"==": [{"var": "__proto__"}, 1]}')],
    ['a text', 'age'],
  ])('gets by with what is half-written: %s', (_, condition) => {
    expect(typeof say(condition as Condition, 'claim')).toBe('string')
  })

  it('knows every fact and every fixed choice in words', () => {
    const { conditions } = loadMessages('mk')
    for (const [context, facts] of Object.entries(conditionFacts)) {
      expect(Object.keys(conditions[context as ConditionContext]).toSorted()).toEqual(Object.keys(facts).toSorted())
      for (const [name, spec] of Object.entries(facts)) {
        if (!('choices' in spec) || spec.choices === null) continue
        expect(Object.keys(conditions.choices[name as keyof typeof conditions.choices]).toSorted()).toEqual([...spec.choices].map(String).toSorted())
      }
    }
  })
})
