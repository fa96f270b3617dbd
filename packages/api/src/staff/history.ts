import { and, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { isPermission, notFound, staffRoles, type Permission, type StaffRole } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, branches, user, userGrants, userRoles } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { nameOf, worksInReach } from './reach';

const actor = alias(user, 'actor');

/** A column of the row as it stands after the change, or stood before it was taken away. */
const value = (name: string): SQL<string | null> => sql<string | null>`coalesce(${auditLogs.after}, ${auditLogs.before}) ->> ${name}`;

/** A role or grant that moves to another branch tells of the branch alone; whose it is stands in the row. */
const heldBy = (id: string): SQL => sql`${auditLogs.entityId} in (
  select r.id::text from ${userRoles} r where r.tenant_id = ${auditLogs.tenantId} and r.user_id = ${id} union all
  select g.id::text from ${userGrants} g where g.tenant_id = ${auditLogs.tenantId} and g.user_id = ${id})`;

/** Besides roles and the account's own state: what changed about the way in. */
const wayIn = ['INSERT', 'ACT_AS', 'LOCKED_OUT', 'SECOND_FACTOR_ON', 'SECOND_FACTOR_OFF', 'SECOND_FACTOR_RESET'];

/** What the trail holds of a person's access: roles, grants, and the account itself. Sign-ins are not among it. */
function aboutAccess(id: string): SQL | undefined {
  return or(
    and(inArray(auditLogs.entity, ['user_roles', 'user_grants']), or(sql`${value('user_id')} = ${id}`, heldBy(id))),
    and(eq(auditLogs.entity, 'user'), eq(auditLogs.entityId, id), or(inArray(auditLogs.operation, wayIn), sql`(${auditLogs.operation} = 'UPDATE' and ${auditLogs.before} ->> 'status' is distinct from ${auditLogs.after} ->> 'status')`)),
  );
}

const roleOf = (word: string | null): StaffRole | null => staffRoles.find((role) => role === word) ?? null;
const permissionOf = (word: string | null): Permission | null => (isPermission(word) ? word : null);

async function assertInReach(tx: Tx, scope: TenantScope, id: string): Promise<void> {
  const [person] = await tx.select({ id: user.id }).from(user).where(and(worksInReach(scope), eq(user.id, id)));
  if (person === undefined) throw notFound();
}

/**
 * How a colleague's access came to be, newest first: who gave or took which role and permission, and when. The manager of a branch reads
 * what happened in that branch. Throws NOT_FOUND out of reach.
 */
export async function colleagueHistory(scope: TenantScope, input: { id: string; cursor?: string | undefined; limit: number }) {
  return await withTenant(actAsTenant(scope, 'staff.history'), async (tx) => {
    await assertInReach(tx, scope, input.id);
    const here = scope.reach.kind === 'branch' ? or(sql`${value('branch_id')} is null`, sql`${value('branch_id')} = ${scope.reach.branchId}`, and(eq(auditLogs.entity, 'user'), sql`${auditLogs.operation} <> 'ACT_AS'`)) : undefined;
    const rows = await tx.select({
      id: auditLogs.id, at: exactInstant(auditLogs.at), happenedAt: auditLogs.at, actorKind: auditLogs.actorKind, actorFirst: actor.firstName, actorLast: actor.lastName,
      operation: auditLogs.operation, entity: auditLogs.entity, role: value('role'), permission: value('permission'), status: value('status'), branchName: branches.name,
    }).from(auditLogs)
      .leftJoin(actor, and(eq(actor.tenantId, auditLogs.tenantId), eq(sql`${actor.id}::text`, auditLogs.actorId)))
      .leftJoin(branches, and(eq(branches.tenantId, auditLogs.tenantId), eq(sql`${branches.id}::text`, value('branch_id'))))
      .where(and(eq(auditLogs.tenantId, scope.tenantId), aboutAccess(input.id), here, sql`${value('role')} is distinct from 'member'`, olderThan(auditLogs.at, auditLogs.id, input.cursor)))
      .orderBy(desc(auditLogs.at), desc(auditLogs.id)).limit(input.limit + 1);
    const page = newestPage(rows, input.limit);
    return {
      ...page,
      items: page.items.map(({ actorFirst, actorLast, role, permission, entity, status, ...row }) => ({
        ...row, kind: entity === 'user_roles' ? 'role' as const : entity === 'user_grants' ? 'grant' as const : row.operation === 'ACT_AS' ? 'acting' as const : 'account' as const,
        actorName: nameOf(actorFirst, actorLast), role: roleOf(role), permission: permissionOf(permission), status: entity === 'user' ? status : null,
      })),
    };
  });
}
