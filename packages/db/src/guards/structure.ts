import type { Client } from 'pg';
import { roleNames } from '../migrate';
import { tableFacts } from '../schema/facts';

/** Every guard gives its faults as lines; none means that the database is as it must be. */
export type Guard = (client: Pick<Client, 'query'>) => Promise<string[]>;

/** Schemas whose tables are ours to judge: all but Postgres' own, the migration history and the job queue, whose payloads are sealed instead. */
const ours = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'drizzle', 'pgboss')";
const notOfExtension = "not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')";
const hasTenant = "exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)";

async function lines(client: Pick<Client, 'query'>, sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(sql, values);
  return rows.map(({ fault }) => fault);
}

/** I-01: every table with a tenant has forced row security; one without is on the list of `tableFacts`. */
export const rowSecurity: Guard = async (client) => {
  const global = Object.entries(tableFacts).filter(([, facts]) => facts.scope === 'global').map(([name]) => name);
  return await lines(client, `
    select c.oid::regclass || case when ${hasTenant} then ' has a tenant and no forced row level security' else ' has no tenant and is not a reviewed exception' end as fault
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f') and ${ours} and ${notOfExtension}
      and case when ${hasTenant} then not (c.relrowsecurity and c.relforcerowsecurity) else not (c.relname = any($1) and n.nspname = 'public') end
    order by 1`, [global]);
};

interface PolicyRow {
  relation: string;
  name: string;
  permissive: boolean;
  command: string;
  qual: string | null;
  check: string | null;
  everybody: boolean;
}

function policyFaults(relation: string, policies: readonly PolicyRow[]): string[] {
  const faults: string[] = [];
  const tenantOnly = (policy: PolicyRow): boolean =>
    policy.command === '*' && [policy.qual, policy.check].every((text) => text?.startsWith("(tenant_id = ( SELECT NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text)") === true);
  const permissive = policies.filter((policy) => policy.permissive);
  if (permissive.length !== 1 || !permissive.every(tenantOnly)) faults.push(`${relation} needs exactly one permissive policy, for the tenant`);
  if (!policies.some((policy) => !policy.permissive && tenantOnly(policy))) faults.push(`${relation} has no restrictive tenant policy`);
  if (tableFacts[relation]?.branchScoped === true && !policies.some((policy) => !policy.permissive && policy.command === '*' && policy.qual?.includes('app.current_branch_id') === true && policy.qual === policy.check)) {
    faults.push(`${relation} has no restrictive branch policy`);
  }
  for (const policy of policies) {
    if (policy.qual === null || policy.check === null) faults.push(`${relation}.${policy.name} lacks USING or WITH CHECK`);
    if (policy.qual === 'true' || policy.check === 'true') faults.push(`${relation}.${policy.name} lets everything through`);
    if (!policy.everybody) faults.push(`${relation}.${policy.name} binds some roles only`);
  }
  return faults;
}

/** I-03: one permissive tenant policy, a restrictive one, a restrictive branch policy where the facts say so, none that is always true. */
export const policies: Guard = async (client) => {
  const { rows } = await client.query<PolicyRow | { relation: string; name: null }>(`
    select c.oid::regclass::text as relation, p.polname as name, p.polpermissive as permissive, p.polcmd::text as command, p.polroles = '{0}' as everybody,
      pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_policy p on p.polrelid = c.oid
    where c.relkind in ('r', 'p') and ${ours} and ${hasTenant} order by 1, 2`);
  const relations = [...new Set(rows.map(({ relation }) => relation))];
  const ofTable = (relation: string) => rows.filter((row): row is PolicyRow => row.relation === relation && row.name !== null);
  return relations.flatMap((relation) => policyFaults(relation.replaceAll('"', ''), ofTable(relation)));
};

/** I-04: nothing that could read past the policies: views of their owner, materialised views, SECURITY DEFINER, functions for everybody. */
export const detours: Guard = async (client) => await lines(client, `
  select c.oid::regclass || ' is a view that reads as its owner' as fault from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'v' and ${ours} and ${notOfExtension} and not coalesce('security_invoker=true' = any(c.reloptions) or 'security_invoker=on' = any(c.reloptions), false)
  union all
  select c.oid::regclass || ' is a materialised view that ' || r.rolname || ' can read' from pg_class c join pg_namespace n on n.oid = c.relnamespace, pg_roles r
  where c.relkind = 'm' and ${ours} and r.rolname = any($1) and has_table_privilege(r.oid, c.oid, 'select')
  union all
  select p.oid::regprocedure || ' is SECURITY DEFINER and ' || r.rolname || ' can call it' from pg_proc p join pg_namespace n on n.oid = p.pronamespace, pg_roles r
  where p.prosecdef and ${ours} and r.rolname = any($1) and has_function_privilege(r.oid, p.oid, 'execute')
  union all
  select p.oid::regprocedure || ' can be called by everybody' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${ours} and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee = 0)
  order by 1`, [[roleNames.app, roleNames.platform]]);

/** I-05: every primary and unique key of a tenant table begins with the tenant. */
export const uniqueKeys: Guard = async (client) => await lines(client, `
  select i.indexrelid::regclass || ' is unique across tenants' as fault
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where i.indisunique and ${ours} and ${hasTenant}
    and i.indkey[0] is distinct from (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
  union all
  select c.oid::regclass || ' has no primary key' from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and ${ours} and ${hasTenant} and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
  order by 1`);

/** I-06: a foreign key between tenant tables carries the tenant on both sides, which is never null. */
export const foreignKeys: Guard = async (client) => await lines(client, `
  select k.conrelid::regclass || '.' || k.conname || ' could point into another tenant' as fault
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class f on f.oid = k.confrelid
  where k.contype = 'f' and ${ours} and ${hasTenant} and ${hasTenant.replaceAll('c.oid', 'f.oid')}
    and not exists (
      select from unnest(k.conkey, k.confkey) as pair(here, there)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = pair.here and a.attname = 'tenant_id'
      join pg_attribute b on b.attrelid = f.oid and b.attnum = pair.there and b.attname = 'tenant_id')
  union all
  select c.oid::regclass || '.tenant_id may be null' from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
  where c.relkind in ('r', 'p') and ${ours} and not a.attnotnull
  union all
  select c.oid::regclass || ' has a constraint that was never validated: ' || k.conname from pg_constraint k
  join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and not k.convalidated
  order by 1`);
