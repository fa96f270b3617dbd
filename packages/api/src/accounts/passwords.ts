import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import { DomainError, invalid } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { sessions, user, userTokens } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { letterheadOf, queueMail } from '../mails';
import { notify } from '../notifications';
import { portalOrigin, portalPaths } from '../site/origins';
import { localeOfRow } from './new-member';
import { assertNewPassword } from './new-password';
import { personOf } from './profile';
import { issueToken, readToken, redeemToken, tokenMinutes } from './tokens';

type Passwords = Context['passwords'];

const byId = (scope: TenantScope, userId: string) => and(eq(user.tenantId, scope.tenantId), eq(user.id, userId));

async function personRow(scope: TenantScope, userId: string) {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({ id: user.id, email: user.email, signInEmail: user.signInEmail, firstName: user.firstName, lastName: user.lastName, locale: user.locale, passwordHash: user.passwordHash, status: user.status, verifiedAt: user.emailVerifiedAt })
      .from(user).where(byId(scope, userId)));
  return row;
}

async function revokeSessions(tx: Tx, scope: TenantScope, userId: string, now: Date, except: string | null): Promise<void> {
  await tx.update(sessions).set({ revokedAt: now })
    .where(and(eq(sessions.tenantId, scope.tenantId), eq(sessions.userId, userId), isNull(sessions.revokedAt), except === null ? undefined : ne(sessions.id, except)));
}

/** Marks an address as its owner's. Throws INVALID `errors.link`. */
export async function verifyEmail(site: TenantScope, token: string, now: Date): Promise<void> {
  // a mailed link stands for its person, whom a visitor cannot see
  const scope = actAsTenant(site, 'accounts.verifyEmail');
  await withTenant(scope, async (tx) => {
    const userId = await redeemToken(tx, scope, 'verify_email', token, now);
    await tx.update(user).set({ emailVerifiedAt: now, updatedAt: now }).where(and(byId(scope, userId), isNull(user.emailVerifiedAt)));
  });
}

/** Sends the mail to verify the own address again; at most every two minutes, and not when it is verified. */
export async function resendVerification(asker: TenantScope, now: Date): Promise<void> {
  const scope = actAsTenant(asker, 'accounts.resendVerification');
  const person = await personRow(scope, personOf(asker));
  const letterhead = await letterheadOf(asker, now);
  if (person === undefined || person.email === null || person.verifiedAt !== null) return;
  const { id: userId, email, firstName: name } = person;
  await withTenant(scope, async (tx) => {
    if (await issuedLately(tx, scope, userId, 'verify_email', now)) return;
    const { id, token } = await issueToken(tx, scope, userId, 'verify_email', now);
    const url = `${portalOrigin(scope.tenant, 'member')}${portalPaths.verifyEmail(token)}`;
    await queueMail(tx, scope, { template: 'verify-email', to: { email, userId }, locale: localeOfRow(person.locale), letterhead, effectKey: `verify-email:${id}`, params: { name, email, url, hours: tokenMinutes.verify_email / 60 } });
  });
}

async function issuedLately(tx: Tx, scope: TenantScope, userId: string, purpose: 'verify_email' | 'reset_password', now: Date): Promise<boolean> {
  // the person's row makes two simultaneous requests wait for each other
  await tx.select({ id: user.id }).from(user).where(byId(scope, userId)).for('no key update');
  const [row] = await tx.select({ id: userTokens.id }).from(userTokens)
    .where(and(eq(userTokens.tenantId, scope.tenantId), eq(userTokens.userId, userId), eq(userTokens.purpose, purpose), gt(userTokens.createdAt, new Date(now.getTime() - 120_000)))).limit(1);
  return row !== undefined;
}

/** Mails a link to set a new password, if somebody signs in with that address here. The caller learns nothing either way. */
export async function requestPasswordReset(site: TenantScope, email: string, app: 'member' | 'admin', now: Date): Promise<void> {
  const scope = actAsTenant(site, 'accounts.requestPasswordReset');
  const letterhead = await letterheadOf(site, now);
  await withTenant(scope, async (tx) => {
    const [person] = await tx.select({ id: user.id, firstName: user.firstName, locale: user.locale }).from(user)
      .where(and(eq(user.tenantId, scope.tenantId), eq(user.signInEmail, email), eq(user.status, 'active')));
    if (person === undefined || (await issuedLately(tx, scope, person.id, 'reset_password', now))) return;
    const { id, token } = await issueToken(tx, scope, person.id, 'reset_password', now);
    const url = `${portalOrigin(scope.tenant, app)}${portalPaths.resetPassword(token)}`;
    await queueMail(tx, scope, {
      template: 'password-reset', to: { email, userId: person.id }, locale: localeOfRow(person.locale), letterhead, effectKey: `password-reset:${id}`,
      params: { name: person.firstName, email, url, minutes: tokenMinutes.reset_password },
    });
  });
}

/**
 * Sets a new password by a mailed link and signs the person out everywhere. Whoever holds the link is let in again at `address`, whatever strangers tried
 * with the account. Throws INVALID for the link or the password.
 */
export async function resetPassword(site: TenantScope, input: { token: string; password: string }, address: string, passwords: Passwords, now: Date): Promise<void> {
  const scope = actAsTenant(site, 'accounts.resetPassword');
  // the link is looked at first, so that nobody can have passwords hashed without one
  const person = await personRow(scope, await readToken(scope, 'reset_password', input.token, now));
  if (person === undefined) throw new DomainError('INVALID', 'errors.link', { field: 'token' });
  assertNewPassword(scope, input.password, person);
  const passwordHash = await passwords.hash(input.password);
  await withTenant(scope, async (tx) => {
    const userId = await redeemToken(tx, scope, 'reset_password', input.token, now);
    await tx.update(user).set({ passwordHash, emailVerifiedAt: person.verifiedAt ?? now, updatedAt: now }).where(byId(scope, userId));
    await revokeSessions(tx, scope, userId, now, null);
    await notify(tx, scope, { userId, kind: 'user.password_changed', effectKey: `password-changed:${userId}:${now.toISOString()}` });
  });
  if (person.signInEmail !== null) await passwords.welcome(scope.tenantId, person.signInEmail, address);
}

/** Changes the own password and signs all other browsers out. Throws INVALID `errors.password.wrong` on the present one. */
export async function changePassword(asker: TenantScope, input: { current: string; password: string }, passwords: Passwords, now: Date): Promise<void> {
  const scope = actAsTenant(asker, 'accounts.changePassword');
  const userId = personOf(asker);
  const person = await personRow(scope, userId);
  if (person === undefined || !(await passwords.verify(person.passwordHash, input.current))) throw invalid('current', 'errors.password.wrong');
  if (input.current.normalize('NFKC') === input.password.normalize('NFKC')) throw invalid('password', 'errors.password.same');
  assertNewPassword(scope, input.password, person);
  const passwordHash = await passwords.hash(input.password);
  await withTenant(scope, async (tx) => {
    await tx.update(user).set({ passwordHash, updatedAt: now }).where(byId(scope, userId));
    await revokeSessions(tx, scope, userId, now, asker.sessionId);
    await notify(tx, scope, { userId, kind: 'user.password_changed', effectKey: `password-changed:${userId}:${now.toISOString()}` });
  });
}
