import * as z from 'zod'
import { ruleKindSchema } from './rule-sets'
import type { Json, RuleReceipt } from './resolve'

const jsonSchema = z.custom<Json>((value) => value !== undefined)
const receiptSchema = z.object({
  kind: ruleKindSchema,
  version: z.int(),
  source: z.enum(['branch', 'tenant', 'pack']),
  inputs: jsonSchema,
  outcome: jsonSchema,
  explain: z.array(z.object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
})

/** A receipt as it lies in a row; null where none was written, or by a hand that wrote something else. */
export function readReceipt(stored: unknown): RuleReceipt | null {
  const read = receiptSchema.safeParse(stored)
  return read.success ? read.data : null
}
