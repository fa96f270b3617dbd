import { formatNumber, parseNumberPattern } from '../numbering'
import type { InvoicingRule } from '../rule-sets'
import { at } from './fault'
import type { Faults, RuleIssue } from './fault'

const types = ['invoice', 'creditNote', 'receipt'] as const
type Counted = InvoicingRule[(typeof types)[number]]

const invoicing = at('invoicing')
const perYear = ({ pattern }: Counted): boolean => parseNumberPattern(pattern).perYear

/** Whether two counters, each with its own series, can print the same number. */
const printsTheSame = (a: Counted, b: Counted): boolean => {
  const values = { country: 'XX', year: 2000, n: 123_456_789_012n }
  return formatNumber(a.pattern, { ...values, series: a.series }) === formatNumber(b.pattern, { ...values, series: b.series })
}

/** Each kind of document counts for itself, so a series belongs to one of them, and no two print the same number. */
const apart: Faults = ({ invoicing: rule }) =>
  types.flatMap((type, index) =>
    types.slice(0, index).flatMap((other): RuleIssue[] => {
      if (rule[type].series === rule[other].series) return [invoicing(`${type}.series`, 'errors.invoicing.seriesShared', { series: rule[type].series })]
      return printsTheSame(rule[type], rule[other]) ? [invoicing(`${type}.pattern`, 'errors.invoicing.sameNumber')] : []
    }),
  )

/** A series that has begun goes on without a gap and without a number twice: what would make it count anew needs another series, seen in the number. */
function goesOn(rule: InvoicingRule, was: InvoicingRule): RuleIssue[] {
  return types.flatMap((type): RuleIssue[] => {
    const taken = types.some((other) => other !== type && rule[type].series === was[other].series)
    if (taken) return [invoicing(`${type}.series`, 'errors.invoicing.seriesShared', { series: rule[type].series })]
    if (rule[type].series !== was[type].series) return printsTheSame(rule[type], was[type]) ? [invoicing(`${type}.pattern`, 'errors.invoicing.seriesUnseen')] : []
    return perYear(rule[type]) === perYear(was[type]) ? [] : [invoicing(`${type}.pattern`, 'errors.invoicing.countsAnew', { series: rule[type].series })]
  })
}

const goingOn: Faults = ({ invoicing: rule }, { history: { invoicing: history = [] } }) => {
  const was = history.at(-1)
  const shifted = was !== undefined && rule.fiscalYearStartMonth !== was.fiscalYearStartMonth && types.some((type) => perYear(rule[type]) && rule[type].series === was[type].series)
  return [...history.flatMap((earlier) => goesOn(rule, earlier)), ...(shifted ? [invoicing('fiscalYearStartMonth', 'errors.invoicing.fiscalYear')] : [])]
}

export const numbers: Faults = (docs, beside) => [...apart(docs, beside), ...goingOn(docs, beside)]
