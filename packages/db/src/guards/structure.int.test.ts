import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertDatabase, closeDatabase, connectDatabase } from '../pools';
import { tableFacts } from '../schema/facts';
import { useDatabase } from '../testing';
import { drizzleTables } from '../testing/factories';
import { detours, foreignKeys, policies, rowSecurity, uniqueKeys, type Guard } from './structure';

const database = useDatabase();
let admin: Client;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
});

/** What a guard says while the database is broken like this; afterwards nothing was. */
async function broken(sql: string, guard: Guard): Promise<string[]> {
  await admin.query('begin');
  try {
    await admin.query(sql);
    return await guard(admin);
  } finally {
    await admin.query('rollback');
  }
}

describe('the structure of the migrated database', () => {
  it('I-01 forces row security on every tenant table', async () => { expect(await rowSecurity(admin)).toEqual([]); });
  it('I-03 has one permissive tenant policy a table, a wall and the branch policy', async () => { expect(await policies(admin)).toEqual([]); });
  it('I-04 has no way past the policies', async () => { expect(await detours(admin)).toEqual([]); });
  it('I-05 begins every unique key with the tenant', async () => { expect(await uniqueKeys(admin)).toEqual([]); });
  it('I-06 carries the tenant in every foreign key', async () => { expect(await foreignKeys(admin)).toEqual([]); });

  it('I-01 knows every table of the database, of the schema and of the facts alike', async () => {
    const { rows } = await admin.query<{ name: string }>("select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1");
    const names = rows.map(({ name }) => name);
    expect(names).toEqual([...drizzleTables.keys()].toSorted());
    expect(names).toEqual(Object.keys(tableFacts).toSorted());
  });

  it('I-02 a process refuses to start with a login that the policies do not bind', async () => {
    try {
      for (const appUrl of [database.current.adminUrl, database.current.ownerUrl, database.current.backupUrl]) {
        await connectDatabase({ appUrl });
        await expect(assertDatabase()).rejects.toThrow(/refusing to start/u);
      }
      await connectDatabase({ appUrl: database.current.appUrl, platformUrl: database.current.adminUrl });
      await expect(assertDatabase()).rejects.toThrow(/superuser/u);
      await connectDatabase({ appUrl: database.current.appUrl, platformUrl: database.current.platformUrl });
      await expect(assertDatabase()).resolves.toBeUndefined();
    } finally {
      await closeDatabase();
    }
  });
});

describe('I-07 the guards can go red', () => {
  it.each<readonly [string, string, Guard, RegExp]>([
    ['a new table with a tenant and no policy', 'create schema scratch; create table scratch.leaky (tenant_id text not null, id uuid)', rowSecurity, /scratch\.leaky has a tenant/u],
    ['a partition of it', 'create table leaky (tenant_id text) partition by list (tenant_id); create table leaky_mk partition of leaky for values in (\'x\')', rowSecurity, /leaky_mk has a tenant/u],
    ['a table without a tenant that nobody reviewed', 'create table notes (id uuid)', rowSecurity, /notes has no tenant/u],
    ['row security that does not bind the owner', 'alter table claims no force row level security', rowSecurity, /^claims has a tenant/u],
    ['row security switched off', 'alter table "user" disable row level security', rowSecurity, /user" has a tenant/u],
    ['a second permissive policy', 'create policy also on claims for select using (branch_id is null)', policies, /claims needs exactly one permissive/u],
    ['a policy that is always true', 'create policy open on claims as restrictive using (true) with check (true)', policies, /claims\.open lets everything/u],
    ['a permissive policy without a tenant', 'drop policy claims_tenant on claims; create policy claims_tenant on claims using (id is not null) with check (id is not null)', policies, /claims needs exactly one permissive/u],
    ['the tenant wall gone', 'drop policy payments_tenant_wall on payments', policies, /payments has no restrictive tenant/u],
    ['the branch policy gone', 'drop policy invoices_branch on invoices', policies, /invoices has no restrictive branch/u],
    ['a policy for one role only', 'alter policy claims_tenant on claims to interdomestik_app', policies, /binds some roles only/u],
    ['a policy without WITH CHECK', 'drop policy claims_branch on claims; create policy claims_branch on claims as restrictive for select using (false)', policies, /claims\.claims_branch lacks/u],
    ['a view of its owner', 'create view everybody as select * from "user"', detours, /everybody is a view/u],
    ['a materialised view', 'create materialized view totals as select count(*) from claims; grant select on totals to interdomestik_app', detours, /totals is a materialised view/u],
    ['a SECURITY DEFINER function', 'create function peek() returns bigint language sql security definer as \'select count(*) from claims\'', detours, /peek\(\) is SECURITY DEFINER/u],
    ['a function for everybody', 'create function shout() returns text language sql as $$ select \'x\' $$', detours, /shout\(\) can be called by everybody/u],
    ['a unique key without the tenant', 'create unique index leak on "user" (email)', uniqueKeys, /leak is unique across/u],
    ['a unique key with the tenant at its end', 'create unique index leak on cards (code, tenant_id)', uniqueKeys, /leak is unique across/u],
    ['a tenant table without a key', 'create table keyless (tenant_id text not null)', uniqueKeys, /keyless has no primary key/u],
    ['a foreign key without the tenant', 'create unique index ids on branches (id); alter table leads add constraint bare foreign key (branch_id) references branches (id)', foreignKeys, /leads\.bare could point/u],
    ['a tenant that may be null', 'create table loose (tenant_id text)', foreignKeys, /loose\.tenant_id may be null/u],
    ['a constraint that was never validated', 'alter table leads add constraint later check (note <> \'x\') not valid', foreignKeys, /never validated: later/u],
  ])('%s', async (_, sql, guard, expected) => {
    expect(await broken(sql, guard)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });
});
