import { count, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { platformDoor, withPlatform } from '../platform';
import { closeDatabase, connectDatabase } from '../pools';
import { prepareRead } from '../prepared';
import { branches } from '../schema';
import { inAction, resolveScope, type Reach, type TenantScope } from '../scope';
import { readTenant, withTenant, type Tx } from '../tenant';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded } from '../testing/factories';
import { visible } from '../visible';

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
  const random = seeded(7);
  for (const [slug, howMany] of [['a', 2], ['b', 3]] as const) {
    await insertTenant(admin, { id: `tenant_${slug}`, slug });
    for (let branch = 0; branch < howMany; branch += 1) await fillPlace(admin, { tenantId: `tenant_${slug}`, branchId: newId() }, random);
  }
  await admin.end();
  await connectDatabase({ appUrl: database.current.appUrl, platformUrl: database.current.platformUrl, max: 2 });
  a = await tenantScope('a');
  b = await tenantScope('b');
});
afterAll(async () => { await closeDatabase(); });

// no WHERE on purpose: what is left is what the database alone lets through
const seen = async (tx: Tx): Promise<number> => (await tx.select({ n: count() }).from(branches))[0]?.n ?? -1;
// the same for reads of one round trip, which send the statement itself
const counted = (tx: Tx) => tx.select({ n: count() }).from(branches);

describe('I-09 the gateway', () => {
  it.each(['', ' ', '\t'])('I-09 throws for the tenant %j before it asks the database', async (tenantId) => {
    const forged = { ...a, tenantId };
    let asked = false;
    await expect(withTenant(forged, async (tx) => { asked = true; return await seen(tx); })).rejects.toThrow(/without a tenant/u);
    await expect(readTenant(forged, (tx) => { asked = true; return counted(tx); })).rejects.toThrow(/without a tenant/u);
    expect(asked).toBe(false);
  });

  it.each(["tenant_a' or 1=1 --", 'tenant_nobody', '%', 'TENANT_A'])('I-09 gives no scope and no row for %j', async (tenantId) => {
    expect(await resolveScope({ kind: 'job', tenantId, job: 'test' })).toBeNull();
    expect(await resolveScope({ kind: 'visitor', slug: tenantId })).toBeNull();
    expect(await withTenant({ ...a, tenantId }, seen)).toBe(0);
    expect(await readTenant({ ...a, tenantId }, counted)).toEqual([{ n: 0 }]);
  });

  it('I-09 gives no scope for sessions that nobody has', async () => {
    for (const sessionId of ['', "x' or '1'='1", newId()]) {
      expect(await resolveScope({ kind: 'session', tenantId: a.tenantId, sessionId, app: 'admin' })).toBeNull();
    }
  });
});

describe('I-29 the settings of a reach', () => {
  const branchId = newId();
  const settings = sql<string>`concat_ws(' ', current_setting('app.current_tenant_id'), current_setting('app.current_branch_id'), current_setting('app.actor_id'), current_setting('transaction_read_only'))`;
  const told = sql<string>`concat_ws(' ', current_setting('app.actor_kind'), current_setting('app.action'), current_setting('app.request_id'))`;
  const one = new QueryBuilder().select({ settings }).from(branches).limit(1);
  const prepared = prepareRead(one);

  it.each<readonly [Reach, string]>([
    [{ kind: 'tenant' }, '*'], [{ kind: 'branch', branchId }, branchId], [{ kind: 'own', branchId, agentId: newId() }, branchId], [{ kind: 'self', userId: newId() }, 'self'], [{ kind: 'public' }, 'none'],
  ])('I-29 %j is what the policies hear, whichever way is taken', async (reach, branch) => {
    const actor = { ...a.actor, kind: 'user' as const, id: newId() };
    const acting = { ...inAction(a, 'test.settings'), reach, actor, requestId: 'request-9' };
    const heard = async (scope: TenantScope) => [
      (await withTenant(scope, async (tx) => await tx.select({ settings, told }).from(branches).limit(1)))[0],
      (await readTenant(scope, (tx) => tx.select({ settings }).from(branches).limit(1)))[0],
      (await prepared(scope, {}))[0],
    ];
    const line = (mode: string) => `tenant_a ${branch} ${actor.id} ${mode}`;
    expect(await heard(acting)).toEqual([{ settings: line('off'), told: 'user test.settings request-9' }, { settings: line('on') }, { settings: line('on') }]);
  });
});

