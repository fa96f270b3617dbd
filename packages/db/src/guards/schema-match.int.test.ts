import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getTableName, is, SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect, type PgTable } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationsDir } from '../migrate';
import { useDatabase } from '../testing';
import { drizzleTables } from '../testing/factories';

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
  it('R-07 columns: name, type, null', async () => {
    const wanted = fromSchema((table, { columns }) => columns.map((column) => `${getTableName(table)}.${column.name} ${column.getSQLType()}${column.notNull ? ' not null' : ''}${column.hasDefault ? ' default' : ''}`));
    expect(await listed(`
      select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end || case when a.atthasdef then ' default' else '' end as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid where ${inPublic} and a.attnum > 0 and not a.attisdropped`)).toEqual(wanted);
  });

  it('R-07 indexes and unique keys, with their columns', async () => {
    const wanted = fromSchema((table, config) => [
      ...config.indexes.map(({ config: { name, columns, unique } }) => `${getTableName(table)}.${name ?? ''}${unique ? ' unique' : ''} ${columns.map((column) => (is(column, SQL) ? '?' : 'name' in column ? column.name : '?')).join(',')}`),
      ...config.primaryKeys.map((key) => `${getTableName(table)}.${key.getName()} unique ${key.columns.map(({ name }) => name).join(',')}`),
      ...config.columns.filter(({ primary }) => primary).map(({ name }) => `${getTableName(table)}.${getTableName(table)}_pkey unique ${name}`),
      ...config.uniqueConstraints.map((key) => `${getTableName(table)}.${key.name ?? ''} unique ${key.columns.map(({ name }) => name).join(',')}`),
      ...config.columns.filter(({ isUnique }) => isUnique).map(({ name, uniqueName }) => `${getTableName(table)}.${uniqueName ?? ''} unique ${name}`),
    ]);
    expect(await listed(`
      select c.relname || '.' || i.relname || case when x.indisunique then ' unique' else '' end || ' ' ||
        (select string_agg(coalesce(a.attname, '?'), ',' order by k.n) from unnest(x.indkey) with ordinality k(num, n) left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num and k.num > 0) as line
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid where ${inPublic}`)).toEqual(wanted);
  });

  it('R-07 foreign keys and checks by name', async () => {
    const wanted = fromSchema((table, config) => [
      ...config.foreignKeys.map((key) => `${getTableName(table)}.${key.getName()} f`), ...config.checks.map(({ name }) => `${getTableName(table)}.${name} c`),
    ]);
    expect(await listed(`select c.relname || '.' || k.conname || ' ' || k.contype::text as line from pg_constraint k join pg_class c on c.oid = k.conrelid where ${inPublic} and k.contype in ('f', 'c')`)).toEqual(wanted);
  });

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
