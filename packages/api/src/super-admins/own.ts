import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import { invalid, notFound, passwordNamesPerson, type Locale } from '@interdomestik/rules';
import { withPlatform, type PlatformScope } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { adminOf, trail } from '../platform/console';

/** Changes the language of the own account. */
export async function changeOwnLocale(scope: PlatformScope, locale: Locale): Promise<void> {
  const { userId } = adminOf(scope);
  await withPlatform(scope, 'superAdmins.changeLocale', async (tx) => {
    await tx.update(platformUsers).set({ locale }).where(eq(platformUsers.id, userId));
    await trail(tx, scope, 'superAdmins.changeLocale', userId, { locale });
  });
}

/** Changes the own password and signs all other browsers out. Throws INVALID `errors.password.wrong` on the present one. */
export async function changeOwnPassword(scope: PlatformScope, input: { current: string; password: string }, passwords: Context['passwords'], now: Date): Promise<void> {
  const { userId, sessionId, email, name } = adminOf(scope);
  const [row] = await withPlatform(scope, 'superAdmins.changePassword', (tx) => tx.select({ passwordHash: platformUsers.passwordHash }).from(platformUsers).where(eq(platformUsers.id, userId)));
  const stored = row?.passwordHash ?? null;
  if (stored === null || !(await passwords.verify(stored, input.current))) throw invalid('current', 'errors.password.wrong');
  if (input.current === input.password) throw invalid('password', 'errors.password.same');
  if (passwordNamesPerson(input.password, { email, names: name.split(' ') })) throw invalid('password', 'errors.password.personal');
  const passwordHash = await passwords.hash(input.password);
  await withPlatform(scope, 'superAdmins.changePassword', async (tx) => {
    // changed by another browser meanwhile: what was checked is no longer the password
    const changed = await tx.update(platformUsers).set({ passwordHash }).where(and(eq(platformUsers.id, userId), eq(platformUsers.passwordHash, stored), eq(platformUsers.status, 'active'))).returning({ id: platformUsers.id });
    if (changed.length === 0) throw invalid('current', 'errors.password.wrong');
    await tx.update(platformSessions).set({ revokedAt: now }).where(and(eq(platformSessions.platformUserId, userId), ne(platformSessions.id, sessionId), isNull(platformSessions.revokedAt)));
    await trail(tx, scope, 'superAdmins.changePassword', userId);
  });
}

const living = (userId: string, now: Date) => and(eq(platformSessions.platformUserId, userId), isNull(platformSessions.revokedAt), gt(platformSessions.expiresAt, now));

/** The browsers that are signed in as this super admin, the present one first. */
export async function listOwnSessions(scope: PlatformScope, now: Date) {
  const { userId, sessionId } = adminOf(scope);
  const rows = await withPlatform(scope, 'superAdmins.sessions', (tx) =>
    tx.select({ id: platformSessions.id, userAgent: platformSessions.userAgent, lastSeenAt: platformSessions.lastSeenAt, createdAt: platformSessions.createdAt }).from(platformSessions)
      .where(living(userId, now)).orderBy(desc(platformSessions.lastSeenAt)).limit(50));
  const all = rows.map((row) => ({ ...row, current: row.id === sessionId }));
  return [...all.filter(({ current }) => current), ...all.filter(({ current }) => !current)];
}

/** Signs one browser of this super admin out, or all others when no id is given. Throws NOT_FOUND for anybody else's. */
export async function endOwnSessions(scope: PlatformScope, id: string | undefined, now: Date): Promise<void> {
  const { userId, sessionId } = adminOf(scope);
  await withPlatform(scope, 'superAdmins.endSession', async (tx) => {
    const which = id === undefined ? ne(platformSessions.id, sessionId) : eq(platformSessions.id, id);
    const ended = await tx.update(platformSessions).set({ revokedAt: now }).where(and(living(userId, now), which)).returning({ id: platformSessions.id });
    if (id !== undefined && ended.length === 0) throw notFound();
    if (ended.length > 0) await trail(tx, scope, 'superAdmins.endSession', userId, { count: ended.length });
  });
}
