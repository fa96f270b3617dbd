import * as z from 'zod'
import { DomainError, fieldIssues } from '../errors'
import type { FieldIssue } from '../errors'
import { mergePatch, removalsOf, withNulls } from './merge'
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

/**
 * What a branch may have its own way, by kind: the parts that are asked for with a branch. The rest is the tenant's alone: prices, taxes and
 * texts are promises of the company, and sessions, the default branch and the life of a membership belong to no branch.
 */
export const branchRuleParts: Partial<Readonly<Record<RuleKind, readonly string[]>>> = {
  enrolment: ['requiredFields', 'minimumAge'],
  limits: ['cashPerPayment', 'cashInHand', 'cashDays', 'upload'],
  workflows: ['claims', 'categories', 'rejectReasons', 'triageHours', 'matterWindowDays', 'calendar', 'routes', 'stages'],
}
export const branchRuleKinds: readonly RuleKind[] = ruleKinds.filter((kind) => branchRuleParts[kind] !== undefined)

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])
const maxDepth = 20
const maxNodes = 20_000

/** Refuses documents that are too deep, too large or that carry prototype keys, with the place, before any schema looks at them. */
export function assertPlainDocument(value: unknown): void {
  let nodes = 0
  const visit = (node: unknown, depth: number, place: string): void => {
    nodes += 1
    if (depth > maxDepth || nodes > maxNodes) throw new DomainError('INVALID', 'errors.rule.tooLarge', { field: place })
    if (typeof node !== 'object' || node === null) return
    for (const name of Object.getOwnPropertyNames(node)) {
      const here = place === '' ? name : `${place}.${name}`
      if (forbiddenNames.has(name)) throw new DomainError('INVALID', 'errors.rule.forbiddenName', { field: here })
      visit((node as Readonly<Record<string, unknown>>)[name], depth + 1, here)
    }
  }
  visit(value, 0, '')
}

/** A document that was read, or everything that its schema has against it. */
export type RuleReading<K extends RuleKind> = { readonly ok: true; readonly value: RuleDoc<K> } | { readonly ok: false; readonly issues: readonly FieldIssue[] }

function readPlain(value: unknown): { readonly ok: false; readonly issues: readonly FieldIssue[] } | null {
  try {
    assertPlainDocument(value)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { ok: false, issues: [{ field: error.field ?? '', key: error.messageKey, params: error.params }] }
  }
}

/** Reads a stored or edited rule document. */
export function readRule<K extends RuleKind>(kind: K, value: unknown): RuleReading<K> {
  const plain = readPlain(value)
  if (plain !== null) return plain
  const result = ruleSchemas[kind].safeParse(value)
  return result.success ? { ok: true, value: result.data as RuleDoc<K> } : { ok: false, issues: fieldIssues(result.error) }
}

/**
 * Reads a branch's merge patch over the tenant's document. A patch writes both "take away" and "nothing" as null, so where the
 * document must say something, null is what it says.
 */
export function readOver<K extends RuleKind>(kind: K, base: unknown, patch: unknown): RuleReading<K> {
  const plain = readPlain(patch)
  if (plain !== null) return plain
  const merged = mergePatch(base, patch)
  const reading = readRule(kind, merged)
  if (reading.ok) return reading
  const missing = new Set(reading.issues.map(({ field }) => field))
  const nulls = removalsOf(patch).filter((path) => missing.has(path.join('.')))
  return nulls.length === 0 ? reading : readRule(kind, withNulls(merged, nulls))
}

function valueOf<K extends RuleKind>(kind: K, reading: RuleReading<K>): RuleDoc<K> {
  if (reading.ok) return reading.value
  const [first] = reading.issues
  throw new DomainError('INVALID', first?.key ?? 'errors.invalid', { field: first === undefined ? kind : `${kind}.${first.field}`, params: first?.params })
}

/** Parses a stored or edited rule document. Throws DomainError INVALID with the field that is wrong. */
export function parseRule<K extends RuleKind>(kind: K, value: unknown): RuleDoc<K> {
  return valueOf(kind, readRule(kind, value))
}

/** Parses a branch's merge patch over the tenant's document. Throws as `parseRule`. */
export function parseOver<K extends RuleKind>(kind: K, base: unknown, patch: unknown): RuleDoc<K> {
  return valueOf(kind, readOver(kind, base, patch))
}

/** The stored form of a parsed document: bigint amounts as decimal strings. */
export function ruleToJson<K extends RuleKind>(doc: RuleDoc<K>): unknown {
  return JSON.parse(JSON.stringify(doc, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
}
