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
