import { factsOf } from '@interdomestik/rules/conditions'
import type { Condition, ConditionContext, FactSpec } from '@interdomestik/rules/conditions'
import type { Locale } from '@interdomestik/rules/locales'
import { formatAmount, formatMoney, isCurrency } from '@interdomestik/rules/money'
import type { Currency } from '@interdomestik/rules/money'

/** Says messages of the area `conditions`: `useTranslations('conditions')` in an app, `conditionWords(locale)` elsewhere. */
export type ConditionWords = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** What a sentence needs that only the caller knows. */
export type ConditionValues = {
  readonly locale: Locale
  /** Names of the values that a tenant made up itself: `{ plan: { asistenca: 'Асистенца' }, branch: … }`. A value without a name is said as it is. */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>
  /** Currencies of the tenant, its own first. Where there are several, an amount is in that of the claim unless the condition names one. */
  readonly currencies: readonly Currency[]
}

type Scalar = string | number | boolean | null
type Comparison = { readonly operator: string; readonly fact: string; readonly value: Scalar | readonly Scalar[] }
type Said = { readonly text: string; /** Holds a list or a group, so that it needs a comma beside others. */ readonly complex: boolean }

// i18n-keys: conditions.*

/** The one operator of an expression of our set, as the rules write it after reading. */
function partsOf(condition: unknown): readonly [operator: string, parts: readonly unknown[]] {
  const [operator = '', parts] = (typeof condition === 'object' && condition !== null ? Object.entries(condition)[0] : undefined) ?? []
  return [operator, Array.isArray(parts) ? parts : [parts]]
}

function comparisonOf(condition: Condition): Comparison | null {
  const [operator, [left, value]] = partsOf(condition)
  if (operator === 'and' || operator === 'or' || operator === '!') return null
  const [, [name]] = partsOf(left)
  return { operator, fact: typeof name === 'string' ? name : '', value: (value ?? null) as Comparison['value'] }
}

const comparisonWords: Readonly<Record<string, string>> = { '<': 'less', '<=': 'most', '>': 'more', '>=': 'least' }

/**
 * A condition as part of a sentence: "планот е Асистенца и годините се помалку од 30". It begins in lower case and ends without a mark.
 * Give it what the schema accepted; null is said as "always". Of what is half-written it says what it can, and never throws.
 */
