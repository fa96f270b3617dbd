import { z } from 'zod';
import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { membershipStatuses, type MembershipStatus } from '@interdomestik/rules';
import { literalLimit, prepareRead, visible, visibleTo, visibleValues, type TenantScope } from '@interdomestik/db';
import { branches, memberships, user } from '@interdomestik/db/schema';
import { cursorValues, exactInstant, newestPage, olderThan, olderThanCursor } from '../lists/keyset';
import { matchesSearch } from './search';

export const memberFilters = { status: z.enum(membershipStatuses), planCode: z.string().max(60), branchId: z.uuid() };

export interface MemberFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly status?: MembershipStatus | undefined;
  readonly planCode?: string | undefined;
  readonly branchId?: string | undefined;
}

/** The newest membership of the person in the outer row. */
export const latestMembership = sql`lateral (
  select m.id, m.plan_code, m.status, m.starts_on, m.ends_on from ${memberships} m
  where m.tenant_id = ${user.tenantId} and m.user_id = ${user.id}
  order by m.created_at desc, m.id desc limit 1) latest`;

/** Members who fulfil a condition with their newest membership, newest first. */
function membersWhere(condition: SQL | undefined, rows: number) {
  return new QueryBuilder().select({
    id: user.id, at: exactInstant(user.createdAt), memberNumber: user.memberNumber, firstName: user.firstName, lastName: user.lastName,
    email: user.email, phone: user.phone, city: user.city, createdAt: user.createdAt, branchName: branches.name,
    planCode: sql<string>`latest.plan_code`, status: sql<MembershipStatus>`latest.status`, endsOn: sql<string | null>`latest.ends_on::text`,
  }).from(user)
    .innerJoin(latestMembership, sql`true`)
    .innerJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, user.branchId)))
    .where(condition)
    .orderBy(desc(user.createdAt), desc(user.id)).limit(literalLimit(rows));
}

// few sizes, so that few statements are kept; a page is cut to its own size afterwards
const sizes = [26, 51, 101];
const rowsFor = (limit: number): number => sizes.find((size) => size > limit) ?? limit + 1;

/** Members in reach whom a filter lets through; needs `latestMembership`. */
export function membersWanted(scope: TenantScope, filter: Omit<MemberFilter, 'limit'>): SQL | undefined {
  return and(
    visible(scope, user),
    matchesSearch(filter.search, scope.tenant.country),
    filter.status === undefined ? undefined : sql`latest.status = ${filter.status}`,
    filter.planCode === undefined ? undefined : sql`latest.plan_code = ${filter.planCode}`,
    filter.branchId === undefined ? undefined : eq(user.branchId, filter.branchId),
    olderThan(user.createdAt, user.id, filter.cursor),
  );
}

/** The statement for one scope and one filter, values and all; apart, so that a test can ask the database for its plan. */
export const membersQuery = (scope: TenantScope, filter: MemberFilter) => membersWhere(membersWanted(scope, filter), rowsFor(filter.limit));

const readMembers = (condition: SQL | undefined, rows: number) => prepareRead(membersWhere(condition, rows));

const built = new Map<string, ReturnType<typeof readMembers>>();

const conditions = {
  status: () => sql`latest.status = ${sql.placeholder('status')}`,
  planCode: () => sql`latest.plan_code = ${sql.placeholder('planCode')}`,
  branchId: () => eq(user.branchId, sql.placeholder('filterBranchId')),
  cursor: () => olderThanCursor(user.createdAt, user.id),
} as const;
const filterNames = ['status', 'planCode', 'branchId', 'cursor'] as const;

/** The list for a reach and a set of filters, built at its first use: the same statement for every scope of that reach. */
function listFor({ reach: { kind } }: TenantScope, filter: MemberFilter) {
  const used = filterNames.filter((name) => filter[name] !== undefined);
  const rows = rowsFor(filter.limit);
  const key = `${kind} ${used.join()} ${rows}`;
  const known = built.get(key) ?? readMembers(and(visibleTo(kind, user), ...used.map((name) => conditions[name]())), rows);
  built.set(key, known);
  return known;
}

/** Members in reach with their newest membership, newest first. */
export async function listMembers(scope: TenantScope, filter: MemberFilter) {
  // a search has too many forms to keep a statement for each
  const searched = filter.search !== undefined && filter.search.trim() !== '';
  const list = searched ? prepareRead(membersQuery(scope, filter)) : listFor(scope, filter);
  const values = {
    ...visibleValues(scope), status: filter.status, planCode: filter.planCode, filterBranchId: filter.branchId, ...(filter.cursor === undefined ? {} : cursorValues(filter.cursor)),
  };
  return newestPage(await list(scope, values), filter.limit);
}
