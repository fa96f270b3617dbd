import { and, desc, eq, gt, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { notFound, type StaffRole } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, sessions, user, userGrants, userRoles, userTokens } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { matchesSearch } from '../members/search';
import { assertAnotherAdmin, colleague, inOwnReach, rolesOf, worksInReach } from './reach';

export interface StaffFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly status?: 'invited' | 'active' | 'disabled' | undefined;
  readonly role?: StaffRole | undefined;
  readonly branchId?: string | undefined;
}

/** People who work in reach with their roles, newest first. */
export async function listStaff(scope: TenantScope, filter: StaffFilter, now: Date) {
  const holds = (extra: ReturnType<typeof sql>) => sql`exists (select from ${userRoles} h where h.tenant_id = ${user.tenantId} and h.user_id = ${user.id} and ${extra})`;
  // colleagues may be members of another branch, whose rows a branch scope does not see; worksInReach limits instead
  return await withTenant(actAsTenant(scope, 'staff.list'), async (tx) => {
    const rows = await tx.select(personColumns).from(user)
      .where(and(
        worksInReach(scope),
        matchesSearch(filter.search, scope.tenant.country),
        filter.status === undefined ? undefined : eq(user.status, filter.status),
        filter.role === undefined ? undefined : holds(sql`h.role = ${filter.role}`),
        filter.branchId === undefined ? undefined : holds(sql`h.role <> 'member' and h.branch_id = ${filter.branchId}`),
        olderThan(user.createdAt, user.id, filter.cursor),
      ))
      .orderBy(desc(user.createdAt), desc(user.id)).limit(filter.limit + 1);
    const page = newestPage(rows, filter.limit);
    const roles = await rolesOf(tx, scope, page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((item) => ({ ...viewOf(scope, item, now), roles: (roles.get(item.id) ?? []).filter(({ branchId }) => inOwnReach(scope, branchId)) })) };
  });
}

// in a list of fields drizzle writes a column without its table, which inside a subquery would mean the inner one
const personColumns = {
  id: user.id, at: exactInstant(user.createdAt), firstName: user.firstName, lastName: user.lastName, email: user.email, phone: user.phone, status: user.status, createdAt: user.createdAt,
  lastSeenAt: sql<Date | null>`(select max(s.last_seen_at) from ${sessions} s where s.tenant_id = ${user}.tenant_id and s.user_id = ${user}.id and s.app = 'admin')`.mapWith(sessions.lastSeenAt),
  invitedUntil: sql<Date | null>`(select max(k.expires_at) from ${userTokens} k where k.tenant_id = ${user}.tenant_id and k.user_id = ${user}.id and k.purpose = 'invitation' and k.used_at is null)`.mapWith(userTokens.expiresAt),
};

const statusOf = (status: string): 'invited' | 'active' | 'disabled' => (status === 'disabled' || status === 'invited' ? status : 'active');

function viewOf<Row extends { readonly id: string; readonly status: string; readonly invitedUntil: Date | null }>(scope: TenantScope, row: Row, now: Date) {
  return {
    ...row, status: statusOf(row.status), isSelf: scope.actor.kind === 'user' && scope.actor.id === row.id,
    invitationExpired: row.status === 'invited' && (row.invitedUntil === null || row.invitedUntil <= now),
  };
}

/** One colleague as in the list, with what a page of one person needs besides. Throws NOT_FOUND out of reach. */
export async function readColleague(tx: Tx, scope: TenantScope, id: string, now: Date) {
  const [row] = await tx.select({ ...personColumns, homeBranch: branches.name, memberNumber: user.memberNumber }).from(user)
    .leftJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, user.branchId)))
    .where(and(worksInReach(scope), eq(user.id, id)));
  if (row === undefined) throw notFound();
  const { at: _, ...person } = row;
  return viewOf(scope, person, now);
}

/** Ends the browsers that are signed in as a person; those of one app when given. */
async function endSessionsOf(tx: Tx, scope: TenantScope, userId: string, now: Date, app?: 'admin'): Promise<void> {
  await tx.update(sessions).set({ revokedAt: now }).where(and(
    eq(sessions.tenantId, scope.tenantId), eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now),
    app === undefined ? undefined : eq(sessions.app, app),
  ));
}

/**
 * Shuts a colleague out: sessions and open links end at once. A person who is a member too is shut out of the member portal as well; to
 * end only the work, revoke the roles. Throws as `colleague` does, and CONFLICT for the last administrator.
 */
export async function disableStaff(scope: TenantScope, id: string, now: Date): Promise<void> {
  await withTenant(actAsTenant(scope, 'staff.disable'), async (tx) => {
    const { roles } = await colleague(tx, scope, id);
    if (roles.some(({ role }) => role === 'tenant_admin')) await assertAnotherAdmin(tx, scope, id);
    await tx.update(user).set({ status: 'disabled', updatedAt: now }).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, id)));
    await endSessionsOf(tx, scope, id, now);
    await tx.update(userTokens).set({ usedAt: now }).where(and(eq(userTokens.tenantId, scope.tenantId), eq(userTokens.userId, id), isNull(userTokens.usedAt)));
  });
}

/** Lets a disabled colleague in again; somebody who never accepted the invitation is invited once more by `resendInvitation`. */
export async function enableStaff(scope: TenantScope, id: string, now: Date): Promise<void> {
  await withTenant(actAsTenant(scope, 'staff.enable'), async (tx) => {
    const { status, hasPassword } = await colleague(tx, scope, id);
    if (status !== 'disabled') return;
    await tx.update(user).set({ status: hasPassword ? 'active' : 'invited', updatedAt: now }).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, id)));
  });
}

/** Takes a role away, and the grants of a branch where nothing is left to do; the person's admin sessions end and are begun anew with what is left. Throws as `disableStaff` does; a role that is not held is passed over. */
export async function revokeRole(scope: TenantScope, input: { id: string; role: StaffRole; branchId?: string | undefined }, now: Date): Promise<void> {
  await withTenant(actAsTenant(scope, 'staff.revokeRole'), async (tx) => {
    const { roles } = await colleague(tx, scope, input.id, 'post');
    const branchId = input.branchId ?? null;
    if (!inOwnReach(scope, branchId)) throw notFound();
    const left = roles.filter((held) => held.role !== input.role || held.branchId !== branchId);
    if (left.length === roles.length) return;
    if (input.role === 'tenant_admin') await assertAnotherAdmin(tx, scope, input.id);
    await tx.delete(userRoles).where(and(
      eq(userRoles.tenantId, scope.tenantId), eq(userRoles.userId, input.id), eq(userRoles.role, input.role),
      branchId === null ? isNull(userRoles.branchId) : eq(userRoles.branchId, branchId),
    ));
    // a grant sleeps without a role in its branch; whoever comes back is not to find it awake
    const works = left.flatMap((held) => (held.branchId === null ? [] : [held.branchId]));
    await tx.delete(userGrants).where(and(
      eq(userGrants.tenantId, scope.tenantId), eq(userGrants.userId, input.id),
      left.length === 0 ? undefined : and(isNotNull(userGrants.branchId), works.length === 0 ? undefined : notInArray(userGrants.branchId, works)),
    ));
    await endSessionsOf(tx, scope, input.id, now, 'admin');
  });
}
