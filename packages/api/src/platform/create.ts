import { createHash } from 'node:crypto';
import { and, count, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import {
  conflict, creationSteps, invalid, newId, notFound, packRule, ruleKinds, type CountryPack, type createTenantInput, type CreationStep, type PaymentProviderName,
} from '@interdomestik/rules';
import { forgetTenants, inAction, withPlatform, withTenant, type PlatformScope, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, branches, paymentAccounts, tenantCreations, tenants, tenantSettings, userRoles } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { letterheadOf } from '../mails';
import { forgetRules } from '../settings/rules';
import { portalOrigin } from '../site/origins';
import { inviteFirstAdmin } from '../staff/invite';
import { adminOf, consoleIn, trail } from './console';
import { packFrom, tenantTaken } from './packs';

const action = 'platform.createTenant';

type FirstAdmin = z.infer<typeof createTenantInput>['admin'];

interface Making {
  readonly pack: CountryPack;
  readonly admin: FirstAdmin;
  readonly inside: TenantScope;
  readonly now: Date;
}

const hashOf = (pack: CountryPack, admin: FirstAdmin): string => createHash('sha256').update(JSON.stringify([pack, admin])).digest('base64url');

/** One row in the tenant's own trail about its row outside all tenants, which no trigger watches. */
async function note(tx: Tx, scope: PlatformScope, tenantId: string, operation: 'INSERT' | 'UPDATE', before: object | null, after: object): Promise<void> {
  await tx.insert(auditLogs).values({ tenantId, id: newId(), actorKind: 'platform', actorId: adminOf(scope).userId, action, requestId: scope.requestId, operation, entity: 'tenants', entityId: tenantId, before, after });
}

/** The tenant's row, closed to everybody, and what it is made from. The id and the host label are one tenant's; whoever comes second is refused unless it is the same request again. */
async function reserve(scope: PlatformScope, key: string, pack: CountryPack, admin: FirstAdmin, now: Date): Promise<void> {
  const { tenant: { id, slug, name }, country, zone, rules: { languages } } = pack;
  const payloadHash = hashOf(pack, admin);
  const [currency] = pack.currencies;
  if (currency === undefined) throw new Error('a pack without a currency');
  await withPlatform(scope, action, async (tx) => {
    const [made] = await tx.insert(tenants)
      .values({ id, slug, name, countryCode: country.code, country, currency, timeZone: zone, defaultLocale: languages.default, locales: [...languages.offered], status: 'preparing', createdAt: now, updatedAt: now })
      .onConflictDoNothing().returning({ id: tenants.id });
    if (made === undefined) {
      const [before] = await tx.select({ key: tenantCreations.key, payloadHash: tenantCreations.payloadHash }).from(tenantCreations).where(eq(tenantCreations.tenantId, id));
      if (before?.key !== key) throw tenantTaken(pack);
      if (before.payloadHash !== payloadHash) throw conflict('errors.idempotency.mismatch');
      return;
    }
    await tx.insert(tenantCreations).values({ tenantId: id, key, payloadHash, pack, admin, createdBy: adminOf(scope).userId, createdAt: now });
    await note(tx, scope, id, 'INSERT', null, { slug, name, status: 'preparing' });
    await trail(tx, scope, action, id, { slug, name });
  }, { tenantId: id });
  forgetTenants();
}

/** Every rule kind as version 1, in force at once. */
async function publishRules(tx: Tx, { pack, inside: { tenantId }, now }: Making): Promise<void> {
  const there = await tx.select({ kind: tenantSettings.kind }).from(tenantSettings).where(and(eq(tenantSettings.tenantId, tenantId), isNull(tenantSettings.branchId)));
  const missing = ruleKinds.filter((kind) => !there.some((row) => row.kind === kind));
  if (missing.length === 0) return;
  await tx.insert(tenantSettings).values(missing.map((kind) => ({
    tenantId, id: newId(), kind, version: 1, status: 'published', value: pack.rules[kind], effectiveFrom: now, publishedAt: now, createdAt: now, updatedAt: now,
  })));
}

async function openBranches(tx: Tx, { pack, inside: { tenantId }, now }: Making): Promise<void> {
  const there = await tx.select({ code: branches.code }).from(branches).where(eq(branches.tenantId, tenantId));
  const missing = pack.branches.filter(({ code }) => !there.some((row) => row.code === code));
  if (missing.length > 0) await tx.insert(branches).values(missing.map((branch) => ({ tenantId, id: newId(), ...branch, createdAt: now, updatedAt: now })));
}

/** Providers that need nobody's credentials. A card account comes when the tenant has credentials; until then nobody can pay online. */
const ownProviders: Readonly<Partial<Record<PaymentProviderName, { provider: 'cash' | 'bank_transfer'; name: string }>>> = {
  cash: { provider: 'cash', name: 'Cash' },
  bank: { provider: 'bank_transfer', name: 'Bank transfer' },
};

/** Where cash and transfers are booked. Series of numbers and accounts of the ledger begin with their first entry, without a gap. */
async function openAccounts(tx: Tx, { pack, inside: { tenantId }, now }: Making): Promise<void> {
  const there = await tx.select({ provider: paymentAccounts.provider }).from(paymentAccounts).where(eq(paymentAccounts.tenantId, tenantId));
  for (const route of packRule(pack, 'payments').routes) {
    const own = ownProviders[route.provider];
    const [currency] = route.currencies;
    if (own === undefined || currency === undefined || there.some(({ provider }) => provider === own.provider)) continue;
    await tx.insert(paymentAccounts).values({
      tenantId, id: newId(), ...own, slug: 'main', currency, environment: 'production', taxDocumentIssuer: route.taxDocumentIssuer, createdAt: now, updatedAt: now,
    });
  }
}

/** The tenant is there for everybody, and what it was made from is forgotten. */
async function open(scope: PlatformScope, tenantId: string, now: Date): Promise<void> {
  await withPlatform(scope, action, async (tx) => {
    const [opened] = await tx.update(tenants).set({ status: 'active', updatedAt: now }).where(and(eq(tenants.id, tenantId), eq(tenants.status, 'preparing'))).returning({ id: tenants.id });
    if (opened === undefined) return;
    await tx.update(tenantCreations).set({ finishedAt: now, pack: null, admin: null }).where(eq(tenantCreations.tenantId, tenantId));
    await note(tx, scope, tenantId, 'UPDATE', { status: 'preparing' }, { status: 'active' });
    await trail(tx, scope, 'platform.openTenant', tenantId);
  }, { tenantId });
  forgetTenants();
}

/** One step inside the tenant; two who make the same tenant at once wait for each other. */
async function step(making: Making, work: (tx: Tx, making: Making) => Promise<void>): Promise<void> {
  await withTenant(making.inside, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`make-tenant:${making.inside.tenantId}`}, 0))`);
    await work(tx, making);
  });
}

async function creationOf(scope: PlatformScope, tenantId: string) {
  const [creation] = await withPlatform(scope, action, async (tx) => await tx.select().from(tenantCreations).where(eq(tenantCreations.tenantId, tenantId)));
  if (creation === undefined) throw notFound();
  return creation;
}

/**
 * Goes on with a tenant that is being prepared, from wherever it stopped, until it is open. Every step is one transaction that leaves
 * what is there already, so repeating makes one of everything. Harmless for a tenant that is finished. Throws NOT_FOUND for one that was never begun.
 */
export async function finishTenant(scope: PlatformScope, tenantId: string, now: Date) {
  const creation = await creationOf(scope, tenantId);
  forgetTenants();
  const console = inAction(await consoleIn(scope, tenantId), action);
  if (creation.finishedAt === null && creation.pack !== null && creation.admin !== null) {
    const making: Making = { pack: creation.pack as CountryPack, admin: { ...creation.admin, locale: localeOfRow(creation.admin.locale) }, inside: console, now };
    await step(making, publishRules);
    forgetRules(tenantId);
    await step(making, openBranches);
    await step(making, openAccounts);
    const letterhead = await letterheadOf(console, now);
    await step(making, async (tx) => { await inviteFirstAdmin(tx, console, making.admin, letterhead, now); });
    await open(scope, tenantId, now);
  }
  return { tenantId, memberPortal: portalOrigin(console.tenant, 'member'), staffPortal: portalOrigin(console.tenant, 'admin') };
}

/**
 * Makes a tenant from a country pack: its row, rules, branches, accounts for cash and transfers, the invitation of its first administrator; then it opens.
 * Until then nobody but the console sees anything of it. The same key goes on where an earlier call stopped. Throws INVALID with the place in
 * the pack that is wrong, CONFLICT `errors.platform.tenantTaken` for an id or host label that is somebody's.
 */
export async function createTenant(scope: PlatformScope, input: z.infer<typeof createTenantInput>, now: Date) {
  const pack = packFrom(input.pack);
  if (!pack.rules.languages.offered.includes(input.admin.locale)) throw invalid('admin.locale', 'errors.choice');
  await reserve(scope, input.key, pack, input.admin, now);
  return await finishTenant(scope, pack.tenant.id, now);
}

/** How far a tenant is made. Throws NOT_FOUND for one that was not made at the console. */
export async function readCreation(scope: PlatformScope, tenantId: string) {
  const { finishedAt, createdAt, pack } = await creationOf(scope, tenantId);
  const { tenant } = await consoleIn(scope, tenantId);
  const facts = { tenantId, slug: tenant.slug, name: tenant.name, countryCode: tenant.countryCode, startedAt: createdAt, finishedAt };
  const done = finishedAt === null ? await doneSteps(await consoleIn(scope, tenantId), pack as CountryPack | null) : creationSteps;
  return { ...facts, steps: creationSteps.map((name) => ({ name, done: done.includes(name) })) };
}

async function doneSteps(inside: TenantScope, pack: CountryPack | null): Promise<CreationStep[]> {
  const { tenantId } = inside;
  return await withTenant(inside, async (tx) => {
    const rows = await Promise.all([
      tx.select({ n: count() }).from(tenantSettings).where(eq(tenantSettings.tenantId, tenantId)), tx.select({ n: count() }).from(branches).where(eq(branches.tenantId, tenantId)),
      tx.select({ n: count() }).from(paymentAccounts).where(eq(paymentAccounts.tenantId, tenantId)), tx.select({ n: count() }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), eq(userRoles.role, 'tenant_admin'))),
    ]);
    const [rules = 0, places = 0, accounts = 0, admins = 0] = rows.map(([row]) => row?.n ?? 0);
    const steps: readonly [CreationStep, boolean][] = [
      ['tenant', true], ['rules', rules >= ruleKinds.length], ['branches', places >= (pack?.branches.length ?? 1)], ['accounts', accounts > 0], ['admin', admins > 0],
    ];
    return steps.filter(([, done]) => done).map(([name]) => name);
  });
}
