import * as z from 'zod'
import { byIdInput } from '../lists'
import { ruleKindSchema } from './rule-sets'

const noteSchema = z.string().trim().max(1000)
const branchIdSchema = z.uuid().nullable().default(null)

export const ruleKindInput = z.object({ kind: ruleKindSchema, branchId: branchIdSchema })

/** A draft as its author saw it: what was saved by somebody else since is not overwritten. */
export const atRevisionInput = byIdInput.extend({ revision: z.int().min(1).max(1_000_000) })

export const saveRuleDraftInput = z.object({
  kind: ruleKindSchema,
  branchId: branchIdSchema,
  /** Null begins a new draft. */
  id: z.uuid().nullable(),
  revision: z.int().min(1).max(1_000_000).nullable(),
  /** The document, or what a branch overrides, right or wrong. */
  value: z.unknown(),
  note: noteSchema,
})

export const publishRuleInput = atRevisionInput.extend({
  /** Null: at once. */
  effectiveFrom: z.date().nullable(),
})

export const rollbackRuleInput = z.object({ kind: ruleKindSchema, branchId: branchIdSchema, version: z.int().min(1).max(1_000_000), note: noteSchema })
