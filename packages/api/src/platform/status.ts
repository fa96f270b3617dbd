import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { conflict, newId, type tenantStatusInput } from '@interdomestik/rules';
import { forgetTenants, withPlatform, type PlatformScope } from '@interdomestik/db';
import { auditLogs, tenants } from '@interdomestik/db/schema';
import { adminOf, tenantOf, trail } from './console';

/**
 * Closes a tenant to everybody, or opens it again, for a reason that stands in its audit trail. Acts in every process within two seconds:
 * people see that it is closed, jobs wait, and what a payment provider tells is still stored. Doing it twice is the same as once.
 * Throws NOT_FOUND, and CONFLICT for a tenant that is still being prepared.
 */
export async function setTenantStatus(scope: PlatformScope, input: z.infer<typeof tenantStatusInput>, status: 'active' | 'suspended', now: Date): Promise<void> {
  const admin = adminOf(scope);
  const { tenantId, reason } = input;
  await tenantOf(tenantId);
  const action = status === 'active' ? 'platform.resume' : 'platform.suspend';
  await withPlatform(scope, action, async (tx) => {
    const [before] = await tx.select({ status: tenants.status }).from(tenants).where(eq(tenants.id, tenantId)).for('no key update');
    if (before === undefined || before.status === status) return;
    if (before.status === 'preparing') throw conflict('errors.platform.tenantPreparing');
    await tx.update(tenants).set({ status, updatedAt: now }).where(eq(tenants.id, tenantId));
    await tx.insert(auditLogs).values({
      tenantId, id: newId(), actorKind: 'platform', actorId: admin.userId, action, requestId: scope.requestId, operation: 'UPDATE',
      entity: 'tenants', entityId: tenantId, before: { status: before.status }, after: { status, reason },
    });
    await trail(tx, scope, action, tenantId, { reason });
  }, { tenantId });
  forgetTenants();
}
