import type { Role } from '@interdomestik/rules';
import type { Pool as DatabasePool } from 'pg';
import { readOnce } from './one-message';
import { remembersStatements } from './pools';

export interface SessionRow {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly locale: string;
  readonly roles: readonly { role: Role; branchId: string | null }[];
}

interface Row {
  user_id: string; first_name: string; last_name: string; email: string | null; locale: string;
  roles: { role: Role; branchId: string | null }[] | null;
}

const statement = `
  select s.user_id, u.first_name, u.last_name, u.email, u.locale,
    (select json_agg(json_build_object('role', r.role, 'branchId', r.branch_id)) from user_roles r
      where r.tenant_id = s.tenant_id and r.user_id = s.user_id) as roles
  from sessions s join "user" u on u.tenant_id = s.tenant_id and u.id = s.user_id
  where s.tenant_id = $1 and s.id = $2 and s.app = $3 and s.revoked_at is null and s.expires_at > now()
    and u.status = 'active'`;

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The living session with its person and roles, in one round trip; null when revoked, expired, disabled or foreign. */
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
  };
}
