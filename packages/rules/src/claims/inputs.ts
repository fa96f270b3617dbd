import * as z from 'zod'
import { moneyInputSchema } from '../money'
import { optionalTextSchema, textSchema } from '../people'
import { dateOnlySchema } from '../periods'
import type { DateOnly } from '../periods'
import { DomainError } from '../errors'
import { claimCategorySchema, rejectReasons } from '../rule-sets'
import { optionalDateSchema } from '../members/inputs'
import { idempotencyKeySchema } from '../users/inputs'

/** A claim being written: everything may still be missing. */
export const claimDraftInput = z.object({
  category: claimCategorySchema.optional(),
  incidentOn: optionalDateSchema,
  counterparty: optionalTextSchema(200),
  description: optionalTextSchema(5000),
  amountClaimed: moneyInputSchema.optional(),
})

/** A claim that is handed in. */
export const claimSubmitInput = z.object({
  category: claimCategorySchema,
  incidentOn: dateOnlySchema,
  counterparty: textSchema({ min: 2, max: 200 }),
  description: textSchema({ min: 20, max: 5000 }),
  amountClaimed: moneyInputSchema.optional(),
  idempotencyKey: idempotencyKeySchema,
})

/** A move of a claim by staff. The workflow rule decides whether it is allowed. */
export const claimMoveInput = z.object({
  id: z.uuid(),
  to: z.string().regex(/^[a-z][a-z_]{1,39}$/u, { error: 'errors.choice' }),
  note: optionalTextSchema(2000),
  rejectReason: z.enum(rejectReasons).optional(),
})

/** An incident cannot lie ahead. */
export function assertIncidentPast(incidentOn: DateOnly, today: DateOnly): void {
  if (incidentOn > today) throw new DomainError('INVALID', 'errors.claim.incidentFuture', { field: 'incidentOn' })
}

export type ClaimDraftInput = z.output<typeof claimDraftInput>
export type ClaimSubmitInput = z.output<typeof claimSubmitInput>
