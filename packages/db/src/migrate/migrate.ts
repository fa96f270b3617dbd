import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { planAccess, type AccessFactsByTable } from './access';
import { migrationsDir } from './dir';
import { failedStatement, MigrationError, sqlState } from './errors';
import { readMigrations, type Migration } from './journal';
import { ensureRoles, passwordsFromEnv, type RolePasswords } from './roles';
import { pendingMigrations, prepareHistory, runMigration, type RunContext } from './run';

/** Work after the migrations that needs the owner's login, for example another library's own tables. */
export type AfterMigrateHook = (ownerUrl: string) => Promise<void>;

/** What to migrate, and how. */
export interface MigrateOptions {
  /** A direct connection (no transaction pooler) of the login that owns the schema. */
  readonly ownerUrl: string;
  /** Folder with the SQL files and `meta/_journal.json`; default the product's own. */
  readonly dir?: string;
  /** Access by table; by default the schema's own `tableFacts`. */
  readonly facts?: AccessFactsByTable;
  /** Changes nothing; the result says what would be done. */
  readonly dryRun?: boolean;
  readonly hooks?: readonly AfterMigrateHook[];
  /** Schemas made by hooks whose rows the app reads and writes; default `pgboss`. */
  readonly rowSchemas?: readonly string[];
  /** Passwords for the runtime roles, where this login may set them; default those in the environment's URLs. */
  readonly passwords?: RolePasswords;
  /** Default 2000. */
  readonly lockTimeoutMs?: number;
  /** Default 30: together with the pauses between, about three minutes. */
  readonly lockRetries?: number;
  readonly log?: (line: string) => void;
}

/** What a run did, or would do. */
export interface MigrateResult {
  /** File names, in order. */
  readonly applied: readonly string[];
  /** Statements about access that followed. In a dry run: those that today's tables lack. */
  readonly access: readonly string[];
  readonly warnings: readonly string[];
}

const lockName = "hashtextextended('interdomestik-migrate', 0)";
const waitForRivalMs = 30 * 60_000;

// Polled, because a session that waits in pg_advisory_lock holds a snapshot, and a concurrent index build of the one
// that has the lock would wait for that snapshot for ever.
async function takeLock(client: Client, log: (line: string) => void): Promise<void> {
  const deadline = Date.now() + waitForRivalMs;
  for (let told = false; ; told = true) {
    const answer = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${lockName}) AS taken`);
    if (answer.rows[0]?.taken === true) return;
    if (!told) log('another process migrates this database; waiting for it');
    if (Date.now() > deadline) throw new MigrationError('another process has held the migration lock for 30 minutes');
    await sleep(200);
  }
}

async function applyAccess(context: RunContext, statements: readonly string[]): Promise<void> {
  for (const [index, statement] of statements.entries()) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await context.client.query(statement);
        break;
      } catch (error) {
        const state = sqlState(error);
        const busy = state === '55P03' || state === '40P01' || state === 'XX000';
        if (!busy || attempt >= context.lockRetries) throw failedStatement('access', index + 1, statement, error);
        context.log(`${statement}: the table is in use, trying again (${attempt + 1} of ${context.lockRetries})`);
        await sleep(Math.min(250 * 2 ** attempt, 4_000));
      }
    }
  }
}

async function tablesThatBindTheirOwner(client: Client): Promise<string[]> {
  const found = await client.query<{ name: string }>(`SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relforcerowsecurity AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user ORDER BY 1`);
  return found.rows.map(({ name }) => name);
}

async function schemaFacts(): Promise<AccessFactsByTable> {
  const { tableFacts } = await import('../schema/facts');
  return tableFacts;
}

/**
 * Brings a database to the newest migration and its access rights to what the facts say. Safe to repeat, and safe to
 * start in several processes: one works, the others wait and find nothing to do. A file is one transaction unless it
 * says otherwise; an interrupted run goes on where it stopped. Throws `MigrationError` with file, statement and cause.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const all = readMigrations(options.dir ?? migrationsDir);
  const facts = options.facts ?? (await schemaFacts());
  const log = options.log ?? (() => undefined);
  const client = new Client({ connectionString: options.ownerUrl, application_name: 'interdomestik-migrate' });
  await client.connect();
  try {
    const rowSchemas = options.rowSchemas ?? ['pgboss'];
    if (options.dryRun === true) return await rehearse(client, all, facts, rowSchemas);
    await ensureRoles({ adminUrl: options.ownerUrl, kinds: ['app', 'platform', 'backup'], passwords: options.passwords ?? passwordsFromEnv(options.ownerUrl) });
    await takeLock(client, log);
    const lockTimeoutMs = options.lockTimeoutMs ?? 2_000;
    const context: RunContext = { client, log, lockTimeoutMs, lockRetries: options.lockRetries ?? 30 };
    await client.query(`SET lock_timeout = ${lockTimeoutMs}`);
    await client.query('SET statement_timeout = 0');
    await client.query('SET idle_in_transaction_session_timeout = 0');
    // where row security still binds the owner, a backfill would see no rows and pass; like this it fails
    await client.query('SET row_security = off');
    await prepareHistory(client);
    const pending = await pendingMigrations(client, all);
    const bound = pending.length === 0 ? [] : await tablesThatBindTheirOwner(client);
    try {
      // a backfill, and a new key to a table that has rows, must see every tenant's; the app's own login stays bound
      await applyAccess(context, bound.map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`));
      for (const migration of pending) {
        log(migration.file);
        await runMigration(context, migration);
      }
    } catch (error) {
      await applyAccess(context, bound.map((table) => `ALTER TABLE IF EXISTS ${table} FORCE ROW LEVEL SECURITY`)).catch(() => undefined);
      throw error;
    }
    for (const hook of options.hooks ?? []) await hook(options.ownerUrl);
    const plan = await planAccess(client, facts, rowSchemas);
    await applyAccess(context, plan.statements);
    return { applied: pending.map((migration) => migration.file), access: plan.statements, warnings: plan.warnings };
  } finally {
    await client.end();
  }
}

async function rehearse(client: Client, all: readonly Migration[], facts: AccessFactsByTable, rowSchemas: readonly string[]): Promise<MigrateResult> {
  const pending = await pendingMigrations(client, all);
  const plan = await planAccess(client, facts, rowSchemas);
  return { applied: pending.map((migration) => migration.file), access: plan.statements, warnings: plan.warnings };
}
