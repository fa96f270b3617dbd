import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { mails, memberships, notifications, referralRewards } from '@interdomestik/db/schema';
import { addDays, newId, type DateOnly } from '@interdomestik/rules';
import { callerFor, deliver, enrolInputOf, eventOf, factsOf, giveMembership, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
let referrer: TestPerson;
let code: string;
let running: string;

const endOf = async (id: string) => (await withTenant(system, (tx) => tx.select({ endsOn: memberships.endsOn }).from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, id)))))[0]?.endsOn as DateOnly;
const rewards = () => withTenant(system, (tx) => tx.select().from(referralRewards).where(eq(referralRewards.tenantId, ks.id)));
async function pay(sale: Awaited<ReturnType<typeof pendingSale>>, minor: bigint, transactionId = sale.transactionId) {
  await deliver(ks, eventOf('transaction.completed', transactionData({ id: transactionId, paymentId: sale.paymentId, status: 'completed', minor })));
  await runJobs(world.current.database);
}

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  referrer = ks.branches[1].member;
  running = await giveMembership(ks, referrer);
  ({ code } = await callerFor(await scopeOf(ks, referrer)).leads.myReferral());
});

describe("a member's own code", () => {
  it('is nothing to the other tenant', async () => {
    expect(await refusalsOf([callerFor(await visitorOf(mk), { ip: newId() }).plans.quote({ planCode: 'asistenca', referralCode: code })])).toEqual(['INVALID errors.referral']);
  });

  it('makes the friend pay less, and prolongs the running membership once the friend has paid, once', async () => {
    const before = await endOf(running);
    const sale = await pendingSale(ks, { referralCode: code });
    expect(await factsOf(sale)).toMatchObject({ membership: { priceMinor: 1800n, branchId: referrer.branchId, sellerId: null }, payment: { amountMinor: 1800n } });
    expect(await rewards()).toHaveLength(0);
    expect(await endOf(running)).toBe(before);
    await pay(sale, 1800n);
    // told twice, and by another transaction too
    await pay(sale, 1800n);
    await pay(sale, 1800n, 'txn_other');
    expect(await rewards()).toMatchObject([{ membershipId: sale.membershipId, userId: referrer.id, prolongedId: running, days: 30 }]);
    expect(await endOf(running)).toBe(addDays(before, 30));
    await withTenant(system, async (tx) => {
      const told = await tx.select().from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, referrer.id), eq(notifications.kind, 'referral.rewarded')));
      expect(told).toHaveLength(1);
      const sent = await tx.select().from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, referrer.id), eq(mails.template, 'referral-reward')));
      expect(sent).toMatchObject([{ locale: 'sq', subject: 'Anëtarësimi Juaj u zgjat' }]);
    });
  });

  it('keeps the days when the money of a chargeback comes back', async () => {
    const own = await pendingSale(ks);
    await pay(own, 2000n);
    const start = (await factsOf(own)).membership?.startsOn as DateOnly;
    const full = (await factsOf(own)).membership?.endsOn as DateOnly;
    const { code: ownCode } = await callerFor(await scopeOf(ks, { id: own.userId, role: 'member' })).leads.myReferral();
    await pay(await pendingSale(ks, { referralCode: ownCode }), 1800n);
    expect((await factsOf(own)).membership?.endsOn).toBe(addDays(full, 30));
    const adjust = (action: string) => eventOf('adjustment.updated', { id: `adj_${action}`, action, status: 'approved', transaction_id: own.transactionId, customer_id: null, reason: null, currency_code: 'EUR', totals: { total: '2000', tax: '305' } });
    await deliver(ks, adjust('chargeback'));
    await runJobs(world.current.database);
    expect((await factsOf(own)).membership).toMatchObject({ status: 'canceled', endsOn: addDays(start, 1) });
    await deliver(ks, adjust('chargeback_reverse'));
    await runJobs(world.current.database);
    expect((await factsOf(own)).membership).toMatchObject({ status: 'active', endsOn: addDays(full, 30) });
  });

  it('rewards a sale for cash as well, with one more reward for each friend', async () => {
    const before = await endOf(running);
    const agent = callerFor(await scopeOf(ks, ks.branches[1].agent));
    const sold = await agent.enrolments.enrol({ ...enrolInputOf(ks, { referralCode: code }), amountTendered: { minor: 1800n, currency: 'EUR' } });
    expect((await rewards()).filter(({ membershipId }) => membershipId === sold.membershipId)).toMatchObject([{ days: 30 }]);
    expect(await endOf(running)).toBe(addDays(before, 30));
  });

  it('of a member without a running membership lowers the price and rewards nobody', async () => {
    const idle = ks.branches[0].member;
    const { code: idleCode } = await callerFor(await scopeOf(ks, idle)).leads.myReferral();
    const sale = await pendingSale(ks, { referralCode: idleCode });
    await pay(sale, 1800n);
    expect((await rewards()).filter(({ userId }) => userId === idle.id)).toHaveLength(0);
  });
});

describe('codes of people who work here', () => {
  it('give no friend price and no days: they earn commissions', async () => {
    for (const staffCode of [ks.promoterCode, ks.branches[0].agentCode]) {
      const sale = await pendingSale(ks, { referralCode: staffCode });
      expect(await factsOf(sale)).toMatchObject({ membership: { priceMinor: 2000n } });
      await pay(sale, 2000n);
      expect((await rewards()).filter(({ membershipId }) => membershipId === sale.membershipId)).toHaveLength(0);
    }
  });
});

describe('what was bought beside the plan', () => {
  it('counts: one more matter a year, and the people that were paid for', async () => {
    const sale = await pendingSale(ks, { addons: ['extra_matter'] });
    await pay(sale, 3000n);
    const member = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }));
    expect(await member.claims.eligibility()).toMatchObject({ mattersPerYear: 3, mattersLeft: 3 });
    expect(await member.memberships.family()).toMatchObject({ peopleLimit: 1 });
    const { current } = await member.memberships.mine();
    const why = await member.memberships.whyPrice({ id: current?.id ?? '' });
    expect(why.lines.map(({ kind, amount }) => [kind, amount.minor])).toEqual([['plan', 2000n], ['addon', 1000n]]);
    expect(why.steps).toHaveLength(3);
  });
});
