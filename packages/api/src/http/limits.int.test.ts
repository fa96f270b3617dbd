import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { callerFor, scopeOf, systemScopeOf, useWorld } from '../testing';
import { asDomainError } from '../database-errors';

const world = useWorld();

it('S-16 no request holds the database: statements, idle transactions and locks end by themselves', async () => {
  const scope = await systemScopeOf(world.current.ks);
  const settings = await withTenant(scope, async (tx) => {
    const { rows } = await tx.execute(sql`select name, setting::int as ms from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout') order by name`);
    return rows;
  });
  expect(settings).toEqual([{ name: 'idle_in_transaction_session_timeout', ms: 10_000 }, { name: 'lock_timeout', ms: 2_000 }, { name: 'statement_timeout', ms: 5_000 }]);
});

it('S-16 a statement that took too long is told as busy, without its words', async () => {
  const scope = await systemScopeOf(world.current.ks);
  const failed = await withTenant(scope, async (tx) => {
    await tx.execute(sql`set local statement_timeout = 20`);
    await tx.execute(sql`select pg_sleep(5), 'a secret word'`);
  }).then(() => null, (error: unknown) => asDomainError(error));
  expect([failed?.code, failed?.messageKey, JSON.stringify(failed).includes('secret')]).toEqual(['UNAVAILABLE', 'errors.unavailable', false]);
});

it('S-16 a list never grows beyond its limit, and a search no longer than a person types', async () => {
  const { ks } = world.current;
  const staff = callerFor(await scopeOf(ks, ks.admin));
  for (const limit of [1e9, -1, 0.5, Number.MAX_SAFE_INTEGER]) await expect(staff.members.list({ limit })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  for (const search of ['x'.repeat(500), '%'.repeat(500), '(a+)+$'.repeat(80)]) {
    const began = performance.now();
    await staff.members.list({ search }).catch((error: unknown) => { expect(error).toMatchObject({ code: 'BAD_REQUEST' }); });
    expect(performance.now() - began).toBeLessThan(1_000);
  }
});
