import * as z from 'zod'
import { optionalTextSchema, textSchema } from '../people'

/** A branch as a tenant admin writes it. The code is stable and stands in addresses. */
export const branchInput = z.object({
  code: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9-]{1,39}$/u, { error: 'errors.code' }),
  name: textSchema({ min: 2, max: 100 }),
  city: textSchema({ min: 2, max: 100 }),
  address: optionalTextSchema(200),
  phone: optionalTextSchema(40),
})

export type BranchInput = z.output<typeof branchInput>

/**
 * A branch closes: where everything goes that lives in it, and who of its team does not go along. Whoever is not named moves with the
 * roles held there.
 */
export const closeBranchInput = z.object({
  id: z.uuid(),
  /** Null: there is nothing to move. */
  targetBranchId: z.uuid().nullable().default(null),
  leaving: z
    .array(z.object({
      userId: z.uuid(),
      /** Agent of the target branch, or one who moves there, for the leaver's members and open leads. Null: the branch's manager deals them out. */
      successorId: z.uuid().nullable(),
    }))
    .max(500)
    .default([]),
})

export type CloseBranchInput = z.output<typeof closeBranchInput>
