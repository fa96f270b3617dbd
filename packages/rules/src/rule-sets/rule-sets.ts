import * as z from 'zod'
import { DomainError, fieldIssues } from '../errors'
import { commissionsSchema, invoicingSchema, paymentsSchema, taxSchema } from './money-rules'
import { productsSchema } from './products'
import {
  brandingSchema,
  enrolmentSchema,
  governanceSchema,
  languagesSchema,
  legalSchema,
  limitsSchema,
  notificationsSchema,
  retentionSchema,
} from './tenant-rules'
import { workflowsSchema } from './workflows'

/** The schema of every rule document, by kind. */
export const ruleSchemas = {
  products: productsSchema,
  tax: taxSchema,
  invoicing: invoicingSchema,
  payments: paymentsSchema,
  commissions: commissionsSchema,
  enrolment: enrolmentSchema,
  workflows: workflowsSchema,
  limits: limitsSchema,
  legal: legalSchema,
  notifications: notificationsSchema,
  branding: brandingSchema,
  languages: languagesSchema,
  retention: retentionSchema,
  governance: governanceSchema,
} as const

export type RuleKind = keyof typeof ruleSchemas
export type RuleDocs = { readonly [K in RuleKind]: z.output<(typeof ruleSchemas)[K]> }
/** The stored form: plain JSON, amounts as decimal strings. */
export type RuleInputs = { readonly [K in RuleKind]: z.input<(typeof ruleSchemas)[K]> }
/** One parsed rule document. */
export type RuleDoc<K extends RuleKind> = RuleDocs[K]
export type RuleInput<K extends RuleKind> = RuleInputs[K]

export const ruleKinds: readonly RuleKind[] = [
  'products',
  'tax',
  'invoicing',
  'payments',
  'commissions',
  'enrolment',
  'workflows',
  'limits',
  'legal',
  'notifications',
  'branding',
  'languages',
  'retention',
  'governance',
]
export const ruleKindSchema = z.enum(Object.keys(ruleSchemas) as [RuleKind, ...RuleKind[]])

/** Documents that a branch may have its own version of; the others are the tenant's alone. */
export const branchRuleKinds: readonly RuleKind[] = ['branding', 'enrolment', 'notifications', 'limits', 'workflows']

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])
const maxDepth = 20
const maxNodes = 20_000

/** Refuses documents that are too deep, too large or that carry prototype keys, before any schema looks at them. */
export function assertPlainDocument(value: unknown): void {
  let nodes = 0
  const visit = (node: unknown, depth: number): void => {
    nodes += 1
    if (depth > maxDepth || nodes > maxNodes) throw new DomainError('INVALID', 'errors.rule.tooLarge')
    if (typeof node !== 'object' || node === null) return
    for (const name of Object.getOwnPropertyNames(node)) {
      if (forbiddenNames.has(name)) throw new DomainError('INVALID', 'errors.rule.forbiddenName')
      visit((node as Readonly<Record<string, unknown>>)[name], depth + 1)
    }
  }
  visit(value, 0)
}

/** Parses a stored or edited rule document. Throws DomainError INVALID with the field that is wrong. */
export function parseRule<K extends RuleKind>(kind: K, value: unknown): RuleDoc<K> {
  assertPlainDocument(value)
  const result = ruleSchemas[kind].safeParse(value)
  if (result.success) return result.data as RuleDoc<K>
  const first = fieldIssues(result.error)[0]
  throw new DomainError('INVALID', first?.key ?? 'errors.invalid', {
    field: first === undefined ? kind : `${kind}.${first.field}`,
    params: first?.params,
  })
}

/** The stored form of a parsed document: bigint amounts as decimal strings. */
export function ruleToJson<K extends RuleKind>(doc: RuleDoc<K>): unknown {
  return JSON.parse(JSON.stringify(doc, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
}
