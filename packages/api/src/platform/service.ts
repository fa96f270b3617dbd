import { and, desc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { conflict, newId, notFound, type enterTenantInput } from '@interdomestik/rules';
import { findTenant, forgetTenants, listTenants, withPlatform, type PlatformScope } from '@interdomestik/db';
import { auditLogs, platformEntries, platformSessions, tenants } from '@interdomestik/db/schema';

/** How long one entry lasts at most; afterwards the reason has to be given again. */
const entryMinutes = 60;

/** The super admin behind a console scope. */
function adminOf(scope: PlatformScope) {
  if (scope.session === null) throw notFound();
  return scope.session;
}

/**
 * Lets the super admin into one tenant with a reason. The entry is a row of that tenant, so its own audit trail shows who came,
 * when and why; an earlier stay of the same session ends here. Throws NOT_FOUND for an unknown tenant, CONFLICT for a suspended one.
 */
export async function enterTenant(scope: PlatformScope, input: z.infer<typeof enterTenantInput>, now: Date): Promise<{ entryId: string; expiresAt: Date }> {
  const admin = adminOf(scope);
  const tenant = await findTenant({ id: input.tenantId });
  if (tenant === null) throw notFound();
  if (tenant.status !== 'active') throw conflict('errors.platform.tenantSuspended');
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

/** The newest stays in every tenant, with their reasons. */
export async function listEntries(scope: PlatformScope) {
  const found = [];
  for (const tenant of await listTenants()) {
    const rows = await withPlatform(scope, 'platform.entries', async (tx) =>
      await tx.select({
        id: platformEntries.id, by: platformEntries.platformUserName, reason: platformEntries.reason, startedAt: platformEntries.startedAt,
        expiresAt: platformEntries.expiresAt, endedAt: platformEntries.endedAt,
      }).from(platformEntries).where(eq(platformEntries.tenantId, tenant.id)).orderBy(desc(platformEntries.startedAt)).limit(50), { tenantId: tenant.id });
    found.push(...rows.map((row) => ({ ...row, tenantId: tenant.id, tenantName: tenant.name })));
  }
  return found.toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime()).slice(0, 100);
}

/** Closes a tenant to everybody, or opens it again; written into that tenant's audit trail. Acts in every process within two seconds. */
export async function setTenantStatus(scope: PlatformScope, tenantId: string, status: 'active' | 'suspended', now: Date): Promise<void> {
  const admin = adminOf(scope);
  const tenant = await findTenant({ id: tenantId });
  if (tenant === null) throw notFound();
  const action = status === 'active' ? 'platform.resume' : 'platform.suspend';
  await withPlatform(scope, action, async (tx) => {
    const [before] = await tx.select({ status: tenants.status }).from(tenants).where(eq(tenants.id, tenantId)).for('update');
    if (before === undefined || before.status === status) return;
    await tx.update(tenants).set({ status, updatedAt: now }).where(eq(tenants.id, tenantId));
    await tx.insert(auditLogs).values({
      tenantId, id: newId(), actorKind: 'platform', actorId: admin.userId, action, requestId: scope.requestId, operation: 'UPDATE',
      entity: 'tenants', entityId: tenantId, before: { status: before.status }, after: { status },
    });
  }, { tenantId });
  forgetTenants();
}
