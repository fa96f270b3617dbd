import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { callerFor, scopeOf, systemScopeOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { notify, notifyRole } from './service';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

const tell = (userId: string, effectKey: string) => withTenant(system, (tx) => notify(tx, system, { userId, kind: 'payment.succeeded', params: { amount: '20,00 €' }, href: '/payments', effectKey }));

describe('notifications', () => {
  it('are seen and marked by their own reader alone, however far a role reaches', async () => {
    const [{ member, manager }, other] = ks.branches;
    await tell(member.id, 'first');
    const mine = callerFor(await scopeOf(ks, member));
    const { items, unread } = await mine.notifications.list({});
    expect([items.length, unread]).toEqual([1, 1]);
    const ids = items.map(({ id }) => id);
    for (const stranger of [await scopeOf(mk, mk.admin), await scopeOf(ks, ks.admin), await scopeOf(ks, manager), await scopeOf(ks, other.member)]) {
      const caller = callerFor(stranger);
      expect((await caller.notifications.list({})).items).toEqual([]);
      await caller.notifications.markRead({ ids });
    }
    expect((await mine.notifications.unread()).unread).toBe(1);
    await mine.notifications.markRead({ ids });
    expect((await mine.notifications.unread()).unread).toBe(0);
    await expect(callerFor(await visitorOf(ks)).notifications.list({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('tell an effect once, and each holder of a role', async () => {
    const { member } = ks.branches[1];
    await Promise.all(Array.from({ length: 5 }, () => tell(member.id, 'once')));
    expect((await callerFor(await scopeOf(ks, member)).notifications.list({})).items).toHaveLength(1);
    await withTenant(system, (tx) => notifyRole(tx, system, { role: 'branch_manager', branchId: ks.branches[0].id }, { kind: 'cash.to_verify', effectKey: 'cash' }));
    expect((await callerFor(await scopeOf(ks, ks.branches[0].manager)).notifications.list({})).items.map(({ kind }) => kind)).toEqual(['cash.to_verify']);
    expect((await callerFor(await scopeOf(ks, ks.branches[1].manager)).notifications.list({})).items).toEqual([]);
  });

  it('page without a gap or a double, and refuse a made-up cursor', async () => {
    const { agent } = ks.branches[0];
    await withTenant(system, async (tx) => {
      for (let n = 0; n < 11; n += 1) await notify(tx, system, { userId: agent.id, kind: 'lead.created', params: { name: String(n) }, effectKey: `page-${String(n)}` });
    });
    const caller = callerFor(await scopeOf(ks, agent));
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await caller.notifications.list({ limit: 4, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([11, 11]);
    await expect(caller.notifications.list({ cursor: Buffer.from('{"sort":"a","values":["now()"],"id":"x"}').toString('base64url') })).rejects.toMatchObject({ cause: { messageKey: 'errors.cursor' } });
  });
});
