import { publicHolidays } from '../calendar'
import { claimStatuses } from '../claims'
import { DomainError, fieldIssues } from '../errors'
import type { FieldIssue } from '../errors'
import { membershipStatuses } from '../memberships'
import { assertPlainDocument, legalTextKeys, parseRule, ruleKinds, ruleSchemas, ruleToJson } from '../rule-sets'
import type { LegalTextKey, RuleDocs, RuleInputs, RuleKind, Workflow } from '../rule-sets'
import { countryPackSchema, isZone, packFactsSchema } from './pack'
import type { CountryPack } from './pack'

/** What joining and selling show: a tenant without one of them cannot open. */
export const neededLegalTexts: readonly LegalTextKey[] = ['terms', 'privacy', 'consentTerms', 'consentPrivacy', 'consentMarketing']

/** First labels of hosts that mean something else than a tenant. */
const reservedSlugs: ReadonlySet<string> = new Set(['admin', 'api', 'app', 'assets', 'localhost', 'mail', 'static', 'status', 'www'])

export type PackReading = { readonly ok: true; readonly pack: CountryPack } | { readonly ok: false; readonly issues: readonly FieldIssue[] }

type Facts = Omit<CountryPack, 'rules'>
type Faults = (facts: Facts, rules: RuleDocs) => FieldIssue[]
const issue = (field: string, key: string, params: FieldIssue['params'] = {}): FieldIssue => ({ field, key, params })
const notOnce = (values: readonly string[]): boolean => new Set(values).size !== values.length

const namesOfTenant: Faults = ({ tenant, branches, currencies }) => [
  ...(reservedSlugs.has(tenant.slug) ? [issue('tenant.slug', 'errors.pack.slugReserved')] : []),
  ...(notOnce(branches.map(({ code }) => code)) ? [issue('branches', 'errors.pack.twice')] : []),
  ...(notOnce(currencies) ? [issue('currencies', 'errors.pack.twice')] : []),
]

/** Amounts stand in the pack's own currencies, and everything that is sold has a price in what is charged. */
const amounts: Faults = ({ currencies }, { products, limits, commissions, payments }) => {
  const foreign = (field: string, listed: readonly { readonly currency: string }[]) =>
    listed.flatMap(({ currency }, index) => (currencies.some((own) => own === currency) ? [] : [issue(`${field}.${index}.currency`, 'errors.pack.currency', { currency })]))
  const plans = products.plans.flatMap((plan, index) => {
    const field = `rules.products.plans.${index}`
    const charged = payments.routes.filter(({ active, channels }) => active && channels.some((channel) => plan.channels.includes(channel))).map((route) => route.currencies[0])
    const missing = plan.prices.length === 0 ? [] : [...new Set(charged)].filter((currency) => !plan.prices.some((price) => price.currency === currency))
    return [
      ...foreign(`${field}.prices`, plan.prices),
      ...foreign(`${field}.successFee.minimums`, plan.successFee?.minimums ?? []),
      ...missing.map((currency) => issue(`${field}.prices`, 'errors.pack.noPrice', { currency: currency ?? '' })),
    ]
  })
  const cash = payments.routes.findIndex(({ method, active }) => method === 'cash' && active)
  const inCash = payments.routes[cash]?.currencies[0]
  return [
    ...plans,
    ...foreign('rules.limits.cashPerPayment', limits.cashPerPayment),
    ...foreign('rules.commissions.minimumPayout', commissions.minimumPayout),
    ...payments.routes.flatMap((route, index) => foreign(`rules.payments.routes.${index}.currencies`, route.currencies.map((currency) => ({ currency })))),
    ...(inCash !== undefined && !limits.cashPerPayment.some(({ currency }) => currency === inCash) ? [issue('rules.limits.cashPerPayment', 'errors.pack.noPrice', { currency: inCash })] : []),
  ]
}

/** Everything that people read is there in the first language; other languages fall back to it, and the console says so. */
const words: Faults = (_, { languages, branding, products, legal, tax }) => {
  const first = languages.default
  const needed = tax.exemptTextKey === null ? neededLegalTexts : [...neededLegalTexts, tax.exemptTextKey]
  return [
    ...(branding.names[first] === undefined ? [issue(`rules.branding.names.${first}`, 'errors.required')] : []),
    ...products.plans.flatMap((plan, index) =>
      (['titles', 'summaries', 'benefits', 'covers'] as const).flatMap((part) => (plan[part][first] === undefined ? [issue(`rules.products.plans.${index}.${part}.${first}`, 'errors.required')] : [])),
    ),
    ...needed.flatMap((key) => {
      const index = legal.texts.findIndex((text) => text.key === key)
      if (index === -1) return [issue('rules.legal.texts', 'errors.pack.noLegalText', { key })]
      return legal.texts[index]?.texts[first] === undefined ? [issue(`rules.legal.texts.${index}.texts.${first}`, 'errors.required')] : []
    }),
  ]
}

function reaches({ states, initial, transitions }: Workflow): boolean {
  const reached = new Set([initial])
  for (let i = 0; i < states.length; i += 1) for (const { from, to } of transitions) if (reached.has(from)) reached.add(to)
  return states.every((state) => reached.has(state))
}

/** Screens and reports know the states by name, so a pack orders them and cannot invent any. */
const ways: Faults = (_, { workflows }) => [
  ...(workflows.claims.states.toSorted().join() === claimStatuses.toSorted().join() ? [] : [issue('rules.workflows.claims.states', 'errors.pack.states')]),
  ...(workflows.memberships.states.toSorted().join() === membershipStatuses.toSorted().join() ? [] : [issue('rules.workflows.memberships.states', 'errors.pack.states')]),
  ...(['claims', 'memberships'] as const).flatMap((which) => (reaches(workflows[which]) ? [] : [issue(`rules.workflows.${which}.transitions`, 'errors.pack.unreachable')])),
]

const calendar: Faults = (_, { workflows: { calendar: { zone, holidaysOf } } }) => [
  ...(isZone(zone) ? [] : [issue('rules.workflows.calendar.zone', 'errors.country.zone')]),
  ...(holidaysOf === null || publicHolidays(holidaysOf, 2026).size > 0 ? [] : [issue('rules.workflows.calendar.holidaysOf', 'errors.pack.holidays')]),
]

/** What is compared, with the rules that it takes. */
const comparisons: readonly (readonly [needs: readonly RuleKind[], faults: Faults])[] = [
  [[], namesOfTenant],
  [['products', 'limits', 'commissions', 'payments'], amounts],
  [['languages', 'branding', 'products', 'legal', 'tax'], words],
  [['workflows'], ways],
  [['workflows'], calendar],
]

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
  const docs = Object.fromEntries(read) as unknown as RuleDocs
  return comparisons.filter(([needs]) => needs.every((kind) => read.has(kind))).flatMap(([, faults]) => faults(facts.data, docs))
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
  const issues = comparisons.flatMap(([, faults]) => faults(facts, rules))
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
