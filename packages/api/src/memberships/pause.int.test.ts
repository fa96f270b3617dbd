import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, newId, todayIn } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cards, membershipPauses, memberships, notifications, payments } from '@interdomestik/db/schema';
import { callerFor, deliver, enrolInputOf, eventOf, pendingSale, publishRule, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, visitorOf, type TestTenant } from '../testing';
import { watchMemberships } from './watch';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

const today = () => todayIn(ks.pack.zone, new Date());
const read = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(system, work);
const rowOf = async (id: string) => (await read((tx) => tx.select().from(memberships).where(eq(memberships.id, id))))[0];
const watch = (days: number) => watchMemberships(system, new Date(Date.now() + days * 86_400_000));

/** A member who paid by card that many days ago. */
async function memberSince(daysAgo: number) {
  const sale = await pendingSale(ks);
  await deliver(ks, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n })));
  await runJobs(world.current.database, { only: ['webhooks.process'] });
  const startsOn = addDays(today(), -daysAgo);
  await read(async (tx) => { await tx.update(memberships).set({ startsOn, endsOn: addMonths(startsOn, 12) }).where(eq(memberships.id, sale.membershipId)); });
  return { id: sale.membershipId, userId: sale.userId, endsOn: addMonths(startsOn, 12), api: callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' })) };
}

