import type { Pool } from 'pg';

interface RoleReport {
  name: string;
  superuser: boolean;
  bypassrls: boolean;
  powers: boolean;
  owned: string | null;
  creatable: string | null;
  database_create: boolean;
  memberships: string | null;
  table_powers: string | null;
}

const question = `
  SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolbypassrls AS bypassrls,
    r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS powers,
    (SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid) FROM pg_class c
      WHERE c.relowner = r.oid AND c.relkind IN ('r','p','v','m','S','f') AND c.relpersistence <> 't') AS owned,
    (SELECT string_agg(n.nspname, ', ' ORDER BY n.nspname) FROM pg_namespace n
      WHERE n.nspname !~ '^pg_(temp|toast)' AND has_schema_privilege(r.oid, n.oid, 'CREATE')) AS creatable,
    has_database_privilege(r.oid, current_database(), 'CREATE') AS database_create,
    (SELECT string_agg(m.rolname, ', ' ORDER BY m.rolname) FROM pg_roles m
      WHERE m.oid <> r.oid AND pg_has_role(r.oid, m.oid, 'MEMBER')) AS memberships,
    (SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r','p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(temp|toast)'
        AND has_table_privilege(r.oid, c.oid, 'TRUNCATE, REFERENCES, TRIGGER')) AS table_powers
  FROM pg_roles r WHERE r.rolname IN (current_user, session_user)`;

/** Why a role must not serve requests; empty when it may. */
export function roleFaults(report: RoleReport): string[] {
  // A superuser has every other power as well: naming that one is the whole message.
  if (report.superuser) return ['is a superuser'];
  return [
    report.bypassrls ? 'bypasses row level security' : '',
    report.powers ? 'may create roles or databases, or replicate' : '',
    report.owned === null ? '' : `owns ${shorten(report.owned)}`,
    report.creatable === null ? '' : `may create in schema ${shorten(report.creatable)}`,
    report.database_create ? 'may create schemas' : '',
    report.memberships === null ? '' : `is a member of ${shorten(report.memberships)}`,
    report.table_powers === null ? '' : `may truncate, reference or add triggers on ${shorten(report.table_powers)}`,
  ].filter((fault) => fault !== '');
}

function shorten(list: string): string {
  const names = list.split(', ');
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : list;
}

/**
 * Refuses a login that row level security would not bind (I-02): superuser, BYPASSRLS, owner or creator of anything,
 * member of another role, TRUNCATE/REFERENCES/TRIGGER on a table. Every process calls this before it serves anything.
 * Throws one line with all the reasons.
 */
export async function assertRuntimeRole(pool: Pick<Pool, 'query'>): Promise<void> {
  const { rows } = await pool.query<RoleReport>(question);
  const faults = rows.flatMap((row) => roleFaults(row).map((fault) => `${row.name} ${fault}`));
  if (rows.length === 0) faults.push('the current role is unknown');
  if (faults.length > 0) {
    throw new Error(`refusing to start: this database login is not a runtime role (${faults.join('; ')}). DATABASE_URL must name interdomestik_app`);
  }
}
