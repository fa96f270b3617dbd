import { money } from '@interdomestik/rules/money'
import { parseDateOnly } from '@interdomestik/rules/periods'
import { describe, expect, it } from 'vitest'
import { languageTag, legalFormats, localeNames, locales, messageOf, pickLocale, translator } from '.'
import type { Locale } from '.'

describe('translator', () => {
  it('counts as each grammar does', () => {
    const says = (locale: Locale, count: number) => translator(locale)('common.units.claim', { count })
    expect([1, 2, 11, 21].map((n) => says('mk', n))).toEqual(['1 барање', '2 барања', '11 барања', '21 барање'])
    expect([1, 2, 5, 21, 22].map((n) => says('sr', n))).toEqual(['1 zahtev', '2 zahteva', '5 zahteva', '21 zahtev', '22 zahteva'])
    expect([1, 2].map((n) => says('sq', n))).toEqual(['1 kërkesë', '2 kërkesa'])
  })

  it('throws rather than printing a key or a hole', () => {
    expect(() => translator('mk')('errors.tooShort')).toThrow(/minimum/u)
  })

  it('keeps the braces of a pattern example', () => {
    expect(translator('sq')('errors.numberPattern')).toContain('F-{year}-{n:6}')
  })
})

describe('messageOf', () => {
  it('says the sentence of a DomainError', () => {
    expect(messageOf('mk', 'errors.personalNumber.length', { digits: 13 })).toBe('Матичниот број има 13 цифри')
    expect(messageOf('sr', 'errors.rateLimited', { minutes: 3 })).toBe('Previše pokušaja. Pokušajte ponovo za 3 minuta')
  })

  it.each(['errors.nothingLikeIt', 'errors', 'errors.tooShort', '__proto__', '', 'errors.constructor'])(
    'gives the general sentence for %j without its values',
    (key) => {
      expect(messageOf('sq', key)).toBe('Diçka dështoi te ne. Provoni përsëri')
    },
  )
})

describe('pickLocale', () => {
  const mk = ['mk', 'sq', 'en'] as const
  it.each([
    ['sq-AL,sq;q=0.9,en;q=0.8', 'sq'],
    ['en-GB,en;q=0.9', 'en'],
    ['de-DE,de;q=0.9,sq;q=0.5', 'sq'],
    ['en;q=0.2, SQ;q=0.9', 'sq'],
    ['sr-RS', 'mk'],
    ['mk;q=0, en;q=0.1', 'en'],
    ['*', 'mk'],
    ['', 'mk'],
    [';;;,,q=1', 'mk'],
    ['en;q=banana', 'en'],
    ['constructor,__proto__,sq;q=0.1', 'sq'],
  ] as const)('%j gives %s where Macedonian is the default', (header, expected) => {
    expect(pickLocale(header, mk, 'mk')).toBe(expected)
  })

  it('reads Serbian for its siblings, and falls back without a header', () => {
    expect(pickLocale('bs-BA', ['sq', 'sr', 'en'], 'sq')).toBe('sr')
    expect(pickLocale(null, ['sq', 'sr', 'en'], 'sq')).toBe('sq')
  })
})

describe('locales', () => {
  it('each has its own name and a tag that Intl knows', () => {
    for (const locale of locales) {
      expect(localeNames[locale]).not.toBe('')
      expect(Intl.getCanonicalLocales(languageTag(locale))).toEqual([languageTag(locale)])
    }
  })

  it('legal formats are ours', () => {
    expect(legalFormats.money(money(123450n, 'MKD'), 'mk')).toBe('1.234,50 ден.')
    expect(legalFormats.money(money(123450n, 'EUR'), 'sq')).toBe('1.234,50 €')
    expect(legalFormats.date(parseDateOnly('2025-12-31'))).toBe('31.12.2025')
    expect([legalFormats.percent(1800, 'mk'), legalFormats.percent(550, 'sq'), legalFormats.percent(500, 'en')]).toEqual(['18 %', '5,5 %', '5%'])
  })
})
