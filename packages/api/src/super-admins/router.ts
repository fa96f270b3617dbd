import { z } from 'zod';
import { acceptInviteInput, byIdInput, inviteSuperAdminInput, listInputOf, localeInput, passwordChangeInput, tokenSchema } from '@interdomestik/rules';
import { limitAttempts } from '../limits/attempts';
import { adminOf } from '../platform/console';
import { ok, okOut, pageOf } from '../shapes';
import { consoleDoorProcedure, platformProcedure, router } from '../trpc';
import { disableSuperAdmin } from './disable';
import { acceptSuperAdmin, inviteSuperAdmin, readSuperAdminInvitation, resendSuperAdmin } from './invitations';
import { listSuperAdmins, listTrail } from './list';
import { changeOwnLocale, changeOwnPassword, endOwnSessions, listOwnSessions } from './own';

const personOut = z.object({ id: z.string(), name: z.string(), email: z.string(), status: z.enum(['invited', 'active', 'disabled']), twoSteps: z.boolean(), lastSeenAt: z.date().nullable(), self: z.boolean() });
const deliveryOut = z.object({ sent: z.boolean(), link: z.string().nullable() });
const stepOut = z.object({
  id: z.string(), happenedAt: z.date(), byName: z.string().nullable(), action: z.string(), operation: z.string().nullable(), subjectName: z.string().nullable(), reason: z.string().nullable(),
});
const sessionOut = z.object({ id: z.string(), userAgent: z.string().nullable(), lastSeenAt: z.date(), createdAt: z.date(), current: z.boolean() });

const read = platformProcedure.meta({ permission: 'platform.people' });
const write = platformProcedure.meta({ permission: 'platform.people', fresh: true });
const own = platformProcedure.meta({ permission: 'platform.people' });
const door = consoleDoorProcedure.meta({ permission: 'public.join' });

export const superAdminsRouter = router({
  list: read.input(z.void()).output(z.array(personOut)).query(({ ctx }) => listSuperAdmins(ctx.platform) as Promise<z.infer<typeof personOut>[]>),

  trail: read.input(listInputOf(['at'], { personId: z.uuid() })).output(pageOf(stepOut))
    .query(({ ctx, input }) => listTrail(ctx.platform, { cursor: input.cursor, limit: input.limit, ...input.filters })),

  invite: write.input(inviteSuperAdminInput).output(deliveryOut.extend({ id: z.string() })).mutation(({ ctx, input }) => inviteSuperAdmin(ctx.platform, input, ctx.now)),

  resend: write.input(byIdInput).output(deliveryOut).mutation(({ ctx, input }) => resendSuperAdmin(ctx.platform, input.id, ctx.now)),

  disable: write.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => {
    await disableSuperAdmin(ctx.platform, input.id, ctx.now);
    return ok;
  }),

  invitation: door.input(z.object({ token: tokenSchema })).output(z.object({ name: z.string(), email: z.string() }))
    .query(({ ctx, input }) => readSuperAdminInvitation(input.token, ctx.requestId, ctx.now)),

  accept: door.input(acceptInviteInput).output(okOut).mutation(async ({ ctx, input }) => {
    await acceptSuperAdmin(input, ctx.passwords, ctx.requestId, ctx.now);
    return ok;
  }),

  changeLocale: own.input(localeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await changeOwnLocale(ctx.platform, input.locale);
    return ok;
  }),

  changePassword: own.input(passwordChangeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await limitAttempts('change-password', ['platform', adminOf(ctx.platform).userId], { limit: 5, windowSeconds: 900 });
    await changeOwnPassword(ctx.platform, input, ctx.passwords, ctx.now);
    return ok;
  }),

  sessions: own.input(z.void()).output(z.array(sessionOut)).query(({ ctx }) => listOwnSessions(ctx.platform, ctx.now)),

  endSession: own.input(byIdInput).output(okOut).mutation(async ({ ctx, input }) => {
    await endOwnSessions(ctx.platform, input.id, ctx.now);
    return ok;
  }),

  endOtherSessions: own.input(z.void()).output(okOut).mutation(async ({ ctx }) => {
    await endOwnSessions(ctx.platform, undefined, ctx.now);
    return ok;
  }),
});
