import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from './connect';
import { readOnce, type ScopedStatement } from './one-message';
import { useDatabase } from './testing';

const database = useDatabase();
let pool: Pool;

beforeAll(() => {
  pool = openPool(database.current.appUrl, { max: 1, applicationName: 'one-message' });
});
afterAll(async () => await pool.end());

const shown = "select current_setting('app.current_tenant_id', true) as tenant, current_setting('app.current_branch_id', true) as branch, current_setting('app.actor_id', true) as actor, current_setting('transaction_read_only') as read_only";

function asked(tenantId: string, text: string = shown, more: Partial<ScopedStatement> = {}): ScopedStatement {
  return { settings: { tenantId, branch: '*', actorKind: 'user', actorId: 'a', action: 'x', requestId: 'r' }, statement: { text }, planned: false, remembers: true, ...more };
}

const left = async () => (await pool.query<{ tenant: string | null; read_only: string }>("select nullif(concat(current_setting('app.current_tenant_id', true), current_setting('app.current_branch_id', true), current_setting('app.actor_id', true)), '') as tenant, current_setting('transaction_read_only') as read_only")).rows[0];

describe('settings and a statement before one Sync', () => {
  it('hold together, read-only, and for nothing after it', async () => {
    expect((await readOnce(pool, asked('t1'))).rows).toEqual([{ tenant: 't1', branch: '*', actor: 'a', read_only: 'on' }]);
    expect(await left()).toEqual({ tenant: null, read_only: 'off' });
    expect((await readOnce(pool, asked("it's; drop table x --"))).rows[0]).toMatchObject({ tenant: "it's; drop table x --" });
  });

  it('give every caller their own on one connection, side by side', async () => {
    const tenants = Array.from({ length: 40 }, (_, index) => `t${index}`);
    const answers = await Promise.all(tenants.map(async (tenant) => (await readOnce<{ tenant: string }>(pool, asked(tenant))).rows[0]?.tenant));
    expect(answers).toEqual(tenants);
  });

  it('work without anything remembered, as behind a transaction pooler', async () => {
    for (const tenant of ['a', 'b', 'c']) expect((await readOnce(pool, asked(tenant, shown, { remembers: false }))).rows[0]).toMatchObject({ tenant });
    expect(await left()).toEqual({ tenant: null, read_only: 'off' });
  });

  it('refuse a write', async () => {
    await expect(readOnce(pool, asked('t1', 'create temp table x (a int)'))).rejects.toMatchObject({ code: '25006' });
    expect(await left()).toEqual({ tenant: null, read_only: 'off' });
  });

  it('leave nothing behind after an error, named or not', async () => {
    for (const name of [undefined, 'broken']) {
      await expect(readOnce(pool, asked('t1', undefined, { statement: { ...(name === undefined ? {} : { name }), text: 'select 1 / $1::int as n', values: [0] } }))).rejects.toMatchObject({ code: '22012' });
      await expect(readOnce(pool, asked('t1', undefined, { statement: { ...(name === undefined ? {} : { name: 'nowhere' }), text: 'select * from no_such_table' } }))).rejects.toMatchObject({ code: '42P01' });
      expect(await left()).toEqual({ tenant: null, read_only: 'off' });
      expect((await readOnce(pool, asked('t2'))).rows[0]).toMatchObject({ tenant: 't2' });
    }
  });

  it('fail when the connection is cut in the middle, and the next one works', async () => {
    const failed = readOnce(pool, asked('t1', 'select pg_sleep(5)')).then(() => null, (reason: unknown) => reason);
    const cut = new Pool({ connectionString: database.current.adminUrl, max: 1 });
    for (let found = 0; found === 0; ) found = (await cut.query("select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(5)%' and application_name = 'one-message' and state = 'active'")).rowCount ?? 0;
    await cut.end();
    expect(await failed).toBeInstanceOf(Error);
    expect((await readOnce(pool, asked('t3'))).rows[0]).toMatchObject({ tenant: 't3' });
  });
});
