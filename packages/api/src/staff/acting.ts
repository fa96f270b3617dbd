import { and, eq, inArray } from 'drizzle-orm';
import { forbidden, newId, notFound } from '@interdomestik/rules';
import { actAsTenant, readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, branches, sessions } from '@interdomestik/db/schema';

/** The own staff roles with the names of their branches, and the one that is worked in. Empty for a super admin inside. */
export async function ownPosts(scope: TenantScope) {
  const ids = scope.posts.flatMap(({ branchId }) => (branchId === null ? [] : [branchId]));
  const rows = ids.length === 0 ? [] : await readTenant(actAsTenant(scope, 'staff.ownPosts'), (tx) =>
    tx.select({ id: branches.id, name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), inArray(branches.id, ids))));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return scope.posts.map(({ id, role, branchId }) => ({ id, role, branchId, branchName: branchId === null ? null : (names.get(branchId) ?? null), isActing: id === scope.post?.id }));
}

/**
 * Works from the next request on in another one of the own roles, in this browser alone. Throws NOT_FOUND for a role that is not the
 * caller's own, FORBIDDEN for a super admin, who has none here.
 */
export async function actAs(scope: TenantScope, roleId: string, now: Date): Promise<void> {
  const { actor, sessionId, post } = scope;
  if (actor.kind !== 'user' || actor.id === null || sessionId === null) throw forbidden();
  const userId = actor.id;
  const chosen = scope.posts.find(({ id }) => id === roleId);
  if (chosen === undefined) throw notFound();
  if (chosen.id === post?.id) return;
  await withTenant(actAsTenant(scope, 'staff.actAs'), async (tx) => {
    await tx.update(sessions).set({ actingRoleId: chosen.id }).where(and(eq(sessions.tenantId, scope.tenantId), eq(sessions.id, sessionId), eq(sessions.userId, userId)));
    // sessions are not audited by themselves: they change at every visit
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: 'user', actorId: userId, action: 'staff.actAs', requestId: scope.requestId, operation: 'ACT_AS',
      entity: 'user', entityId: userId, branchId: chosen.branchId, before: { role: post?.role ?? null, branch_id: post?.branchId ?? null }, after: { role: chosen.role, branch_id: chosen.branchId },
    });
  });
}
