import { and, eq, ne } from 'drizzle-orm';
import { DomainError, invalid, isLocale, newId, notFound, passwordNamesPerson, type InviteSuperAdminInput, type Locale } from '@interdomestik/rules';
import { platformDoor, withPlatform, type PlatformScope, type Tx } from '@interdomestik/db';
import { platformRecoveryCodes, platformSecondFactors, platformUsers } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { adminOf, trail } from '../platform/console';
import { sendInvitation, type Delivery } from './mail';
import { issueInvitation, readInvitationToken, redeemInvitation } from './tokens';

const localeOf = (text: string): Locale => (isLocale(text) ? text : 'en');

/** Makes an account ready to be taken over: nothing of who had it before opens it any more. */
async function blank(tx: Tx, id: string, { name, locale }: Pick<InviteSuperAdminInput, 'name' | 'locale'>): Promise<void> {
  await tx.delete(platformRecoveryCodes).where(eq(platformRecoveryCodes.platformUserId, id));
  await tx.delete(platformSecondFactors).where(eq(platformSecondFactors.platformUserId, id));
  await tx.update(platformUsers).set({ name, locale, status: 'invited', passwordHash: null }).where(eq(platformUsers.id, id));
}

/**
 * Invites another super admin by mail. Whoever was disabled, or was invited before, is invited anew under the same address and begins from nothing. The
 * mail leaves after the transaction; the answer says whether it did. Throws CONFLICT when somebody active has the address.
 */
export async function inviteSuperAdmin(scope: PlatformScope, input: InviteSuperAdminInput, now: Date): Promise<Delivery & { id: string }> {
  const { name: inviterName, email: inviterEmail } = adminOf(scope);
  const { email, name, locale } = input;
  const { id, token, expiresAt } = await withPlatform(scope, 'superAdmins.invite', async (tx) => {
    // two invitations of one address at once: the second waits here, and sees the first
    const [made] = await tx.insert(platformUsers).values({ id: newId(), email, name, locale, status: 'invited', createdAt: now }).onConflictDoNothing({ target: platformUsers.email }).returning({ id: platformUsers.id });
    const [known] = made !== undefined ? [made] : await tx.select({ id: platformUsers.id }).from(platformUsers).where(and(eq(platformUsers.email, email), ne(platformUsers.status, 'active'))).for('no key update');
    if (known === undefined) throw new DomainError('CONFLICT', 'errors.account.emailTaken', { field: 'email' });
    if (made === undefined) await blank(tx, known.id, input);
    await trail(tx, scope, 'superAdmins.invite', known.id, { name });
    return { id: known.id, ...(await issueInvitation(tx, known.id, now)) };
  });
  return { id, ...(await sendInvitation({ to: { name, email }, inviter: { name: inviterName, email: inviterEmail }, locale, token, expiresAt })) };
}

/** Sends the invitation of somebody who has not come yet again; the earlier link ends. Throws NOT_FOUND for everybody else. */
export async function resendSuperAdmin(scope: PlatformScope, id: string, now: Date): Promise<Delivery> {
  const { name: inviterName, email: inviterEmail } = adminOf(scope);
  const { person, token, expiresAt } = await withPlatform(scope, 'superAdmins.resend', async (tx) => {
    const [row] = await tx.select({ name: platformUsers.name, email: platformUsers.email, locale: platformUsers.locale }).from(platformUsers)
      .where(and(eq(platformUsers.id, id), eq(platformUsers.status, 'invited'))).for('no key update');
    if (row === undefined) throw notFound();
    await trail(tx, scope, 'superAdmins.resend', id, { name: row.name });
    return { person: row, ...(await issueInvitation(tx, id, now)) };
  });
  return await sendInvitation({ to: person, inviter: { name: inviterName, email: inviterEmail }, locale: localeOf(person.locale), token, expiresAt });
}

async function invitedBy(tx: Tx, userId: string) {
  const [row] = await tx.select({ id: platformUsers.id, name: platformUsers.name, email: platformUsers.email }).from(platformUsers).where(and(eq(platformUsers.id, userId), eq(platformUsers.status, 'invited')));
  if (row === undefined) throw new DomainError('INVALID', 'errors.link', { field: 'token' });
  return row;
}

/** Whom an invitation is for. Throws INVALID `errors.link`. */
export async function readSuperAdminInvitation(token: string, requestId: string, now: Date): Promise<{ name: string; email: string }> {
  return await withPlatform(platformDoor(requestId), 'superAdmins.invitation', async (tx) => {
    const { name, email } = await invitedBy(tx, await readInvitationToken(tx, token, now));
    return { name, email };
  });
}

/** Accepts an invitation: the password is set, and the first sign-in leads on to the second factor. Throws INVALID for the link or the password. */
export async function acceptSuperAdmin(input: { token: string; password: string }, passwords: Context['passwords'], requestId: string, now: Date): Promise<void> {
  const door = platformDoor(requestId);
  // the link is looked at first, so that nobody can have passwords hashed without one
  const person = await withPlatform(door, 'superAdmins.accept', async (tx) => await invitedBy(tx, await readInvitationToken(tx, input.token, now)));
  if (passwordNamesPerson(input.password, { email: person.email, names: person.name.split(' ') })) throw invalid('password', 'errors.password.personal');
  const passwordHash = await passwords.hash(input.password);
  await withPlatform(door, 'superAdmins.accept', async (tx) => {
    const id = await redeemInvitation(tx, input.token, now);
    const [made] = await tx.update(platformUsers).set({ passwordHash, status: 'active' }).where(and(eq(platformUsers.id, id), eq(platformUsers.status, 'invited'))).returning({ id: platformUsers.id });
    if (made === undefined) throw new DomainError('INVALID', 'errors.link', { field: 'token' });
    await trail(tx, door, 'superAdmins.accept', id, { name: person.name });
  });
}
