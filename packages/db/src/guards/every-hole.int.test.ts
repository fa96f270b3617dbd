import { getTableName } from 'drizzle-orm';
import { Client, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { tableFacts } from '../schema/facts';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded, tenantTablesInOrder } from '../testing/factories';
import { foreignKeysAsSchema, keysAsSchema } from './as-schema';
import { attack, memberOf, sees, type Claim, type Filled } from './isolation';
import { policies, rowSecurity, uniqueKeys, type Guard } from './structure';

/*
 * I-30: nothing of the database's own layer can go missing unseen. Every policy, every flag of row security and every key with a tenant that the
 * catalog knows is taken away once, and the guard that has to notice is named.
 */
const database = useDatabase();
let admin: Client;
let app: Client;

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

beforeAll(async () => {
  admin = await connect(database.current.adminUrl);
  app = await connect(database.current.appUrl);
});
afterAll(async () => {
  await app.end();
  await admin.end();
});

interface Hole {
  readonly table: string;
  readonly name: string;
  /** Takes it away. */
  readonly sql: string;
}

/** Makes each hole alone, undoes it again, and gives those that the guard did not lay at the door of their table. */
async function unseen(holes: readonly Hole[], guard: Guard): Promise<string[]> {
  const quiet: string[] = [];
  for (const { table, name, sql } of holes) {
    await admin.query('begin');
    try {
      await admin.query(sql);
      const faults = await guard(admin);
      if (!faults.some((fault) => fault.replaceAll('"', '').includes(table))) quiet.push(`${table}.${name}`);
    } finally {
      await admin.query('rollback');
    }
  }
  return quiet;
}

async function holesOf(sql: string): Promise<Hole[]> {
  return (await admin.query<{ table: string; name: string; sql: string }>(sql)).rows;
}

const inTenant = "c.relnamespace = 'public'::regnamespace and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)";
const everyPolicy = `select c.relname as table, p.polname as name, format('drop policy %I on %s', p.polname, c.oid::regclass) as sql
  from pg_policy p join pg_class c on c.oid = p.polrelid where ${inTenant} order by 1, 2`;

describe('I-30 whatever is taken away from the database, a guard goes red', { timeout: 120_000 }, () => {
  it('I-30 every policy: the guard of I-03', async () => {
    const holes = await holesOf(everyPolicy);
    expect(await unseen(holes, policies)).toEqual([]);
    expect(holes.length).toBeGreaterThan(2 * tenantTablesInOrder().length);
    // a guard that looks at nothing would not do
    expect(await unseen(holes.slice(0, 3), rowSecurity)).toHaveLength(3);
    process.stdout.write(`I-30: ${String(holes.length)} policies dropped one by one, ${String(holes.length)} seen by the guard of I-03\n`);
  });

  it('I-30 row security and its force, of every tenant table: the guard of I-01', async () => {
    const holes = await holesOf(`
      select c.relname as table, w.what as name, format('alter table %s %s row level security', c.oid::regclass, w.what) as sql
      from pg_class c, unnest(array['disable', 'no force']) w(what) where ${inTenant} and c.relkind in ('r', 'p')`);
    expect(await unseen(holes, rowSecurity)).toEqual([]);
    expect(holes).toHaveLength(2 * tenantTablesInOrder().length);
    process.stdout.write(`I-30: ${String(holes.length)} flags of row security taken back, ${String(holes.length)} seen by the guard of I-01\n`);
  });

  it('I-30 every foreign key with a tenant: the guard of R-07', async () => {
    const holes = await holesOf(`
      select c.relname as table, k.conname as name, format('alter table %s drop constraint %I', c.oid::regclass, k.conname) as sql
      from pg_constraint k join pg_class c on c.oid = k.conrelid where k.contype = 'f' and ${inTenant} order by 1, 2`);
    expect(await unseen(holes, foreignKeysAsSchema)).toEqual([]);
    expect(holes.length).toBeGreaterThan(60);
    process.stdout.write(`I-30: ${String(holes.length)} foreign keys with a tenant dropped, ${String(holes.length)} seen by the guard of R-07\n`);
  });

  it('I-30 every primary and unique key with a tenant: the guards of I-05 and R-07', async () => {
    const holes = await holesOf(`
      select c.relname as table, i.relname as name, case when k.conname is null then format('drop index %s', i.oid::regclass) else format('alter table %s drop constraint %I cascade', c.oid::regclass, k.conname) end as sql
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid left join pg_constraint k on k.conindid = i.oid and k.contype in ('p', 'u') and k.conrelid = c.oid
      where x.indisunique and ${inTenant} order by 1, 2`);
    expect(await unseen(holes, keysAsSchema)).toEqual([]);
    const primary = holes.filter(({ name }) => name.endsWith('_pkey'));
    expect(await unseen(primary, uniqueKeys)).toEqual([]);
    expect(primary).toHaveLength(tenantTablesInOrder().length);
    process.stdout.write(`I-30: ${String(holes.length)} keys with a tenant dropped (${String(primary.length)} primary), ${String(holes.length)} seen by the guards of I-05 and R-07\n`);
  });
});

