import { and, eq, sql } from 'drizzle-orm';
import { platformDoor, withPlatform, type PlatformScope } from '@interdomestik/db';
import { platformSessions, platformUsers } from '@interdomestik/db/schema';
import { DomainError, newId } from '@interdomestik/rules';
import { signInInput } from '@interdomestik/rules/users';
import { countSignIn, lockedOut } from './limits';
import { hashPassword, needsRehash, verifyPassword } from './passwords';
import { sessionSeconds, type NewSession, type SignInAttempt } from './sign-in';

/**
 * Signs a super admin in, outside every tenant. Throws RATE_LIMITED after too many wrong attempts, UNAUTHENTICATED for everything else
 * that is wrong: an unknown, disabled or mistyped account all look alike.
 */
export async function signInPlatform(attempt: SignInAttempt, requestId: string): Promise<NewSession> {
  const parsed = signInInput.safeParse({ email: attempt.email, password: attempt.password });
  const email = parsed.success ? parsed.data.email : attempt.email.trim().toLowerCase().slice(0, 320);
  const counters = await countSignIn('platform', email, attempt.ip);
  if (counters.secondsLeft !== null) throw lockedOut(counters.secondsLeft);
  const door = platformDoor(requestId);
  const [account] = await withPlatform(door, 'auth.signIn', (tx) =>
    tx.select({ id: platformUsers.id, passwordHash: platformUsers.passwordHash }).from(platformUsers).where(and(eq(platformUsers.email, email), eq(platformUsers.status, 'active'))),
  );
  const right = await verifyPassword(account?.passwordHash ?? null, attempt.password);
  if (!right || account === undefined) throw new DomainError('UNAUTHENTICATED', 'errors.signIn.failed');
  const stronger = account.passwordHash !== null && needsRehash(account.passwordHash) ? await hashPassword(attempt.password) : null;
  const sessionId = newId();
  const expiresAt = new Date(Date.now() + sessionSeconds.platform * 1000);
  await withPlatform(door, 'auth.signIn', async (tx) => {
    if (stronger !== null) await tx.update(platformUsers).set({ passwordHash: stronger }).where(eq(platformUsers.id, account.id));
    await tx.insert(platformSessions).values({ id: sessionId, platformUserId: account.id, expiresAt });
  });
  await counters.clear();
  return { sessionId, expiresAt };
}

/** Ends a super admin's session; ending it twice is the same as once. */
export async function endPlatformSession(scope: PlatformScope, sessionId: string): Promise<void> {
  await withPlatform(scope, 'auth.signOut', async (tx) => {
    await tx.update(platformSessions).set({ revokedAt: sql`now()` }).where(eq(platformSessions.id, sessionId));
  });
}
