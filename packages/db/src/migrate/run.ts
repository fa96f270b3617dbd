import type { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { failedStatement, MigrationError, sqlState } from './errors';
import type { Migration, Statement } from './journal';

/** What happens while migrations run. */
export interface RunContext {
  readonly client: Client;
  readonly lockTimeoutMs: number;
  /** How often a statement that met a lock is tried again. */
  readonly lockRetries: number;
  readonly log: (line: string) => void;
}

/** The tables that remember what was applied; drizzle's own, plus the progress inside files without a transaction. */
export async function prepareHistory(client: Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
  await client.query('CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)');
  await client.query(`CREATE TABLE IF NOT EXISTS drizzle.__statement_progress (
    tag text NOT NULL, position integer NOT NULL, hash text NOT NULL, rows bigint NOT NULL DEFAULT 0,
    done_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tag, position))`);
}

/** The migrations still to run. Throws when a file was changed after it was applied. */
export async function pendingMigrations(client: Client, all: readonly Migration[]): Promise<Migration[]> {
  const exists = await client.query<{ found: string | null }>("SELECT to_regclass('drizzle.__drizzle_migrations')::text AS found");
  if (exists.rows[0]?.found == null) return [...all];
  const applied = await client.query<{ hash: string; created_at: string }>('SELECT hash, created_at FROM drizzle.__drizzle_migrations');
  const byTime = new Map(applied.rows.map((row) => [Number(row.created_at), row.hash]));
  for (const migration of all) {
    const hash = byTime.get(migration.when);
    if (hash !== undefined && hash !== migration.hash) {
      throw new MigrationError(`${migration.file} was changed after it had been applied: write a new migration (in development: npm run db:reset)`);
    }
  }
  return all.filter((migration) => !byTime.has(migration.when));
}

// A statement that waits for a lock makes every later reader of the table wait behind it: give up early, try again.
async function retryingLocks<T>(context: RunContext, what: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const cause = error instanceof MigrationError ? error.cause : error;
      const state = sqlState(cause);
      if ((state !== '55P03' && state !== '40P01') || attempt >= context.lockRetries) throw error;
      context.log(`${what}: the table is in use, trying again (${attempt + 1} of ${context.lockRetries})`);
      await sleep(Math.min(250 * 2 ** attempt, 4_000));
    }
  }
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function execute(client: Client, migration: Migration, statement: Statement): Promise<number> {
  try {
    const result = await client.query(statement.sql);
    return result.rowCount ?? 0;
  } catch (error) {
    throw failedStatement(migration.file, statement.position, statement.sql, error);
  }
}

async function record(client: Client, migration: Migration): Promise<void> {
  await client.query('INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ($1, $2)', [migration.hash, migration.when]);
}

async function recordStatement(client: Client, migration: Migration, statement: Statement, rows: number): Promise<void> {
  await client.query('INSERT INTO drizzle.__statement_progress (tag, position, hash, rows) VALUES ($1, $2, $3, $4)', [
    migration.tag, statement.position, statement.hash, rows,
  ]);
}

/** Runs one migration, or its rest when it was interrupted, and records it. */
export async function runMigration(context: RunContext, migration: Migration): Promise<void> {
  const { client } = context;
  if (migration.transactional) {
    await retryingLocks(context, migration.file, async () => {
      await inTransaction(client, async () => {
        for (const statement of migration.statements) await execute(client, migration, statement);
        await record(client, migration);
      });
    });
    return;
  }
  const done = await client.query<{ position: number; hash: string }>('SELECT position, hash FROM drizzle.__statement_progress WHERE tag = $1', [migration.tag]);
  for (const statement of migration.statements) {
    const before = done.rows.find((row) => row.position === statement.position);
    if (before !== undefined && before.hash !== statement.hash) {
      throw new MigrationError(`${migration.file} statement ${statement.position} was changed after it had run`);
    }
    if (before === undefined) await runStatement(context, migration, statement);
  }
  await inTransaction(client, async () => {
    await client.query('DELETE FROM drizzle.__statement_progress WHERE tag = $1', [migration.tag]);
    await record(client, migration);
  });
}

async function runStatement(context: RunContext, migration: Migration, statement: Statement): Promise<void> {
  const { client } = context;
  const what = `${migration.file} statement ${statement.position}`;
  if (statement.alone) {
    await retryingLocks(context, what, async () => {
      // Its lock keeps no reader or writer waiting, and a build waits for every older transaction to end.
      await client.query("SET lock_timeout = '10min'");
      try {
        if (!(await indexAlreadyBuilt(client, statement))) await execute(client, migration, statement);
      } finally {
        await client.query(`SET lock_timeout = ${context.lockTimeoutMs}`);
      }
    });
    await recordStatement(client, migration, statement, 0);
    return;
  }
  if (!statement.batch) {
    await retryingLocks(context, what, async () => {
      await inTransaction(client, async () => {
        await recordStatement(client, migration, statement, await execute(client, migration, statement));
      });
    });
    return;
  }
  let total = 0;
  for (;;) {
    const rows = await retryingLocks(context, what, async () => await inTransaction(client, async () => await execute(client, migration, statement)));
    total += rows;
    if (rows === 0) break;
    context.log(`${what}: ${total} rows`);
  }
  await recordStatement(client, migration, statement, total);
}

// A concurrent build that was cut leaves an index that is maintained but never used, under the name we need.
async function indexAlreadyBuilt(client: Client, statement: Statement): Promise<boolean> {
  const match = /create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?)\s+on\s/isu.exec(statement.sql);
  const name = match?.[1];
  if (name === undefined) return false;
  const found = await client.query<{ valid: boolean; name: string }>(
    'SELECT indisvalid AND indisready AS valid, indexrelid::regclass::text AS name FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  );
  const index = found.rows[0];
  if (index === undefined) return false;
  if (index.valid) return true;
  // regclass prints the name quoted where it must be, so it is safe as it stands.
  await client.query(`DROP INDEX CONCURRENTLY ${index.name}`);
  return false;
}
