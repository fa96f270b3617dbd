import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { readEnv } from '../env';
import { sqlState } from './errors';

/** The logins of the product. Their names are the same on every cluster, since policies name them. */
export const roleNames = {
  owner: 'interdomestik_owner',
  app: 'interdomestik_app',
  platform: 'interdomestik_platform',
  backup: 'interdomestik_backup',
} as const;

/** Which of the logins. */
export type RoleKind = keyof typeof roleNames;

/** Passwords by login; a login without one keeps the password it has. */
export type RolePasswords = Readonly<Partial<Record<RoleKind, string>>>;

const plain = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';

const shapes: Readonly<Record<RoleKind, { attributes: string; settings: Readonly<Record<string, string>> }>> = {
  owner: { attributes: `LOGIN ${plain} NOBYPASSRLS`, settings: {} },
  app: {
    attributes: `LOGIN ${plain} NOBYPASSRLS`,
    settings: { statement_timeout: '5s', idle_in_transaction_session_timeout: '10s', lock_timeout: '2s' },
  },
  platform: {
    attributes: `LOGIN ${plain} NOBYPASSRLS`,
    settings: { statement_timeout: '15s', idle_in_transaction_session_timeout: '10s', lock_timeout: '2s' },
  },
  backup: {
    attributes: `LOGIN ${plain} BYPASSRLS`,
    settings: { default_transaction_read_only: 'on', idle_in_transaction_session_timeout: '1h' },
  },
};

interface RoleRow {
  rolname: string;
  rolcanlogin: boolean;
  rolsuper: boolean;
  rolbypassrls: boolean;
  rolcreatedb: boolean;
  rolcreaterole: boolean;
  rolreplication: boolean;
  rolconfig: string[] | null;
}

function shapeIsRight(kind: RoleKind, row: RoleRow): boolean {
  const settings = Object.entries(shapes[kind].settings).map(([name, value]) => `${name}=${value}`);
  const extra = row.rolsuper || row.rolcreatedb || row.rolcreaterole || row.rolreplication;
  return row.rolcanlogin && !extra && row.rolbypassrls === (kind === 'backup') && settings.every((one) => row.rolconfig?.includes(one) === true);
}

/** The SQL that an administrator runs on a cluster where we may not make roles ourselves. */
export function rolesSql(kinds: readonly RoleKind[], passwords: RolePasswords = {}): string[] {
  return kinds.flatMap((kind) => {
    const name = escapeIdentifier(roleNames[kind]);
    const secret = passwords[kind];
    const password = secret === undefined ? '' : ` PASSWORD ${escapeLiteral(secret)}`;
    const settings = Object.entries(shapes[kind].settings).map(([setting, value]) => `ALTER ROLE ${name} SET ${setting} = ${escapeLiteral(value)}`);
    return [`ALTER ROLE ${name} ${shapes[kind].attributes}${password}`, ...settings];
  });
}

/** What `ensureRoles` needs to know. */
export interface EnsureRoles {
  /** A login that may create roles; or any login, when all roles already stand. */
  readonly adminUrl: string;
  readonly passwords?: RolePasswords;
  /** Leaves the owner alone where the migrating login is another role of the provider's. */
  readonly kinds?: readonly RoleKind[];
}

/**
 * Makes the cluster's roles, or corrects them: safe to repeat and to run from several processes. Where the login may
 * not create roles and one is missing or wrong, throws a message with the exact SQL to run (passwords left out).
 */
export async function ensureRoles({ adminUrl, passwords = {}, kinds = ['owner', 'app', 'platform', 'backup'] }: EnsureRoles): Promise<void> {
  const client = new Client({ connectionString: adminUrl, application_name: 'interdomestik-roles' });
  await client.connect();
  try {
    await client.query('BEGIN');
    // Roles belong to the cluster, advisory locks to one database: the lock keeps most rivals out, retrying the rest.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('interdomestik-roles', 0))");
    const names = kinds.map((kind) => roleNames[kind]);
    const present = await client.query<RoleRow>(
      'SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolconfig FROM pg_roles WHERE rolname = ANY($1)',
      [names],
    );
    const missing = kinds.filter((kind) => !present.rows.some((row) => row.rolname === roleNames[kind]));
    const wrong = kinds.filter((kind) => {
      const row = present.rows.find((one) => one.rolname === roleNames[kind]);
      return row !== undefined && (!shapeIsRight(kind, row) || passwords[kind] !== undefined);
    });
    const may = await client.query<{ may: boolean; super: boolean }>(
      'SELECT rolsuper OR rolcreaterole AS may, rolsuper AS super FROM pg_roles WHERE rolname = current_user',
    );
    const todo = [...missing, ...wrong];
    if (todo.length > 0 && may.rows[0]?.may !== true) {
      const misshapen = todo.filter((kind) => {
        const row = present.rows.find((one) => one.rolname === roleNames[kind]);
        return row === undefined || !shapeIsRight(kind, row);
      });
      if (misshapen.length > 0) throw new Error(missingRolesMessage(missing, misshapen));
      await client.query('ROLLBACK');
      return;
    }
    try {
      for (const kind of missing) await createRole(client, kind);
      for (const statement of rolesSql(todo, passwords)) await client.query(may.rows[0]?.super === true ? statement : withoutSuperuserWords(statement));
    } catch (error) {
      // A login that may make roles still may not give away BYPASSRLS unless it has it.
      if (sqlState(error) === '42501') throw new Error(missingRolesMessage(missing, todo), { cause: error });
      throw error;
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

// Only a superuser may say NOSUPERUSER or NOREPLICATION; for anybody else these already are the defaults.
function withoutSuperuserWords(statement: string): string {
  return statement.replace(' NOSUPERUSER', '').replace(' NOREPLICATION', '').replace(' NOBYPASSRLS', '');
}

async function createRole(client: Client, kind: RoleKind): Promise<void> {
  await client.query('SAVEPOINT new_role');
  try {
    await client.query(`CREATE ROLE ${escapeIdentifier(roleNames[kind])}`);
    await client.query('RELEASE SAVEPOINT new_role');
  } catch (error) {
    const code = sqlState(error);
    // Another process made it in this moment, from another database of the cluster.
    if (code !== '42710' && code !== '23505') throw error;
    await client.query('ROLLBACK TO SAVEPOINT new_role');
  }
}

/**
 * The passwords that the environment's connection strings hold, for a database whose owner is the environment's: so that
 * roles made during a migration can log in with the very strings that the apps are given.
 */
export function passwordsFromEnv(ownerUrl: string): RolePasswords {
  const env = readEnv();
  if (env.ownerUrl !== ownerUrl) return {};
  const urls = { app: env.databaseUrl, platform: env.platformUrl, backup: env.backupUrl };
  const passwords: Partial<Record<RoleKind, string>> = {};
  for (const kind of ['app', 'platform', 'backup'] as const) {
    const url = urls[kind] === undefined ? undefined : new URL(urls[kind]);
    if (url?.username === roleNames[kind] && url.password !== '') passwords[kind] = decodeURIComponent(url.password);
  }
  return passwords;
}

function missingRolesMessage(missing: readonly RoleKind[], todo: readonly RoleKind[]): string {
  const create = missing.map((kind) => `CREATE ROLE ${roleNames[kind]}`);
  const statements = [...create, ...rolesSql(todo)].map((line) => `  ${line};`);
  return [
    'This login may not make the roles as they must be. Run as an administrator, then give the logins their passwords with ALTER ROLE ... PASSWORD:',
    ...statements,
  ].join('\n');
}
