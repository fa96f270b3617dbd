import * as z from 'zod'
import { textSchema } from '../people'

const reasonSchema = textSchema({ min: 5, max: 1000 })

/** A member is to go to another branch or agent. */
export const transferInput = z.object({
  memberId: z.uuid(),
  toBranchId: z.uuid(),
  /** Null: the receiving branch chooses when it approves, or nobody looks after the member. */
  toAgentId: z.uuid().nullable(),
  reason: reasonSchema,
})
export type TransferInput = z.output<typeof transferInput>

/** The receiving side says yes, and who of it looks after the member: left out, as it was asked for. */
export const approveTransferInput = z.object({ id: z.uuid(), agentId: z.uuid().nullable().optional() })

export const rejectTransferInput = z.object({ id: z.uuid(), note: reasonSchema })
