import { z } from 'zod';
import { byIdInput, grantPermissionInput, inviteStaffInput, listInputOf, permissionSchema, staffRoleSchema, withdrawPermissionInput } from '@interdomestik/rules';
import { ok, okOut, pageOf } from '../shapes';
import { branchProcedure, router } from '../trpc';
import { actAs, ownPosts } from './acting';
import { getColleague, grantPermission, withdrawPermission } from './grants';
import { colleagueHistory } from './history';
import { grantRole, inviteStaff, resendInvitation } from './invite';
import { disableStaff, enableStaff, listStaff, revokeRole } from './service';

const statuses = z.enum(['invited', 'active', 'disabled']);

const staffOut = z.object({
  id: z.string(), firstName: z.string(), lastName: z.string(), email: z.string().nullable(), phone: z.string().nullable(), status: statuses,
  roles: z.array(z.object({ id: z.string(), role: staffRoleSchema, branchId: z.string().nullable(), branchName: z.string().nullable(), since: z.date(), givenBy: z.string().nullable() })),
  isSelf: z.boolean(), createdAt: z.date(), lastSeenAt: z.date().nullable(), invitedUntil: z.date().nullable(), invitationExpired: z.boolean(),
});

const colleagueOut = staffOut.extend({
  homeBranch: z.string().nullable(), memberNumber: z.string().nullable(),
  /** `permission` as it stands in the table: a row that nothing knows any more is shown, and holds nothing. */
  grants: z.array(z.object({ id: z.string(), permission: z.string(), branchId: z.string().nullable(), branchName: z.string().nullable(), since: z.date(), givenBy: z.string().nullable(), holds: z.boolean() })),
  may: z.object({ posts: z.boolean(), access: z.boolean() }),
});

const changeOut = z.object({
  id: z.string(), happenedAt: z.date(), kind: z.enum(['role', 'grant', 'account', 'acting']), operation: z.string(), actorKind: z.string(), actorName: z.string().nullable(),
  role: staffRoleSchema.nullable(), permission: permissionSchema.nullable(), status: z.string().nullable(), branchName: z.string().nullable(),
});

const postOut = z.object({ id: z.string(), role: staffRoleSchema, branchId: z.string().nullable(), branchName: z.string().nullable(), isActing: z.boolean() });

const listIn = listInputOf(['createdAt'], { status: statuses, role: staffRoleSchema, branchId: z.uuid() });
const roleIn = byIdInput.extend({ role: staffRoleSchema, branchId: z.uuid().optional() });

const invite = branchProcedure.meta({ permission: 'staff.invite' });
const grant = branchProcedure.meta({ permission: 'roles.grant' });

export const staffRouter = router({
  list: branchProcedure.meta({ permission: 'staff.read' }).input(listIn).output(pageOf(staffOut))
    .query(({ ctx, input }) => listStaff(ctx.scope, { cursor: input.cursor, limit: input.limit, search: input.search, ...input.filters }, ctx.now)),
  get: branchProcedure.meta({ permission: 'staff.read' }).input(byIdInput).output(colleagueOut).query(({ ctx, input }) => getColleague(ctx.scope, input.id, ctx.now)),
  history: branchProcedure.meta({ permission: 'staff.read' }).input(byIdInput.extend({ cursor: z.string().max(500).optional(), limit: z.int().min(1).max(100).default(25) }))
    .output(pageOf(changeOut)).query(({ ctx, input }) => colleagueHistory(ctx.scope, input)),
  ownPosts: branchProcedure.meta({ permission: 'self.read' }).output(z.array(postOut)).query(({ ctx }) => ownPosts(ctx.scope)),
  actAs: branchProcedure.meta({ permission: 'self.write' }).input(z.object({ roleId: z.uuid() })).output(okOut)
    .mutation(async ({ ctx, input }) => { await actAs(ctx.scope, input.roleId, ctx.now); return ok; }),
  invite: invite.input(inviteStaffInput).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => inviteStaff(ctx.scope, input, ctx.now)),
  resendInvitation: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await resendInvitation(ctx.scope, input.id, ctx.now); return ok; }),
  disable: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await disableStaff(ctx.scope, input.id, ctx.now); return ok; }),
  enable: invite.input(byIdInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await enableStaff(ctx.scope, input.id, ctx.now); return ok; }),
  grantRole: grant.input(roleIn).output(okOut)
    .mutation(async ({ ctx, input }) => { await grantRole(ctx.scope, input); return ok; }),
  grantPermission: grant.input(grantPermissionInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await grantPermission(ctx.scope, input, ctx.now); return ok; }),
  withdrawPermission: grant.input(withdrawPermissionInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await withdrawPermission(ctx.scope, input); return ok; }),
  revokeRole: grant.input(roleIn).output(okOut)
    .mutation(async ({ ctx, input }) => { await revokeRole(ctx.scope, input, ctx.now); return ok; }),
});