describe('a pause', () => {
  it('covers nothing while it lasts, moves the end by its days, and ends by itself on its day', async () => {
    const { id, userId, endsOn, api } = await memberSince(100);
    expect(await api.memberships.pausing({ id })).toMatchObject({ refusal: null, least: 7, most: 60, prolongs: true, paused: null });
    await expect(api.memberships.pause({ id, days: 61 })).rejects.toMatchObject({ cause: { messageKey: 'errors.pause.days' } });
    const paused = await api.memberships.pause({ id, days: 30 });
    expect(paused).toEqual({ status: 'paused', endsOn: addDays(endsOn, 30), until: addDays(today(), 30) });
    expect(await api.memberships.pause({ id, days: 10 })).toEqual(paused);
    const [card] = await read((tx) => tx.select().from(cards).where(eq(cards.membershipId, id)));
    expect((await api.cards.mine())?.status).toBe('paused');
    expect(await callerFor(await visitorOf(ks)).cards.verify({ code: card?.code ?? '' })).toMatchObject({ valid: false, status: 'paused' });
    expect(await api.claims.eligibility()).toMatchObject({ covered: false });
    expect((await api.memberships.renewal()).kind).toBe('none');
    expect((await api.memberships.upgradeOffer()).refusal).toBe('paused');
    // a year end, a change of clocks and a leap day may lie between: days are the tenant's own
    await watch(29);
    expect((await rowOf(id))?.status).toBe('paused');
    await Promise.all([watch(30), watch(30)]);
    expect(await rowOf(id)).toMatchObject({ status: 'active', endsOn: addDays(endsOn, 30) });
    const told = await read((tx) => tx.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.userId, userId)));
    expect(told.map(({ kind }) => kind).filter((kind) => kind === 'membership.paused' || kind === 'membership.resumed').toSorted()).toEqual(['membership.paused', 'membership.resumed']);
  });

  it('is taken up before its day, and the days that were not paused come off the end', async () => {
    const { id, endsOn, api } = await memberSince(100);
    await api.memberships.pause({ id, days: 30 });
    // as if it had begun ten days ago
    await read(async (tx) => { await tx.update(membershipPauses).set({ startsOn: addDays(today(), -10), endsOn: addDays(today(), 20) }).where(eq(membershipPauses.membershipId, id)); });
    expect(await api.memberships.resume({ id })).toEqual({ status: 'active', endsOn: addDays(endsOn, 10), until: null });
    expect(await api.memberships.resume({ id })).toMatchObject({ status: 'active' });
    expect(await api.memberships.pausing({ id })).toMatchObject({ refusal: null, most: 50 });
    const draft = (await api.claims.start({ category: 'vehicle' })).id;
    const loss = { id: draft, category: 'vehicle' as const, counterparty: 'Trans', description: 'A car hit mine from behind at the lights.', idempotencyKey: newId() };
    await expect(api.claims.submit({ ...loss, incidentOn: addDays(today(), -5) })).rejects.toMatchObject({ cause: { messageKey: 'errors.claim.inPause' } });
    expect((await api.claims.submit({ ...loss, incidentOn: addDays(today(), -11) })).code).toMatch(/^CLM-/u);
  });

  it('leaves no gap before a period that was paid for meanwhile', async () => {
    const { id, userId, endsOn, api } = await memberSince(345);
    const bought = await api.memberships.renew({ idempotencyKey: newId() });
    await api.memberships.pause({ id, days: 30 });
    const [sale] = await read((tx) => tx.select().from(payments).where(eq(payments.id, bought.paymentId)));
    await deliver(ks, eventOf('transaction.completed', transactionData({ id: sale?.providerTransactionId ?? '', paymentId: bought.paymentId, status: 'completed', minor: sale?.amountMinor ?? 0n })));
    await runJobs(world.current.database, { only: ['webhooks.process'] });
    await api.memberships.resume({ id });
    const periods = (await read((tx) => tx.select().from(memberships).where(eq(memberships.userId, userId)))).toSorted((a, b) => (String(a.startsOn) < String(b.startsOn) ? -1 : 1));
    expect(periods.map(({ endsOn: end }) => end)).toEqual([addDays(endsOn, 30), addMonths(addDays(endsOn, 30), 12)]);
    expect(periods[1]?.startsOn).toBe(periods[0]?.endsOn);
  });

  it('reminders and grace come by the new end', async () => {
    const { id, userId, api } = await memberSince(360);
    await api.memberships.pause({ id, days: 60 });
    await watch(20);
    expect((await rowOf(id))?.status).toBe('paused');
    await watch(60);
    const kinds = async () => (await read((tx) => tx.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.userId, userId)))).map(({ kind }) => kind);
    expect(await kinds()).toContain('membership.renewal_due');
    expect((await rowOf(id))?.status).toBe('active');
    await watch(67);
    expect((await rowOf(id))?.status).toBe('past_due');
  });

  it('money that goes back ends it', async () => {
    const { memberId, membershipId } = await callerFor(await scopeOf(ks, ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks));
    await read(async (tx) => { await tx.update(memberships).set({ startsOn: addDays(today(), -40) }).where(eq(memberships.id, membershipId)); });
    await callerFor(await scopeOf(ks, ks.branches[0].manager)).memberships.pause({ id: membershipId, days: 20 });
    await callerFor(await scopeOf(ks, ks.admin)).refunds.give({ membershipId, shown: { minor: '2000', currency: 'EUR' }, from: 'collector', note: 'Moved abroad', idempotencyKey: newId() });
    expect(await rowOf(membershipId)).toMatchObject({ status: 'canceled', endsOn: today() });
    expect(await read((tx) => tx.select().from(membershipPauses).where(eq(membershipPauses.userId, memberId)))).toMatchObject([{ endsOn: today() }]);
  });

  it('I-16 is the member’s own, the branch’s for its members, and nobody else’s', async () => {
    const { id, api } = await memberSince(100);
    const others = [callerFor(await scopeOf(ks, ks.branches[0].member)), callerFor(await scopeOf(mk, mk.admin))];
    for (const other of others) {
      await expect(other.memberships.pausing({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(other.memberships.pause({ id, days: 10 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(other.memberships.resume({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(callerFor(await scopeOf(ks, ks.branches[0].agent)).memberships.pause({ id, days: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await publishRule(ks, 'products', 2, { ...ks.pack.rules.products, pause: { daysPerYear: 0, leastDays: 1, afterDays: 0, prolongs: true } });
    expect(await api.memberships.pausing({ id })).toMatchObject({ refusal: 'rule' });
    await expect(api.memberships.pause({ id, days: 10 })).rejects.toMatchObject({ cause: { messageKey: 'errors.pause.rule' } });
  });
});
