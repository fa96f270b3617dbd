import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { resolveScope, withTenant } from '@interdomestik/db';
import { memberships, payments, referralCodes, tenantSettings } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { addColleague, consoleOf, signInRoot } from '../attacks/people';
import { forgetRules } from '../settings/rules';
import { callerFor, enrolInputOf, scopeOf, systemScopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

/** Somebody new who sells in the first branch, so that nobody else's sales are counted. */
const seller = async (tenant: TestTenant, role: 'agent' | 'promoter' = 'agent') => await addColleague(tenant, { role, branchId: tenant.branches[0].id, firstName: 'Seller' });

const codeOf = async (tenant: TestTenant, person: TestPerson): Promise<string> => (await (await as(tenant, person)).leads.myReferral()).code;

const shown = (sales: readonly { planCode: string; kind: string; byCode: boolean; net: { minor: bigint }; expected: { minor: bigint }; refunded: boolean }[]) =>
  sales.map(({ planCode, kind, byCode, net, expected, refunded }) => [planCode, kind, byCode, net.minor, expected.minor, refunded]);

describe('what somebody earns', () => {
  it('is the share of the net fee that the rule in force names, for each sale of the month', async () => {
    const { ks } = world.current;
    const agent = await seller(ks);
    const caller = await as(ks, agent);
    expect(await caller.commissions.own({})).toMatchObject({ sales: [], months: [], expected: [], minimumPayout: [{ minor: 5000n, currency: 'EUR' }] });
    await caller.enrolments.enrol(enrolInputOf(ks));
    const own = await caller.commissions.own({});
    expect(shown(own.sales)).toEqual([['asistenca', 'new', false, 1695n, 339n, false]]);
    expect(own).toMatchObject({ expected: [{ minor: 339n, currency: 'EUR' }], months: [{ month: own.month, count: 1 }] });
    expect((await caller.commissions.own({ month: '2001-01' })).sales).toEqual([]);
    // what is free was not sold
    await caller.enrolments.enrol(enrolInputOf(ks, { planCode: 'free_start', payment: 'pay_link', amountTendered: undefined }));
    expect((await caller.commissions.own({})).months).toEqual(own.months);
  });

  it('counts a sale by a code for who handed the code out, once, and shows a promoter nothing of the member', async () => {
    const { ks } = world.current;
    const [promoter, agent] = [await seller(ks, 'promoter'), await seller(ks)];
    const input = enrolInputOf(ks, { referralCode: await codeOf(ks, promoter) });
    const { memberId } = await (await as(ks, agent)).enrolments.enrol(input);
    const own = await (await as(ks, promoter)).commissions.own({});
    expect(shown(own.sales)).toEqual([['asistenca', 'new', true, 1695n, 339n, false]]);
    expect((await (await as(ks, agent)).commissions.own({})).sales).toEqual([]);
    const text = JSON.stringify(own, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    for (const personal of [memberId, input.firstName, input.lastName, input.email ?? '-']) expect(text).not.toContain(personal);
  });

  it('is less by what went back, and nothing for what came from files or is not paid yet', async () => {
    const { ks } = world.current;
    const agent = await seller(ks);
    const caller = await as(ks, agent);
    const { paymentId, membershipId } = await caller.enrolments.enrol(enrolInputOf(ks));
    const system = await systemScopeOf(ks);
    await withTenant(system, (tx) => tx.update(payments).set({ refundedMinor: 1000n, status: 'partly_refunded' }).where(and(eq(payments.tenantId, ks.id), eq(payments.id, paymentId ?? ''))));
    expect(shown((await caller.commissions.own({})).sales)).toEqual([['asistenca', 'new', false, 847n, 169n, true]]);
    await withTenant(system, (tx) => tx.update(memberships).set({ channel: 'import' }).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, membershipId))));
    expect((await caller.commissions.own({})).sales).toEqual([]);
    await caller.enrolments.enrol(enrolInputOf(ks, { payment: 'pay_link', amountTendered: undefined }));
    expect((await caller.commissions.own({})).sales).toEqual([]);
  });

  it('follows the rule of the day of the sale, not the one of today', async () => {
    const { mk } = world.current;
    const agent = await seller(mk);
    const caller = await as(mk, agent);
    await caller.enrolments.enrol(enrolInputOf(mk));
    const before = await caller.commissions.own({});
    await withTenant(await systemScopeOf(mk), (tx) => tx.insert(tenantSettings).values({
      tenantId: mk.id, id: newId(), kind: 'commissions', version: 2, status: 'published', value: { ...mk.pack.rules.commissions, percentBp: { new: 100, renewal: 100, upgrade: 100, business: 100 } }, effectiveFrom: new Date(), publishedAt: new Date(),
    }));
    forgetRules(mk.id);
    const later = await as(mk, agent);
    await later.enrolments.enrol(enrolInputOf(mk));
    const after = await later.commissions.own({});
    expect(after.sales.map(({ rateBp }) => rateBp)).toEqual([100, 2000]);
    expect(after.sales[1]).toEqual(before.sales[0]);
  });

  it('I-15 I-29 is the own alone: no other seller, branch or tenant changes it, and members and super admins have none', async () => {
    const { mk, ks } = world.current;
    const [mine, other] = [await seller(ks), await seller(ks)];
    await (await as(ks, other)).enrolments.enrol(enrolInputOf(ks));
    expect((await (await as(ks, mine)).commissions.own({})).sales).toEqual([]);
    // a code of the same person in another tenant is another code
    await withTenant(await systemScopeOf(mk), async (tx) => { expect(await tx.select().from(referralCodes).where(and(eq(referralCodes.tenantId, mk.id), eq(referralCodes.userId, mine.id)))).toEqual([]); });
    const { sessionId, console: root } = await signInRoot();
    await callerFor(null, { platform: root }).platform.enter({ tenantId: ks.id, reason: 'Looking at earnings' });
    const entered = await resolveScope({ kind: 'platform', sessionId });
    const nobody = [await as(ks, ks.branches[0].member), callerFor(await visitorOf(ks)), callerFor(entered, { platform: await consoleOf(sessionId) })];
    expect(await refusalsOf(nobody.map((caller) => caller.commissions.own({})))).toEqual(['FORBIDDEN errors.forbidden', 'UNAUTHENTICATED errors.unauthenticated', 'FORBIDDEN errors.forbidden']);
    for (const month of ['2026-13', '2026-1', "2026-01'", '']) await expect((await as(ks, mine)).commissions.own({ month })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
