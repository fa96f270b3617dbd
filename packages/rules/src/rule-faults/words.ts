import { isLocale, locales } from '../locales'
import type { Locale } from '../locales'
import { legalTextKeys } from '../rule-sets'
import type { LegalText, LegalTextKey, RuleDocs, RuleKind } from '../rule-sets'
import { at } from './fault'
import type { Faults, RuleIssue } from './fault'

/** What joining and selling show: a tenant without one of them cannot open. */
export const neededLegalTexts: readonly LegalTextKey[] = ['terms', 'privacy', 'consentTerms', 'consentPrivacy', 'consentMarketing']

/** Kinds whose documents hold words that people read. */
const worded = ['branding', 'products', 'legal', 'workflows', 'payments'] as const satisfies readonly RuleKind[]

/** Places of a document where something is written in languages: an object that has nothing but languages for names. */
function localizedIn(value: unknown, field: string): { readonly field: string; readonly written: readonly string[] }[] {
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value as Readonly<Record<string, unknown>>)
  if (!Array.isArray(value) && entries.length > 0 && entries.every(([name]) => isLocale(name))) return [{ field, written: entries.filter(([, text]) => text !== undefined).map(([name]) => name) }]
  return entries.flatMap(([name, part]) => localizedIn(part, field === '' ? name : `${field}.${name}`))
}

function unwritten(docs: RuleDocs, languages: readonly Locale[]): RuleIssue[] {
  return worded.flatMap((kind) =>
    localizedIn(docs[kind], '').flatMap(({ field, written }) => languages.filter((locale) => !written.includes(locale)).map((locale) => at(kind)(`${field}.${locale}`, 'errors.required'))),
  )
}

/** Everything that people read stands in every language asked for, every text that is needed is there, and documents are written in a language that is offered. */
export const words: Faults = (docs, { languages }) => {
  const { tax, legal, invoicing, languages: { offered } } = docs
  const needed = tax.exemptTextKey === null ? neededLegalTexts : [...neededLegalTexts, tax.exemptTextKey]
  const missing = needed.filter((key) => !legal.texts.some((text) => text.key === key))
  const unknown = tax.exemptTextKey !== null && !legalTextKeys.some((key) => key === tax.exemptTextKey)
  const { primary, secondary } = invoicing.languages
  return [
    ...unwritten(docs, languages),
    ...missing.map((key) => at('legal')('texts', 'errors.pack.noLegalText', { key })),
    ...(unknown ? [at('tax')('exemptTextKey', 'errors.choice')] : []),
    ...(offered.includes(primary) ? [] : [at('invoicing')('languages.primary', 'errors.rule.languageNotOffered', { language: primary })]),
    ...(secondary === null || offered.includes(secondary) ? [] : [at('invoicing')('languages.secondary', 'errors.rule.languageNotOffered', { language: secondary })]),
  ]
}

/** Whether both say the same wherever both say something. */
const agrees = (a: LegalText, b: LegalText): boolean =>
  locales.every((locale) => {
    const [one, other] = [a.texts[locale], b.texts[locale]]
    return one === undefined || other === undefined || (one.title === other.title && one.body === other.body)
  })

/** Whether every language that was written is written still. */
const keepsLanguages = (was: LegalText, text: LegalText): boolean => locales.every((locale) => was.texts[locale] === undefined || text.texts[locale] !== undefined)

/**
 * People agreed to a version of a text, so a version has one wording for ever: another wording is a higher version, and only what was published may come back
 * under its old one. A language that comes along is a translation of the same version.
 */
export const wordings: Faults = ({ legal }, { history }) =>
  legal.texts.flatMap((text, index) => {
    const published = (history.legal ?? []).flatMap(({ texts }) => texts.filter(({ key }) => key === text.key))
    const highest = Math.max(0, ...published.map(({ version }) => version))
    const same = published.filter(({ version }) => version === text.version)
    const right = text.version > highest || (same.some((was) => keepsLanguages(was, text)) && same.every((was) => agrees(was, text)))
    return right ? [] : [at('legal')(`texts.${String(index)}.version`, 'errors.legal.version', { version: highest })]
  })
