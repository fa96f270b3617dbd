import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database';
import type { AccessFactsByTable } from './access';
import { migrate } from './migrate';

type Files = Readonly<Record<string, string>>;

/** A folder of migrations as drizzle writes it. */
function folder(files: Files, dir = mkdtempSync(join(tmpdir(), 'idm-migrations-'))): string {
  mkdirSync(join(dir, 'meta'), { recursive: true });
  const entries = Object.keys(files).map((tag, idx) => ({ idx, version: '7', when: 1_700_000_000_000 + idx, tag, breakpoints: true }));
  writeFileSync(join(dir, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const [tag, sql] of Object.entries(files)) writeFileSync(join(dir, `${tag}.sql`), sql);
  return dir;
}

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase({ dir: folder({}), facts: {}, variant: 'empty' });
  onTestFinished(async () => {
    await database.drop();
  });
  return database;
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  client.on('error', () => undefined);
  onTestFinished(async () => {
    await client.end().catch(() => undefined);
  });
  return client;
}

const facts: AccessFactsByTable = {
  things: { appGrants: ['select', 'insert'], platformGrants: ['select'], personal: ['name'], audited: true },
};
const things = 'CREATE TABLE things (tenant_id text NOT NULL, id int NOT NULL, name text, PRIMARY KEY (tenant_id, id));';
const fill = "INSERT INTO things SELECT 't', n, NULL FROM generate_series(1, 25) n;";

