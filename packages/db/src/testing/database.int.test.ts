import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from './database';
import { useDatabase } from './use-database';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const database = useDatabase();

describe('createTestDatabase', () => {
  it('gives the migrated schema, to each caller its own', async () => {
    const other = await createTestDatabase();
    await query(database.current.ownerUrl, 'CREATE TABLE only_here (id int)');
    expect(await query(other.ownerUrl, "SELECT to_regclass('only_here') AS here, to_regclass('tenants')::text AS tenants")).toEqual([{ here: null, tenants: 'tenants' }]);
    await other.drop();
    await other.drop();
    await expect(query(other.appUrl, 'SELECT 1')).rejects.toThrow(/does not exist/u);
  });

  it('drops a database that somebody still uses', async () => {
    const other = await createTestDatabase();
    const client = new Client({ connectionString: other.appUrl });
    client.on('error', () => undefined);
    await client.connect();
    await other.drop();
    await expect(client.query('SELECT 1')).rejects.toThrow(/terminat|clos|ECONNRESET|EPIPE|not queryable/u);
  });

  it('migrates the template once, however many processes ask at the same moment', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'idm-once-'));
    mkdirSync(join(dir, 'meta'));
    writeFileSync(join(dir, 'meta', '_journal.json'), JSON.stringify({ entries: [{ idx: 0, when: 1, tag: '0000_a' }] }));
    writeFileSync(join(dir, '0000_a.sql'), `CREATE TABLE made AS SELECT '${dir}' AS by, clock_timestamp() AS at; SELECT pg_sleep(0.3);`);
    onTestFinished(() => {
      rmSync(dir, { recursive: true });
    });
    const entry = new URL('./database.ts', import.meta.url).href;
    const script = `const { createTestDatabase } = await import(${JSON.stringify(entry)});
      const { Client } = await import('pg');
      const database = await createTestDatabase({ dir: ${JSON.stringify(dir)}, facts: {} });
      const client = new Client({ connectionString: database.ownerUrl }); await client.connect();
      const { rows } = await client.query('SELECT at::text FROM made'); await client.end(); await database.drop();
      process.stdout.write(rows[0].at);`;
    const run = async (): Promise<string> =>
      await new Promise((resolve, reject) => {
        const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        child.stdout.on('data', (chunk: Buffer) => {
          out += chunk.toString();
        });
        child.on('close', (code) => {
          if (code === 0) resolve(out);
          else reject(new Error(`exit ${code ?? 'by signal'}`));
        });
      });
    const times = await Promise.all([run(), run(), run()]);
    expect(times[0]).toMatch(/^\d{4}-/u);
    expect(new Set(times).size).toBe(1);
  });

  it('asks for a name of what hooks do', async () => {
    await expect(createTestDatabase({ hooks: [async () => await Promise.resolve()] })).rejects.toThrow(/variant/u);
  });
});
