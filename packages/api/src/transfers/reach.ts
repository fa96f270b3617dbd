import { and, asc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { conflict, forbidden, notFound, type TransferParty } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, memberTransfers, user, userRoles } from '@interdomestik/db/schema';
import type { Doorplate } from './notices';

/** The acting person as a side of a transfer. Throws FORBIDDEN for whoever has no place in the business. */
export function partyOf({ reach, actor }: TenantScope): TransferParty {
  if (reach.kind === 'self' || reach.kind === 'public') throw forbidden();
  return { reach, userId: actor.kind === 'user' ? actor.id : null };
}

/** Transfers that concern the scope: a tenant's all, a branch's both ways, an agent's own members and own requests. */
export function concerns(scope: TenantScope): SQL {
  const { reach } = scope;
  const here = eq(memberTransfers.tenantId, scope.tenantId);
  if (reach.kind === 'tenant') return here;
  if (reach.kind !== 'branch' && reach.kind !== 'own') return sql`false`;
  const branch = or(eq(memberTransfers.fromBranchId, reach.branchId), eq(memberTransfers.toBranchId, reach.branchId));
  const mine = reach.kind === 'branch' ? undefined : or(
    eq(memberTransfers.fromAgentId, reach.agentId), eq(memberTransfers.toAgentId, reach.agentId), eq(memberTransfers.requestedBy, reach.agentId));
  return and(here, branch, mine) ?? sql`false`;
}

/** Open transfers that wait for the scope's own decision; what `assertMayDecide` says, as a condition. */
export function toDecide(scope: TenantScope): SQL {
  const { reach, actor } = scope;
  const open = and(concerns(scope), eq(memberTransfers.status, 'requested'));
  if (reach.kind === 'tenant') return open ?? sql`false`;
  if (reach.kind !== 'branch') return sql`false`;
  const byAnother = actor.kind === 'user' && actor.id !== null ? sql`${memberTransfers.requestedBy} is distinct from ${actor.id}` : undefined;
  return and(open, eq(memberTransfers.toBranchId, reach.branchId), byAnother) ?? sql`false`;
}

/**
 * The branches of a transfer, held open until the transaction ends; always in the same order, so that two transfers cannot wait for each other.
 * Throws NOT_FOUND for one that the tenant does not have, CONFLICT `errors.branch.closed` when the receiving one is closed.
 */
export async function holdBranches(tx: Tx, scope: TenantScope, way: { readonly fromBranchId: string; readonly toBranchId: string }): Promise<{ readonly to: Doorplate }> {
  const wanted = [...new Set([way.fromBranchId, way.toBranchId])];
  const rows = await tx.select({ id: branches.id, name: branches.name, phone: branches.phone, isActive: branches.isActive }).from(branches)
    .where(and(eq(branches.tenantId, scope.tenantId), inArray(branches.id, wanted))).orderBy(asc(branches.id)).for('share');
  const to = rows.find(({ id }) => id === way.toBranchId);
  if (to === undefined || rows.length !== wanted.length) throw notFound();
  if (!to.isActive) throw conflict('errors.branch.closed');
  return { to };
}

/** People who work as agents of the named branches now. */
export function agentsOf(tx: Tx, scope: TenantScope, branchIds: readonly string[]) {
  return tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, branchId: userRoles.branchId }).from(userRoles)
    .innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId), eq(user.status, 'active')))
    .where(and(eq(userRoles.tenantId, scope.tenantId), eq(userRoles.role, 'agent'), inArray(userRoles.branchId, [...branchIds])))
    .orderBy(asc(user.lastName), asc(user.firstName), asc(user.id));
}
