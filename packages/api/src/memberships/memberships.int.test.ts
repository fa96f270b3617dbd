import { beforeAll, describe, expect, it } from 'vitest';
import { callerFor, deliver, eventOf, factsOf, joinInputOf, pendingSale, runJobs, scopeOf, transactionData, useWorld, visitorOf, type TestTenant } from '../testing';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
beforeAll(() => {
  ({ mk, ks } = world.current);
});

async function familyOf(tenant: TestTenant) {
  const sale = await pendingSale(tenant, { planCode: 'asistenca_family' });
  await deliver(tenant, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 3500n })));
  await runJobs(world.current.database);
  return { sale, caller: callerFor(await scopeOf(tenant, { id: sale.userId, role: 'member' })) };
}
const child = (firstName: string) => ({ firstName, lastName: 'Krasniqi', relation: 'child' as const, birthDate: '2015-05-01' });

describe('a family membership', () => {
  it("is nobody else's to see or change", async () => {
    const { caller } = await familyOf(ks);
    const { id } = await caller.memberships.addFamilyMember(child('Era'));
    const { current } = await caller.memberships.mine();
    for (const stranger of [await scopeOf(mk, mk.branches[0].member), await scopeOf(ks, ks.branches[1].member)]) {
      await expect(callerFor(stranger).memberships.removeFamilyMember({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(callerFor(stranger).memberships.whyPrice({ id: current?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(callerFor(await scopeOf(ks, ks.branches[0].manager)).memberships.removeFamilyMember({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(callerFor(await scopeOf(ks, ks.promoter)).memberships.mine()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(callerFor(await visitorOf(ks)).memberships.mine()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('covers as many people as the rule says, also when they are added in two tabs at once', async () => {
    const { caller } = await familyOf(mk);
    const added = await Promise.allSettled(['Ana', 'Bojan', 'Ceca', 'Dimo', 'Ema', 'Filip'].map((name) => caller.memberships.addFamilyMember(child(name))));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    const family = await caller.memberships.family();
    expect(family).toMatchObject({ peopleLimit: 5 });
    expect(family.people).toHaveLength(4);
    await caller.memberships.removeFamilyMember({ id: family.people[0]?.id ?? '' });
    await caller.memberships.addFamilyMember(child('Goran'));
    expect((await caller.memberships.mine()).current?.people).toHaveLength(4);
  });

  it('explains its price by the rule that made it', async () => {
    const { caller, sale } = await familyOf(ks);
    const why = await caller.memberships.whyPrice({ id: sale.membershipId });
    expect(why).toMatchObject({ price: { minor: 3500n, currency: 'EUR' }, rule: { kind: 'products', version: 1, source: 'tenant' } });
    expect(why.lines).toMatchObject([{ kind: 'plan', quantity: 1, amount: { minor: 3500n } }]);
    expect(why.steps).toHaveLength(2);
    expect(why.steps.join(' ')).toContain('35,00 €');
  });

  it('cannot be given people before it is paid', async () => {
    const sale = await pendingSale(ks);
    const caller = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }));
    await expect(caller.memberships.addFamilyMember(child('Era'))).rejects.toMatchObject({ cause: { messageKey: 'errors.membership.notActive' } });
    expect(await caller.cards.mine()).toBeNull();
    expect((await factsOf(sale)).cards).toEqual([]);
  });
});

describe('the public pages', () => {
  it('show plans, prices and texts of the host as its rules say', async () => {
    const site = callerFor(await visitorOf(ks));
    expect(await site.site.current()).toMatchObject({ slug: 'ks', currency: 'EUR', locales: ['sq', 'sr', 'en'], defaultLocale: 'sq' });
    const plans = await site.plans.list({ locale: 'sq' });
    expect(plans.map(({ code, price }) => [code, price?.minor ?? null])).toEqual(expect.arrayContaining([['free_start', 0n], ['asistenca', 2000n], ['asistenca_family', 3500n]]));
    const terms = await site.site.legalText({ key: 'terms', locale: 'sq' });
    expect(terms.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect((await callerFor(await visitorOf(mk)).site.legalText({ key: 'terms' })).body).not.toBe(terms.body);
    expect((await callerFor(null).site.tenants()).map(({ slug }) => slug)).toEqual(['ks', 'mk']);
    await expect(callerFor(null).plans.list()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(joinInputOf(ks).locale).toBe('sq');
  });
});
