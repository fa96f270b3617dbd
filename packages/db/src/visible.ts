import { and, eq, inArray, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { QueryBuilder, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { user } from './schema/users';
import type { Reach, TenantScope } from './scope';

/** The columns that decide who sees a row, where a table has them. */
export interface ScopedTable {
  readonly tenantId: AnyPgColumn;
  readonly id: AnyPgColumn;
  readonly branchId?: AnyPgColumn;
  /** The member a row is about. */
  readonly userId?: AnyPgColumn;
  /** The person of the team whose row it is, whoever looks after the member now. */
  readonly agentId?: AnyPgColumn;
  readonly ownerId?: AnyPgColumn;
}

const nothing = sql`false`;

/** A value of the scope, or its place in a statement that is built once. */
type Value = string | Placeholder;

interface Place {
  readonly kind: Reach['kind'];
  readonly tenantId: Value;
  readonly branchId: Value;
  /** The seller who acts, or the member. */
  readonly actorId: Value;
}

/**
 * The WHERE of a scope on a table: tenant, branch, own members or own rows. Every domain query carries it; the policies of
 * the database say the same once more. A reach that the table has no column for sees nothing of it.
 */
export function visible(scope: TenantScope, table: ScopedTable): SQL {
  return conditionOf({ kind: scope.reach.kind, ...visibleValues(scope) }, table);
}

/**
 * The same WHERE for every scope of one reach, with placeholders where the scope's values stand: for reads that are built once
 * (`prepareRead`). They are run with `visibleValues` of the scope that asks, so that no value of one scope can stay in a statement.
 */
export function visibleTo(kind: Reach['kind'], table: ScopedTable): SQL {
  return conditionOf({ kind, tenantId: sql.placeholder('tenantId'), branchId: sql.placeholder('branchId'), actorId: sql.placeholder('actorId') }, table);
}

/** What the placeholders of `visibleTo` stand for. */
export function visibleValues({ tenantId, reach }: TenantScope): { readonly tenantId: string; readonly branchId: string; readonly actorId: string } {
  const branchId = reach.kind === 'branch' || reach.kind === 'own' ? reach.branchId : '';
  const actorId = reach.kind === 'own' ? reach.agentId : reach.kind === 'self' ? reach.userId : '';
  return { tenantId, branchId, actorId };
}

function conditionOf(place: Place, table: ScopedTable): SQL {
  const inTenant = eq(table.tenantId, place.tenantId);
  const also = within(place, table);
  return also === undefined ? inTenant : (and(inTenant, also) ?? nothing);
}

function within(place: Place, table: ScopedTable): SQL | undefined {
  const people = (table as unknown) === user;
  switch (place.kind) {
    case 'tenant':
      return undefined;
    case 'branch':
      return table.branchId === undefined ? nothing : eq(table.branchId, place.branchId);
    case 'own':
      if (table.branchId === undefined) return nothing;
      return and(eq(table.branchId, place.branchId), ownedBy(place, table, people));
    case 'self':
      if (people) return eq(table.id, place.actorId);
      return table.userId === undefined ? nothing : eq(table.userId, place.actorId);
    case 'public':
      return nothing;
  }
}

function ownedBy({ tenantId, actorId }: Place, table: ScopedTable, people: boolean): SQL {
  if (people) return eq(user.agentId, actorId);
  const column = table.agentId ?? table.ownerId;
  if (column !== undefined) return eq(column, actorId);
  if (table.userId === undefined) return nothing;
  const own = new QueryBuilder().select({ id: user.id }).from(user).where(and(eq(user.tenantId, tenantId), eq(user.agentId, actorId)));
  return inArray(table.userId, own);
}
