import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { useDatabase } from '../testing';
import { insertTenant } from '../testing/factories';

const database = useDatabase();
const tenantId = 'tenant_a';
const branchId = newId();
const refused = { code: '23514', constraint: 'last_admin' };
let admin: Client;
let second: Client;

beforeAll(async () => {
  [admin, second] = [new Client({ connectionString: database.current.adminUrl }), new Client({ connectionString: database.current.adminUrl })];
  await admin.connect();
  await second.connect();
  await insertTenant(admin, { id: tenantId, slug: 'a' });
  await insertTenant(admin, { id: 'tenant_b', slug: 'b' });
  await admin.query("insert into branches (tenant_id, id, code, name, city) values ($1, $2, 'one', 'One', 'One')", [tenantId, branchId]);
});
afterAll(async () => {
  await second.end();
  await admin.end();
});

// what is left of the test before stands aside: its people are no administrators any more
beforeEach(async () => {
  await admin.query('begin; set local session_replication_role = replica; delete from user_roles; delete from "user"; commit');
});

async function person(status = 'active', tenant = tenantId): Promise<string> {
  const id = newId();
  await admin.query('insert into "user" (tenant_id, id, first_name, last_name, locale, status) values ($1, $2, $3, $3, $4, $5)', [tenant, id, 'Some', 'mk', status]);
  return id;
}

async function head(status = 'active', tenant = tenantId): Promise<string> {
  const id = await person(status, tenant);
  await admin.query("insert into user_roles (tenant_id, id, user_id, role) values ($1, $2, $3, 'tenant_admin')", [tenant, newId(), id]);
  return id;
}

const disable = (client: Client, id: string) => client.query('update "user" set status = \'disabled\' where id = $1', [id]);
const demote = (client: Client, id: string) => client.query("delete from user_roles where user_id = $1 and role = 'tenant_admin'", [id]);
const counted = async () => Number((await admin.query<{ n: string }>("select count(*) n from user_roles r join \"user\" u on u.id = r.user_id where r.tenant_id = $1 and r.role = 'tenant_admin' and u.status = 'active'", [tenantId])).rows[0]?.n);

describe('I-19 the last administrator of a tenant', () => {
  it.each<readonly [string, string]>([
    ['disabled', 'update "user" set status = \'disabled\' where id = $1'],
    ['put back to invited', 'update "user" set status = \'invited\' where id = $1'],
    ['left without the role', 'delete from user_roles where user_id = $1'],
    ['given another role', 'update user_roles set role = \'agent\', branch_id = (select id from branches) where user_id = $1'],
    ['relieved by somebody who cannot sign in', "with successor as (select id from \"user\" where status = 'disabled' limit 1) update user_roles set user_id = (select id from successor) where user_id = $1"],
  ])('I-19 is not %s, whoever asks', async (_, change) => {
    const id = await head();
    await person('disabled');
    await head('active', 'tenant_b');
    await expect(admin.query(change, [id])).rejects.toMatchObject(refused);
    await head('disabled');
    await expect(admin.query(change, [id]), 'an administrator who is shut out is nobody').rejects.toMatchObject(refused);
    expect(await counted()).toBe(1);
  });

  it('I-19 goes when another one works here, and those who are no administrators at any time', async () => {
    const [first, other, agent] = [await head(), await head(), await person()];
    await disable(admin, agent);
    await disable(admin, first);
    await expect(disable(admin, other)).rejects.toMatchObject(refused);
  });

  it('I-19 who never worked here takes nothing along: an invitation is withdrawn', async () => {
    const invited = await head('invited');
    await demote(admin, invited);
    await disable(admin, invited);
  });

  it.each([['disable and disable', disable, disable], ['disable and demote', disable, demote], ['demote and demote', demote, demote]] as const)('I-19 two at the same moment, %s: one of them is refused', async (_, one, two) => {
    const [first, other] = [await head(), await head()];
    await admin.query('begin');
    await second.query('begin');
    await one(admin, first);
    const late = two(second, other).then(() => 'done', (error: unknown) => error);
    await admin.query('commit');
    expect(await late).toMatchObject(refused);
    await second.query('rollback');
    expect(await counted()).toBe(1);
  });
});
