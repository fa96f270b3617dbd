import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getTableName, type SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsDir } from '../migrate';
import { useDatabase } from '../testing';
import { drizzleTables } from '../testing/factories';
import { checksAsSchema, columnsAsSchema, foreignKeysAsSchema, keysAsSchema } from './as-schema';

const database = useDatabase();
const dialect = new PgDialect();
let admin: Client;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
});
afterAll(async () => { await admin.end(); });

async function listed(sql: string): Promise<string[]> {
  const { rows } = await admin.query<{ line: string }>(sql);
  return rows.map(({ line }) => line).toSorted();
}

const tables = [...drizzleTables.values()];
const fromSchema = (lines: (table: PgTable, config: ReturnType<typeof getTableConfig>) => string[]): string[] =>
  tables.flatMap((table) => lines(table, getTableConfig(table))).toSorted();

const inPublic = "c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')";

describe('R-07 the migrated database is the Drizzle schema', () => {
  it('R-07 columns: name, type, null', async () => { expect(await columnsAsSchema(admin)).toEqual([]); });
  it('R-07 indexes and unique keys, with their columns', async () => { expect(await keysAsSchema(admin)).toEqual([]); });
  it('R-07 foreign keys with the columns of both sides', async () => { expect(await foreignKeysAsSchema(admin)).toEqual([]); });
  it('R-07 checks by name', async () => { expect(await checksAsSchema(admin)).toEqual([]); });

  it('R-07 policies word for word, as Postgres itself reads them', async () => {
    const differences: string[] = [];
    await admin.query('begin');
    for (const table of tables) {
      for (const policy of getTableConfig(table).policies) {
        const text = (part: SQL | undefined): string => (part === undefined ? 'null' : dialect.sqlToQuery(part).sql);
        const relation = `"${getTableName(table)}"`;
        await admin.query(`create policy probe on ${relation} as ${policy.as ?? 'permissive'} for ${policy.for ?? 'all'} using (${text(policy.using)}) with check (${text(policy.withCheck)})`);
        const { rows } = await admin.query<{ name: string; shape: string }>(
          `select polname as name, row(polpermissive, polcmd, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))::text as shape from pg_policy where polrelid = '${relation}'::regclass and polname in ('probe', $1)`,
          [policy.name],
        );
        if (rows.length !== 2 || rows[0]?.shape !== rows[1]?.shape) differences.push(`${relation} ${policy.name}`);
        await admin.query(`drop policy probe on ${relation}`);
      }
    }
    await admin.query('rollback');
    expect(differences).toEqual([]);
    const wanted = fromSchema((table, config) => config.policies.map(({ name }) => `${getTableName(table)}.${name}`));
    expect(await listed(`select c.relname || '.' || p.polname as line from pg_policy p join pg_class c on c.oid = p.polrelid where ${inPublic}`)).toEqual(wanted);
  });

  it('R-07 drizzle-kit finds nothing left to generate', async () => {
    const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
    const out = mkdtempSync(join(tmpdir(), 'idm-generate-'));
    try {
      cpSync(migrationsDir, join(out, 'migrations'), { recursive: true });
      const config = join(out, 'config.json');
      writeFileSync(config, JSON.stringify({ dialect: 'postgresql', schema: './src/schema/index.ts', out: relative(home, join(out, 'migrations')) }));
      const cli = fileURLToPath(import.meta.resolve('drizzle-kit')).replace(/index\.m?js$/u, 'bin.cjs');
      // it resolves every path against its own folder
      const { stdout } = await promisify(execFile)(process.execPath, [cli, 'generate', '--config', config], { cwd: home, timeout: 60_000 });
      expect(stdout).toMatch(/No schema changes/u);
    } finally {
      rmSync(out, { recursive: true });
    }
  }, 90_000);
});
