import { DomainError, fieldIssues } from '../errors'
import type { FieldIssue } from '../errors'
import { neededLegalTexts, ruleFaults } from '../rule-faults'
import { assertPlainDocument, legalTextKeys, parseRule, ruleKinds, ruleSchemas, ruleToJson } from '../rule-sets'
import type { LegalTextKey, RuleDocs, RuleInputs, RuleKind } from '../rule-sets'
import { countryPackSchema, packFactsSchema } from './pack'
import type { CountryPack } from './pack'

/** First labels of hosts that mean something else than a tenant. */
const reservedSlugs: ReadonlySet<string> = new Set(['admin', 'api', 'app', 'assets', 'localhost', 'mail', 'static', 'status', 'www'])

export type PackReading = { readonly ok: true; readonly pack: CountryPack } | { readonly ok: false; readonly issues: readonly FieldIssue[] }

type Facts = Omit<CountryPack, 'rules'>
const issue = (field: string, key: string, params: FieldIssue['params'] = {}): FieldIssue => ({ field, key, params })
const notOnce = (values: readonly string[]): boolean => new Set(values).size !== values.length

const ofTenant = ({ tenant, branches, currencies }: Facts): FieldIssue[] => [
  ...(reservedSlugs.has(tenant.slug) ? [issue('tenant.slug', 'errors.pack.slugReserved')] : []),
  ...(notOnce(branches.map(({ code }) => code)) ? [issue('branches', 'errors.pack.twice')] : []),
  ...(notOnce(currencies) ? [issue('currencies', 'errors.pack.twice')] : []),
]

/** What does not fit among the rules, with its place in the pack. A tenant opens when everything stands in its first language; the console says what is still to be translated. */
const ofRules = ({ currencies, branches }: Facts, rules: Partial<RuleDocs>): FieldIssue[] =>
  ruleFaults(rules, {
    currencies, languages: rules.languages === undefined ? [] : [rules.languages.default], history: {}, approvers: null,
    branches: branches.map(({ code }) => ({ code, isActive: true })),
  }).map(({ kind, field, key, params }) => issue(`rules.${kind}.${field}`, key, params))

/** What does not fit among the parts that are right in themselves, so that a file is corrected in one go. */
function faultsBeside(value: unknown): FieldIssue[] {
  const facts = packFactsSchema.safeParse(value)
  if (!facts.success) return []
  const { rules } = value as { readonly rules?: Readonly<Record<string, unknown>> }
  const read = new Map<RuleKind, unknown>()
  for (const kind of ruleKinds) {
    const rule = ruleSchemas[kind].safeParse(rules?.[kind])
    if (rule.success) read.set(kind, rule.data)
  }
  return [...ofTenant(facts.data), ...ofRules(facts.data, Object.fromEntries(read))]
}

/**
 * Reads a country pack from a file, or says everything that is wrong with it, each with its place. What comes back is
 * complete: every rule passed its own schema and stands in its stored form, and the parts fit each other.
 */
export function readPack(value: unknown): PackReading {
  try {
    assertPlainDocument(value)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { ok: false, issues: [issue('', error.messageKey)] }
  }
  const read = countryPackSchema.safeParse(value)
  if (!read.success) return { ok: false, issues: [...fieldIssues(read.error), ...faultsBeside(value)] }
  const { rules, ...facts } = read.data
  const stored = Object.fromEntries(ruleKinds.map((kind) => [kind, ruleToJson(rules[kind])])) as unknown as RuleInputs
  const issues = [...ofTenant(facts), ...ofRules(facts, rules)]
  return issues.length > 0 ? { ok: false, issues } : { ok: true, pack: { ...facts, rules: stored } }
}

/** As readPack, from the text of a file. */
export function readPackText(text: string): PackReading {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch {
    return { ok: false, issues: [issue('', 'errors.pack.json')] }
  }
  return readPack(value)
}

/** The legal texts of a pack, present or not, with the offered languages in which each is still to be written. */
export function legalTextsOf(pack: CountryPack): { readonly key: LegalTextKey; readonly needed: boolean; readonly present: boolean; readonly missing: readonly RuleDocs['languages']['offered'][number][] }[] {
  const { texts } = parseRule('legal', pack.rules.legal)
  const { offered } = pack.rules.languages
  return legalTextKeys.map((key) => {
    const text = texts.find((candidate) => candidate.key === key)
    return { key, needed: neededLegalTexts.includes(key), present: text !== undefined, missing: text === undefined ? [...offered] : offered.filter((locale) => text.texts[locale] === undefined) }
  })
}
