import { and, eq } from 'drizzle-orm';
import { conflict, newId, notFound } from '@interdomestik/rules';
import { platformDoor, resolvePlatformScope, withPlatform, type PlatformScope } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { trail } from './console';

const minutes = 10;
const action = 'platform.command';

/**
 * Works at the console from a command line, as one of the super admins: whoever holds the console's own login to the database is asked for no password, and
 * everything is on record under that person's name. The session is good for ten minutes and ends with the work. Without an address the only super admin there is acts.
 * Throws NOT_FOUND for an address that is no working super admin's, CONFLICT `errors.platform.whichAdmin` when there are several to choose from.
 */
export async function asSuperAdmin<T>(email: string | null, work: (scope: PlatformScope) => Promise<T>): Promise<T> {
  const sessionId = newId();
  await withPlatform(platformDoor(), action, async (tx) => {
    const found = await tx.select({ id: platformUsers.id }).from(platformUsers)
      .where(and(eq(platformUsers.status, 'active'), email === null ? undefined : eq(platformUsers.email, email.trim().toLowerCase()))).limit(2);
    const [person] = found;
    if (person === undefined) throw notFound();
    if (found.length > 1) throw conflict('errors.platform.whichAdmin');
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: person.id, userAgent: 'command line', secondFactorAt: new Date(), expiresAt: new Date(Date.now() + minutes * 60_000) });
  });
  const scope = await resolvePlatformScope(sessionId);
  if (scope === null) throw notFound();
  try {
    await withPlatform(scope, action, (tx) => trail(tx, scope, action, null));
    return await work(scope);
  } finally {
    await withPlatform(scope, action, async (tx) => { await tx.update(platformSessions).set({ revokedAt: new Date() }).where(eq(platformSessions.id, sessionId)); });
  }
}

export { createTenant } from './create';
export { rotateSecrets } from './rotate';
