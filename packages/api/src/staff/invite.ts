import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { conflict, DomainError, fullName, newId, notFound, rankOf, todayIn, type InviteStaffInput, type Locale, type StaffRole } from '@interdomestik/rules';
import { actAsTenant, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { user, userRoles } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { issueToken } from '../accounts/tokens';
import { letterheadOf, queueMail, type Letterhead } from '../mails';
import { nameColumns } from '../members/search';
import { portalOrigin, portalPaths } from '../site/origins';
import { assertMayGrant, branchOfRole, colleague, rolesOf, worksInReach } from './reach';

interface Invitee {
  readonly id: string;
  readonly firstName: string;
  readonly email: string;
  readonly locale: Locale;
  readonly role: StaffRole;
  readonly branchName: string | null;
}

/** A new link and its mail; earlier links of the person end. */
async function sendInvitation(tx: Tx, scope: TenantScope, invitee: Invitee, letterhead: Letterhead, now: Date): Promise<void> {
  const { id, token, expiresAt } = await issueToken(tx, scope, invitee.id, 'invitation', now);
  await queueMail(tx, scope, {
    template: 'staff-invitation', to: { email: invitee.email, userId: invitee.id }, locale: invitee.locale, letterhead, effectKey: `staff-invitation:${id}`,
    params: {
      name: invitee.firstName, inviter: fullName(scope.actor), role: invitee.role, branch: invitee.branchName, until: todayIn(scope.tenant.timeZone, expiresAt),
      url: `${portalOrigin(scope.tenant, 'admin')}${portalPaths.invitation(token)}`,
    },
  });
}

/** Two invitations of one address wait for each other: the address becomes unique only when it is accepted. */
async function assertNewAddress(tx: Tx, scope: TenantScope, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`staff-invite:${scope.tenantId}:${email}`}, 0))`);
  const [taken] = await tx.select({ id: user.id }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), or(eq(user.signInEmail, email), and(eq(user.email, email), inArray(user.status, ['invited', 'disabled']), isStaff)))).limit(1);
  if (taken !== undefined) throw new DomainError('CONFLICT', 'errors.account.emailTaken', { field: 'email' });
}

const isStaff = sql`exists (select from ${userRoles} r where r.tenant_id = ${user.tenantId} and r.user_id = ${user.id} and r.role <> 'member')`;

/**
 * Invites somebody to work here: the person is written with the role and gets a mail with a link that lives seven days. Nobody is invited
 * to a role above the own, and a branch manager only into the own branch. Throws FORBIDDEN, NOT_FOUND for a branch out of reach, CONFLICT
 * `errors.account.emailTaken` when the address belongs to an account (grant a role to that person instead).
 */
export async function inviteStaff(scope: TenantScope, input: InviteStaffInput, now: Date): Promise<{ id: string }> {
  assertMayGrant(scope, input.role);
  const letterhead = await letterheadOf(scope, now);
  const { locale } = letterhead;
  return await withTenant(actAsTenant(scope, 'staff.invite'), async (tx) => {
    const branch = await branchOfRole(tx, scope, input.role, input.branchId);
    await assertNewAddress(tx, scope, input.email);
    const id = newId();
    await tx.insert(user).values({
      tenantId: scope.tenantId, id, branchId: branch?.id ?? null, email: input.email, status: 'invited', ...nameColumns(input.firstName, input.lastName), locale, createdAt: now, updatedAt: now,
    });
    await writeRole(tx, scope, { userId: id, role: input.role, branchId: branch?.id ?? null });
    await sendInvitation(tx, scope, { id, firstName: input.firstName, email: input.email, locale, role: input.role, branchName: branch?.name ?? null }, letterhead, now);
    return { id };
  });
}

/** Invites the first administrator of a tenant that is being made, as part of `tx`; does nothing where one has been invited already. */
export async function inviteFirstAdmin(
  tx: Tx, scope: TenantScope, person: { readonly firstName: string; readonly lastName: string; readonly email: string; readonly locale: Locale }, letterhead: Letterhead, now: Date,
): Promise<void> {
  const { firstName, lastName, email, locale } = person;
  const [there] = await tx.select({ id: userRoles.id }).from(userRoles).where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.role, 'tenant_admin'))).limit(1);
  if (there !== undefined) return;
  const id = newId();
  await tx.insert(user).values({ tenantId: scope.tenantId, id, email, status: 'invited', ...nameColumns(firstName, lastName), locale, createdAt: now, updatedAt: now });
  await writeRole(tx, scope, { userId: id, role: 'tenant_admin', branchId: null });
  await sendInvitation(tx, scope, { id, firstName, email, locale, role: 'tenant_admin', branchName: null }, letterhead, now);
}

/** Sends a new link to somebody who has not accepted yet; the earlier one ends. Throws CONFLICT `errors.alreadyDone` for anybody else. */
export async function resendInvitation(scope: TenantScope, id: string, now: Date): Promise<void> {
  const letterhead = await letterheadOf(scope, now);
  await withTenant(actAsTenant(scope, 'staff.resendInvitation'), async (tx) => {
    const { status, email, locale, firstName, roles } = await colleague(tx, scope, id);
    const widest = roles.toSorted((a, b) => rankOf(a.role) - rankOf(b.role))[0];
    if (status !== 'invited' || email === null || widest === undefined) throw conflict('errors.alreadyDone');
    await sendInvitation(tx, scope, { id, firstName, email, locale: localeOfRow(locale), role: widest.role, branchName: widest.branchName }, letterhead, now);
  });
}

async function writeRole(tx: Tx, scope: TenantScope, grant: { userId: string; role: StaffRole; branchId: string | null }): Promise<void> {
  await tx.insert(userRoles)
    .values({ tenantId: scope.tenantId, id: newId(), ...grant, grantedBy: scope.actor.kind === 'user' ? scope.actor.id : null })
    .onConflictDoNothing();
}

/**
 * Gives a person in reach one more role; a member becomes staff this way. A person may hold several, in several branches, and works in
 * one at a time. Throws as `inviteStaff` does, and FORBIDDEN for a person with a role above the own; a role that is held already is left.
 */
export async function grantRole(scope: TenantScope, input: { id: string; role: StaffRole; branchId?: string | undefined }): Promise<void> {
  assertMayGrant(scope, input.role);
  // under the asker's own settings, so that the database says it too: what follows runs as the tenant
  const [seen] = await readTenant(scope, (tx) => tx.select({ id: user.id }).from(user).where(and(visible(scope, user), eq(user.id, input.id))));
  await withTenant(actAsTenant(scope, 'staff.grantRole'), async (tx) => {
    const branch = await branchOfRole(tx, scope, input.role, input.branchId);
    const inReach = seen === undefined ? worksInReach(scope) : eq(user.tenantId, scope.tenantId);
    const [person] = await tx.select({ id: user.id }).from(user)
      .where(and(inReach, eq(user.id, input.id), ne(user.status, 'disabled'))).for('no key update');
    if (person === undefined) throw notFound();
    if (scope.actor.kind === 'user' && scope.actor.id === input.id) throw new DomainError('FORBIDDEN', 'errors.staff.ownRole');
    for (const { role } of (await rolesOf(tx, scope, [input.id])).get(input.id) ?? []) assertMayGrant(scope, role);
    await writeRole(tx, scope, { userId: input.id, role: input.role, branchId: branch?.id ?? null });
  });
}