export function sayCondition(condition: Condition | null, context: ConditionContext, word: ConditionWords, values: ConditionValues): string {
  if (condition === null) return word('always')
  const facts = factsOf(context)

  const listed = (texts: readonly string[], by: 'and' | 'or' | 'nor', comma: boolean): string => {
    const last = texts.at(-1) ?? ''
    if (texts.length < 2) return last
    return word(comma ? `${by}Comma` : by, { before: texts.slice(0, -1).join(', '), last })
  }

  const one = (fact: string, spec: FactSpec, value: Scalar, currency: Currency | null): string => {
    if (fact === 'month' && typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 12) return word(`months.${String(value)}`)
    if (spec.type === 'money' && Number.isSafeInteger(value)) return moneyText(Number(value), currency)
    if (typeof value === 'number') return numberText(value, values.locale)
    if (spec.type === 'choice') return Array.isArray(spec.choices) ? word(`choices.${fact}.${String(value)}`) : (values.names[fact]?.[String(value)] ?? String(value))
    return word('quoted', { text: String(value) })
  }

  const moneyText = (minor: number, currency: Currency | null): string => {
    if (currency !== null) return formatMoney({ minor: BigInt(minor), currency }, values.locale)
    const [main] = values.currencies
    return word('someCurrency', { amount: main === undefined ? String(minor) : formatAmount({ minor: BigInt(minor), currency: main }, values.locale) })
  }

  const sentenceOf = (name: string, fact: string, phrase: 'is' | 'isNot', what: string): string => word(`${name}.${fact}.${phrase}`, { what })

  const compare = ({ operator, fact, value }: Comparison, currency: Currency | null, negated: boolean): Said | null => {
    const spec = Object.hasOwn(facts, fact) ? facts[fact] : undefined
    if (spec === undefined) return { text: fact, complex: false }
    const list = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]
    const equal = operator === '==' || operator === 'in' || operator === '!='
    const positive = (operator === '!=') === negated
    if (equal && list.length === 1 && list[0] === null) return { text: word(`${context}.${fact}.${positive ? 'unknown' : 'known'}`), complex: false }
    if (equal && spec.type === 'flag') {
      return positive ? { text: word(`${context}.${fact}.${list[0] === true ? 'yes' : 'no'}`), complex: false } : null
    }
    if (equal) {
      const said = list.map((each) => one(fact, spec, each, currency))
      return { text: sentenceOf(context, fact, positive ? 'is' : 'isNot', listed(said, positive ? 'or' : 'nor', false)), complex: said.length > 1 }
    }
    if (negated) return null
    const kind = `${fact === 'month' ? 'month' : 'amount'}.${comparisonWords[operator] ?? ''}`
    return { text: sentenceOf(context, fact, 'is', word(kind, { value: one(fact, spec, list[0] ?? null, currency) })), complex: false }
  }

  /** `>=` and `<=` of one fact, side by side: "from 18 to 30". */
  const range = (from: Condition, to: Condition | undefined, currency: Currency | null): Said | null => {
    const [low, high] = [comparisonOf(from), to === undefined ? null : comparisonOf(to)]
    const spec = low === null ? undefined : facts[low.fact]
    if (low?.operator !== '>=' || high?.operator !== '<=' || high.fact !== low.fact || spec === undefined) return null
    const [a, b] = [one(low.fact, spec, low.value as Scalar, currency), one(high.fact, spec, high.value as Scalar, currency)]
    return { text: sentenceOf(context, low.fact, 'is', word('amount.between', { from: a, to: b })), complex: false }
  }

  const say = (part: Condition, currency: Currency | null, top: boolean): Said => {
    const [operator, parts] = partsOf(part)
    const inner = parts as readonly Condition[]
    if (operator === '!') {
      const [negated] = inner
      if (negated === undefined) return { text: '', complex: false }
      const comparison = comparisonOf(negated)
      const direct = comparison === null ? null : compare(comparison, currency, true)
      return direct ?? { text: word('not', { what: say(negated, currency, false).text }), complex: true }
    }
    if (operator === 'and' || operator === 'or') {
      const known = operator === 'and' ? (currencyOf(inner) ?? currency) : currency
      const all: Said[] = []
      for (let i = 0; i < inner.length; i += 1) {
        const here = inner[i]
        if (here === undefined) continue
        const pair = operator === 'and' ? range(here, inner[i + 1], known) : null
        if (pair !== null) i += 1
        all.push(pair ?? say(here, known, inner.length === 1 && top))
      }
      if (all.length === 1 && all[0] !== undefined) return all[0]
      const text = listed(all.map((each) => each.text), operator, all.some(({ complex }) => complex))
      return { text: top ? text : `(${text})`, complex: true }
    }
    const comparison = comparisonOf(part)
    const said = comparison === null ? null : compare(comparison, currency, false)
    if (said !== null || comparison === null) return said ?? { text: '', complex: false }
    // "is not yes" includes what is not known, so it is not the same as "no"
    return { text: word('not', { what: compare({ ...comparison, operator: '==' }, currency, false)?.text ?? '' }), complex: true }
  }
  const [only, ...others] = values.currencies
  return say(condition, others.length === 0 ? (only ?? null) : null, true).text
}

/** The currency that comparisons beside each other fix for the amounts among them. */
function currencyOf(parts: readonly Condition[]): Currency | null {
  for (const part of parts) {
    const comparison = comparisonOf(part)
    if (comparison?.fact === 'currency' && comparison.operator === '==' && isCurrency(comparison.value)) return comparison.value
  }
  return null
}

function numberText(value: number, locale: Locale): string {
  return locale === 'en' ? String(value) : String(value).replace('.', ',')
}
