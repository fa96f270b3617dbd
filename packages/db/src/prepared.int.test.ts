import { asc, and, eq, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDatabase, connectDatabase, literalLimit, prepareRead, resolveScope, visibleTo, visibleValues, withTenant, type TenantScope } from './index';
import { branches } from './schema';
import { seedIfEmpty } from './seed';
import { useDatabase } from './testing';

const database = useDatabase();

const named = new QueryBuilder().select({ id: branches.id, tenantId: branches.tenantId, code: branches.code, at: branches.createdAt, one: sql<number>`1`.mapWith(Number) })
  .from(branches).where(and(visibleTo('tenant', branches), eq(branches.isActive, sql.placeholder('isActive')))).orderBy(asc(branches.code)).limit(literalLimit(50));

async function scopeOf(tenantId: string): Promise<TenantScope> {
  const scope = await resolveScope({ kind: 'job', tenantId, job: 'test' });
  if (scope === null) throw new Error('no such tenant');
  return scope;
}

async function rememberedStatements(): Promise<number> {
  const scope = await scopeOf('tenant_mk');
  return await withTenant(scope, async (tx) => {
    const { rows } = await tx.execute<{ count: number }>(sql`select count(*)::int as count from pg_prepared_statements where name like 'read_%'`);
    return rows[0]?.count ?? -1;
  });
}

beforeAll(async () => {
  const { ownerUrl } = database.current;
  await seedIfEmpty({ ownerUrl, membersPerTenant: 2, tools: { hashPassword: async (password) => password, seal: (_, text) => text, cardAccounts: [] } });
}, 60_000);

afterAll(async () => await closeDatabase());

describe('a read that is built once', () => {
  it('shows each scope its own rows, on one connection and over one statement', async () => {
    await connectDatabase({ appUrl: database.current.appUrl, max: 1 });
    const read = prepareRead(named);
    const [mk, ks] = [await scopeOf('tenant_mk'), await scopeOf('tenant_ks')];
    for (let round = 0; round < 8; round += 1) {
      for (const scope of round % 2 === 0 ? [mk, ks] : [ks, mk]) {
        const rows = await read(scope, { ...visibleValues(scope), isActive: true });
        expect(rows.map(({ tenantId }) => tenantId)).toEqual(Array.from({ length: scope === mk ? 2 : 3 }, () => scope.tenantId));
      }
    }
    expect(await rememberedStatements()).toBe(1);
  });

  it('is held by the walls of the database when its values name another tenant', async () => {
    const read = prepareRead(named);
    const [mk, ks] = [await scopeOf('tenant_mk'), await scopeOf('tenant_ks')];
    for (let round = 0; round < 8; round += 1) expect(await read(mk, { ...visibleValues(ks), isActive: true })).toEqual([]);
  });

  it('reads values as their columns promise', async () => {
    const scope = await scopeOf('tenant_mk');
    const [row] = await prepareRead(named)(scope, { ...visibleValues(scope), isActive: true });
    expect(row).toEqual({ id: expect.any(String), tenantId: 'tenant_mk', code: 'skopje', at: expect.any(Date), one: 1 });
  });

  it('refuses a missing value, a transaction around it, and leaves a clean connection behind', async () => {
    const read = prepareRead(named);
    const scope = await scopeOf('tenant_mk');
    await expect(read(scope, visibleValues(scope))).rejects.toThrow('isActive');
    await expect(withTenant(scope, async () => await read(scope, { ...visibleValues(scope), isActive: true }))).rejects.toThrow('inside a tenant transaction');
    const broken = prepareRead(new QueryBuilder().select({ id: sql<number>`1 / 0` }).from(branches).where(visibleTo('tenant', branches)));
    for (let round = 0; round < 3; round += 1) await expect(broken(scope, visibleValues(scope))).rejects.toThrow('division by zero');
    expect(await read(scope, { ...visibleValues(scope), isActive: true })).toHaveLength(2);
  });

  it('gives no names behind a transaction pooler, where the next transaction may land on another connection', async () => {
    const url = new URL(database.current.appUrl);
    url.searchParams.set('pooler', 'transaction');
    await connectDatabase({ appUrl: url.toString(), max: 1 });
    const read = prepareRead(named);
    const scope = await scopeOf('tenant_ks');
    for (let round = 0; round < 4; round += 1) expect(await read(scope, { ...visibleValues(scope), isActive: true })).toHaveLength(3);
    expect(await rememberedStatements()).toBe(0);
  });

  it('keeps its plan to its own transaction', async () => {
    await connectDatabase({ appUrl: database.current.appUrl, max: 1 });
    const read = prepareRead(named);
    const scope = await scopeOf('tenant_mk');
    for (let round = 0; round < 3; round += 1) await read(scope, { ...visibleValues(scope), isActive: true });
    const mode = await withTenant(scope, async (tx) => (await tx.execute<{ mode: string }>(sql`select current_setting('plan_cache_mode') as mode`)).rows[0]?.mode);
    expect(mode).toBe('auto');
  });

  it('takes no limit that is not a whole number', () => {
    for (const bad of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => literalLimit(bad)).toThrow('whole number');
  });
});
