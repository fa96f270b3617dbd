import { z } from 'zod';
import { enterTenantInput } from '@interdomestik/rules';
import { ok, okOut } from '../shapes';
import { platformProcedure, router } from '../trpc';
import { tenantFigures } from './figures';
import { enterTenant, leaveTenant, listEntries, setTenantStatus } from './service';

const figuresOut = z.object({
  id: z.string(), slug: z.string(), name: z.string(), countryCode: z.string(), status: z.string(), members: z.number(), activeMemberships: z.number(),
  openClaims: z.number(), paymentsLast30Days: z.number(), lastEntryAt: z.date().nullable(),
});
const entryOut = z.object({
  id: z.string(), tenantId: z.string(), tenantName: z.string(), by: z.string(), reason: z.string(), startedAt: z.date(), expiresAt: z.date(), endedAt: z.date().nullable(),
});
const meOut = z.object({
  id: z.string(), name: z.string(), email: z.string(), locale: z.string(), inside: z.object({ tenantId: z.string(), reason: z.string(), expiresAt: z.date() }).nullable(),
});
const byTenant = z.object({ tenantId: z.string().max(60) });

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
  entries: platformProcedure.meta({ permission: 'platform.tenants.read' }).output(z.array(entryOut)).query(({ ctx }) => listEntries(ctx.platform)),
  enter: platformProcedure.meta({ permission: 'platform.enter' }).input(enterTenantInput).output(z.object({ entryId: z.string(), expiresAt: z.date() }))
    .mutation(({ ctx, input }) => enterTenant(ctx.platform, input, ctx.now)),
  leave: platformProcedure.meta({ permission: 'platform.enter' }).output(okOut)
    .mutation(async ({ ctx }) => { await leaveTenant(ctx.platform, ctx.now); return ok; }),
  suspend: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(byTenant).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input.tenantId, 'suspended', ctx.now); return ok; }),
  resume: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(byTenant).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input.tenantId, 'active', ctx.now); return ok; }),
});
