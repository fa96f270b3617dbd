import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import { can, decodeCursor, encodeCursor, fullName, invalid, notFound, trialDetailSchema, type TrialFigure } from '@interdomestik/rules';
import { inAction, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { branches, claims, memberships, ruleSimulationRows, ruleSimulations, user } from '@interdomestik/db/schema';

export interface RowsFilter {
  readonly id: string;
  readonly figure: TrialFigure;
  readonly branchId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

function afterCursor(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [position] = decodeCursor(cursor).values;
  if (typeof position !== 'number' || !Number.isInteger(position)) throw invalid('cursor', 'errors.cursor');
  return gt(ruleSimulationRows.position, position);
}

/**
 * The records behind a figure, the largest difference first, a page at a time. Who the member is, and which claim it is, is told to whoever may
 * read members and claims. Throws NOT_FOUND for a simulation of nobody here.
 */
export async function listRows(asker: TenantScope, { id, figure, branchId, cursor, limit }: RowsFilter) {
  const scope = inAction(asker, 'simulation.rows');
  const [known] = await readTenant(scope, (tx) => tx.select({ id: ruleSimulations.id }).from(ruleSimulations).where(and(visible(scope, ruleSimulations), eq(ruleSimulations.id, id))));
  if (known === undefined) throw notFound();
  const r = ruleSimulationRows;
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      id: r.id, position: r.position, entity: r.entity, entityId: r.entityId, branchName: branches.name, currency: r.currency, beforeMinor: r.beforeMinor, afterMinor: r.afterMinor, before: r.before, after: r.after,
      claimCode: claims.code, memberId: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber,
    }).from(r)
      .leftJoin(branches, and(eq(branches.tenantId, r.tenantId), eq(branches.id, r.branchId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, r.tenantId), eq(memberships.id, r.entityId), eq(r.entity, 'membership')))
      .leftJoin(claims, and(eq(claims.tenantId, r.tenantId), eq(claims.id, r.entityId), eq(r.entity, 'claim')))
      .leftJoin(user, and(visible(scope, user), eq(user.id, sql`coalesce(${memberships.userId}, ${claims.userId})`)))
      .where(and(visible(scope, r), eq(r.simulationId, id), eq(r.figure, figure), branchId === undefined ? undefined : eq(r.branchId, branchId), afterCursor(cursor)))
      .orderBy(asc(r.position)).limit(limit + 1));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const [people, cases] = [can(scope.permissions, 'members.read'), can(scope.permissions, 'claims.read')];
  return {
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ sort: 'position', values: [last.position], id: last.id }) : null,
    items: page.map(({ firstName, lastName, memberNumber, memberId, claimCode, entity, before, after, ...row }) => ({
      ...row, before: trialDetailSchema.parse(before), after: trialDetailSchema.parse(after), entity: entity === 'claim' ? ('claim' as const) : ('membership' as const), claimCode: cases ? claimCode : null,
      member: people && memberId !== null ? { id: memberId, name: fullName({ firstName: firstName ?? '', lastName: lastName ?? '' }), memberNumber } : null,
    })),
  };
}
