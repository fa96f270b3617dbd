import { describe, expect, it } from 'vitest'
import { namedHolidays, publicHolidays } from '.'

const years = Array.from({ length: 12 }, (_, index) => 2024 + index)

describe('holidays by name', () => {
  it.each(['MK', 'XK'])('%s: exactly the days that the calendar counts, in order', (country) => {
    for (const year of years) {
      const days = namedHolidays(country, year).map(({ date }) => date)
      expect(days).toEqual([...publicHolidays(country, year)].toSorted())
    }
  })

  it.each(['MK', 'XK'])('%s: every name stands in its own language and script', (country) => {
    for (const { names } of years.flatMap((year) => namedHolidays(country, year))) {
      expect(names.mk).not.toMatch(/[a-z]/iu)
      for (const latin of [names.sq, names.sr, names.en]) expect(latin).not.toMatch(/\p{Script=Cyrillic}/u)
      expect(new Set([names.mk, names.sq, names.sr, names.en]).size).toBe(4)
    }
  })

  it('a free day in place of a holiday on a Sunday says so', () => {
    const day = namedHolidays('MK', 2026).find(({ date }) => date === '2026-10-12')
    expect(day?.names).toEqual({ mk: 'Ден на народното востание (заменски неработен ден)', sq: 'Dita e Kryengritjes Popullore (ditë zëvendësuese)', sr: 'Dan narodnog ustanka (zamenski neradni dan)', en: 'Revolution Day (substitute day)' })
  })

  it('another country keeps what it calls its days, in the letters of the language', () => {
    const armistice = namedHolidays('RS', 2026).find(({ date }) => date === '2026-11-11')
    expect(armistice?.names).toMatchObject({ sr: 'Dan primirja', en: 'Armistice Day' })
    expect(namedHolidays('ZZ', 2026)).toEqual([])
  })
})
