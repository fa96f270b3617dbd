import { z } from 'zod';
import {
  acceptInviteInput, currencySchema, emailChangeInput, joinInput, localeInput, localeSchema, passwordChangeInput, passwordResetInput, passwordResetRequestInput, permissionSchema, profileInput, proofInput,
  reaches, roles, tenantRoles, tokenSchema, verifyEmailInput,
} from '@interdomestik/rules';
import { limitAttempts } from '../limits/attempts';
import { holderOf } from '../second-factor/holder';
import { prove } from '../second-factor/proof';
import { ok, okOut } from '../shapes';
import { authedProcedure, enteringProcedure, router, siteProcedure, tenantProcedure } from '../trpc';
import { confirmEmailChange, requestEmailChange } from './email-change';
import { acceptInvitation, readInvitation } from './invitations';
import { joinMember } from './join';
import { changePassword, requestPasswordReset, resendVerification, resetPassword, verifyEmail } from './passwords';
import { changeLocale, describeMe, endSessions, listSessions, readProfile, updateProfile } from './profile';

const joinOut = z.object({
  membershipId: z.string().nullable(), paymentId: z.string().nullable(), checkoutUrl: z.string().nullable(), next: z.enum(['pay', 'check_mail', 'done']),
});

const meOut = z.object({
  kind: z.enum(['user', 'platform']), id: z.string(), firstName: z.string(), lastName: z.string(), email: z.string().nullable(), emailVerified: z.boolean(), locale: localeSchema,
  roles: z.array(z.enum(roles)), permissions: z.array(permissionSchema), reach: z.enum([...reaches, 'platform']), branch: z.object({ id: z.string(), name: z.string() }).nullable(),
  tenant: z.object({ slug: z.string(), name: z.string(), countryCode: z.string(), timeZone: z.string(), currency: currencySchema, locales: z.array(z.string()) }).nullable(),
  entry: z.object({ reason: z.string(), expiresAt: z.date() }).nullable(), memberNumber: z.string().nullable(),
});

const profileOut = z.object({
  firstName: z.string(), lastName: z.string(), email: z.string().nullable(), emailVerified: z.boolean(), phone: z.string().nullable(), personalNumberMasked: z.string().nullable(),
  birthDate: z.string().nullable(), address: z.string().nullable(), city: z.string().nullable(), locale: localeSchema, memberNumber: z.string().nullable(),
});

const sessionOut = z.object({ id: z.string(), app: z.enum(['member', 'admin']), userAgent: z.string().nullable(), lastSeenAt: z.date(), createdAt: z.date(), current: z.boolean() });

const join = siteProcedure.meta({ permission: 'public.join' });
const read = tenantProcedure.meta({ permission: 'self.read' });
const write = tenantProcedure.meta({ permission: 'self.write' });

export const accountsRouter = router({
  join: join.input(joinInput).output(joinOut).mutation(async ({ ctx, input }) => {
    await limitAttempts('join', [ctx.site.tenantId, ctx.ip], { limit: 60, windowSeconds: 3600 });
    return await joinMember(ctx.site, input, ctx.passwords, ctx.now);
  }),

  verifyEmail: join.input(verifyEmailInput).output(okOut).mutation(async ({ ctx, input }) => {
    await verifyEmail(ctx.site, input.token, ctx.now);
    return ok;
  }),

  requestPasswordReset: join.input(passwordResetRequestInput).output(okOut).mutation(async ({ ctx, input }) => {
    await limitAttempts('reset-request', [ctx.site.tenantId, ctx.ip], { limit: 20, windowSeconds: 3600 });
    await requestPasswordReset(ctx.site, input.email, ctx.app, ctx.now);
    return ok;
  }),

  resetPassword: join.input(passwordResetInput).output(okOut).mutation(async ({ ctx, input }) => {
    await resetPassword(ctx.site, input, ctx.ip, ctx.passwords, ctx.now);
    return ok;
  }),

  invitation: join
    .input(z.object({ token: tokenSchema }))
    .output(z.object({ firstName: z.string(), email: z.string(), role: z.enum(tenantRoles), tenantName: z.string() }))
    .query(({ ctx, input }) => readInvitation(ctx.site, input.token, ctx.now)),

  acceptInvitation: join.input(acceptInviteInput).output(okOut).mutation(async ({ ctx, input }) => {
    await acceptInvitation(ctx.site, input, ctx.passwords, ctx.now);
    return ok;
  }),

  me: authedProcedure.meta({ permission: 'self.read' }).input(z.void()).output(meOut).query(({ ctx }) => describeMe(ctx)),

  profile: read.input(z.void()).output(profileOut).query(({ ctx }) => readProfile(ctx.scope)),

  updateProfile: write.input(profileInput).output(okOut).mutation(async ({ ctx, input }) => {
    await updateProfile(ctx.scope, input, ctx.now);
    return ok;
  }),

  changeLocale: write.input(localeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await changeLocale(ctx.scope, input.locale, ctx.now);
    return ok;
  }),

  changePassword: write.input(passwordChangeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await limitAttempts('change-password', [ctx.scope.tenantId, ctx.scope.actor.id ?? ''], { limit: 5, windowSeconds: 900 });
    await changePassword(ctx.scope, input, ctx.passwords, ctx.now);
    return ok;
  }),

  requestEmailChange: tenantProcedure.meta({ permission: 'self.write', fresh: true }).input(emailChangeInput).output(okOut).mutation(async ({ ctx, input }) => {
    await limitAttempts('email-change', [ctx.scope.tenantId, ctx.scope.actor.id ?? ''], { limit: 5, windowSeconds: 3600 });
    await requestEmailChange(ctx.scope, input.email, ctx.app, ctx.now);
    return ok;
  }),

  confirmEmailChange: join.input(verifyEmailInput).output(okOut).mutation(async ({ ctx, input }) => {
    await confirmEmailChange(ctx.site, input.token, ctx.app, ctx.now);
    return ok;
  }),

  prove: enteringProcedure.meta({ permission: 'self.write' }).input(proofInput).output(okOut).mutation(async ({ ctx, input }) => {
    await prove(holderOf(ctx), input, ctx.passwords, ctx.now);
    return ok;
  }),

  resendVerification: write.input(z.void()).output(okOut).mutation(async ({ ctx }) => {
    await resendVerification(ctx.scope, ctx.now);
    return ok;
  }),

  sessions: read.input(z.void()).output(z.array(sessionOut)).query(({ ctx }) => listSessions(ctx.scope, ctx.now)),

  endSession: write.input(z.object({ id: z.uuid() })).output(okOut).mutation(async ({ ctx, input }) => {
    await endSessions(ctx.scope, input.id, ctx.now);
    return ok;
  }),

  endOtherSessions: write.input(z.void()).output(okOut).mutation(async ({ ctx }) => {
    await endSessions(ctx.scope, undefined, ctx.now);
    return ok;
  }),
});
