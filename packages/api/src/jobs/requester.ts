import { and, eq, gt, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { covers, grantedReaches, newId, permissionsByRole, reachOfPost, staffRoleSchema, type Permission, type Post, type StaffReach } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, platformEntries, user, userGrants, userRoles } from '@interdomestik/db/schema';

/** Who wished a job, and from where: a colleague in one of the branches or for the whole tenant, or a super admin during one stay. */
export const requesterSchema = z.union([
  z.object({ userId: z.uuid(), branchId: z.uuid().nullable() }),
  z.object({ platformUserId: z.uuid(), entryId: z.uuid() }),
]);
export type Requester = z.infer<typeof requesterSchema>;

/** The person behind a scope; null for the tenant itself, whose jobs nobody has to stand for. */
export function requesterOf({ actor, post, entry }: TenantScope): Requester | null {
  if (actor.id === null) return null;
  if (actor.kind === 'platform' && entry !== null) return { platformUserId: actor.id, entryId: entry.id };
  return actor.kind === 'user' ? { userId: actor.id, branchId: post?.branchId ?? null } : null;
}

/** How far a post reaches with a permission, by the role or by a grant; null when it does not hold it. */
function reachIn(post: Post, grants: readonly { readonly permission: string; readonly branchId: string | null }[], permission: Permission): StaffReach | null {
  return grantedReaches(post, grants).get(permission) ?? (permissionsByRole[post.role].has(permission) ? reachOfPost(post) : null);
}

async function colleagueMay(tx: Tx, scope: TenantScope, { userId, branchId }: Extract<Requester, { userId: string }>, permission: Permission): Promise<boolean> {
  const roles = await tx.select({ role: userRoles.role, branchId: userRoles.branchId }).from(userRoles)
    .innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId), eq(user.status, 'active')))
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.userId, userId)));
  const grants = await tx.select({ permission: userGrants.permission, branchId: userGrants.branchId }).from(userGrants)
    .where(and(eq(userGrants.tenantId, scope.tenantId), eq(userGrants.userId, userId)));
  const wished: StaffReach = branchId === null ? { kind: 'tenant' } : { kind: 'own', branchId };
  return roles.some(({ role, branchId: place }) => {
    const held = staffRoleSchema.safeParse(role);
    const reach = held.success ? reachIn({ role: held.data, branchId: place }, grants, permission) : null;
    return reach !== null && covers(reach, wished);
  });
}

async function isInside(tx: Tx, scope: TenantScope, { platformUserId, entryId }: Extract<Requester, { entryId: string }>, now: Date): Promise<boolean> {
  const [entry] = await tx.select({ id: platformEntries.id }).from(platformEntries).where(and(
    eq(platformEntries.tenantId, scope.tenantId), eq(platformEntries.id, entryId), eq(platformEntries.platformUserId, platformUserId),
    isNull(platformEntries.endedAt), gt(platformEntries.expiresAt, now),
  ));
  return entry !== undefined;
}

/**
 * Whether whoever wished a job may still wish it: works here, holds the permission, and where it was wished. False is on record in the
 * tenant's trail, under the name of the job.
 */
export async function stillMay(job: TenantScope, requester: Requester, permission: Permission, now: Date): Promise<boolean> {
  return await withTenant(job, async (tx) => {
    const may = 'userId' in requester ? await colleagueMay(tx, job, requester, permission) : await isInside(tx, job, requester, now);
    if (!may) {
      const colleague = 'userId' in requester;
      await tx.insert(auditLogs).values({
        tenantId: job.tenantId, id: newId(), at: now, actorKind: job.actor.kind, actorId: null, action: job.action, requestId: job.requestId, operation: 'JOB_REFUSED',
        entity: colleague ? 'user' : 'platform_entries', entityId: colleague ? requester.userId : requester.entryId, branchId: colleague ? requester.branchId : null, before: null, after: { permission },
      });
    }
    return may;
  });
}
