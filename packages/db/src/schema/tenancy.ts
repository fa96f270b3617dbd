import { sql, type SQL } from 'drizzle-orm';
import { foreignKey, pgPolicy, primaryKey, text, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { tenants } from './tenants';

/** The two columns that every domain table begins with. */
export const tenantColumns = () => ({
  tenantId: text('tenant_id').notNull().references(() => tenants.id),
  id: uuid('id').notNull(),
});

/** Foreign key inside one tenant: `(tenant_id, x_id) -> (tenant_id, id)`, so that a child can never hang under another tenant's parent. */
export function belongsTo(
  name: string,
  from: { tenantId: AnyPgColumn; column: AnyPgColumn },
  to: { tenantId: AnyPgColumn; id: AnyPgColumn },
) {
  return foreignKey({
    name,
    columns: [from.tenantId, from.column],
    foreignColumns: [to.tenantId, to.id],
  });
}

const currentTenant = sql`tenant_id = (select nullif(current_setting('app.current_tenant_id', true), ''))`;

// '*' the whole tenant | a branch id | 'self' the acting member | anything else, an unset one included: nothing
const reachesAll = sql`(select current_setting('app.current_branch_id', true)) = '*'`;
const branchId = sql`(select case when current_setting('app.current_branch_id', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.current_branch_id', true)::uuid end)`;
const selfId = sql`(select case when current_setting('app.current_branch_id', true) = 'self' then nullif(current_setting('app.actor_id', true), '')::uuid end)`;

/** Primary key and the two tenant policies: one that lets the tenant in, one that no later policy can widen. */
export function tenantRules(table: string, t: { tenantId: AnyPgColumn; id: AnyPgColumn }) {
  return [
    primaryKey({ name: `${table}_pkey`, columns: [t.tenantId, t.id] }),
    pgPolicy(`${table}_tenant`, { as: 'permissive', for: 'all', using: currentTenant, withCheck: currentTenant }),
    pgPolicy(`${table}_tenant_wall`, { as: 'restrictive', for: 'all', using: currentTenant, withCheck: currentTenant }),
  ];
}

/**
 * RESTRICTIVE branch policy of a branch-owned table: the whole tenant, one branch, or the acting member's own rows.
 * `otherBranch` names a second column of a row that two branches share. `owner` names the column that holds the member the row is about; without one a member sees nothing of the table.
 */
export function branchRules(table: string, options: { owner?: string; branch?: string; otherBranch?: string } = {}) {
  const branch = sql.identifier(options.branch ?? 'branch_id');
  const other: SQL = options.otherBranch === undefined ? sql`` : sql` or ${sql.identifier(options.otherBranch)} = ${branchId}`;
  const own: SQL = options.owner === undefined ? sql`` : sql` or ${sql.identifier(options.owner)} = ${selfId}`;
  const rule = sql`${reachesAll} or ${branch} = ${branchId}${other}${own}`;
  return [pgPolicy(`${table}_branch`, { as: 'restrictive', for: 'all', using: rule, withCheck: rule })];
}
