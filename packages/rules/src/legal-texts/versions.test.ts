import { describe, expect, it } from 'vitest'
import { mkPack, packRule } from '../country-packs'
import type { LegalRule } from '../rule-sets'
import { textChanged, withTextVersions } from '.'

const published = packRule(mkPack, 'legal')
const edit = (change: (text: LegalRule['texts'][number]) => LegalRule['texts'][number]): LegalRule => ({ texts: published.texts.map((text) => (text.key === 'terms' ? change(text) : text)) })
const said = { title: 'T', body: 'B' }
const versionsOf = (rule: LegalRule) => Object.fromEntries(rule.texts.map(({ key, version }) => [key, version]))

describe('versions of legal texts', () => {
  it.each([
    ['nothing', edit((text) => ({ ...text })), 1],
    ['a body', edit((text) => ({ ...text, texts: { ...text.texts, sq: { title: text.texts.sq?.title ?? '', body: 'Tjetër' } } })), 2],
    ['a title', edit((text) => ({ ...text, texts: { ...text.texts, mk: { title: 'Друго', body: text.texts.mk?.body ?? '' } } })), 2],
    ['a language that is gone', edit(({ texts: { en: _, ...rest }, ...text }) => ({ ...text, texts: rest })), 2],
    ['a language that came along', edit((text) => ({ ...text, texts: { ...text.texts, sr: said } })), 1],
  ])('%s changed', (_, edited, version) => {
    expect(versionsOf(withTextVersions(published, edited))).toEqual({ ...versionsOf(published), terms: version })
  })

  it('take back the rise when the change is taken back', () => {
    const changed = withTextVersions(published, edit((text) => ({ ...text, texts: { ...text.texts, mk: said } })))
    const back = { texts: changed.texts.map((text) => ({ ...text, texts: published.texts.find(({ key }) => key === text.key)?.texts ?? {} })) }
    expect(withTextVersions(published, back)).toEqual(published)
  })

  it('go beyond every number that a text ever had', () => {
    const changed = edit((text) => ({ ...text, texts: { ...text.texts, mk: said } }))
    expect(versionsOf(withTextVersions(published, changed, () => 5))['terms']).toBe(6)
    expect(versionsOf(withTextVersions({ texts: [] }, changed, (key) => (key === 'terms' ? 5 : 0)))['terms']).toBe(6)
  })

  it('a new language alone is no change', () => {
    expect(textChanged({ key: 'terms', version: 1, texts: { mk: said } }, { key: 'terms', version: 1, texts: { mk: said, sq: said } })).toBe(false)
  })
})
