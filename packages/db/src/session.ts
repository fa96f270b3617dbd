import type { PermissionGrant, TenantRole } from '@interdomestik/rules';
import type { Pool as DatabasePool } from 'pg';
import { readOnce } from './one-message';
import { remembersStatements } from './pools';
import type { TenantScope } from './scope';
import { queryIn, withTenant } from './tenant';

export interface SessionRow {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly locale: string;
  /** Oldest first. */
  readonly roles: readonly HeldRole[];
  /** As they stand in the table; what of them counts is decided by the permission table. */
  readonly grants: readonly PermissionGrant[];
  /** The role that was chosen to work in; it may be gone. */
  readonly actingRoleId: string | null;
  /** What is still to be done before the session opens anything: give the code, or set the second factor up. Null: it is open. */
  readonly needs: SecondFactorNeed | null;
  /** When the person last proved who it is. */
  readonly verifiedAt: Date;
}

/** What stands between the right password and an open session. */
export type SecondFactorNeed = 'code' | 'setup';

/** A row of `user_roles`. */
export interface HeldRole {
  readonly id: string;
  readonly role: TenantRole;
  readonly branchId: string | null;
}

interface Row {
  user_id: string; first_name: string; last_name: string; email: string | null; locale: string;
  roles: HeldRole[] | null; grants: PermissionGrant[] | null; acting_role_id: string | null;
  needs: SecondFactorNeed | null; verified_at: Date;
}

const inForce = `
  select l.value from tenant_settings l
  where l.tenant_id = s.tenant_id and l.kind = 'limits' and l.status = 'published' and l.branch_id is null and l.effective_from <= now()
  order by l.effective_from desc, l.version desc limit 1`;
const partOfApp = `(${inForce}) -> case when s.app = 'admin' then 'session' else 'memberSession' end`;
const idle = `make_interval(mins => coalesce((r.rule ->> 'idleMinutes')::int, case when s.app = 'admin' then 60 else 10080 end))`;
const absolute = `make_interval(hours => coalesce((r.rule ->> 'absoluteHours')::int, case when s.app = 'admin' then 12 else 720 end))`;

const noted = `
  update sessions s set last_seen_at = now(),
    expires_at = (select least(s.expires_at, s.created_at + ${absolute}) from (select ${partOfApp} as rule offset 0) r)
  where s.tenant_id = $1 and s.id = $2`;

const statement = `
  select s.verified_at,
    case
      when s.second_factor_at is not null then null
      when exists (select from second_factors f where f.tenant_id = s.tenant_id and f.user_id = s.user_id and f.confirmed_at is not null) then 'code'
      when s.app = 'admin' and coalesce((${inForce}) ->> 'secondFactor', 'required') <> 'optional' then 'setup'
    end as needs,
    s.user_id, u.first_name, u.last_name, u.email, u.locale, s.acting_role_id,
    (select json_agg(json_build_object('id', r.id, 'role', r.role, 'branchId', r.branch_id) order by r.created_at, r.id) from user_roles r
      where r.tenant_id = s.tenant_id and r.user_id = s.user_id) as roles,
    (select json_agg(json_build_object('permission', g.permission, 'branchId', g.branch_id) order by g.created_at, g.id) from user_grants g
      where g.tenant_id = s.tenant_id and g.user_id = s.user_id) as grants
  from sessions s join "user" u on u.tenant_id = s.tenant_id and u.id = s.user_id join tenants t on t.id = s.tenant_id
  where s.tenant_id = $1 and s.id = $2 and s.app = $3 and s.revoked_at is null and s.expires_at > now()
    and u.status = 'active' and t.status = 'active'
    and (s.last_seen_at > now() - interval '5 minutes'
      or (select s.last_seen_at > now() - ${idle} and s.created_at > now() - ${absolute} from (select ${partOfApp} as rule offset 0) r))`;

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The living session with its person, roles and what it still needs, in one round trip; null when revoked, expired, idle for too long, disabled, foreign, or of a tenant that is closed. */
export async function readSession(pool: DatabasePool, tenantId: string, sessionId: string, app: string): Promise<SessionRow | null> {
  if (!id.test(sessionId)) return null;
  const remembers = remembersStatements();
  const { rows } = await readOnce<Row>(pool, {
    settings: { tenantId, branch: '*', actorKind: 'system', actorId: '', action: 'session', requestId: '' }, planned: remembers, remembers,
    statement: { ...(remembers ? { name: 'session' } : {}), text: statement, values: [tenantId, sessionId, app] },
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    userId: row.user_id, firstName: row.first_name, lastName: row.last_name, email: row.email, locale: row.locale, roles: row.roles ?? [],
    grants: row.grants ?? [], actingRoleId: row.acting_role_id,
    needs: row.needs, verifiedAt: row.verified_at,
  };
}

/**
 * Notes that the session of a scope is in use, and brings its end forward when the tenant's rule has become stricter since it began. Every session in use
 * passes here about every five minutes, so that reading one need not look the rule up.
 */
export async function noteSession(scope: TenantScope): Promise<void> {
  const { sessionId, tenantId } = scope;
  if (sessionId !== null) await withTenant(scope, (tx) => queryIn(tx, noted, [tenantId, sessionId]));
}
