import * as z from 'zod'
import { emailSchema, nameSchema, passwordSchema } from '../people'
import { needsBranch, staffRoleSchema } from '../permissions'
import { tokenSchema } from '../users/inputs'

/** An invitation; `branchId` is the branch to work in, required for branch roles. */
export const inviteStaffInput = z
  .object({
    email: emailSchema,
    firstName: nameSchema,
    lastName: nameSchema,
    role: staffRoleSchema,
    branchId: z.uuid().optional(),
  })
  .refine(({ role, branchId }) => !needsBranch(role) || branchId !== undefined, { error: 'errors.required', path: ['branchId'] })
  .refine(({ role, branchId }) => needsBranch(role) || branchId === undefined, { error: 'errors.staff.noBranch', path: ['branchId'] })

export const acceptInviteInput = z.object({ token: tokenSchema, password: passwordSchema })

export type InviteStaffInput = z.output<typeof inviteStaffInput>
