import { platformPool } from './pools';
import type { SecondFactorNeed } from './session';

export interface PlatformSessionRow {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  /** As in a tenant's session. */
  readonly needs: SecondFactorNeed | null;
  readonly verifiedAt: Date;
  /** The tenant this super admin is inside of, while the entry has not run out. */
  readonly inside: { readonly tenantId: string; readonly entryId: string; readonly reason: string; readonly expiresAt: Date } | null;
}

const statement = `
  select s.id as session_id, u.id as user_id, u.email, u.name, u.locale, s.entered_tenant_id, s.entry_id, s.verified_at,
    case
      when s.second_factor_at is not null then null
      when exists (select from platform_second_factors f where f.platform_user_id = s.platform_user_id and f.confirmed_at is not null) then 'code'
      else 'setup'
    end as needs
  from platform_sessions s join platform_users u on u.id = s.platform_user_id
  where s.id = $1 and s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '30 minutes' and u.status = 'active'`;

const entry = `
  select reason, expires_at from platform_entries
  where tenant_id = $1 and id = $2 and ended_at is null and expires_at > now()`;

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The living session of a super admin; null when revoked, expired, unused for half an hour, or disabled. */
export async function readPlatformSession(sessionId: string): Promise<PlatformSessionRow | null> {
  if (!id.test(sessionId)) return null;
  const pool = platformPool();
  const { rows } = await pool.query<{ session_id: string; user_id: string; email: string; name: string; locale: string; entered_tenant_id: string | null; entry_id: string | null; needs: SecondFactorNeed | null; verified_at: Date }>(statement, [sessionId]);
  const row = rows[0];
  if (row === undefined) return null;
  const inside = row.entered_tenant_id === null || row.entry_id === null ? null : await readEntry(row.entered_tenant_id, row.entry_id);
  return { sessionId: row.session_id, userId: row.user_id, email: row.email, name: row.name, locale: row.locale, needs: row.needs, verifiedAt: row.verified_at, inside };
}

async function readEntry(tenantId: string, entryId: string): Promise<PlatformSessionRow['inside']> {
  const client = await platformPool().connect();
  let broken: Error | undefined;
  try {
    await client.query('begin read only');
    await client.query("select set_config('app.current_tenant_id', $1, true)", [tenantId]);
    const { rows } = await client.query<{ reason: string; expires_at: Date }>(entry, [tenantId, entryId]);
    await client.query('commit');
    const row = rows[0];
    return row === undefined ? null : { tenantId, entryId, reason: row.reason, expiresAt: row.expires_at };
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}
