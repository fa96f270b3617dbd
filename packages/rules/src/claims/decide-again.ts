import * as z from 'zod'
import { readFacts } from '../conditions'
import { isDomainError } from '../errors'
import { moneySchema } from '../money'
import { documentKindSchema, receiptOf } from '../rule-sets'
import type { Json, ResolvedRule, RuleReceipt } from '../rule-sets'
import { decideStep } from '../workflows'
import { decideDeadline, decideTriage, stageDeadline } from './deadlines'
import { successFee } from './success-fee'

const instantSchema = z.iso.datetime().transform((text) => new Date(text))
const factsSchema = z.unknown().transform((stored) => readFacts('claim', stored))

/** What the receipts of this folder keep of a decision: enough to decide again. */
const inputsSchema = z.discriminatedUnion('decision', [
  z.object({
    decision: z.literal('step'), from: z.string(), to: z.string(), permissions: z.array(z.string()), gates: z.array(z.string()),
    documents: z.array(documentKindSchema), facts: factsSchema,
  }),
  z.object({ decision: z.literal('triage'), facts: factsSchema, at: instantSchema.nullable() }),
  z.object({ decision: z.literal('stage'), state: z.string(), since: instantSchema }),
  z.object({ decision: z.literal('deadline'), state: z.string(), since: instantSchema, facts: factsSchema, packCompleteAt: instantSchema.nullable() }),
])
type Inputs = z.output<typeof inputsSchema>

function stepAgain(rule: ResolvedRule<'workflows'>, stored: Json, inputs: Extract<Inputs, { decision: 'step' }>): RuleReceipt {
  const { from, to, documents, facts } = inputs
  try {
    return decideStep(rule, {
      from, to, gates: Object.fromEntries(inputs.gates.map((gate) => [gate, true])), permissions: new Set(inputs.permissions), subject: { facts, documents },
    }).receipt
  } catch (error) {
    if (!isDomainError(error)) throw error
    return receiptOf(rule, { inputs: stored, outcome: { allowed: false, because: error.messageKey }, explain: [] })
  }
}

/**
 * The decision of a workflows receipt once more, from its stored inputs: by the version that it names it must come out the same, by another
 * one it shows what would change. A step that the rule does not allow has the outcome `allowed: false`. Throws when the inputs are none of ours.
 */
export function decideAgain(rule: ResolvedRule<'workflows'>, stored: Json): RuleReceipt {
  const inputs = inputsSchema.parse(stored)
  switch (inputs.decision) {
    case 'step': return stepAgain(rule, stored, inputs)
    case 'triage': return decideTriage(rule, inputs.facts, inputs.at).receipt
    case 'deadline': return decideDeadline(rule, inputs).receipt
    case 'stage': {
      const again = stageDeadline(rule, inputs.state, inputs.since)
      return again?.receipt ?? receiptOf(rule, { inputs: stored, outcome: { dueAt: null }, explain: [] })
    }
  }
}

const feeInputsSchema = z.object({ planCode: z.string(), recovered: moneySchema, legalCosts: moneySchema.nullable() })

/** As `decideAgain`, for the receipt of a success fee. */
export function successFeeAgain(rule: ResolvedRule<'products'>, stored: Json): RuleReceipt {
  const { planCode, recovered, legalCosts } = feeInputsSchema.parse(stored)
  return successFee(rule, planCode, { recovered, legalCosts: legalCosts ?? undefined }).receipt
}
