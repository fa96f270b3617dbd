import { z } from 'zod';
import {
  checkPackInput, createTenantInput, creationSteps, currencySchema, enterTenantInput, entriesFilter, entryInput, extendEntryInput, legalTextKeys, localeSchema, paymentMethodSchema, tenantIdSchema, tenantInput, tenantStatusInput,
} from '@interdomestik/rules';
import { flagOut } from '../flags/shapes';
import { ok, okOut } from '../shapes';
import { platformProcedure, router } from '../trpc';
import { createTenant, finishTenant, readCreation } from './create';
import { enterTenant, extendEntry, leaveTenant, listEntries, readEntry } from './entries';
import { tenantDetail, tenantFigures, tenantNames } from './figures';
import { checkPack, listPacks, packFile } from './packs';
import { setTenantStatus } from './status';

const figuresOut = z.object({
  id: z.string(), slug: z.string(), name: z.string(), countryCode: z.string(), currency: z.string(), timeZone: z.string(), locales: z.array(z.string()), defaultLocale: z.string(), status: z.string(),
  members: z.number(), activeMemberships: z.number(), openClaims: z.number(), paymentsLast30Days: z.number(),
  stuckEvents: z.number(), failedJobs: z.number(), unsentMails: z.number(), lastActivityAt: z.date().nullable(), lastEntryAt: z.date().nullable(),
});
const detailOut = figuresOut.extend({
  branches: z.number(), staff: z.array(z.object({ role: z.string(), people: z.number() })),
  accounts: z.array(z.object({ id: z.string(), provider: z.string(), currency: z.string(), environment: z.string(), isActive: z.boolean(), hasCredentials: z.boolean(), hasWebhookSecret: z.boolean() })),
  switches: z.array(flagOut),
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

const issueOut = z.object({ field: z.string(), key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
const packOut = z.object({
  tenantId: z.string(), slug: z.string(), name: z.string(), countryCode: z.string(), country: z.string(), zone: z.string(), currencies: z.array(currencySchema), defaultLocale: localeSchema, locales: z.array(localeSchema),
  branches: z.array(z.object({ code: z.string(), name: z.string(), city: z.string(), isDefault: z.boolean() })),
  plans: z.array(z.object({ code: z.string(), title: z.string(), prices: z.array(z.object({ minor: z.string(), currency: currencySchema })), periodMonths: z.number() })),
  vat: z.array(z.object({ category: z.string(), rateBp: z.number() })), routes: z.array(z.object({ method: paymentMethodSchema, currencies: z.array(currencySchema) })),
  legalTexts: z.array(z.object({ key: z.enum(legalTextKeys), needed: z.boolean(), present: z.boolean(), missing: z.array(localeSchema) })),
  demoIssuer: z.boolean(), asksPersonalNumber: z.boolean(), holidaysOf: z.string().nullable(), closedDays: z.number(),
});
const createdOut = z.object({ tenantId: z.string(), memberPortal: z.string(), staffPortal: z.string() });
const creationOut = z.object({
  tenantId: z.string(), slug: z.string(), name: z.string(), countryCode: z.string(), startedAt: z.date(), finishedAt: z.date().nullable(), steps: z.array(z.object({ name: z.enum(creationSteps), done: z.boolean() })),
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
  packs: platformProcedure.meta({ permission: 'platform.tenants.read' }).output(z.array(z.object({ id: z.string(), slug: z.string(), countryCode: z.string(), name: z.string(), taken: z.boolean() })))
    .query(({ ctx }) => listPacks(ctx.locale)),
  packFile: platformProcedure.meta({ permission: 'platform.tenants.read' }).input(z.object({ builtIn: z.string().max(40) })).output(z.object({ name: z.string(), text: z.string() })).query(({ input }) => packFile(input.builtIn)),
  // changes nothing; a pack is too long for an address
  checkPack: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(checkPackInput).output(z.object({ issues: z.array(issueOut), content: packOut.nullable() })).mutation(({ ctx, input }) => checkPack(input.pack, ctx.locale)),
  createTenant: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(createTenantInput).output(createdOut).mutation(({ ctx, input }) => createTenant(ctx.platform, input, ctx.now)),
  finishTenant: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(tenantInput).output(createdOut).mutation(({ ctx, input }) => finishTenant(ctx.platform, input.tenantId, ctx.now)),
  creation: platformProcedure.meta({ permission: 'platform.tenants.read' }).input(tenantInput).output(creationOut).query(({ ctx, input }) => readCreation(ctx.platform, input.tenantId)),
  enter: platformProcedure.meta({ permission: 'platform.enter' }).input(enterTenantInput).output(enteredOut).mutation(({ ctx, input }) => enterTenant(ctx.platform, input, ctx.now)),
  extend: platformProcedure.meta({ permission: 'platform.enter' }).input(extendEntryInput).output(enteredOut).mutation(({ ctx, input }) => extendEntry(ctx.platform, input, ctx.now)),
  leave: platformProcedure.meta({ permission: 'platform.enter' }).output(okOut)
    .mutation(async ({ ctx }) => { await leaveTenant(ctx.platform, ctx.now); return ok; }),
  suspend: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(tenantStatusInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input, 'suspended', ctx.now); return ok; }),
  resume: platformProcedure.meta({ permission: 'platform.tenants.write' }).input(tenantStatusInput).output(okOut)
    .mutation(async ({ ctx, input }) => { await setTenantStatus(ctx.platform, input, 'active', ctx.now); return ok; }),
});
