import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { conflict, notFound, unauthenticated } from '@interdomestik/rules';
import { withPlatform, type PlatformScope } from '@interdomestik/db';
import { platformEntries, platformSessions, platformUsers } from '@interdomestik/db/schema';
import { adminOf, trail } from '../platform/console';
import { endInvitations } from './tokens';

/**
 * Ends a super admin's access at once: all browsers, the stay inside a tenant, an open invitation. Twice is the same as once. Throws CONFLICT for
 * oneself, NOT_FOUND for nobody.
 *
 * That the last one can never be disabled follows: whoever disables is active and is not the one who goes. So that it holds for several at
 * once, everybody who is active is locked first, in one order; who was disabled meanwhile disables nobody.
 */
export async function disableSuperAdmin(scope: PlatformScope, id: string, now: Date): Promise<void> {
  const { userId } = adminOf(scope);
  if (id === userId) throw conflict('errors.platform.ownAccount');
  const stays = await withPlatform(scope, 'superAdmins.disable', async (tx) => {
    const living = await tx.select({ id: platformUsers.id }).from(platformUsers).where(inArray(platformUsers.status, ['active', 'invited'])).orderBy(platformUsers.id).for('no key update');
    if (!living.some((person) => person.id === userId)) throw unauthenticated();
    const [target] = await tx.select({ name: platformUsers.name, status: platformUsers.status }).from(platformUsers).where(eq(platformUsers.id, id));
    if (target === undefined) throw notFound();
    if (target.status === 'disabled') return [];
    await tx.update(platformUsers).set({ status: 'disabled' }).where(eq(platformUsers.id, id));
    await endInvitations(tx, id, now);
    const running = and(eq(platformSessions.platformUserId, id), isNull(platformSessions.revokedAt));
    const inside = await tx.select({ tenantId: platformSessions.tenantId }).from(platformSessions).where(and(running, isNotNull(platformSessions.tenantId)));
    await tx.update(platformSessions).set({ revokedAt: now }).where(running);
    await trail(tx, scope, 'superAdmins.disable', id, { name: target.name });
    return inside.map(({ tenantId }) => tenantId);
  });
  // nobody is inside any more without a session; this is for the record of the tenants
  for (const tenantId of new Set(stays)) {
    if (tenantId === null) continue;
    await withPlatform(scope, 'superAdmins.disable', async (tx) => {
      await tx.update(platformEntries).set({ endedAt: now }).where(and(eq(platformEntries.tenantId, tenantId), eq(platformEntries.platformUserId, id), isNull(platformEntries.endedAt)));
    }, { tenantId });
  }
}
