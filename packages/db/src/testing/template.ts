import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { isAlive } from '../embedded/lock';
import { migrate, roleNames, type AccessFactsByTable, type AfterMigrateHook, type RoleKind } from '../migrate';

/** What the test databases are made from. */
export interface TemplateSource {
  readonly dir: string;
  readonly facts: AccessFactsByTable;
  readonly hooks: readonly AfterMigrateHook[];
  /** Names what the hooks do; part of the template's key. */
  readonly variant: string;
}

/** A login that may create databases, and the passwords of the product's roles on its cluster. */
export interface TestCluster {
  readonly adminUrl: string;
  readonly passwords: Readonly<Record<RoleKind, string>>;
  /** Leftovers are recognised by the ids of their processes only on a cluster of this machine. */
  readonly local: boolean;
}

const keepTemplatesMs = 6 * 3_600_000;
const keepForeignMs = 2 * 3_600_000;

/** Passwords for a cluster that we did not set up: the same in every process, and useless elsewhere. */
export function derivedPasswords(adminUrl: string): Record<RoleKind, string> {
  const derive = (kind: RoleKind): string => createHmac('sha256', adminUrl).update(kind).digest('base64url');
  return { owner: derive('owner'), app: derive('app'), platform: derive('platform'), backup: derive('backup') };
}

/** The connection string of one role in one database of a cluster. */
export function roleUrl(cluster: TestCluster, kind: RoleKind, database: string): string {
  const url = new URL(cluster.adminUrl);
  url.username = roleNames[kind];
  url.password = cluster.passwords[kind];
  url.pathname = `/${database}`;
  return url.toString();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(sql|json|ts)$/u.test(entry.name) && !entry.name.includes('.test.') && !entry.name.endsWith('_snapshot.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The template's name: changes with any migration, fact, hook or line of the runner. */
export function templateName(source: TemplateSource): string {
  const hash = createHash('sha256');
  const runner = join(dirname(fileURLToPath(import.meta.url)), '..', 'migrate');
  for (const folder of [source.dir, runner]) {
    for (const file of filesBelow(folder)) hash.update(file.slice(folder.length)).update(readFileSync(file)).update('\0');
  }
  hash.update(JSON.stringify(source.facts)).update(source.variant);
  return `idm_tpl_${hash.digest('hex').slice(0, 16)}`;
}

/** Runs work with a connection of the administrator. */
export async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl, application_name: 'interdomestik-test' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: Client, name: string): Promise<boolean> {
  return (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount === 1;
}

/**
 * Makes sure that the migrated template stands and returns its name. Of any number of processes one migrates, the
 * others wait. An interrupted attempt leaves nothing that looks finished.
 */
export async function ensureTemplate(cluster: TestCluster, source: TemplateSource): Promise<string> {
  const name = templateName(source);
  await asAdmin(cluster.adminUrl, async (client) => {
    if (await exists(client, name)) return;
    await client.query("SELECT pg_advisory_lock(hashtextextended('interdomestik-test-template', 0))");
    if (await exists(client, name)) return;
    await dropLeftovers(client, cluster.local);
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(draft)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${escapeIdentifier(draft)} OWNER ${roleNames.owner} TEMPLATE template0`);
    const { dir, facts, hooks } = source;
    await migrate({ ownerUrl: roleUrl(cluster, 'owner', draft), dir, facts, hooks });
    await client.query(`COMMENT ON DATABASE ${escapeIdentifier(draft)} IS ${escapeLiteral(String(Date.now()))}`);
    // Nobody may connect any more: a single connection would make every clone fail.
    await client.query(`ALTER DATABASE ${escapeIdentifier(draft)} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [draft]);
    await client.query(`ALTER DATABASE ${escapeIdentifier(draft)} RENAME TO ${escapeIdentifier(name)}`);
  });
  return name;
}

interface LeftoverRow {
  name: string;
  template: boolean;
  made: string | null;
  busy: boolean;
}

/** Test databases carry the id of their process and the time they were made. */
export function testDatabaseName(): string {
  return `idm_t_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
}

// Of runs that were killed. Younger templates stay: another checkout of the schema may be cloning them just now.
async function dropLeftovers(client: Client, local: boolean): Promise<void> {
  const { rows } = await client.query<LeftoverRow>(
    `SELECT d.datname AS name, d.datistemplate AS template, shobj_description(d.oid, 'pg_database') AS made,
       EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname) AS busy
     FROM pg_database d WHERE d.datname LIKE 'idm\\_tpl\\_%' OR d.datname LIKE 'idm\\_t\\_%'`,
  );
  for (const row of rows) {
    if (row.busy || !isLeftover(row, local)) continue;
    const database = escapeIdentifier(row.name);
    if (row.template) await client.query(`ALTER DATABASE ${database} IS_TEMPLATE false`);
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }
}

function isLeftover(row: LeftoverRow, local: boolean): boolean {
  // Made and renamed under the lock that we hold, so this one was cut.
  if (row.name.endsWith('_draft')) return true;
  if (row.name.startsWith('idm_tpl_')) return Date.now() - Number(row.made ?? 0) > keepTemplatesMs;
  const [pid = '', made = ''] = row.name.slice('idm_t_'.length).split('_');
  const age = Date.now() - Number.parseInt(made, 36);
  return age > keepForeignMs || (local && age > 60_000 && !isAlive(Number(pid)));
}
