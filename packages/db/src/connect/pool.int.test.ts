import { Client, Pool as BarePool, type Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { overTcp } from '../embedded';
import { startRelay, useDatabase, type Relay } from '../testing';
import { openPool } from './pool';

const database = useDatabase();
let relay: Relay;

beforeAll(async () => {
  relay = await startRelay({ port: Number(new URL(database.current.appUrl).port) });
});
afterAll(async () => {
  await relay.close();
});

const drivers = ['pg', 'pg without pipeline', 'neon'] as const;
const setTenant = "SELECT set_config('app.current_tenant_id', $1, true)";
const readTenant = "SELECT nullif(current_setting('app.current_tenant_id', true), '') AS tenant";

function open(driver: (typeof drivers)[number], max = 2, statementTimeoutMs?: number): Pool {
  const url = driver === 'neon' ? `${overTcp(database.current.appUrl)}?driver=neon` : database.current.appUrl;
  const pool = openPool(url, {
    max,
    applicationName: 'pool-test',
    pipeline: driver === 'pg',
    neonRelay: { wsProxy: relay.wsProxy, insecure: true },
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
  });
  onTestFinished(async () => {
    await pool.end();
  });
  return pool;
}

const tenantOf = async (pool: Pool): Promise<unknown> => (await pool.query<{ tenant: string | null }>(readTenant)).rows[0]?.tenant;

describe.each(drivers)('a pool over %s', (driver) => {
  it('keeps a setting inside its transaction, committed or rolled back', async () => {
    const pool = open(driver, 1);
    for (const end of ['COMMIT', 'ROLLBACK']) {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query(setTenant, ['one']);
      expect((await client.query(readTenant)).rows).toEqual([{ tenant: 'one' }]);
      await client.query(end);
      client.release();
      expect(await tenantOf(pool)).toBeNull();
    }
  });

  it('answers BEGIN, setting, query and COMMIT in order when none waits for another', async () => {
    const pool = open(driver);
    const client = await pool.connect();
    const [, , answer, end] = await Promise.all([client.query('BEGIN'), client.query(setTenant, ['one']), client.query(readTenant), client.query('COMMIT')]);
    client.release();
    expect(answer.rows).toEqual([{ tenant: 'one' }]);
    expect(end.command).toBe('COMMIT');
  });

  it('fails the rest of a transaction after an error, and its COMMIT rolls back without an error', async () => {
    const pool = open(driver, 1);
    const client = await pool.connect();
    const results = await Promise.allSettled([client.query('BEGIN'), client.query(setTenant, ['one']), client.query('SELECT 1 / $1::int', [0]), client.query(readTenant), client.query('COMMIT')]);
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value.command : (one.reason as { code: string }).code))).toEqual(['BEGIN', 'SELECT', '22012', '25P02', 'ROLLBACK']);
    client.release();
    expect(await tenantOf(pool)).toBeNull();
  });

  it('never hands out a connection that came back inside a transaction', async () => {
    const pool = open(driver, 1);
    for (const leave of ['BEGIN', 'BEGIN; SELECT 1']) {
      const client = await pool.connect();
      await client.query(leave);
      await client.query(setTenant, ['one']);
      client.release();
      expect(await tenantOf(pool)).toBeNull();
    }
  });

  it('mixes two tenants on two connections without mixing them up', async () => {
    const pool = open(driver, 2);
    const one = async (index: number): Promise<boolean> => {
      const tenant = `t${index % 2}`;
      const client = await pool.connect();
      try {
        const sent = [client.query('BEGIN'), client.query(setTenant, [tenant]), client.query<{ tenant: string }>(readTenant)] as const;
        const [, , answer] = await Promise.all(sent);
        // a caller that throws in the middle and forgets the transaction
        if (index % 10 === 0) return true;
        await client.query('COMMIT');
        return answer.rows[0]?.tenant === tenant;
      } finally {
        client.release();
      }
    };
    const answers = await Promise.all(Array.from({ length: 100 }, async (_, index) => await one(index)));
    expect(answers.every(Boolean)).toBe(true);
    expect(await tenantOf(pool)).toBeNull();
  });

  it('reads values as the product wants them', async () => {
    const pool = open(driver);
    const row = (await pool.query(`SELECT 9007199254740993::int8 AS big, ARRAY[1, NULL]::int8[] AS bigs, '2026-03-29'::date AS day,
      '2026-03-29T00:30:00Z'::timestamptz AS moment, 1.10::numeric AS exact, ARRAY['2026-03-29']::date[] AS days, 7 AS small`)).rows[0] as unknown;
    expect(row).toEqual({ big: 9007199254740993n, bigs: [1n, null], day: '2026-03-29', moment: new Date('2026-03-29T00:30:00Z'), exact: '1.10', days: ['2026-03-29'], small: 7 });
  });

  it('sends a bigint and a Date, and stops a statement after its time', async () => {
    const pool = open(driver, 1, 100);
    const row = (await pool.query('SELECT $1::int8 AS big, $2::timestamptz AS moment', [2n ** 60n, new Date(0)])).rows[0] as unknown;
    expect(row).toEqual({ big: 2n ** 60n, moment: new Date(0) });
    await expect(pool.query('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
  });

  it('outlives a connection that the server ends, idle or in use', async () => {
    const pool = open(driver, 1);
    const client = await pool.connect();
    const { pid } = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0] ?? { pid: 0 };
    const admin = new Client({ connectionString: database.current.adminUrl });
    await admin.connect();
    await admin.query('SELECT pg_terminate_backend($1)', [pid]);
    await expect(client.query('SELECT 1')).rejects.toThrow(/terminat|clos|ECONNRESET|EPIPE|not queryable/u);
    client.release(true);
    expect(await tenantOf(pool)).toBeNull();
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pool-test'");
    await admin.end();
    await expect.poll(async () => await tenantOf(pool).catch(() => 'broken')).toBeNull();
  });
});

describe('openPool', () => {
  it('is needed for that: a bare pool hands the transaction of one user to the next', async () => {
    const bare = new BarePool({ connectionString: database.current.appUrl, max: 1 });
    const client = await bare.connect();
    await client.query('BEGIN');
    await client.query(setTenant, ['one']);
    client.release();
    expect(await tenantOf(bare)).toBe('one');
    await bare.end();
  });

  it('names the wrong password as what it is', async () => {
    const url = new URL(database.current.appUrl);
    url.password = 'wrong';
    const pool = openPool(url.toString(), { max: 1, applicationName: 'pool-test' });
    await expect(pool.query('SELECT 1')).rejects.toThrow(/password authentication failed/u);
    await pool.end();
  });
});
