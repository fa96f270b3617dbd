import { z } from 'zod';
import { byIdInput, inviteStaffInput, listInputOf, staffRoleSchema } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { grantRole, inviteStaff, resendInvitation } from './invite';
import { disableStaff, enableStaff, listStaff, revokeRole } from './service';

const statuses = z.enum(['invited', 'active', 'disabled']);

const staffOut = z.object({
  id: z.string(), firstName: z.string(), lastName: z.string(), email: z.string().nullable(), phone: z.string().nullable(), status: statuses,
  roles: z.array(z.object({ role: staffRoleSchema, branchId: z.string().nullable(), branchName: z.string().nullable() })),
  isSelf: z.boolean(), createdAt: z.date(), lastSeenAt: z.date().nullable(), invitedUntil: z.date().nullable(), invitationExpired: z.boolean(),
});

const listIn = listInputOf(['createdAt'], { status: statuses, role: staffRoleSchema, branchId: z.uuid() });
const roleIn = byIdInput.extend({ role: staffRoleSchema, branchId: z.uuid().optional() });

const invite = branchProcedure.meta({ permission: 'staff.invite' });
const grant = branchProcedure.meta({ permission: 'roles.grant' });

export const staffRouter = router({
  list: branchProcedure.meta({ permission: 'staff.read' }).input(listIn).output(pageOf(staffOut))
    .query(({ ctx, input }) => listStaff(ctx.scope, { cursor: input.cursor, limit: input.limit, search: input.search, ...input.filters }, ctx.now)),
  invite: invite.input(inviteStaffInput).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => inviteStaff(ctx.scope, input, ctx.now)),
  resendInvitation: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await resendInvitation(ctx.scope, input.id, ctx.now); return ok; }),
  disable: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await disableStaff(ctx.scope, input.id, ctx.now); return ok; }),
  enable: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await enableStaff(ctx.scope, input.id, ctx.now); return ok; }),
  grantRole: grant.input(roleIn).output(okOut)
    .mutation(async ({ ctx, input }) => { await grantRole(ctx.scope, input); return ok; }),
  revokeRole: grant.input(roleIn).output(okOut)
    .mutation(async ({ ctx, input }) => { await revokeRole(ctx.scope, input, ctx.now); return ok; }),
});
