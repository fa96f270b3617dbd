import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { roleNames } from './roles';

/** What a role may do with the rows of a table. */
export type RowGrant = 'select' | 'insert' | 'update' | 'delete';

/** The part of the schema facts that decides about access. */
export interface AccessFacts {
  readonly appGrants: readonly RowGrant[];
  readonly platformGrants: readonly RowGrant[];
  /** Columns masked in the audit log. */
  readonly personal: readonly string[];
  readonly audited: boolean;
}

/** Facts by table name. */
export type AccessFactsByTable = Readonly<Record<string, AccessFacts>>;

/** What must be done so that the database matches the facts. */
export interface AccessPlan {
  readonly statements: readonly string[];
  /** Tables without facts: they are locked down, and the build's checks refuse them. */
  readonly warnings: readonly string[];
}

interface TableRow {
  name: string;
  has_tenant: boolean;
  rls: boolean;
  forced: boolean;
  acl: string[] | null;
  /** What the triggers mask: the one of changed rows, and the one of added ones. */
  audit: string | null;
  added: string | null;
}

const tablesQuery = `
  SELECT c.relname AS name, c.relrowsecurity AS rls, c.relforcerowsecurity AS forced,
    EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS has_tenant,
    (SELECT array_agg(coalesce(nullif(x.grantee, 0)::regrole::text, 'PUBLIC') || ':' || lower(x.privilege_type))
      FROM aclexplode(c.relacl) x WHERE x.grantee <> c.relowner) AS acl,
    (SELECT rtrim(encode(t.tgargs, 'escape'), '\\000') FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'audit_row_change') AS audit,
    (SELECT rtrim(encode(t.tgargs, 'escape'), '\\000') FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'audit_rows_added') AS added
  FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY c.relname`;

const table = (name: string): string => `public.${escapeIdentifier(name)}`;

function tableStatements(row: TableRow, facts: AccessFacts | undefined, auditable: boolean): string[] {
  const statements: string[] = [];
  if (row.has_tenant && !row.rls) statements.push(`ALTER TABLE ${table(row.name)} ENABLE ROW LEVEL SECURITY`);
  if (row.has_tenant && !row.forced) statements.push(`ALTER TABLE ${table(row.name)} FORCE ROW LEVEL SECURITY`);
  const wanted = new Map<string, readonly string[]>([
    [roleNames.app, facts?.appGrants ?? []],
    [roleNames.platform, facts?.platformGrants ?? []],
    [roleNames.backup, ['select']],
  ]);
  const present = new Map<string, string[]>();
  for (const entry of row.acl ?? []) {
    const split = entry.lastIndexOf(':');
    const grantee = entry.slice(0, split);
    present.set(grantee, [...(present.get(grantee) ?? []), entry.slice(split + 1)]);
  }
  for (const role of ['PUBLIC', ...wanted.keys()]) {
    const extra = (present.get(role) ?? []).filter((privilege) => !(wanted.get(role) ?? []).includes(privilege));
    if (extra.length > 0) statements.push(`REVOKE ${extra.join(', ')} ON ${table(row.name)} FROM ${role}`);
  }
  for (const [role, privileges] of wanted) {
    const lacking = privileges.filter((privilege) => !(present.get(role) ?? []).includes(privilege));
    if (lacking.length > 0) statements.push(`GRANT ${lacking.join(', ')} ON ${table(row.name)} TO ${role}`);
  }
  const columns = facts?.audited === true && auditable ? facts.personal.join(',') : null;
  if (columns !== null && (row.audit !== columns || row.added !== columns)) {
    statements.push(
      `CREATE OR REPLACE TRIGGER audit_row_change AFTER UPDATE OR DELETE ON ${table(row.name)} FOR EACH ROW EXECUTE FUNCTION audit_row_change(${escapeLiteral(columns)})`,
      `CREATE OR REPLACE TRIGGER audit_rows_added AFTER INSERT ON ${table(row.name)} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_rows_added(${escapeLiteral(columns)})`,
    );
  }
  for (const [trigger, known] of [['audit_row_change', row.audit], ['audit_rows_added', row.added]] as const) {
    if (columns === null && known !== null) statements.push(`DROP TRIGGER ${trigger} ON ${table(row.name)}`);
  }
  return statements;
}

interface Listed {
  statement: string;
}

// Functions of extensions stay open: the operators of pg_trgm and its like are nothing but such functions.
const functionsQuery = `
  SELECT format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure) AS statement
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x WHERE x.grantee = 0)`;

