import { and, asc, desc, eq, gte, isNull, lt, lte, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { addDays, conflict, instantOf, newId, notFound, type enterTenantInput, type entriesFilter, type entryInput, type extendEntryInput } from '@interdomestik/rules';
import { listTenants, withPlatform, type PlatformScope, type Tenant, type Tx } from '@interdomestik/db';
import { auditLogs, platformEntries, platformSessions } from '@interdomestik/db/schema';
import { adminOf, tenantOf } from './console';

/** How long one entry lasts at most; afterwards the reason has to be given again. */
const entryMinutes = 60;
/** What is shown of stays and of changes at once. */
const most = 200;

type Entered = { entryId: string; expiresAt: Date };

/**
 * Lets the super admin into one tenant with a reason. The entry is a row of that tenant, so its own audit trail shows who came,
 * when and why; an earlier stay of the same session ends here. Throws NOT_FOUND for an unknown tenant, CONFLICT for one that is not active.
 */
export async function enterTenant(scope: PlatformScope, input: z.infer<typeof enterTenantInput>, now: Date): Promise<Entered> {
  const admin = adminOf(scope);
  const tenant = await tenantOf(input.tenantId);
  if (tenant.status !== 'active') throw conflict(tenant.status === 'preparing' ? 'errors.platform.tenantPreparing' : 'errors.platform.tenantSuspended');
  if (admin.inside !== null) await leaveTenant(scope, now);
  const entryId = newId();
  const expiresAt = new Date(now.getTime() + entryMinutes * 60_000);
  await withPlatform(scope, 'platform.enter', async (tx) => {
    await tx.insert(platformEntries).values({
      tenantId: tenant.id, id: entryId, platformUserId: admin.userId, platformUserName: admin.name, reason: input.reason, startedAt: now, expiresAt,
    });
    await tx.update(platformSessions).set({ tenantId: tenant.id, entryId }).where(eq(platformSessions.id, admin.sessionId));
  }, { tenantId: tenant.id });
  return { entryId, expiresAt };
}

/** Stays for another hour where the super admin is: the running entry ends, and one with the new reason begins. Throws CONFLICT outside every tenant, or when the time has already run out. */
export async function extendEntry(scope: PlatformScope, input: z.infer<typeof extendEntryInput>, now: Date): Promise<Entered> {
  const { inside } = adminOf(scope);
  if (inside === null) throw conflict('errors.platform.notInside');
  return await enterTenant(scope, { tenantId: inside.tenantId, reason: input.reason }, now);
}

/** Ends the stay of this session. Harmless when there is none. */
export async function leaveTenant(scope: PlatformScope, now: Date): Promise<void> {
  const admin = adminOf(scope);
  if (admin.inside === null) return;
  const { tenantId, entryId } = admin.inside;
  await withPlatform(scope, 'platform.leave', async (tx) => {
    await tx.update(platformEntries).set({ endedAt: now }).where(and(eq(platformEntries.tenantId, tenantId), eq(platformEntries.id, entryId), isNull(platformEntries.endedAt)));
    await tx.update(platformSessions).set({ tenantId: null, entryId: null }).where(eq(platformSessions.id, admin.sessionId));
  }, { tenantId });
}

const entryColumns = {
  id: platformEntries.id, personId: platformEntries.platformUserId, by: platformEntries.platformUserName, reason: platformEntries.reason,
  startedAt: platformEntries.startedAt, expiresAt: platformEntries.expiresAt, endedAt: platformEntries.endedAt,
};

const matching = (tenant: Tenant, { personId, from, until }: z.infer<typeof entriesFilter>) => and(
  eq(platformEntries.tenantId, tenant.id),
  personId === undefined ? undefined : eq(platformEntries.platformUserId, personId),
  from === undefined ? undefined : gte(platformEntries.startedAt, instantOf(from, tenant.timeZone)),
  until === undefined ? undefined : lt(platformEntries.startedAt, instantOf(addDays(until, 1), tenant.timeZone)),
);

/** The newest stays, of one tenant or person or period or of all, with their reasons; at most two hundred. */
export async function listEntries(scope: PlatformScope, filter: z.infer<typeof entriesFilter> = {}) {
  const tenants = (await listTenants()).filter(({ id }) => filter.tenantId === undefined || id === filter.tenantId);
  const found = [];
  for (const tenant of tenants) {
    const rows = await withPlatform(scope, 'platform.entries', async (tx) =>
      await tx.select(entryColumns).from(platformEntries).where(matching(tenant, filter)).orderBy(desc(platformEntries.startedAt)).limit(most), { tenantId: tenant.id });
    found.push(...rows.map((row) => ({ ...row, tenantId: tenant.id, tenantName: tenant.name })));
  }
  return found.toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime()).slice(0, most);
}

const everyRow: ReadonlySet<string> = new Set(['tenant_id', 'id', 'created_at', 'updated_at']);

/** Names of the columns that a change touched, without those that every change touches. */
const fieldsOf = (before: unknown, after: unknown): string[] =>
  [...new Set([before, after].flatMap((side) => Object.keys(side ?? {})))].filter((name) => !everyRow.has(name));

/** What the person changed between coming and going: rows of the tenant's audit trail by name. What stood in them stays in the tenant; coming and going itself is no change. */
async function changesOf(tx: Tx, tenantId: string, personId: string, from: Date, until: Date) {
  const rows = await tx.select({
    id: auditLogs.id, at: auditLogs.at, action: auditLogs.action, operation: auditLogs.operation, entity: auditLogs.entity, entityId: auditLogs.entityId, before: auditLogs.before, after: auditLogs.after,
  }).from(auditLogs)
    .where(and(eq(auditLogs.tenantId, tenantId), eq(auditLogs.actorKind, 'platform'), eq(auditLogs.actorId, personId), ne(auditLogs.entity, 'platform_entries'), gte(auditLogs.at, from), lte(auditLogs.at, until)))
    .orderBy(asc(auditLogs.at), asc(auditLogs.id)).limit(most);
  return rows.map(({ before, after, ...row }) => ({ ...row, fields: fieldsOf(before, after) }));
}

/** One stay with what was changed during it. Throws NOT_FOUND. */
export async function readEntry(scope: PlatformScope, { tenantId, entryId }: z.infer<typeof entryInput>) {
  const tenant = await tenantOf(tenantId);
  return await withPlatform(scope, 'platform.entries', async (tx) => {
    const [entry] = await tx.select(entryColumns).from(platformEntries).where(and(eq(platformEntries.tenantId, tenantId), eq(platformEntries.id, entryId)));
    if (entry === undefined) throw notFound();
    const until = entry.endedAt ?? entry.expiresAt;
    return { ...entry, tenantId, tenantName: tenant.name, changes: await changesOf(tx, tenantId, entry.personId, entry.startedAt, until) };
  }, { tenantId });
}