describe('I-12 nested and parallel', () => {
  it('I-12 queries side by side in one transaction all stay in its tenant', async () => {
    const both = async (scope: TenantScope) => await withTenant(scope, async (tx) => await Promise.all(Array.from({ length: 10 }, () => seen(tx))));
    const [ofA, ofB] = await Promise.all([both(a), both(b)]);
    expect(new Set(ofA)).toEqual(new Set([2]));
    expect(new Set(ofB)).toEqual(new Set([3]));
  });

  it('I-12 a savepoint that is rolled back leaves the tenant as it was', async () => {
    const counts = await withTenant(inAction(a, 'test.savepoint'), async (tx) => {
      const before = await seen(tx);
      await tx.transaction(async (inner) => {
        await inner.execute(sql`select set_config('app.current_tenant_id', 'tenant_b', true)`);
        throw new Error('back');
      }).catch(() => undefined);
      return [before, await seen(tx)];
    });
    expect(counts).toEqual([2, 2]);
  });

  it.each([['another tenant', () => b], ['the same tenant', () => a]])('I-12 the helper inside the helper throws, for %s', async (_, inner) => {
    await expect(withTenant(a, async () => await withTenant(inner(), seen))).rejects.toThrow(/inside a tenant transaction/u);
    await expect(withTenant(a, async () => await readTenant(inner(), counted))).rejects.toThrow(/inside a tenant transaction/u);
    await expect(readTenant(a, () => withTenant(inner(), seen))).rejects.toThrow(/inside a tenant transaction/u);
    expect(await withTenant(a, seen)).toBe(2);
  });

  it('I-12 the super admins\' helper is none inside the tenant\'s, nor the other way round', async () => {
    const door = platformDoor();
    const inside = async () => await withPlatform(door, 'test', seen, { tenantId: b.tenantId });
    await expect(withTenant(a, inside)).rejects.toThrow(/inside a tenant transaction/u);
    await expect(withPlatform(door, 'test', async () => await withTenant(b, seen))).rejects.toThrow(/inside a tenant transaction/u);
    expect(await inside()).toBe(3);
  });

  it('I-12 one of several queries side by side fails, and nothing of the transaction stays', async () => {
    const name = () => sql<string>`string_agg(${branches.city}, ',' order by ${branches.id})`;
    const cities = async () => (await readTenant(a, (tx) => tx.select({ all: name() }).from(branches)))[0]?.all;
    const before = await cities();
    await expect(withTenant(a, async (tx) => await Promise.all([
      tx.update(branches).set({ city: 'elsewhere' }).where(visible(a, branches)), tx.execute(sql`select 1 / 0`), seen(tx),
    ]))).rejects.toMatchObject({ cause: { code: '22012' } });
    expect(await cities()).toBe(before);
  });

  it('I-12 a kept handle speaks to nobody once its transaction has ended', async () => {
    let kept: Tx | undefined;
    await withTenant(a, async (tx) => { kept = tx; return await seen(tx); });
    await expect(seen(kept as Tx)).rejects.toThrow();
    await readTenant(b, (tx) => { kept = tx; return counted(tx); });
    await expect(seen(kept as Tx)).rejects.toThrow();
  });

  it('I-12 a second statement of a one-round-trip read is refused, and so is a write', async () => {
    await expect(readTenant(a, async (tx) => [await counted(tx), await counted(tx)])).rejects.toMatchObject({ cause: { message: 'this tenant transaction has ended' } });
    await expect(readTenant(a, (tx) => tx.update(branches).set({ city: 'x' }).where(visible(a, branches)))).rejects.toMatchObject({ cause: { code: '25006' } });
    expect(await readTenant(a, counted)).toEqual([{ n: 2 }]);
  });

  it('I-12 an error that was swallowed inside does not end as a silent nothing', async () => {
    await expect(withTenant(a, async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => undefined);
      return 'done';
    })).rejects.toThrow(/kept nothing/u);
    expect(await withTenant(a, seen)).toBe(2);
  });
});
