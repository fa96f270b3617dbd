import { and, asc, eq } from 'drizzle-orm';
import {
  addsToPosts, canGrant, canGrantPermission, conflict, DomainError, forbidden, grantableIn, grantedReaches, invalid, isPermission, newId, notFound, type Permission, type Post,
} from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, userGrants } from '@interdomestik/db/schema';
import { colleague, givenBy, giverOf, inOwnReach, nameOf, rolesOf } from './reach';
import { readColleague } from './service';

/** Permissions of one person beyond the roles, oldest first; `holds` tells whether one counts in any of the person's roles. */
async function grantsOf(tx: Tx, scope: TenantScope, userId: string, posts: readonly Post[]) {
  const rows = await tx.select({
    id: userGrants.id, permission: userGrants.permission, branchId: userGrants.branchId, branchName: branches.name, since: userGrants.createdAt, ...givenBy,
  }).from(userGrants)
    .leftJoin(branches, and(eq(branches.tenantId, userGrants.tenantId), eq(branches.id, userGrants.branchId)))
    .leftJoin(...giverOf(userGrants))
    .where(and(eq(userGrants.tenantId, scope.tenantId), eq(userGrants.userId, userId))).orderBy(asc(userGrants.createdAt), asc(userGrants.id));
  return rows.map(({ first, last, ...row }) => ({
    ...row, givenBy: nameOf(first, last), holds: posts.some((post) => isPermission(row.permission) && grantedReaches(post, [row]).has(row.permission)),
  }));
}

/** One colleague in reach with roles and grants, and what the caller may change of them. Throws NOT_FOUND. */
export async function getColleague(scope: TenantScope, id: string, now: Date) {
  return await withTenant(actAsTenant(scope, 'staff.get'), async (tx) => {
    const person = await readColleague(tx, scope, id, now);
    const roles = (await rolesOf(tx, scope, [id])).get(id) ?? [];
    const grants = await grantsOf(tx, scope, id, roles);
    const below = !person.isSelf && roles.every(({ role }) => canGrant(scope.roles, role));
    return {
      ...person, roles: roles.filter(({ branchId }) => inOwnReach(scope, branchId)), grants: grants.filter(({ branchId }) => inOwnReach(scope, branchId)),
      may: { posts: below && person.status !== 'disabled', access: below && roles.every(({ branchId }) => inOwnReach(scope, branchId)) },
    };
  });
}

/** The branch that a grant is for; null for the whole tenant, which only the tenant's admins give. */
async function branchOfGrant(tx: Tx, scope: TenantScope, permission: Permission, branchId: string | undefined): Promise<string | null> {
  if (branchId === undefined) {
    if (scope.reach.kind !== 'tenant') throw forbidden();
    return null;
  }
  if (grantableIn(permission) === 'tenant') throw invalid('branchId', 'errors.staff.wholeTenantOnly');
  if (!inOwnReach(scope, branchId)) throw notFound();
  const [branch] = await tx.select({ id: branches.id }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId), eq(branches.isActive, true)));
  if (branch === undefined) throw notFound();
  return branch.id;
}

/**
 * Gives a colleague one permission beyond the roles, in one branch or, by an admin, in the whole tenant; it acts on the next request. Throws
 * FORBIDDEN `errors.staff.permissionAboveOwn` for what the caller's own role does not hold or no grant can give, FORBIDDEN for oneself and for
 * anybody above the own role, NOT_FOUND for a branch or a person out of reach, CONFLICT `errors.staff.grantAddsNothing` when it would not
 * widen anything: the roles hold it already, or there is no role to use it in. One that is given already is left.
 */
export async function grantPermission(scope: TenantScope, input: { id: string; permission: Permission; branchId?: string | undefined }, now: Date): Promise<void> {
  const { id: userId, permission } = input;
  if (!canGrantPermission(scope.roles, permission)) throw new DomainError('FORBIDDEN', 'errors.staff.permissionAboveOwn', { field: 'permission' });
  await withTenant(actAsTenant(scope, 'staff.grantPermission'), async (tx) => {
    const branchId = await branchOfGrant(tx, scope, permission, input.branchId);
    const { status, roles } = await colleague(tx, scope, userId, 'post');
    if (status === 'disabled') throw notFound();
    const held = await grantsOf(tx, scope, userId, roles);
    if (held.some((grant) => grant.permission === permission && grant.branchId === branchId)) return;
    if (!addsToPosts(roles, held, { permission, branchId })) throw conflict('errors.staff.grantAddsNothing');
    await tx.insert(userGrants).values({
      tenantId: scope.tenantId, id: newId(), userId, permission, branchId, grantedBy: scope.actor.kind === 'user' ? scope.actor.id : null, createdAt: now,
    });
  });
}

/**
 * Takes a grant back; it is gone at the next request. The manager of a branch takes back only what is for that branch and what a manager
 * can give. Throws NOT_FOUND for a grant out of reach, and as `grantPermission` does for the person.
 */
export async function withdrawPermission(scope: TenantScope, input: { id: string; grantId: string }): Promise<void> {
  await withTenant(actAsTenant(scope, 'staff.withdrawPermission'), async (tx) => {
    const { roles } = await colleague(tx, scope, input.id, 'post');
    const grant = (await grantsOf(tx, scope, input.id, roles)).find(({ id }) => id === input.grantId);
    if (grant === undefined || !inOwnReach(scope, grant.branchId)) throw notFound();
    const ofBranch = grant.branchId !== null && isPermission(grant.permission) && canGrantPermission(scope.roles, grant.permission);
    if (scope.reach.kind !== 'tenant' && !ofBranch) throw new DomainError('FORBIDDEN', 'errors.staff.permissionAboveOwn');
    await tx.delete(userGrants).where(and(eq(userGrants.tenantId, scope.tenantId), eq(userGrants.userId, input.id), eq(userGrants.id, grant.id)));
  });
}
