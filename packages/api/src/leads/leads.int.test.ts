import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { leads, memberships, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, pendingSale, scopeOf, systemScopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { paidSale } from '../testing/paid';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

let people = 0;
const lead = (changes: Record<string, unknown> = {}) => {
  people += 1;
  return { firstName: 'Dafina', lastName: 'Berisha', email: `lead${String(people)}@example.com`, source: 'agent' as const, ...changes };
};

describe('who may not', () => {
  it('I-15 another tenant, another branch and another seller find no lead', async () => {
    const { mk, ks } = world.current;
    const [here, there] = ks.branches;
    const { id } = await (await as(ks, here.agent)).leads.create(lead());
    for (const stranger of [await as(mk, mk.admin), await as(ks, there.manager), await as(ks, there.agent), await as(ks, ks.promoter)]) {
      expect(await refusalsOf([stranger.leads.get({ id }), stranger.leads.move({ id, to: 'lost' }), stranger.leads.get({ id: newId() })])).toEqual(Array.from({ length: 3 }, () => 'NOT_FOUND errors.notFound'));
      expect((await stranger.leads.list({ search: 'dafina' })).items.map((item) => item.id)).not.toContain(id);
      expect((await stranger.leads.list({ filters: { ownerId: here.agent.id } })).items).toEqual([]);
    }
    const tenantWide = await as(ks, ks.admin);
    expect(await tenantWide.leads.get({ id })).toMatchObject({ id, status: 'new', ownerId: here.agent.id, branchId: here.id });
  });

  it('I-29 somebody whom another branch or tenant knows already is new here', async () => {
    const { mk, ks } = world.current;
    const [here, there] = ks.branches;
    const input = lead();
    const [seller, manager] = [await as(ks, here.agent), await as(ks, there.manager)];
    expect(await refusalsOf([seller.leads.create(input)])).toEqual(['done']);
    expect(await refusalsOf([manager.leads.create(input)])).toEqual(['done']);
    expect(await refusalsOf([manager.leads.create(input)])).toEqual(['CONFLICT errors.lead.duplicate']);
    expect(await refusalsOf([(await as(mk, mk.branches[0].agent)).leads.create(lead({ email: input.email }))])).toEqual(['done']);
  });

  it('I-15 members and visitors have no leads', async () => {
    const { ks } = world.current;
    const member = await as(ks, ks.branches[0].member);
    expect(await refusalsOf([member.leads.list({}), member.leads.create(lead()), member.leads.move({ id: newId(), to: 'lost' })])).toEqual(Array.from({ length: 3 }, () => 'FORBIDDEN errors.forbidden'));
    expect(await refusalsOf([callerFor(await visitorOf(ks)).leads.list({}), callerFor(await visitorOf(ks)).leads.myReferral()])).toEqual(['UNAUTHENTICATED errors.unauthenticated', 'UNAUTHENTICATED errors.unauthenticated']);
  });

  it('I-16 a lead belongs to its writer and branch, whatever else is sent', async () => {
    const { mk, ks } = world.current;
    const [here, there] = ks.branches;
    const agent = await as(ks, here.agent);
    const { id } = await agent.leads.create({ ...lead(), tenantId: mk.id, branchId: there.id, status: 'converted', userId: mk.admin.id } as never);
    expect(await agent.leads.get({ id })).toMatchObject({ ownerId: here.agent.id, branchId: here.id, status: 'new', memberId: null });
    const manager = await as(ks, here.manager);
    expect(await refusalsOf([
      agent.leads.create(lead({ ownerId: there.agent.id })), manager.leads.create(lead({ ownerId: there.agent.id })), manager.leads.create(lead({ ownerId: mk.branches[0].agent.id })), manager.leads.create(lead({ ownerId: here.member.id })),
    ])).toEqual(['FORBIDDEN errors.forbidden', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
  });

  it('a promoter sees the own leads, and never which member one became', async () => {
    const { ks } = world.current;
    const promoter = await as(ks, ks.promoter);
    const { id } = await promoter.leads.create(lead({ source: 'referral' }));
    const [, branch] = ks.branches;
    await withTenant(await systemScopeOf(ks), async (tx) => await tx.update(leads).set({ status: 'converted', userId: branch.member.id }).where(and(eq(leads.tenantId, ks.id), eq(leads.id, id))));
    expect(await promoter.leads.get({ id })).toMatchObject({ status: 'converted', memberId: null, nextStatuses: [] });
    expect(await (await as(ks, branch.manager)).leads.get({ id })).toMatchObject({ memberId: branch.member.id, ownerName: expect.stringMatching(/promoter/u) });
    const mine = (await promoter.leads.list({})).items;
    expect(new Set(mine.map(({ ownerId }) => ownerId))).toEqual(new Set([ks.promoter.id]));
    expect(await refusalsOf([promoter.members.list({}), promoter.members.get({ id: branch.member.id })])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
  });
});

describe('the way of a lead', () => {
  it('is written with the country\'s phone, moves along the table and keeps its notes', async () => {
    const { mk } = world.current;
    const agent = await as(mk, mk.branches[0].agent);
    const { id } = await agent.leads.create(lead({ phone: '070 555 666', note: 'Called on Monday', planCode: 'asistenca_family', source: 'event' }));
    await agent.leads.move({ id, to: 'contacted', note: 'Wants the family plan' });
    await agent.leads.move({ id, to: 'lost' });
    await agent.leads.move({ id, to: 'contacted' });
    expect(await agent.leads.get({ id })).toMatchObject({ phone: '+38970555666', status: 'contacted', source: 'event', planCode: 'asistenca_family', note: 'Called on Monday\nWants the family plan' });
    expect((await agent.leads.get({ id })).nextStatuses).not.toContain('converted');
    expect(await refusalsOf([agent.leads.move({ id, to: 'new' }), agent.leads.move({ id, to: 'converted' })])).toEqual(['CONFLICT errors.transition.unknown', 'CONFLICT errors.transition.unknown']);
    expect((await agent.leads.list({ search: '555 666', filters: { status: 'contacted', source: 'event' } })).items.map((item) => item.id)).toEqual([id]);
    expect((await agent.leads.list({ search: "berisha%' or 1=1" })).items).toEqual([]);
  });

  it('is not written twice while it is open, in the writer\'s own reach', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const input = lead({ phone: '070 777 888' });
    const agent = await as(mk, here.agent);
    const elsewhere = await as(mk, there.agent);
    expect((await refusalsOf([agent.leads.create(input), agent.leads.create(input)])).toSorted()).toEqual(['CONFLICT errors.lead.duplicate', 'done']);
    expect(await refusalsOf([agent.leads.create({ ...input, email: 'other@example.com' }), agent.leads.create(lead({ email: input.email })), elsewhere.leads.create(input)]))
      .toEqual(['CONFLICT errors.lead.duplicate', 'CONFLICT errors.lead.duplicate', 'done']);
  });

  it('is handed to a seller of the branch, who is told', async () => {
    const { mk } = world.current;
    const [, branch] = mk.branches;
    const { id } = await (await as(mk, branch.manager)).leads.create(lead({ ownerId: branch.agent.id }));
    const agent = await as(mk, branch.agent);
    expect(await agent.leads.get({ id })).toMatchObject({ ownerId: branch.agent.id });
    expect((await agent.notifications.list({})).items.map(({ kind }) => kind)).toContain('lead.created');
    const own = await (await as(mk, mk.admin)).leads.create(lead());
    expect(await (await as(mk, mk.admin)).leads.get(own)).toMatchObject({ ownerId: mk.admin.id, branchId: mk.branches[0].id });
  });

  it('counts for the code that was told, and refuses one that nobody has', async () => {
    const { mk, ks } = world.current;
    const agent = await as(mk, mk.branches[1].agent);
    expect(await refusalsOf([agent.leads.create(lead({ referralCode: 'NOBODY' })), agent.leads.create(lead({ referralCode: ks.promoterCode }))])).toEqual(['INVALID errors.referral', 'INVALID errors.referral']);
    const promoter = await as(mk, mk.promoter);
    const before = (await promoter.leads.myReferral()).counts.leads;
    await agent.leads.create(lead({ referralCode: mk.promoterCode }));
    expect((await promoter.leads.myReferral()).counts.leads).toBe(before + 1);
  });

  it('pages through everything once', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const all = (await admin.leads.list({ limit: 100 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.leads.list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
  });
});

describe('the referral code', () => {
  it('is the same at every look, with a link of the own country and a QR code', async () => {
    const { ks } = world.current;
    const promoter = await as(ks, ks.promoter);
    const first = await promoter.leads.myReferral();
    expect(first).toMatchObject({ code: ks.promoterCode, link: `http://ks.localhost:3000/join?ref=${ks.promoterCode}` });
    expect(first.qrSvg).toMatch(/^<svg /u);
    const member = await as(ks, ks.branches[0].member);
    const codes = await Promise.all(Array.from({ length: 4 }, () => member.leads.myReferral()));
    expect(new Set(codes.map(({ code }) => code)).size).toBe(1);
    expect(codes[0]?.code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/u);
    const admin = await (await as(ks, ks.admin)).leads.myReferral();
    expect(new Set([admin.code, first.code, codes[0]?.code]).size).toBe(3);
  });

  it('tells how many joined and pay, and nothing of who they are', async () => {
    const { ks } = world.current;
    const promoter = await as(ks, ks.promoter);
    const before = (await promoter.leads.myReferral()).counts;
    await pendingSale(ks, { referralCode: ks.promoterCode });
    const sale = await paidSale(world.current, ks, { referralCode: ks.promoterCode });
    const after = await promoter.leads.myReferral();
    expect(after.counts).toEqual({ leads: before.leads, joined: before.joined + 2, active: before.active + 1 });
    expect(JSON.stringify(after)).not.toContain(sale.email);
    const [row] = await withTenant(await systemScopeOf(ks), async (tx) => await tx.select({ branchId: memberships.branchId, agentId: user.agentId }).from(memberships).innerJoin(user, and(eq(user.tenantId, memberships.tenantId), eq(user.id, memberships.userId))).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, sale.membershipId))));
    expect(row).toEqual({ branchId: ks.branches[1].id, agentId: null });
  });
});
