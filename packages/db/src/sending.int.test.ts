import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase, readTenant, resolveScope, sendIn, withTenant, type TenantScope, type Tx } from './index';
import { branches } from './schema';
import { seedIfEmpty } from './seed';
import { useDatabase } from './testing';

const database = useDatabase();
let scope: TenantScope;

const branch = (code: string) => ({ tenantId: 'tenant_mk', id: newId(), code, name: code, city: 'Skopje' });
const codes = async () => (await readTenant(scope, (tx) => tx.select({ code: branches.code }).from(branches))).map(({ code }) => code);
const add = (tx: Tx, code: string) => tx.insert(branches).values(branch(code));

beforeAll(async () => {
  const { ownerUrl, appUrl } = database.current;
  await seedIfEmpty({ ownerUrl, membersPerTenant: 2, tools: { hashPassword: async (password) => password, seal: (_, text) => text, cardAccounts: [] } });
  await connectDatabase({ appUrl, max: 1 });
  const found = await resolveScope({ kind: 'job', tenantId: 'tenant_mk', job: 'test' });
  if (found === null) throw new Error('no such tenant');
  scope = found;
}, 60_000);

afterAll(async () => await closeDatabase());

describe('a write that gives nothing back', () => {
  it('is seen by the next statement and kept with its transaction', async () => {
    const seen = await withTenant(scope, async (tx) => {
      await add(tx, 'behind');
      await tx.update(branches).set({ city: 'Ohrid' }).where(eq(branches.code, 'behind'));
      const [row] = await tx.select({ city: branches.city }).from(branches).where(eq(branches.code, 'behind'));
      sendIn(tx, 'update branches set code = $1 where code = $2 returning id', ['sent', 'behind']);
      return row?.city;
    });
    expect(seen).toBe('Ohrid');
    const kept = await codes();
    expect(kept).toContain('sent');
    expect(kept).not.toContain('behind');
  });

  it.each<readonly [string, (tx: Tx) => Promise<unknown>]>([
    ['nothing comes after it', () => Promise.resolve()],
    ['another write comes after it', (tx) => add(tx, 'after')],
    ['a read comes after it', (tx) => tx.select({ code: branches.code }).from(branches)],
    ['a read comes after it and its error is swallowed', (tx) => tx.select({ code: branches.code }).from(branches).catch(() => undefined)],
    ['the work throws by itself', () => Promise.reject(new Error('of its own'))],
    ['a second one fails in another way', (tx) => tx.execute(sql`select 1 / 0`)],
  ])('fails its transaction with its own error and nothing is kept when %s', async (_, rest) => {
    const before = await codes();
    await expect(withTenant(scope, async (tx) => {
      await add(tx, 'first');
      await add(tx, before[0] ?? '');
      await rest(tx);
    })).rejects.toMatchObject({ cause: { code: '23505', constraint: expect.stringContaining('code') } });
    expect(await codes()).toEqual(before);
  });

  it('does the same over and over, when the connection remembers the statement', async () => {
    const [taken] = await codes();
    for (let round = 0; round < 6; round += 1) {
      await withTenant(scope, async (tx) => { await add(tx, `round-${String(round)}`); });
      await expect(withTenant(scope, async (tx) => { await add(tx, taken ?? ''); })).rejects.toMatchObject({ cause: { code: '23505' } });
    }
    expect((await codes()).filter((code) => code.startsWith('round-'))).toHaveLength(6);
    const { rows } = await withTenant(scope, (tx) => tx.execute<{ count: number }>(sql`select count(*)::int as count from pg_prepared_statements where name like 'write_%'`));
    expect(rows[0]?.count).toBeGreaterThan(0);
  });

  it('cannot be sent once the transaction has ended', async () => {
    let kept: Tx | undefined;
    await withTenant(scope, async (tx) => { kept = tx; await add(tx, 'kept'); });
    expect(() => { if (kept !== undefined) sendIn(kept, 'update branches set city = city'); }).toThrow('has ended');
    expect(await codes()).toContain('kept');
  });
});
