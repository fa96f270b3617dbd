import { findTenant, resolveScope, type PlatformScope, type Tenant, type TenantScope, type Tx } from '@interdomestik/db';
import { platformAuditLogs } from '@interdomestik/db/schema';
import { newId, notFound } from '@interdomestik/rules';

/** The super admin behind a console scope. Throws NOT_FOUND for the door that nobody has gone through yet. */
export function adminOf(scope: PlatformScope) {
  if (scope.session === null) throw notFound();
  return scope.session;
}

/** A tenant by its id, whatever its status. Throws NOT_FOUND. */
export async function tenantOf(tenantId: string): Promise<Tenant> {
  const tenant = await findTenant({ id: tenantId });
  if (tenant === null) throw notFound();
  return tenant;
}

/** One tenant as the console itself works in it: to make it ready, or to count. Throws NOT_FOUND. */
export async function consoleIn(scope: PlatformScope, tenantId: string): Promise<TenantScope> {
  const found = await resolveScope({ kind: 'console', tenantId, sessionId: adminOf(scope).sessionId }, scope.requestId);
  if (found === null) throw notFound();
  return found;
}

/** Writes what a super admin did outside every tenant, as part of `tx`. */
export async function trail(tx: Tx, scope: PlatformScope, action: string, subject: string | null, detail: Readonly<Record<string, string | number | boolean | null>> = {}): Promise<void> {
  await tx.insert(platformAuditLogs).values({ id: newId(), platformUserId: scope.session?.userId ?? null, action, subject, detail, requestId: scope.requestId });
}
