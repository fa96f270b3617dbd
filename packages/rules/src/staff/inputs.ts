import * as z from 'zod'
import { emailSchema, nameSchema, passwordSchema } from '../people'
import { needsBranch, permissionSchema, staffRoleSchema } from '../permissions'
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

/** A permission for one person; without a branch it is for the whole tenant. */
export const grantPermissionInput = z.object({ id: z.uuid(), permission: permissionSchema, branchId: z.uuid().optional() })

export const withdrawPermissionInput = z.object({ id: z.uuid(), grantId: z.uuid() })

export type InviteStaffInput = z.output<typeof inviteStaffInput>
