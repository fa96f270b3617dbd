import { describe, expect, it } from 'vitest'
import { inLocale, isLocale } from '.'

describe('locales', () => {
  it.each([
    [{ mk: 'а', en: 'a' }, 'mk', [], 'а'],
    [{ mk: 'а', en: 'a' }, 'sr', [], 'a'],
    [{ mk: 'а', en: 'a' }, 'sr', ['mk'], 'а'],
    [{ sq: 'ë' }, 'mk', ['sr'], 'ë'],
  ] as const)('%j in %s', (texts, locale, fallbacks, expected) => {
    expect(inLocale<string>(texts, locale, fallbacks)).toBe(expected)
  })

  it('knows its languages', () => {
    expect(['mk', 'sq', 'sr', 'en', 'de', null, 'toString'].map(isLocale)).toEqual([true, true, true, true, false, false, false])
    expect(() => inLocale({}, 'mk')).toThrow(/no language/u)
  })
})
