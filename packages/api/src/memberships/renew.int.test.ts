import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, newId, todayIn } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { familyMembers, mails, memberships, notifications, payments } from '@interdomestik/db/schema';
import { callerFor, deliver, eventOf, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestTenant } from '../testing';
import { paidSale } from '../testing/paid';
import { ruleOf } from '../settings/rules';
import { endCoverage } from './coverage';
import { watchMemberships } from './watch';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
beforeAll(() => {
  ({ mk, ks } = world.current);
});

/** A member who paid, whose period is moved so that it ends that many days from today. */
async function memberEndingIn(tenant: TestTenant, days: number, more: { planCode?: string; status?: string } = {}) {
  const sale = await paidSale(world.current, tenant, { planCode: more.planCode ?? 'asistenca' });
  const endsOn = addDays(todayIn(tenant.pack.zone, new Date()), days);
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(memberships).set({ endsOn, startsOn: addMonths(endsOn, -12), ...(more.status === undefined ? {} : { status: more.status }) }).where(eq(memberships.id, sale.membershipId));
  });
  return { sale, endsOn, caller: callerFor(await scopeOf(tenant, { id: sale.userId, role: 'member' })) };
}

const rowsOf = async (tenant: TestTenant, userId: string) => await withTenant(await systemScopeOf(tenant), async (tx) => ({
  memberships: await tx.select().from(memberships).where(eq(memberships.userId, userId)),
  payments: await tx.select().from(payments).where(eq(payments.userId, userId)),
  told: (await tx.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.userId, userId))).map(({ kind }) => kind),
  mails: (await tx.select({ template: mails.template }).from(mails).where(and(eq(mails.userId, userId), eq(mails.template, 'membership-renewal')))).length,
}));

async function payFor(tenant: TestTenant, paymentId: string): Promise<void> {
  const [row] = await withTenant(await systemScopeOf(tenant), (tx) => tx.select().from(payments).where(eq(payments.id, paymentId)));
  await deliver(tenant, eventOf('transaction.completed', transactionData({ id: row?.providerTransactionId ?? '', paymentId, status: 'completed', minor: row?.amountMinor ?? 0n })));
  await runJobs(world.current.database);
}

describe('a renewal', () => {
  it('P-17 continues from the old end when it comes in time, at the price of today, with the people of before', async () => {
    const { sale, endsOn, caller } = await memberEndingIn(ks, 20, { planCode: 'asistenca_family' });
    await caller.memberships.addFamilyMember({ firstName: 'Era', lastName: 'Krasniqi', relation: 'child', birthDate: '2015-05-01' });
    const offer = await caller.memberships.renewal();
    if (offer.kind !== 'offer') throw new Error(offer.kind);
    expect(offer).toMatchObject({ period: { start: endsOn, end: addMonths(endsOn, 12) }, gap: null, near: true, price: { total: { minor: 3500n } } });
    await expect(caller.memberships.renew({ shown: { minor: '100', currency: 'EUR' }, idempotencyKey: newId() })).rejects.toMatchObject({ cause: { messageKey: 'errors.plan.priceChanged' } });
    const bought = await caller.memberships.renew({ shown: { minor: String(offer.price.total.minor), currency: 'EUR' }, idempotencyKey: newId() });
    expect(bought.checkoutUrl).toMatch(/^http/u);
    await payFor(ks, bought.paymentId);
    const rows = await rowsOf(ks, sale.userId);
    expect(rows.memberships.find(({ id }) => id === bought.membershipId)).toMatchObject({ status: 'active', startsOn: endsOn, endsOn: addMonths(endsOn, 12), sellerId: null });
    expect((await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(familyMembers).where(eq(familyMembers.membershipId, bought.membershipId)))).map(({ firstName }) => firstName)).toEqual(['Era']);
    expect(await caller.memberships.renewal()).toMatchObject({ kind: 'renewed', period: { start: endsOn } });
    await expect(caller.memberships.renew({ idempotencyKey: newId() })).rejects.toMatchObject({ cause: { messageKey: 'errors.membership.renewedAlready' } });
  });

  it('begins on the day of payment when it is late, and the gap stays visible', async () => {
    const { sale, endsOn, caller } = await memberEndingIn(mk, -40, { status: 'lapsed' });
    const today = todayIn(mk.pack.zone, new Date());
    expect(await caller.memberships.renewal()).toMatchObject({ kind: 'offer', period: { start: today }, gap: { start: endsOn, end: today } });
    const bought = await caller.memberships.renew({ idempotencyKey: newId() });
    await payFor(mk, bought.paymentId);
    expect((await rowsOf(mk, sale.userId)).memberships.find(({ id }) => id === bought.membershipId)).toMatchObject({ status: 'active', startsOn: today, endsOn: addMonths(today, 12) });
  });

  it('can be bought again after an early one was given back, from the same day', async () => {
    const { endsOn, caller } = await memberEndingIn(ks, 20);
    const first = await caller.memberships.renew({ idempotencyKey: newId() });
    await payFor(ks, first.paymentId);
    const scope = await systemScopeOf(ks);
    const { value: workflows } = await ruleOf(scope, 'workflows', new Date());
    await withTenant(scope, (tx) => endCoverage(tx, scope, first.membershipId, workflows, new Date()));
    expect(await caller.memberships.renewal()).toMatchObject({ kind: 'offer', period: { start: endsOn } });
    const again = await caller.memberships.renew({ idempotencyKey: newId() });
    await payFor(ks, again.paymentId);
    expect((await withTenant(scope, (tx) => tx.select().from(memberships).where(eq(memberships.id, again.membershipId))))[0]).toMatchObject({ status: 'active', startsOn: endsOn });
  });

  it('P-16 is one sale, in two tabs, with two keys and when the first is still unpaid', async () => {
    const { sale, caller } = await memberEndingIn(ks, 5);
    const key = newId();
    const answers = await Promise.all([caller.memberships.renew({ idempotencyKey: key }), caller.memberships.renew({ idempotencyKey: key }), caller.memberships.renew({ idempotencyKey: newId() })]);
    expect(new Set(answers.map(({ paymentId }) => paymentId)).size).toBe(1);
    expect((await rowsOf(ks, sale.userId)).payments).toHaveLength(2);
    expect((await caller.memberships.mine()).pendingPayment).toMatchObject({ paymentId: answers[0]?.paymentId });
    expect(await caller.memberships.renewal()).toEqual({ kind: 'none' });
  });
});