describe('migrate', () => {
  it('applies in order, records as drizzle does, and then finds nothing to do', async () => {
    const database = await emptyDatabase();
    const dir = folder({ '0000_a': `${things}\n--> statement-breakpoint\n${fill}`, '0001_b': 'ALTER TABLE things ADD extra int;' });
    const dry = await migrate({ ownerUrl: database.ownerUrl, dir, facts, dryRun: true });
    expect(dry.applied).toEqual(['0000_a.sql', '0001_b.sql']);
    expect((await migrate({ ownerUrl: database.ownerUrl, dir, facts })).applied).toEqual(dry.applied);
    expect(await migrate({ ownerUrl: database.ownerUrl, dir, facts })).toMatchObject({ applied: [], access: [] });
    const client = await connected(database.ownerUrl);
    const rows = await client.query("SELECT length(hash) AS length, created_at FROM drizzle.__drizzle_migrations ORDER BY id");
    expect(rows.rows).toEqual([{ length: 64, created_at: '1700000000000' }, { length: 64, created_at: '1700000000001' }]);
  });

  it('undoes a file that fails, and names file, statement and cause in one line', async () => {
    const database = await emptyDatabase();
    const dir = folder({ '0000_a': `${things}\n--> statement-breakpoint\nINSERT INTO nowhere VALUES (1);` });
    await expect(migrate({ ownerUrl: database.ownerUrl, dir, facts })).rejects.toThrow(
      /^0000_a\.sql statement 2 "INSERT INTO nowhere VALUES \(1\);": relation "nowhere" does not exist \[42P01\]$/u,
    );
    const client = await connected(database.ownerUrl);
    expect((await client.query("SELECT to_regclass('things') AS found")).rows).toEqual([{ found: null }]);
  });

  it('refuses a file that was changed after it had been applied', async () => {
    const database = await emptyDatabase();
    const dir = folder({ '0000_a': things });
    await migrate({ ownerUrl: database.ownerUrl, dir, facts });
    folder({ '0000_a': `${things} -- changed` }, dir);
    await expect(migrate({ ownerUrl: database.ownerUrl, dir, facts })).rejects.toThrow(/0000_a\.sql was changed/u);
  });

  it('lets several processes start at once: one works, the others find nothing', async () => {
    const database = await emptyDatabase();
    const dir = folder({ '0000_a': `${things} SELECT pg_sleep(0.3);` });
    const runs = await Promise.all([1, 2, 3].map(async () => await migrate({ ownerUrl: database.ownerUrl, dir, facts })));
    expect(runs.flatMap((run) => run.applied)).toEqual(['0000_a.sql']);
  });

  it('repeats a batch until nothing is left, and goes on where it was interrupted', async () => {
    const database = await emptyDatabase();
    const batch = '-- @batch\nUPDATE things SET name = $$n$$ WHERE ctid IN (SELECT ctid FROM things WHERE name IS NULL LIMIT 10);';
    const resumable = (last: string): string => ['-- @transaction: none\nUPDATE things SET id = id + 100;', batch, last].join('\n--> statement-breakpoint\n');
    const dir = folder({ '0000_a': `${things}\n--> statement-breakpoint\n${fill}`, '0001_b': resumable('SELECT broken;') });
    const lines: string[] = [];
    await expect(migrate({ ownerUrl: database.ownerUrl, dir, facts, log: (line) => lines.push(line) })).rejects.toThrow(/0001_b\.sql statement 3/u);
    expect(lines.filter((line) => line.includes('statement 2'))).toEqual([10, 20, 25].map((rows) => `0001_b.sql statement 2: ${rows} rows`));
    folder({ '0000_a': `${things}\n--> statement-breakpoint\n${fill}`, '0001_b': resumable('SELECT 1;') }, dir);
    expect((await migrate({ ownerUrl: database.ownerUrl, dir, facts })).applied).toEqual(['0001_b.sql']);
    const client = await connected(database.adminUrl);
    const row = await client.query('SELECT min(id) AS least, count(name)::int AS named FROM things');
    expect(row.rows).toEqual([{ least: 101, named: 25 }]);
  });

  it('builds an index beside traffic, after removing what an interrupted build left', async () => {
    const database = await emptyDatabase();
    const first = { '0000_a': `${things}\n--> statement-breakpoint\nINSERT INTO things VALUES ('t', 1, 'x'), ('t', 2, 'x');` };
    const dir = folder(first);
    await migrate({ ownerUrl: database.ownerUrl, dir, facts: {} });
    const client = await connected(database.adminUrl);
    await client.query('CREATE UNIQUE INDEX CONCURRENTLY things_name ON things (name)').catch(() => undefined);
    expect((await client.query('SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)', ['things_name'])).rows).toEqual([{ indisvalid: false }]);
    folder({ ...first, '0001_b': '-- @transaction: none\nCREATE INDEX CONCURRENTLY things_name ON things (name);' }, dir);
    await migrate({ ownerUrl: database.ownerUrl, dir, facts: {} });
    expect((await client.query('SELECT indisvalid, indisunique FROM pg_index WHERE indexrelid = to_regclass($1)', ['things_name'])).rows).toEqual([{ indisvalid: true, indisunique: false }]);
  });

  it('refuses batches and concurrent builds inside a transaction', async () => {
    const database = await emptyDatabase();
    const dir = folder({ '0000_a': `${things}\n--> statement-breakpoint\nCREATE INDEX CONCURRENTLY i ON things (name);` });
    await expect(migrate({ ownerUrl: database.ownerUrl, dir, facts })).rejects.toThrow(/@transaction: none/u);
  });

  it('gives way to a lock and tries again', async () => {
    const database = await emptyDatabase();
    const first = { '0000_a': things };
    const dir = folder(first);
    await migrate({ ownerUrl: database.ownerUrl, dir, facts });
    const client = await connected(database.adminUrl);
    await client.query('BEGIN; LOCK TABLE things IN ACCESS SHARE MODE');
    folder({ ...first, '0001_b': 'ALTER TABLE things ADD extra int;' }, dir);
    const lines: string[] = [];
    const running = migrate({ ownerUrl: database.ownerUrl, dir, facts, lockTimeoutMs: 50, log: (line) => lines.push(line) });
    await expect.poll(() => lines.some((line) => line.includes('trying again'))).toBe(true);
    await client.query('COMMIT');
    expect((await running).applied).toEqual(['0001_b.sql']);
  });

  it('sees every row in a backfill and behind a new key, though row security binds the owner before and after', async () => {
    const database = await emptyDatabase();
    const first = { '0000_a': `${things} CREATE POLICY p ON things USING (tenant_id = 'nobody');` };
    const dir = folder(first);
    await migrate({ ownerUrl: database.ownerUrl, dir, facts });
    const admin = await connected(database.adminUrl);
    await admin.query(fill);
    const forced = async () => (await admin.query("SELECT relforcerowsecurity AS forced FROM pg_class WHERE relname = 'things'")).rows;
    expect(await forced()).toEqual([{ forced: true }]);
    folder({ ...first, '0001_b': 'UPDATE things SET name = \'x\';\n--> statement-breakpoint\nSELECT 1 / 0;' }, dir);
    await expect(migrate({ ownerUrl: database.ownerUrl, dir, facts })).rejects.toThrow(/division by zero/u);
    expect(await forced()).toEqual([{ forced: true }]);
    const keyed = 'CREATE TABLE parts (tenant_id text NOT NULL, id int NOT NULL, thing int NOT NULL, PRIMARY KEY (tenant_id, id)); INSERT INTO parts SELECT tenant_id, id, id FROM things; ALTER TABLE parts ADD FOREIGN KEY (tenant_id, thing) REFERENCES things (tenant_id, id);';
    folder({ ...first, '0001_b': `UPDATE things SET name = 'x';\n--> statement-breakpoint\n${keyed}` }, dir);
    await migrate({ ownerUrl: database.ownerUrl, dir, facts: { ...facts, parts: { appGrants: [], platformGrants: [], personal: [], audited: false } } });
    expect((await admin.query("SELECT count(*)::int AS count FROM parts JOIN things ON things.id = thing WHERE name = 'x'")).rows).toEqual([{ count: 25 }]);
    expect(await forced()).toEqual([{ forced: true }]);
  });
});