const schemaQuery = `
  SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', n.nspname) AS statement
  FROM pg_namespace n WHERE n.nspname = 'public' AND EXISTS (SELECT 1 FROM aclexplode(n.nspacl) x WHERE x.grantee = 0 AND x.privilege_type = 'CREATE')
  UNION ALL
  SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, r.rolname) FROM pg_namespace n, pg_roles r
  WHERE r.rolname = ANY($1) AND (n.nspname = 'public' OR (n.nspname = ANY($2) AND r.rolname <> $3) OR (n.nspname = 'drizzle' AND r.rolname = $4))
    AND NOT EXISTS (SELECT 1 FROM aclexplode(n.nspacl) x WHERE x.grantee = r.oid AND x.privilege_type = 'USAGE')`;

// Of the other schemas the app works with rows only (queues); the backup reads everything.
const otherTablesQuery = `
  SELECT format('GRANT %s ON %s TO %I', w.privilege, c.oid::regclass, r.rolname) AS statement
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r,
    unnest(ARRAY['select', 'insert', 'update', 'delete']) AS w(privilege)
  WHERE c.relkind IN ('r', 'p') AND ((n.nspname = ANY($1) AND r.rolname = $2) OR (n.nspname = ANY($1 || ARRAY['drizzle']) AND r.rolname = $3 AND w.privilege = 'select'))
    AND NOT EXISTS (SELECT 1 FROM aclexplode(c.relacl) x WHERE x.grantee = r.oid AND lower(x.privilege_type) = w.privilege)
  ORDER BY c.oid, r.rolname`;

const sequencesQuery = `
  SELECT format('GRANT %s ON SEQUENCE %s TO %I', w.privilege, c.oid::regclass, r.rolname) AS statement
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r, unnest(ARRAY['USAGE', 'SELECT']) AS w(privilege)
  WHERE c.relkind = 'S' AND (n.nspname = 'public' OR n.nspname = ANY($1))
    AND ((r.rolname = ANY($2) AND w.privilege = 'USAGE') OR (r.rolname = $3 AND w.privilege = 'SELECT'))
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
    AND NOT EXISTS (SELECT 1 FROM aclexplode(c.relacl) x WHERE x.grantee = r.oid AND x.privilege_type = w.privilege)
  ORDER BY c.oid, r.rolname`;

const defaultsQuery = `
  SELECT 'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC' AS statement
  WHERE NOT EXISTS (SELECT 1 FROM pg_default_acl WHERE defaclrole = current_user::regrole AND defaclobjtype = 'f' AND defaclnamespace = 0)`;

/**
 * Compares the catalog with the facts and returns the statements that are missing: row level security enabled and
 * forced on every table with a tenant_id, grants exactly as the facts say and nothing for PUBLIC, audit triggers on the
 * audited tables. An up-to-date database gives no statements, so repeating takes no locks.
 *
 * `rowSchemas` are schemas outside the facts (queues) whose rows the app may read and write.
 */
export async function planAccess(client: Client, facts: AccessFactsByTable, rowSchemas: readonly string[]): Promise<AccessPlan> {
  const { rows } = await client.query<TableRow>(tablesQuery);
  const hook = await client.query<{ found: string | null }>("SELECT to_regprocedure('public.audit_rows_added()')::text AS found");
  const auditable = hook.rows[0]?.found != null;
  const { app, platform, backup } = roleNames;
  const list = async (query: string, values: unknown[] = []): Promise<string[]> => (await client.query<Listed>(query, values)).rows.map((row) => row.statement);
  const statements = [
    ...(await list(schemaQuery, [[app, platform, backup], rowSchemas, platform, backup])),
    ...(await list(defaultsQuery)),
    ...(await list(functionsQuery)),
    ...rows.flatMap((row) => tableStatements(row, facts[row.name], auditable)),
    ...(await list(otherTablesQuery, [rowSchemas, app, backup])),
    ...(await list(sequencesQuery, [rowSchemas, [app, platform], backup])),
  ];
  const warnings = rows.filter((row) => facts[row.name] === undefined).map((row) => `table ${row.name} has no entry in tableFacts: no runtime role may touch it`);
  const wantsAudit = Object.values(facts).some((fact) => fact.audited);
  if (!auditable && wantsAudit && rows.length > 0) warnings.push('function audit_rows_added() is missing: no audit trigger was attached');
  return { statements, warnings };
}
