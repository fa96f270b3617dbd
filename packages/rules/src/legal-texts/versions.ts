import { locales } from '../locales'
import type { LegalRule, LegalText, LegalTextKey } from '../rule-sets'

/** Texts that a member accepts as a whole. When one changes, members are asked again; the others are words on forms and papers. */
export const acceptedTextKeys = ['terms', 'privacy'] as const satisfies readonly LegalTextKey[]
export type AcceptedTextKey = (typeof acceptedTextKeys)[number]

export function isAcceptedText(key: LegalTextKey): key is AcceptedTextKey {
  return acceptedTextKeys.some((accepted) => accepted === key)
}

/** True when a language says something else than before, or says nothing any more. A language that comes along is a translation of the same text. */
export function textChanged(before: LegalText, after: LegalText): boolean {
  return locales.some((locale) => {
    const [old, now] = [before.texts[locale], after.texts[locale]]
    return old !== undefined && (old.title !== now?.title || old.body !== now.body)
  })
}

/**
 * The edited texts with their right versions: the published one, or the next where a text changed. `newest` is the highest version that a text ever had,
 * so that after a return to an earlier one the same number never stands for two texts.
 */
export function withTextVersions(published: LegalRule, edited: LegalRule, newest: (key: LegalTextKey) => number = () => 0): LegalRule {
  return {
    texts: edited.texts.map((text) => {
      const before = published.texts.find(({ key }) => key === text.key)
      if (before === undefined) return { ...text, version: Math.max(1, newest(text.key) + 1) }
      return { ...text, version: textChanged(before, text) ? Math.max(before.version, newest(text.key)) + 1 : before.version }
    }),
  }
}
