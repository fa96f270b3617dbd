import { count, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase } from '../pools';
import { branches } from '../schema';
import { resolveScope, type TenantScope } from '../scope';
import { snapshotTenant, type Snapshot } from '../snapshot';
import { withTenant } from '../tenant';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded } from '../testing/factories';

const database = useDatabase();
let a: TenantScope;
let b: TenantScope;

async function tenantScope(slug: string): Promise<TenantScope> {
  const scope = await resolveScope({ kind: 'job', tenantId: `tenant_${slug}`, job: 'test' });
  if (scope === null) throw new Error('no such tenant');
  return scope;
}

beforeAll(async () => {
  const admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  for (const [slug, howMany] of [['a', 2], ['b', 5]] as const) {
    await insertTenant(admin, { id: `tenant_${slug}`, slug });
    for (let branch = 0; branch < howMany; branch += 1) await fillPlace(admin, { tenantId: `tenant_${slug}`, branchId: newId() }, seeded(branch));
  }
  await admin.end();
  await connectDatabase({ appUrl: database.current.appUrl, max: 4 });
  [a, b] = await Promise.all([tenantScope('a'), tenantScope('b')]);
});
afterAll(async () => { await closeDatabase(); });

// no WHERE on purpose: what is left is what the database alone lets through
const everything = sql`select id, tenant_id, city from branches`;
type Row = { id: string; tenant_id: string; city: string };

async function pagesOf(snapshot: Snapshot, query = everything, size = 2): Promise<Row[][]> {
  const pages: Row[][] = [];
  for await (const page of snapshot.pages<Row>(query, size)) pages.push(page);
  return pages;
}

describe('I-12 a snapshot', () => {
  it('I-12 gives the rows of its tenant alone, page by page, to each of several at once', async () => {
    const [ofA, ofB] = await Promise.all([a, b].map((scope) => snapshotTenant(scope, (snapshot) => pagesOf(snapshot))));
    expect(ofA?.map(({ length }) => length)).toEqual([2]);
    expect(ofB?.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(new Set(ofA?.flat().map((row) => row.tenant_id))).toEqual(new Set(['tenant_a']));
    expect(new Set(ofB?.flat().map((row) => row.tenant_id))).toEqual(new Set(['tenant_b']));
  });

  it('I-12 takes values as parameters, and gives no row for a value of another tenant', async () => {
    const mine = sql`select id, tenant_id, city from branches where tenant_id = ${'tenant_b'}`;
    expect(await snapshotTenant(a, (snapshot) => pagesOf(snapshot, mine))).toEqual([]);
    expect((await snapshotTenant(b, (snapshot) => pagesOf(snapshot, mine, 100))).flat()).toHaveLength(5);
  });

  it('I-09 throws for a scope without a tenant before it asks the database', async () => {
    await expect(snapshotTenant({ ...a, tenantId: ' ' }, (snapshot) => pagesOf(snapshot))).rejects.toThrow(/without a tenant/u);
  });

  it('I-12 cannot write, and hears the settings of its scope', async () => {
    for (const [query, code] of [[sql`select id, tenant_id, city from branches for update`, '25006'], [sql`with gone as (delete from branches returning *) select id, tenant_id, city from gone`, '0A000']] as const) {
      await expect(snapshotTenant(a, (snapshot) => pagesOf(snapshot, query))).rejects.toMatchObject({ code });
    }
    const [settings] = (await snapshotTenant(a, (snapshot) => pagesOf(snapshot, sql`select current_setting('transaction_read_only') as id, current_setting('transaction_isolation') as tenant_id, current_setting('app.current_branch_id') as city`))).flat();
    expect(settings).toEqual({ id: 'on', tenant_id: 'repeatable read', city: '*' });
  });

  it('sees one moment, also what is written meanwhile by whoever reads it', async () => {
    const cities = async (snapshot: Snapshot) => (await pagesOf(snapshot)).flat().map(({ city }) => city).toSorted();
    const [before, after] = await snapshotTenant(a, async (snapshot) => {
      const first = await cities(snapshot);
      await withTenant(a, async (tx) => { await tx.update(branches).set({ city: 'Elsewhere' }).where(sql`tenant_id = ${a.tenantId}`); });
      return [first, await cities(snapshot)] as const;
    });
    expect(after).toEqual(before);
    expect(before).not.toContain('Elsewhere');
    expect(await snapshotTenant(a, cities)).toEqual(['Elsewhere', 'Elsewhere']);
  });

  it('I-12 is none inside a transaction nor inside another', async () => {
    await expect(withTenant(a, async () => await snapshotTenant(a, (snapshot) => pagesOf(snapshot)))).rejects.toThrow(/inside a tenant transaction/u);
    await expect(snapshotTenant(a, async () => await snapshotTenant(b, (snapshot) => pagesOf(snapshot)))).rejects.toThrow(/inside a snapshot/u);
  });

  it('I-12 one that was kept speaks to nobody once it has ended', async () => {
    let kept: Snapshot | undefined;
    await snapshotTenant(b, async (snapshot) => { kept = snapshot; return await pagesOf(snapshot); });
    await expect(pagesOf(kept as Snapshot)).rejects.toThrow(/has ended/u);
  });

  it('more than two at once wait for one another, and a failure gives its place on', async () => {
    let together = 0;
    let most = 0;
    const hold = async (fails: boolean) => await snapshotTenant(a, async () => {
      together += 1;
      most = Math.max(most, together);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
      together -= 1;
      if (fails) throw new Error('gave up');
    });
    const ended = await Promise.allSettled([hold(true), hold(false), hold(true), hold(false), hold(false), hold(true)]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'rejected']);
    expect(most).toBe(2);
    expect(await withTenant(a, async (tx) => (await tx.select({ n: count() }).from(branches))[0]?.n)).toBe(2);
  });

  it('a page that is left in the middle leaves nothing behind', async () => {
    await snapshotTenant(b, async (snapshot) => { for await (const page of snapshot.pages<Row>(everything, 1)) if (page.length > 0) break; });
    expect((await snapshotTenant(b, (snapshot) => pagesOf(snapshot, everything, 3))).map(({ length }) => length)).toEqual([3, 2]);
  });
});
