import { and, asc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import { canGrant, DomainError, forbidden, invalid, needsBranch, notFound, staffRoleSchema, type StaffRole } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, user, userRoles } from '@interdomestik/db/schema';

/** One staff role of a person. */
export interface Grant {
  readonly role: StaffRole;
  readonly branchId: string | null;
}

/**
 * People who work where the scope reaches: the roles say so, not the branch of the person's own row, which for somebody who is a
 * member as well may be another one. Queries with it run as the tenant (`actAsTenant`), so this condition is what limits them.
 */
export function worksInReach(scope: TenantScope): SQL {
  const { reach } = scope;
  if (reach.kind !== 'tenant' && reach.kind !== 'branch') return sql`false`;
  const here = reach.kind === 'branch' ? sql` and r.branch_id = ${reach.branchId}` : sql``;
  const works = sql`exists (select from ${userRoles} r where r.tenant_id = ${user.tenantId} and r.user_id = ${user.id} and r.role <> 'member'${here})`;
  return sql`(${eq(user.tenantId, scope.tenantId)} and ${works})`;
}

/** Staff roles by person. */
export async function grantsOf(tx: Tx, scope: TenantScope, userIds: readonly string[]): Promise<Map<string, (Grant & { branchName: string | null })[]>> {
  const found = new Map<string, (Grant & { branchName: string | null })[]>();
  if (userIds.length === 0) return found;
  const rows = await tx.select({ userId: userRoles.userId, role: userRoles.role, branchId: userRoles.branchId, branchName: branches.name }).from(userRoles)
    .leftJoin(branches, and(eq(branches.tenantId, userRoles.tenantId), eq(branches.id, userRoles.branchId)))
    .where(and(eq(userRoles.tenantId, scope.tenantId), inArray(userRoles.userId, [...userIds]), ne(userRoles.role, 'member')))
    .orderBy(asc(userRoles.createdAt), asc(userRoles.id));
  for (const { userId, role, ...rest } of rows) found.set(userId, [...(found.get(userId) ?? []), { role: staffRoleSchema.parse(role), ...rest }]);
  return found;
}

/** Throws FORBIDDEN `errors.staff.roleAboveOwn` unless the scope may give that role. */
export function assertMayGrant(scope: TenantScope, role: StaffRole): void {
  if (!canGrant(scope.roles, role)) throw new DomainError('FORBIDDEN', 'errors.staff.roleAboveOwn', { field: 'role' });
}

/**
 * The open branch that a role is for, null for a role of the whole tenant. A branch manager's is the own one: any other looks as if it were not there.
 * Throws INVALID when role and branch do not fit, NOT_FOUND for a branch out of reach.
 */
export async function branchOfGrant(tx: Tx, scope: TenantScope, role: StaffRole, branchId: string | undefined): Promise<{ id: string; name: string } | null> {
  if (!needsBranch(role)) {
    if (branchId !== undefined) throw invalid('branchId', 'errors.staff.noBranch');
    if (scope.reach.kind !== 'tenant') throw forbidden();
    return null;
  }
  if (branchId === undefined) throw invalid('branchId', 'errors.staff.branchRequired');
  if (scope.reach.kind !== 'tenant' && !(scope.reach.kind === 'branch' && scope.reach.branchId === branchId)) throw notFound();
  const [branch] = await tx.select({ id: branches.id, name: branches.name }).from(branches)
    .where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId), eq(branches.isActive, true)));
  if (branch === undefined) throw notFound();
  return branch;
}

/**
 * A colleague whom the scope may change, locked. Throws NOT_FOUND out of reach, FORBIDDEN for oneself and for anybody who holds a role
 * above the own or, for a branch manager, in another branch.
 */
export async function colleague(tx: Tx, scope: TenantScope, id: string) {
  const [person] = await tx.select({
    id: user.id, firstName: user.firstName, lastName: user.lastName, email: user.email, status: user.status, locale: user.locale, passwordHash: user.passwordHash,
  }).from(user).where(and(worksInReach(scope), eq(user.id, id))).for('update');
  if (person === undefined) throw notFound();
  if (scope.actor.kind === 'user' && scope.actor.id === id) throw new DomainError('FORBIDDEN', 'errors.staff.ownRole');
  const grants = (await grantsOf(tx, scope, [id])).get(id) ?? [];
  for (const { role, branchId } of grants) {
    assertMayGrant(scope, role);
    if (scope.reach.kind === 'branch' && branchId !== scope.reach.branchId) throw forbidden();
  }
  const { passwordHash, ...rest } = person;
  return { ...rest, hasPassword: passwordHash !== null, grants };
}

/**
 * Refuses to take the last working administrator away. All administrators' roles are locked, so that two of them cannot end each
 * other at the same moment. Throws CONFLICT `errors.staff.lastAdmin`.
 */
export async function assertAnotherAdmin(tx: Tx, scope: TenantScope, leavingId: string): Promise<void> {
  const admins = await tx.select({ userId: userRoles.userId }).from(userRoles)
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.role, 'tenant_admin'))).orderBy(asc(userRoles.id)).for('update');
  const others = admins.map(({ userId }) => userId).filter((userId) => userId !== leavingId);
  const [left] = others.length === 0 ? [] : await tx.select({ id: user.id }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, others), eq(user.status, 'active'))).limit(1);
  if (left === undefined) throw new DomainError('CONFLICT', 'errors.staff.lastAdmin');
}
