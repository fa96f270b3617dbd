import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { QueryBuilder, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { user } from './schema/users';
import type { TenantScope } from './scope';

/** The columns that decide who sees a row, where a table has them. */
export interface ScopedTable {
  readonly tenantId: AnyPgColumn;
  readonly id: AnyPgColumn;
  readonly branchId?: AnyPgColumn;
  /** The member a row is about. */
  readonly userId?: AnyPgColumn;
  /** The seller who looks after it. */
  readonly agentId?: AnyPgColumn;
  readonly ownerId?: AnyPgColumn;
}

const nothing = sql`false`;

/**
 * The WHERE of a scope on a table: tenant, branch, own members or own rows. Every domain query carries it; the policies of
 * the database say the same once more. A reach that the table has no column for sees nothing of it.
 */
export function visible(scope: TenantScope, table: ScopedTable): SQL {
  const inTenant = eq(table.tenantId, scope.tenantId);
  const also = within(scope, table);
  return also === undefined ? inTenant : (and(inTenant, also) ?? nothing);
}

function within(scope: TenantScope, table: ScopedTable): SQL | undefined {
  const { reach } = scope;
  const people = (table as unknown) === user;
  switch (reach.kind) {
    case 'tenant':
      return undefined;
    case 'branch':
      return table.branchId === undefined ? nothing : eq(table.branchId, reach.branchId);
    case 'own':
      if (table.branchId === undefined) return nothing;
      return and(eq(table.branchId, reach.branchId), ownedBy(scope, table, reach.agentId, people));
    case 'self':
      if (people) return eq(table.id, reach.userId);
      return table.userId === undefined ? nothing : eq(table.userId, reach.userId);
    case 'public':
      return nothing;
  }
}

function ownedBy(scope: TenantScope, table: ScopedTable, agentId: string, people: boolean): SQL {
  if (people) return eq(user.agentId, agentId);
  const column = table.agentId ?? table.ownerId;
  if (column !== undefined) return eq(column, agentId);
  if (table.userId === undefined) return nothing;
  const own = new QueryBuilder().select({ id: user.id }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.agentId, agentId)));
  return inArray(table.userId, own);
}
