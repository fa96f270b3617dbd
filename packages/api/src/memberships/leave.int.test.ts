import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, packRule, todayIn } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { mails, memberships, notifications, payments } from '@interdomestik/db/schema';
import { callerFor, giveMembership, publishRule, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { watchMemberships } from './watch';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
beforeAll(() => {
  ({ mk, ks } = world.current);
});

const today = (tenant: TestTenant) => todayIn(tenant.pack.zone, new Date());
const member = async (tenant: TestTenant, at: 0 | 1 = 0) => ({ person: tenant.branches[at].member, api: callerFor(await scopeOf(tenant, tenant.branches[at].member)) });
const rowOf = async (tenant: TestTenant, id: string) => await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select().from(memberships).where(eq(memberships.id, id)))[0]);

describe('a membership that is called off', () => {
  it('runs to its last day, is told once, and can be taken back until then', async () => {
    const { person, api } = await member(ks);
    const id = await giveMembership(ks, person);
    const before = await rowOf(ks, id);
    expect(await api.memberships.leaving({ id })).toMatchObject({ cancel: true, takeBack: false });
    // two tabs at once, and once more
    await Promise.all([api.memberships.cancel({ id }), api.memberships.cancel({ id })]);
    expect(await api.memberships.cancel({ id })).toEqual({ status: 'canceled', endsOn: before?.endsOn });
    expect(await rowOf(ks, id)).toMatchObject({ status: 'canceled', startsOn: before?.startsOn, endsOn: before?.endsOn });
    const told = await withTenant(await systemScopeOf(ks), async (tx) => ({
      news: (await tx.select().from(notifications).where(eq(notifications.userId, person.id))).filter(({ kind }) => kind === 'membership.canceled'), mails: await tx.select().from(mails).where(eq(mails.userId, person.id)),
    }));
    expect([told.news.length, told.mails.length]).toEqual([1, 1]);
    expect(await api.memberships.leaving({ id })).toMatchObject({ cancel: false, takeBack: true });
    await api.memberships.takeBack({ id });
    await api.memberships.takeBack({ id });
    expect(await rowOf(ks, id)).toMatchObject({ status: 'active', canceledAt: null });
  });

  it('ends without a reminder, and not before its time', async () => {
    const { person, api } = await member(mk);
    const id = await giveMembership(mk, person, { daysAgo: 360 });
    await api.memberships.cancel({ id });
    const system = await systemScopeOf(mk);
    await watchMemberships(system, new Date());
    expect((await rowOf(mk, id))?.status).toBe('canceled');
    await withTenant(system, (tx) => tx.update(memberships).set({ endsOn: addDays(today(mk), -1) }).where(eq(memberships.id, id)));
    await expect(api.memberships.takeBack({ id })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.membership.ended' } });
    await watchMemberships(system, new Date());
    expect((await rowOf(mk, id))?.status).toBe('expired');
    await expect(api.memberships.cancel({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('stays called off once its money has gone back', async () => {
    const { person, api } = await member(ks);
    const id = await giveMembership(ks, person, { status: 'canceled' });
    const { ks: { card: { id: paymentAccountId } } } = world.current;
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(payments).values({
      tenantId: ks.id, id, userId: person.id, branchId: person.branchId ?? '', membershipId: id, paymentAccountId, method: 'card', status: 'refunded', amountMinor: 2000n, refundedMinor: 2000n, currency: 'EUR', taxDocumentIssuer: 'provider',
    }));
    expect(await api.memberships.leaving({ id })).toMatchObject({ cancel: false, takeBack: false });
    await expect(api.memberships.takeBack({ id })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.gate.paymentSucceeded' } });
  });

  it('is the tenant’s workflow to allow: to the branch alone, or to nobody', async () => {
    const { person, api } = await member(mk, 1);
    const id = await giveMembership(mk, person);
    const rule = packRule(mk.pack, 'workflows');
    const transitions = rule.memberships.transitions.map((step) => (step.from === 'active' && step.to === 'canceled' ? { ...step, anyOf: ['memberships.write' as const] } : step));
    await publishRule(mk, 'workflows', 2, { ...rule, memberships: { ...rule.memberships, transitions } });
    expect(await api.memberships.leaving({ id })).toMatchObject({ cancel: false });
    await expect(api.memberships.cancel({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const manager = callerFor(await scopeOf(mk, mk.branches[1].manager));
    expect(await manager.memberships.cancel({ id })).toMatchObject({ status: 'canceled' });
    // the other branch does not know it
    await expect(callerFor(await scopeOf(mk, mk.branches[0].manager)).memberships.cancel({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
