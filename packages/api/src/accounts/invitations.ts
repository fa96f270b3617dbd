import { and, asc, eq } from 'drizzle-orm';
import { DomainError, tenantRoles, type TenantRole } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { user, userRoles } from '@interdomestik/db/schema';
import type { Context } from '../context';
import { notifyRole } from '../notifications';
import { assertNewPassword } from './new-password';
import { readToken, redeemToken } from './tokens';

const brokenLink = () => new DomainError('INVALID', 'errors.link', { field: 'token' });

async function invited(scope: TenantScope, token: string, now: Date) {
  const userId = await readToken(scope, 'invitation', token, now);
  const rows = await readTenant(scope, (tx) =>
    tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, email: user.email, status: user.status, role: userRoles.role }).from(user)
      .leftJoin(userRoles, and(eq(userRoles.tenantId, user.tenantId), eq(userRoles.userId, user.id)))
      .where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId))).orderBy(asc(userRoles.createdAt)));
  const [row] = rows;
  // who was shut out in the meantime does not come back through an old mail
  if (row === undefined || row.email === null || row.status === 'disabled') throw brokenLink();
  const role: TenantRole = tenantRoles.find((candidate) => rows.some((one) => one.role === candidate)) ?? 'member';
  return { ...row, email: row.email, role };
}

/** Whom an invitation is for. Throws INVALID `errors.link`. */
export async function readInvitation(site: TenantScope, token: string, now: Date) {
  const { firstName, email, role } = await invited(actAsTenant(site, 'accounts.invitation'), token, now);
  return { firstName, email, role, tenantName: site.tenant.name };
}

/**
 * Accepts an invitation: the password is set and the person may sign in, with the invited address, which the link has proven.
 * Throws INVALID for the link or the password, CONFLICT when the address signs somebody else in already.
 */
export async function acceptInvitation(site: TenantScope, input: { token: string; password: string }, passwords: Context['passwords'], now: Date): Promise<void> {
  const scope = actAsTenant(site, 'accounts.acceptInvitation');
  const person = await invited(scope, input.token, now);
  assertNewPassword(scope, input.password, person);
  const passwordHash = await passwords.hash(input.password);
  await withTenant(scope, async (tx) => {
    const userId = await redeemToken(tx, scope, 'invitation', input.token, now);
    await tx.update(user).set({ passwordHash, signInEmail: person.email, emailVerifiedAt: now, status: 'active', updatedAt: now })
      .where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
    if (person.role === 'member') return;
    await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'staff.joined', params: { name: `${person.firstName} ${person.lastName}` }, href: '/staff', effectKey: `staff-joined:${userId}` });
  });
}