interface PolicyText {
  readonly table: string;
  readonly name: string;
  readonly permissive: boolean;
  readonly drop: string;
  readonly restore: string;
}

const policyTexts = `
  select c.relname as table, p.polname as name, p.polpermissive as permissive, format('drop policy %I on %s', p.polname, c.oid::regclass) as drop,
    format('create policy %I on %s as %s using (%s) with check (%s)', p.polname, c.oid::regclass, case when p.polpermissive then 'permissive' else 'restrictive' end, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as restore
  from pg_policy p join pg_class c on c.oid = p.polrelid where ${inTenant} order by 1, 2`;

describe('I-30 every policy does something', { timeout: 120_000 }, () => {
  const places: Filled[] = [];

  beforeAll(async () => {
    const random = seeded(30);
    for (const slug of ['a', 'b']) {
      await insertTenant(admin, { id: `tenant_${slug}`, slug });
      for (let branch = 0; branch < 2; branch += 1) {
        const place = { tenantId: `tenant_${slug}`, branchId: newId() };
        places.push({ ...place, rows: await fillPlace(admin, place, random) });
      }
    }
  });

  it('I-30 without the policy that lets the tenant in nothing is seen; without a branch policy the neighbour reads; with one policy wide open the other still holds', async () => {
    const [own, neighbour, foreign] = places;
    if (own === undefined || neighbour === undefined || foreign === undefined) throw new Error('nothing was filled');
    const asTenant = (place: Filled): Claim => ({ tenantId: place.tenantId, branch: '*', actorId: memberOf(place) });
    const asBranch = (place: Filled): Claim => ({ tenantId: place.tenantId, branch: place.branchId, actorId: memberOf(place) });
    const idle: string[] = [];
    const { rows } = await admin.query<PolicyText>(policyTexts);
    const readable = rows.filter(({ table }) => tableFacts[table]?.appGrants.includes('select'));
    for (const { table, name, permissive, drop, restore } of readable) {
      await admin.query(drop);
      try {
        if (permissive) {
          if (await sees(app, table, asTenant(own), own)) idle.push(`${name}: the tenant still sees its row`);
          // the wall alone, beside a permissive policy that lets everybody in
          await admin.query(`create policy wide on ${escapeIdentifier(table)} using (true) with check (true)`);
          const across = await attack(app, table, asTenant(foreign), own, foreign, 1);
          if (across.length > 0) idle.push(`${name}: the wall alone let ${across.join('; ')}`);
          if (!(await sees(app, table, asTenant(own), own))) idle.push(`${name}: the wall alone hides the tenant's own row`);
          await admin.query(`drop policy wide on ${escapeIdentifier(table)}`);
        } else if (name.endsWith('_branch')) {
          if ((await attack(app, table, asBranch(neighbour), own, neighbour, 1)).length === 0) idle.push(`${name}: the neighbour still sees nothing`);
        } else {
          const across = await attack(app, table, asTenant(foreign), own, foreign, 1);
          if (across.length > 0) idle.push(`${name}: the permissive policy alone let ${across.join('; ')}`);
        }
      } finally {
        await admin.query(restore);
      }
    }
    expect(idle).toEqual([]);
    expect(await policies(admin)).toEqual([]);
    expect(new Set(readable.map(({ table }) => table)).size).toBe(tenantTablesInOrder().filter((table) => tableFacts[getTableName(table)]?.appGrants.includes('select')).length);
    process.stdout.write(`I-30: ${String(readable.length)} policies taken away or left alone, each by what it does to rows\n`);
  });
});
