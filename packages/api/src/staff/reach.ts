import { and, asc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { canGrant, DomainError, forbidden, fullName, invalid, needsBranch, notFound, staffRoleSchema, type StaffRole } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, user, userRoles, type userGrants } from '@interdomestik/db/schema';

/** One staff role of a person. */
export interface HeldRole {
  readonly id: string;
  readonly role: StaffRole;
  readonly branchId: string | null;
  readonly branchName: string | null;
  readonly since: Date;
  readonly givenBy: string | null;
}

const giver = alias(user, 'giver');
/** Who gave something, as a name; null for what stood from the beginning or came from a super admin. */
export const givenBy = { first: giver.firstName, last: giver.lastName };
export const giverOf = (table: typeof userRoles | typeof userGrants) => [giver, and(eq(giver.tenantId, table.tenantId), eq(giver.id, table.grantedBy))] as const;
export const nameOf = (first: string | null, last: string | null): string | null => (first === null || last === null ? null : fullName({ firstName: first, lastName: last }));

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

/** Staff roles by person, oldest first: all of them, also those of other branches. */
export async function rolesOf(tx: Tx, scope: TenantScope, userIds: readonly string[]): Promise<Map<string, HeldRole[]>> {
  const found = new Map<string, HeldRole[]>();
  if (userIds.length === 0) return found;
  const rows = await tx.select({
    userId: userRoles.userId, id: userRoles.id, role: userRoles.role, branchId: userRoles.branchId, branchName: branches.name, since: userRoles.createdAt, ...givenBy,
  }).from(userRoles)
    .leftJoin(branches, and(eq(branches.tenantId, userRoles.tenantId), eq(branches.id, userRoles.branchId)))
    .leftJoin(...giverOf(userRoles))
    .where(and(eq(userRoles.tenantId, scope.tenantId), inArray(userRoles.userId, [...userIds]), ne(userRoles.role, 'member')))
    .orderBy(asc(userRoles.createdAt), asc(userRoles.id));
  for (const { userId, role, first, last, ...rest } of rows) found.set(userId, [...(found.get(userId) ?? []), { role: staffRoleSchema.parse(role), givenBy: nameOf(first, last), ...rest }]);
  return found;
}

/** True for what lies in the scope's reach: of the whole tenant, or of the own branch. What a colleague does elsewhere is that branch's affair. */
export function inOwnReach({ reach }: TenantScope, branchId: string | null): boolean {
  return reach.kind === 'tenant' || branchId === null || (reach.kind === 'branch' && reach.branchId === branchId);
}

/** Throws FORBIDDEN `errors.staff.roleAboveOwn` unless the scope may give that role. */
export function assertMayGrant(scope: TenantScope, role: StaffRole): void {
  if (!canGrant(scope.roles, role)) throw new DomainError('FORBIDDEN', 'errors.staff.roleAboveOwn', { field: 'role' });
}

/**
 * The open branch that a role is for, null for a role of the whole tenant. A branch manager's is the own one: any other looks as if it were not there.
 * Throws INVALID when role and branch do not fit, NOT_FOUND for a branch out of reach.
 */
export async function branchOfRole(tx: Tx, scope: TenantScope, role: StaffRole, branchId: string | undefined): Promise<{ id: string; name: string } | null> {
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
 * above the own. What touches the whole `person` is not for the manager of one branch when the person works in another one too.
 */
export async function colleague(tx: Tx, scope: TenantScope, id: string, touches: 'person' | 'post' = 'person') {
  const [person] = await tx.select({
    id: user.id, firstName: user.firstName, lastName: user.lastName, email: user.email, status: user.status, locale: user.locale, passwordHash: user.passwordHash,
  }).from(user).where(and(worksInReach(scope), eq(user.id, id))).for('no key update');
  if (person === undefined) throw notFound();
  if (scope.actor.kind === 'user' && scope.actor.id === id) throw new DomainError('FORBIDDEN', 'errors.staff.ownRole');
  const roles = (await rolesOf(tx, scope, [id])).get(id) ?? [];
  for (const { role, branchId } of roles) {
    assertMayGrant(scope, role);
    if (touches === 'person' && !inOwnReach(scope, branchId)) throw forbidden();
  }
  const { passwordHash, ...rest } = person;
  return { ...rest, hasPassword: passwordHash !== null, roles };
}

/**
 * Refuses to take the last working administrator away. All administrators' roles are locked, so that two of them cannot end each
 * other at the same moment. Throws CONFLICT `errors.staff.lastAdmin`.
 */
export async function assertAnotherAdmin(tx: Tx, scope: TenantScope, leavingId: string): Promise<void> {
  const admins = await tx.select({ userId: userRoles.userId }).from(userRoles)
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.role, 'tenant_admin'))).orderBy(asc(userRoles.id)).for('no key update');
  const others = admins.map(({ userId }) => userId).filter((userId) => userId !== leavingId);
  const [left] = others.length === 0 ? [] : await tx.select({ id: user.id }).from(user)
    .where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, others), eq(user.status, 'active'))).limit(1);
  if (left === undefined) throw new DomainError('CONFLICT', 'errors.staff.lastAdmin');
}
