import { and, eq, isNull, sql } from 'drizzle-orm';
import { platformDoor, withPlatform, type PlatformScope, type Tx } from '@interdomestik/db';
import { platformAuditLogs, platformEntries, platformSessions, platformUsers } from '@interdomestik/db/schema';
import { DomainError, newId } from '@interdomestik/rules';
import { signInInput } from '@interdomestik/rules/users';
import { countSignIn, defaultSignInRule, lockedOut } from './limits';
import { hashPassword, needsRehash, verifyPassword } from './passwords';
import type { NewSession, SignInAttempt } from './sign-in';

/** Until a session of a super admin ends by itself. That an unused one ends earlier is said where it is read. */
const absoluteSeconds = 8 * 3600;

const failed = (): DomainError => new DomainError('UNAUTHENTICATED', 'errors.signIn.failed');

/** One line of the platform's trail about a sign-in: who when known, never what was typed. */
async function note(tx: Tx, requestId: string, action: string, userId: string | null, subject: string | null = userId): Promise<void> {
  await tx.insert(platformAuditLogs).values({ id: newId(), platformUserId: userId, action, subject, requestId });
}

/**
 * Signs a super admin in, outside every tenant. Throws RATE_LIMITED after too many wrong attempts, UNAUTHENTICATED for everything else
 * that is wrong: an unknown, disabled or mistyped account all look alike. Each outcome is written to the platform's trail.
 */
export async function signInPlatform(attempt: SignInAttempt, requestId: string): Promise<NewSession> {
  const parsed = signInInput.safeParse({ email: attempt.email, password: attempt.password });
  const email = parsed.success ? parsed.data.email : attempt.email.trim().toLowerCase().slice(0, 320);
  const counters = await countSignIn('platform', email, attempt.ip, defaultSignInRule);
  const door = platformDoor(requestId);
  const [account] = parsed.success ? await withPlatform(door, 'auth.signIn', (tx) =>
    tx.select({ id: platformUsers.id, passwordHash: platformUsers.passwordHash }).from(platformUsers).where(and(eq(platformUsers.email, email), eq(platformUsers.status, 'active'))),
  ) : [];
  if (counters.secondsLeft !== null) {
    if (counters.justLocked) await withPlatform(door, 'auth.signIn', (tx) => note(tx, requestId, 'auth.lockedOut', null, account?.id ?? null));
    throw lockedOut(counters.secondsLeft);
  }
  const right = await verifyPassword(account?.passwordHash ?? null, attempt.password);
  if (!right || account === undefined || account.passwordHash === null) {
    await withPlatform(door, 'auth.signIn', (tx) => note(tx, requestId, 'auth.signInFailed', null, account?.id ?? null));
    throw failed();
  }
  const { id, passwordHash } = account;
  const stronger = needsRehash(passwordHash) ? await hashPassword(attempt.password) : null;
  const sessionId = newId();
  const expiresAt = new Date(Date.now() + absoluteSeconds * 1000);
  await withPlatform(door, 'auth.signIn', async (tx) => {
    // the password may have been changed, or the person disabled, while the hash was being checked
    const [still] = await tx.select({ id: platformUsers.id }).from(platformUsers)
      .where(and(eq(platformUsers.id, id), eq(platformUsers.passwordHash, passwordHash), eq(platformUsers.status, 'active'))).for('no key update');
    if (still === undefined) throw failed();
    if (stronger !== null) await tx.update(platformUsers).set({ passwordHash: stronger }).where(eq(platformUsers.id, id));
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: id, userAgent: attempt.userAgent.slice(0, 300), expiresAt });
    await note(tx, requestId, 'auth.signIn', id);
  });
  await counters.clear();
  return { sessionId, expiresAt };
}

/** Ends a super admin's session and the stay inside a tenant that it had; ending it twice is the same as once. */
export async function endPlatformSession(scope: PlatformScope, sessionId: string): Promise<void> {
  const inside = scope.session?.inside ?? null;
  if (inside !== null) {
    await withPlatform(scope, 'platform.leave', async (tx) => {
      await tx.update(platformEntries).set({ endedAt: sql`now()` }).where(and(eq(platformEntries.tenantId, inside.tenantId), eq(platformEntries.id, inside.entryId), isNull(platformEntries.endedAt)));
    }, { tenantId: inside.tenantId });
  }
  await withPlatform(scope, 'auth.signOut', async (tx) => {
    const [ended] = await tx.update(platformSessions).set({ revokedAt: sql`now()` }).where(and(eq(platformSessions.id, sessionId), isNull(platformSessions.revokedAt))).returning({ userId: platformSessions.platformUserId });
    if (ended !== undefined) await note(tx, scope.requestId, 'auth.signOut', ended.userId);
  });
}
