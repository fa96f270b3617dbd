import { z } from 'zod';
import { enterTenantInput, entriesFilter, entryInput, extendEntryInput, tenantIdSchema, tenantStatusInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { platformProcedure, router } from '../trpc';
import { enterTenant, extendEntry, leaveTenant, listEntries, readEntry } from './entries';
import { tenantDetail, tenantFigures, tenantNames } from './figures';
import { setTenantStatus } from './status';

const figuresOut = z.object({
  id: z.string(), slug: z.string(), name: z.string(), countryCode: z.string(), currency: z.string(), timeZone: z.string(), locales: z.array(z.string()), defaultLocale: z.string(), status: z.string(),
  members: z.number(), activeMemberships: z.number(), openClaims: z.number(), paymentsLast30Days: z.number(),
  stuckEvents: z.number(), failedJobs: z.number(), unsentMails: z.number(), lastActivityAt: z.date().nullable(), lastEntryAt: z.date().nullable(),
});
const detailOut = figuresOut.extend({
  branches: z.number(), staff: z.array(z.object({ role: z.string(), people: z.number() })),
  accounts: z.array(z.object({ id: z.string(), provider: z.string(), currency: z.string(), environment: z.string(), isActive: z.boolean(), hasCredentials: z.boolean(), hasWebhookSecret: z.boolean() })),
  history: z.array(z.object({ id: z.string(), at: z.date(), by: z.string().nullable(), status: z.string(), reason: z.string().nullable() })),
});
const entryOut = z.object({
  id: z.string(), tenantId: z.string(), tenantName: z.string(), personId: z.string(), by: z.string(), reason: z.string(), startedAt: z.date(), expiresAt: z.date(), endedAt: z.date().nullable(),
});
const changeOut = z.object({ id: z.string(), at: z.date(), action: z.string(), operation: z.string(), entity: z.string(), entityId: z.string().nullable(), fields: z.array(z.string()) });
const enteredOut = z.object({ entryId: z.string(), expiresAt: z.date() });
const meOut = z.object({
  id: z.string(), name: z.string(), email: z.string(), locale: z.string(), inside: z.object({ tenantId: z.string(), reason: z.string(), expiresAt: z.date() }).nullable(),
});

export const platformRouter = router({
  me: platformProcedure.meta({ permission: 'platform.tenants.read' }).output(meOut.nullable()).query(({ ctx }) => {
    const { session } = ctx.platform;
    if (session === null) return null;
    const { inside } = session;
    return {
      id: session.userId, name: session.name, email: session.email, locale: session.locale,
      inside: inside === null ? null : { tenantId: inside.tenantId, reason: inside.reason, expiresAt: inside.expiresAt },
    };
  }),
  tenants: platformProcedure.meta({ permission: 'platform.tenants.read' }).output(z.array(figuresOut)).query(({ ctx }) => tenantFigures(ctx.platform, ctx.now)),
  tenant: platformProcedure.meta({ permission: 'platform.tenants.read' }).input(z.object({ tenantId: tenantIdSchema })).output(detailOut)
    .query(({ ctx, input }) => tenantDetail(ctx.platform, input.tenantId, ctx.now)),
  names: platformProcedure.meta({ permission: 'platform.tenants.read' }).output(z.array(z.object({ id: z.string(), name: z.string() }))).query(() => tenantNames()),
  entries: platformProcedure.meta({ permission: 'platform.tenants.read' }).input(entriesFilter.optional()).output(z.array(entryOut)).query(({ ctx, input }) => listEntries(ctx.platform, input)),
  entry: platformProcedure.meta({ permission: 'platform.tenants.read' }).input(entryInput).output(entryOut.extend({ changes: z.array(changeOut) })).query(({ ctx, input }) => readEntry(ctx.platform, input)),
  enter: platformProcedure.meta({ permission: 'platform.enter' }).input(enterTenantInput).output(enteredOut).mutation(({ ctx, input }) => enterTenant(ctx.platform, input, ctx.now)),
  extend: platformProcedure.meta({ permission: 'platform.enter' }).input(extendEntryInput).output(enteredOut).mutation(({ ctx, input }) => extendEntry(ctx.platform, input, ctx.now)),
  leave: platformProcedure.meta({ permission: 'platform.enter' }).output(okOut)
    .mutation(async ({ ctx }) => { await leaveTenant(ctx.platform, ctx.now); return ok; }),
  suspend: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(tenantStatusInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input, 'suspended', ctx.now); return ok; }),
  resume: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(tenantStatusInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input, 'active', ctx.now); return ok; }),
});