describe('the watch over memberships', () => {
  const watch = async (tenant: TestTenant, days = 0) => await watchMemberships(await systemScopeOf(tenant), new Date(Date.now() + days * 86_400_000));

  it('reminds on the days of the rule, each once however often it runs', async () => {
    const { sale } = await memberEndingIn(ks, 31);
    await Promise.all([watch(ks), watch(ks)]);
    await watch(ks, 1);
    expect(await rowsOf(ks, sale.userId)).toMatchObject({ told: expect.arrayContaining(['membership.renewal_due']) as string[], mails: 1 });
    await watch(ks, 17);
    expect((await rowsOf(ks, sale.userId)).mails).toBe(2);
  });

  it('gives grace with its reminders, then lets it lapse; a renewal in between ends it quietly', async () => {
    const first = await memberEndingIn(mk, -1);
    const second = await memberEndingIn(mk, -1);
    await watch(mk);
    expect((await rowsOf(mk, first.sale.userId)).memberships).toMatchObject([{ status: 'past_due' }]);
    // the banner names the last day of grace, and the way out
    expect(await first.caller.memberships.dunning()).toMatchObject({ kind: 'past_due', until: addDays(first.endsOn, mk.pack.rules.products.graceDays - 1) });
    const bought = await second.caller.memberships.renew({ idempotencyKey: newId() });
    await payFor(mk, bought.paymentId);
    for (const days of [4, 8, 13, 14, 15]) await watch(mk, days);
    const lapsed = await rowsOf(mk, first.sale.userId);
    expect(lapsed.memberships).toMatchObject([{ status: 'lapsed' }]);
    expect(await first.caller.memberships.dunning()).toMatchObject({ kind: 'lapsed' });
    expect(await second.caller.memberships.dunning()).toEqual({ kind: 'none' });
    expect(lapsed.told.filter((kind) => kind === 'membership.past_due')).toHaveLength(3);
    expect(lapsed.told.filter((kind) => kind === 'membership.lapsed')).toHaveLength(1);
    const renewed = await rowsOf(mk, second.sale.userId);
    expect(renewed.memberships.map(({ status }) => status).toSorted()).toEqual(['active', 'expired']);
    expect(renewed.told.filter((kind) => kind === 'membership.lapsed')).toEqual([]);
  });

  it('leaves the other country alone', async () => {
    const { sale } = await memberEndingIn(ks, -1);
    await watch(mk);
    expect((await rowsOf(ks, sale.userId)).memberships).toMatchObject([{ status: 'active' }]);
  });
});

