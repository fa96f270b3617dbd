import type { RuleDocs, RuleKind } from '../rule-sets'
import { approval, joining, messages } from './company'
import type { Beside, Faults, RuleIssue } from './fault'
import { numbers } from './numbers'
import { sales, taxes } from './sales'
import { calendars, deadlines, judged, ways } from './ways'
import { wordings, words } from './words'

/** What is compared, with the rules that it takes. */
const comparisons: readonly (readonly [needs: readonly RuleKind[], faults: Faults])[] = [
  [['products', 'limits', 'commissions', 'payments'], sales],
  [['tax'], taxes],
  [['languages', 'branding', 'products', 'legal', 'tax', 'invoicing', 'workflows'], words],
  [['legal'], wordings],
  [['workflows'], ways],
  [['workflows'], deadlines],
  [['workflows', 'products'], judged],
  [['workflows'], calendars],
  [['invoicing'], numbers],
  [['enrolment'], joining],
  [['governance'], approval],
  [['notifications'], messages],
]

/**
 * Everything that the schema of a document cannot see, each fault with its place: what contradicts itself, and what does not fit the documents
 * beside it. Compares as far as the documents are there; with `about`, only what that kind has to do with.
 */
export function ruleFaults(docs: Partial<RuleDocs>, beside: Beside, about?: RuleKind): RuleIssue[] {
  const fitting = comparisons.filter(([needs]) => needs.every((kind) => docs[kind] !== undefined) && (about === undefined || needs.includes(about)))
  return onlyOnce(fitting.flatMap(([, faults]) => faults(docs as RuleDocs, beside)))
}

/** One place may be wrong in the same way for two reasons; it is said once. */
export function onlyOnce(issues: readonly RuleIssue[]): RuleIssue[] {
  return [...new Map(issues.map((issue) => [sameFault(issue), issue])).values()]
}

/** The same text for the same fault at the same place. */
export const sameFault = ({ kind, field, key, params }: RuleIssue): string => JSON.stringify([kind, field, key, params])
