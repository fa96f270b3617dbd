import { and, eq, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import * as schema from '@interdomestik/db/schema';
import { branches, cards, cashReceipts, claimEvents, claims, documents, familyMembers, invoices, leads, ledgerTransactions, memberTransfers, memberships, notifications, payments, policies, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { adminSql, callerFor, enrolInputOf, scopeOf, systemScopeOf, useWorld, visitorOf, type TestBranch, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { followingTables, gatherJob, staying } from './moves';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));
const reason = 'The member has moved to another town';

/** A member who paid in cash to the branch's agent, with papers, a claim, a policy, family and an open payment; the card and the invoice come with the sale. */
async function addMember(tenant: TestTenant, branch: TestBranch, lastName = 'Canary'): Promise<{ id: string; claimId: string }> {
  const { memberId: id, membershipId } = await (await as(tenant, branch.agent)).enrolments.enrol(enrolInputOf(tenant, { email: `${newId()}@members.example`, lastName }));
  const claimId = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    const own = { tenantId: tenant.id, userId: id, branchId: branch.id };
    await tx.insert(claims).values({ ...own, id: claimId, category: 'vehicle', status: 'submitted', counterparty: 'X', currency: 'EUR', handlerId: branch.manager.id, submittedAt: new Date() });
    await tx.insert(claimEvents).values({ ...own, id: newId(), claimId, kind: 'created' });
    await tx.insert(policies).values({ ...own, id: newId(), insurer: 'I', policyNumber: '1', kind: 'travel' });
    await tx.insert(familyMembers).values({ ...own, id: newId(), membershipId, firstName: 'A', lastName: 'B', relation: 'child' });
    await tx.insert(leads).values({ ...own, id: newId(), ownerId: branch.agent.id, firstName: 'A', status: 'converted' });
    await tx.insert(payments).values({ ...own, id: newId(), paymentAccountId: tenant.card.id, method: 'card', amountMinor: 100n, currency: 'EUR', taxDocumentIssuer: 'provider' });
    for (const entity of ['claim', 'member', 'invoice'] as const) {
      const documentId = newId();
      await tx.insert(documents).values({ ...own, id: documentId, entity, entityId: claimId, path: `pii/tenants/${tenant.id}/${entity}/${claimId}/${documentId}.pdf`, fileName: 'x.pdf', mime: 'application/pdf' });
    }
  });
  return { id, claimId };
}

/** Where a member's rows are: the branches found in each table, with how many rows of it. */
async function whereabouts(tenant: TestTenant, memberId: string): Promise<Record<string, Record<string, number>>> {
  return await withTenant(await systemScopeOf(tenant), async (tx) => {
    const found: Record<string, Record<string, number>> = {};
    for (const table of [user, memberships, familyMembers, cards, policies, claims, claimEvents, documents, leads, payments, cashReceipts, invoices] as const) {
      const about = table === user ? user.id : (getTableColumns(table) as { userId: typeof claims.userId }).userId;
      const rows = await tx.select({ branchId: table.branchId, n: sql<number>`count(*)::int` }).from(table).where(and(eq(table.tenantId, tenant.id), eq(about, memberId))).groupBy(table.branchId);
      found[getTableName(table)] = Object.fromEntries(rows.map((row) => [String(row.branchId), row.n]));
    }
    return found;
  });
}

const placeOf = async (tenant: TestTenant, id: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ branchId: user.branchId, agentId: user.agentId }).from(user).where(and(eq(user.tenantId, tenant.id), eq(user.id, id))))[0]);

const noticesOf = async (tenant: TestTenant, userId: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications)
    .where(and(eq(notifications.tenantId, tenant.id), eq(notifications.userId, userId), sql`${notifications.kind} like 'transfer.%'`)).orderBy(notifications.createdAt, notifications.id)));

describe('who may not', () => {
  it('I-15 another tenant finds neither member, nor request, nor branch, nor agent', async () => {
    const { mk, ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId } = await addMember(ks, here);
    const { id } = await (await as(ks, here.manager)).transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    const stranger = await as(mk, mk.admin);
    const own = await addMember(mk, mk.branches[0]);
    expect(await refusalsOf([
      stranger.transfers.request({ memberId, toBranchId: mk.branches[0].id, toAgentId: null, reason }),
      stranger.transfers.request({ memberId: own.id, toBranchId: there.id, toAgentId: null, reason }),
      stranger.transfers.request({ memberId: own.id, toBranchId: mk.branches[1].id, toAgentId: there.agent.id, reason }),
      stranger.transfers.approve({ id }), stranger.transfers.reject({ id, note: reason }), stranger.transfers.withdraw({ id }), stranger.transfers.approve({ id: newId() }),
    ])).toEqual(Array.from({ length: 7 }, () => 'NOT_FOUND errors.notFound'));
    expect((await stranger.transfers.list({})).items).toEqual([]);
    expect(await placeOf(ks, memberId)).toEqual({ branchId: here.id, agentId: here.agent.id });
  });

  it('I-29 a branch asks for its own members only, and hears only of transfers that concern it', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const { id: memberId } = await addMember(mk, here);
    const third = (await (await as(mk, mk.admin)).branches.create({ code: `third-${newId().slice(-8)}`, name: 'Охрид', city: 'Охрид', address: undefined, phone: undefined })).id;
    const { id } = await (await as(mk, here.manager)).transfers.request({ memberId, toBranchId: third, toAgentId: null, reason });
    const [other, otherAgent, promoter, member] = [await as(mk, there.manager), await as(mk, there.agent), await as(mk, mk.promoter), await as(mk, here.member)];
    expect(await refusalsOf([
      other.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason }), otherAgent.transfers.request({ memberId, toBranchId: there.id, toAgentId: there.agent.id, reason }),
      other.transfers.approve({ id }), other.transfers.reject({ id, note: reason }), other.transfers.withdraw({ id }), otherAgent.transfers.withdraw({ id }),
    ])).toEqual(Array.from({ length: 6 }, () => 'NOT_FOUND errors.notFound'));
    for (const caller of [other, otherAgent]) expect((await caller.transfers.list({ limit: 100 })).items.map((one) => one.id)).not.toContain(id);
    expect(await refusalsOf([promoter.transfers.list({}), promoter.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason }), otherAgent.transfers.approve({ id }), member.transfers.list({})]))
      .toEqual(Array.from({ length: 4 }, () => 'FORBIDDEN errors.forbidden'));
    expect(await refusalsOf([callerFor(await visitorOf(mk)).transfers.list({})])).toEqual(['UNAUTHENTICATED errors.unauthenticated']);
  });

  it('I-29 a branch names no agent of another one, and learns no names of its team', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const { id: memberId } = await addMember(mk, here);
    const manager = await as(mk, here.manager);
    expect(await refusalsOf([manager.transfers.request({ memberId, toBranchId: there.id, toAgentId: there.agent.id, reason })])).toEqual(['INVALID errors.transfer.agentOfOwnBranch']);
    const targets = await manager.transfers.targets();
    expect(targets.find(({ id }) => id === here.id)?.agents).toEqual(expect.arrayContaining([expect.objectContaining({ id: here.agent.id })]));
    expect(targets.find(({ id }) => id === there.id)?.agents).toBeNull();
    expect(JSON.stringify(targets)).not.toContain(there.agent.id);
    expect((await (await as(mk, mk.admin)).transfers.targets()).find(({ id }) => id === there.id)?.agents).toEqual(expect.arrayContaining([expect.objectContaining({ id: there.agent.id })]));
  });

  it('the side that gives does not decide, and nobody decides the own request in another post', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId } = await addMember(ks, here);
    const giving = await as(ks, here.manager);
    const { id, status } = await giving.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    expect(status).toBe('requested');
    expect(await refusalsOf([giving.transfers.approve({ id }), giving.transfers.reject({ id, note: reason })])).toEqual(['FORBIDDEN errors.transfer.receivingBranch', 'FORBIDDEN errors.transfer.receivingBranch']);
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(memberTransfers).set({ requestedBy: there.manager.id }).where(and(eq(memberTransfers.tenantId, ks.id), eq(memberTransfers.id, id))));
    expect(await refusalsOf([(await as(ks, there.manager)).transfers.approve({ id })])).toEqual(['FORBIDDEN errors.transfer.ownRequest']);
    expect(await placeOf(ks, memberId)).toMatchObject({ branchId: here.id });
  });
});

describe('a transfer between branches', () => {
  it('I-29 moves the member with everything alive; money stays, and the old branch sees the member no more', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId, claimId } = await addMember(ks, here, 'Mover');
    const [giving, receiving] = [await as(ks, here.manager), await as(ks, there.manager)];
    const before = await whereabouts(ks, memberId);
    for (const [table, at] of Object.entries(before)) expect([table, Object.keys(at)]).toEqual([table, [here.id]]);
    const booked = await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(ledgerTransactions).where(eq(ledgerTransactions.tenantId, ks.id)).orderBy(ledgerTransactions.id));

    const { id } = await giving.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    expect((await receiving.transfers.list({ filters: { status: 'requested' } })).items.find((one) => one.id === id)).toMatchObject({ member: { name: expect.stringContaining('Mover'), openId: null }, reason, mayDecide: true, mayWithdraw: false });
    await receiving.transfers.approve({ id, agentId: there.agent.id });

    expect(await whereabouts(ks, memberId)).toEqual({
      ...Object.fromEntries(Object.keys(before).map((table) => [table, { [there.id]: before[table]?.[here.id] }])),
      documents: { [there.id]: 2, [here.id]: (before.documents?.[here.id] ?? 0) - 2 }, payments: { [there.id]: 1, [here.id]: 1 }, cash_receipts: { [here.id]: 1 }, invoices: { [here.id]: 1 },
    });
    expect(await withTenant(await systemScopeOf(ks), (tx) => tx.select().from(ledgerTransactions).where(eq(ledgerTransactions.tenantId, ks.id)).orderBy(ledgerTransactions.id))).toEqual(booked);
    expect(await placeOf(ks, memberId)).toEqual({ branchId: there.id, agentId: there.agent.id });

    const formerAgent = await as(ks, here.agent);
    expect(await refusalsOf([giving.members.get({ id: memberId }), formerAgent.members.get({ id: memberId }), giving.claims.get({ id: claimId })])).toEqual(Array.from({ length: 3 }, () => 'NOT_FOUND errors.notFound'));
    const left = await Promise.all([giving.payments.list({ limit: 100 }), giving.cash.list({ limit: 100 }), giving.transfers.list({ limit: 100 }), giving.claims.list({ limit: 100 }), giving.members.list({ limit: 100 })]);
    expect(JSON.stringify(left, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(new RegExp(`${memberId}|Mover`, 'u'));
    expect(left[0].items).toEqual(expect.arrayContaining([expect.objectContaining({ memberId: null, memberName: null, status: 'succeeded' })]));
    expect(left[2].items.find((one) => one.id === id)).toMatchObject({ status: 'approved', member: null, reason: null, toBranchName: expect.any(String) });
    // the invoice is a legal paper of the branch that issued it: it names its buyer as printed, and leads no further
    expect((await giving.invoices.list({ limit: 100 })).items).toEqual(expect.arrayContaining([expect.objectContaining({ memberId: null, memberName: expect.stringContaining('Mover'), memberNumber: null })]));

    const seen = await receiving.members.get({ id: memberId });
    expect(seen).toMatchObject({ claims: [{ id: claimId }], hasCard: true, memberships: [expect.objectContaining({ status: 'active' })] });
    expect((await (await as(ks, there.agent)).members.get({ id: memberId })).memberships).toHaveLength(1);
    expect(await receiving.claims.get({ id: claimId })).toMatchObject({ handlerId: null, events: [expect.objectContaining({ kind: 'created' })] });
  });

  it('tells both managers, the new agent and the member, once and in plain words, and the trail says who', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const { id: memberId } = await addMember(mk, here);
    const { id } = await (await as(mk, here.agent)).transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    const receiving = await as(mk, there.manager);
    await receiving.transfers.approve({ id, agentId: there.agent.id });
    await receiving.transfers.approve({ id, agentId: there.agent.id });
    const toldKinds = async (person: { id: string }) => (await noticesOf(mk, person.id)).map(({ kind }) => kind);
    expect(await toldKinds({ id: memberId })).toEqual(['transfer.new_branch']);
    expect(await toldKinds(there.manager)).toEqual(expect.arrayContaining(['transfer.requested', 'transfer.received']));
    expect(await toldKinds(there.agent)).toContain('transfer.assigned');
    for (const giver of [here.manager, here.agent]) expect(JSON.stringify((await noticesOf(mk, giver.id)).filter(({ kind }) => kind === 'transfer.given'))).not.toMatch(/Canary|^\[\]$/u);
    const trail = await adminSql(world.current.database.adminUrl, `select action, actor_id, operation from audit_logs where entity = 'user' and entity_id = '${memberId}' and after ? 'branch_id' order by at desc limit 1`);
    expect(trail).toEqual([{ action: 'transfers.approve', actor_id: there.manager.id, operation: 'UPDATE' }]);
    // a reason is personal: it stands in its row and not in the trail
    expect(JSON.stringify(await adminSql(world.current.database.adminUrl, `select before, after from audit_logs where entity = 'member_transfers' and entity_id = '${id}'`))).not.toContain(reason);
  });

  it('is rejected with a note, or taken back by whoever asked or gives; the member stays', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId } = await addMember(ks, here);
    const [agent, giving, receiving] = [await as(ks, here.agent), await as(ks, here.manager), await as(ks, there.manager)];
    const ask = () => agent.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    const first = await ask();
    expect((await ask()).id).toBe(first.id);
    expect(await refusalsOf([giving.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason })])).toEqual(['CONFLICT errors.transfer.alreadyOpen']);
    await receiving.transfers.reject({ id: first.id, note: 'We have no agent in that town' });
    await receiving.transfers.reject({ id: first.id, note: 'Once more' });
    expect((await giving.transfers.list({ limit: 100 })).items.find((one) => one.id === first.id)).toMatchObject({ status: 'rejected', decisionNote: 'We have no agent in that town', member: { openId: memberId }, mayDecide: false });
    expect((await receiving.transfers.list({ limit: 100 })).items.find((one) => one.id === first.id)).toMatchObject({ member: null, decisionNote: null });
    expect((await noticesOf(ks, here.agent.id)).map(({ kind }) => kind)).toContain('transfer.rejected');
    expect(await refusalsOf([receiving.transfers.approve({ id: first.id }), agent.transfers.withdraw({ id: first.id })])).toEqual(['CONFLICT errors.transfer.decided', 'CONFLICT errors.transfer.decided']);
    const second = await ask();
    expect(await refusalsOf([receiving.transfers.withdraw({ id: second.id })])).toEqual(['FORBIDDEN errors.forbidden']);
    await giving.transfers.withdraw({ id: second.id });
    await giving.transfers.withdraw({ id: second.id });
    const third = await ask();
    await agent.transfers.withdraw({ id: third.id });
    expect(await placeOf(ks, memberId)).toEqual({ branchId: here.id, agentId: here.agent.id });
  });
});

describe('the inbox', () => {
  it('parts what waits for the reader, what the reader asked for and what is over, and counts what waits', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const [agent, giving, receiving, admin] = [await as(mk, here.agent), await as(mk, here.manager), await as(mk, there.manager), await as(mk, mk.admin)];
    const waiting = async () => (await Promise.all([agent, giving, receiving, admin].map((caller) => caller.transfers.waiting()))).map(({ count }) => count);
    const seen = async (caller: typeof admin, view: 'decide' | 'mine' | 'done', id: string) => (await caller.transfers.list({ limit: 100, filters: { view } })).items.some((one) => one.id === id);
    const before = await waiting();
    const [away, inside] = [await addMember(mk, here), await addMember(mk, here)];
    const { id: across } = await giving.transfers.request({ memberId: away.id, toBranchId: there.id, toAgentId: null, reason });
    const { id: within } = await agent.transfers.request({ memberId: inside.id, toBranchId: here.id, toAgentId: null, reason });
    expect((await waiting()).map((count, at) => count - (before[at] ?? 0))).toEqual([0, 1, 1, 2]);
    expect([await seen(receiving, 'decide', across), await seen(giving, 'decide', across), await seen(giving, 'mine', across), await seen(giving, 'decide', within), await seen(agent, 'decide', within), await seen(agent, 'mine', within), await seen(admin, 'decide', across)])
      .toEqual([true, false, true, true, false, true, true]);
    const about = async (caller: typeof admin, memberId: string) => (await caller.transfers.list({ filters: { memberId } })).items.map((one) => one.id);
    expect([await about(giving, away.id), await about(receiving, away.id), await about(receiving, inside.id)]).toEqual([[across], [across], []]);
    await receiving.transfers.approve({ id: across });
    expect(await seen(receiving, 'done', across)).toBe(true);
    expect((await waiting()).map((count, at) => count - (before[at] ?? 0))).toEqual([0, 1, 0, 1]);
    // the line stays in the old branch's list and tells no more who it was, so it is not found by the member either
    expect([await seen(giving, 'done', across), await about(giving, away.id), await about(receiving, away.id)]).toEqual([true, [], [across]]);
  });
});

describe('inside a branch, and by the admin', () => {
  it('the manager gives a member to another agent at once, who then sees all of it, and the first one nothing', async () => {
    const { mk } = world.current;
    const [here] = mk.branches;
    const { id: memberId } = await addMember(mk, here);
    const second = newId();
    await withTenant(await systemScopeOf(mk), async (tx) => {
      await tx.insert(user).values({ tenantId: mk.id, id: second, branchId: here.id, firstName: 'Second', lastName: 'Agent', locale: 'mk' });
      await tx.insert(userRoles).values({ tenantId: mk.id, id: newId(), userId: second, role: 'agent', branchId: here.id });
    });
    const agent = await as(mk, here.agent);
    const asked = await agent.transfers.request({ memberId, toBranchId: here.id, toAgentId: second, reason });
    expect(asked.status).toBe('requested');
    expect(await refusalsOf([agent.transfers.request({ memberId, toBranchId: here.id, toAgentId: here.agent.id, reason })])).toEqual(['INVALID errors.transfer.nothingChanges']);
    const done = await (await as(mk, here.manager)).transfers.request({ memberId, toBranchId: here.id, toAgentId: second, reason });
    expect(done.status).toBe('approved');
    expect(await placeOf(mk, memberId)).toEqual({ branchId: here.id, agentId: second });
    expect((await agent.transfers.list({ limit: 100 })).items.find((one) => one.id === asked.id)).toMatchObject({ status: 'withdrawn', member: null });
    const next = await as(mk, { id: second, role: 'agent' });
    expect(await next.members.get({ id: memberId })).toMatchObject({ memberships: [expect.objectContaining({ status: 'active' })], claims: [expect.anything()], invoices: [expect.anything()] });
    expect(await refusalsOf([agent.members.get({ id: memberId })])).toEqual(['NOT_FOUND errors.notFound']);
    expect((await noticesOf(mk, memberId)).map(({ kind }) => kind)).toEqual(['transfer.new_agent']);
  });

  it('figures, price and claim stage follow who looks after the member; the sale stays with who sold', async () => {
    const { ks } = world.current;
    const [here] = ks.branches;
    const { id: memberId, claimId } = await addMember(ks, here);
    const next = newId();
    await withTenant(await systemScopeOf(ks), async (tx) => {
      await tx.insert(user).values({ tenantId: ks.id, id: next, branchId: here.id, firstName: 'Next', lastName: 'Agent', locale: 'sq' });
      await tx.insert(userRoles).values({ tenantId: ks.id, id: newId(), userId: next, role: 'agent', branchId: here.id });
    });
    const [seller, successor] = [await as(ks, here.agent), await as(ks, { id: next, role: 'agent' })];
    const [sold] = (await seller.members.get({ id: memberId })).memberships;
    const looked = async (caller: typeof seller) => {
      const { activeMembers, newMembers } = await caller.dashboard.figures({ period: 'month' });
      return { active: activeMembers.value, joined: newMembers.value, members: (await caller.members.list({ limit: 100 })).items.length, claims: (await caller.claims.list({ limit: 100 })).items.filter(({ id }) => id === claimId).length };
    };
    const before = await looked(seller);
    expect(before.claims).toBe(1);
    await (await as(ks, here.manager)).transfers.request({ memberId, toBranchId: here.id, toAgentId: next, reason });
    expect(await looked(seller)).toEqual({ active: before.active - 1, joined: before.joined - 1, members: before.members - 1, claims: 0 });
    expect(await looked(successor)).toEqual({ active: 1, joined: 1, members: 1, claims: 1 });
    expect(await refusalsOf([seller.memberships.whyPrice({ id: sold?.id ?? '' }), successor.memberships.whyPrice({ id: sold?.id ?? '' })])).toEqual(['NOT_FOUND errors.notFound', 'done']);
    const rows = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ sellerId: memberships.sellerId }).from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.userId, memberId))));
    expect(rows).toEqual([{ sellerId: here.agent.id }]);
  });

  it('the admin moves at once, also to nobody, and may decide the own request', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId } = await addMember(ks, here);
    const admin = await as(ks, ks.admin);
    expect((await admin.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason })).status).toBe('approved');
    expect(await placeOf(ks, memberId)).toEqual({ branchId: there.id, agentId: null });
  });

  it('staff who never joined, and members who are where they should be, are not moved', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const admin = await as(ks, ks.admin);
    expect(await refusalsOf([admin.transfers.request({ memberId: here.agent.id, toBranchId: there.id, toAgentId: null, reason })])).toEqual(['NOT_FOUND errors.notFound']);
    const { id: memberId } = await addMember(ks, here);
    expect(await refusalsOf([admin.transfers.request({ memberId, toBranchId: here.id, toAgentId: here.agent.id, reason }), admin.transfers.request({ memberId, toBranchId: here.id, toAgentId: here.manager.id, reason })]))
      .toEqual(['INVALID errors.transfer.nothingChanges', 'NOT_FOUND errors.notFound']);
  });
});

describe('what happened meanwhile', () => {
  it('a member who moved, a branch that closed and an agent who left make the request stale', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const system = await systemScopeOf(mk);
    const admin = await as(mk, mk.admin);
    const [giving, receiving] = [await as(mk, here.manager), await as(mk, there.manager)];
    const ask = async () => {
      const { id: memberId } = await addMember(mk, here);
      return { memberId, id: (await giving.transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason })).id };
    };
    const changedAgent = await ask();
    await withTenant(system, (tx) => tx.update(user).set({ agentId: null }).where(and(eq(user.tenantId, mk.id), eq(user.id, changedAgent.memberId))));
    expect(await refusalsOf([receiving.transfers.approve({ id: changedAgent.id })])).toEqual(['CONFLICT errors.transfer.stale']);

    const toAgent = await ask();
    await withTenant(system, (tx) => tx.update(memberTransfers).set({ toAgentId: here.agent.id }).where(and(eq(memberTransfers.tenantId, mk.id), eq(memberTransfers.id, toAgent.id))));
    expect(await refusalsOf([receiving.transfers.approve({ id: toAgent.id }), receiving.transfers.approve({ id: toAgent.id, agentId: newId() })])).toEqual(['CONFLICT errors.transfer.agentGone', 'NOT_FOUND errors.notFound']);

    const { id: memberId } = await addMember(mk, here);
    const doomed = (await admin.branches.create({ code: `doomed-${newId().slice(-8)}`, name: 'Doomed', city: 'Дебар', address: undefined, phone: undefined })).id;
    const { id } = await giving.transfers.request({ memberId, toBranchId: doomed, toAgentId: null, reason });
    await withTenant(system, (tx) => tx.update(branches).set({ isActive: false }).where(and(eq(branches.tenantId, mk.id), eq(branches.id, doomed))));
    expect(await refusalsOf([admin.transfers.approve({ id }), giving.transfers.request({ memberId, toBranchId: doomed, toAgentId: null, reason })])).toEqual(['CONFLICT errors.branch.closed', 'CONFLICT errors.branch.closed']);
    expect(await placeOf(mk, memberId)).toMatchObject({ branchId: here.id });
  });

  it('approvals and a rejection at the same moment settle once', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    for (let round = 0; round < 5; round += 1) {
      const { id: memberId } = await addMember(ks, here);
      const { id } = await (await as(ks, here.manager)).transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
      const [receiving, admin] = [await as(ks, there.manager), await as(ks, ks.admin)];
      const answers = await refusalsOf([receiving.transfers.approve({ id }), admin.transfers.approve({ id }), receiving.transfers.reject({ id, note: reason }), receiving.transfers.approve({ id })]);
      const [row] = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ status: memberTransfers.status }).from(memberTransfers).where(and(eq(memberTransfers.tenantId, ks.id), eq(memberTransfers.id, id))));
      const approved = row?.status === 'approved';
      expect(answers).toEqual(approved ? ['done', 'done', 'CONFLICT errors.transfer.decided', 'done'] : ['CONFLICT errors.transfer.decided', 'CONFLICT errors.transfer.decided', 'done', 'CONFLICT errors.transfer.decided']);
      expect(await placeOf(ks, memberId)).toMatchObject({ branchId: approved ? there.id : here.id });
      const moved = await adminSql(world.current.database.adminUrl, `select count(*)::int as n from audit_logs where entity = 'user' and entity_id = '${memberId}' and operation = 'UPDATE' and after ? 'branch_id'`);
      expect(moved).toEqual([{ n: approved ? 1 : 0 }]);
    }
  });

  it('what a late call wrote to the old branch is brought along afterwards', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const { id: memberId, claimId } = await addMember(ks, here);
    await (await as(ks, ks.admin)).transfers.request({ memberId, toBranchId: there.id, toAgentId: null, reason });
    const system = await systemScopeOf(ks);
    await withTenant(system, (tx) => tx.insert(claimEvents).values({ tenantId: ks.id, id: newId(), userId: memberId, branchId: here.id, claimId, kind: 'note', note: 'late' }));
    await gatherJob.run(system, { userIds: [memberId] });
    expect((await whereabouts(ks, memberId)).claim_events).toEqual({ [there.id]: 2 });
    const queued = await adminSql(world.current.database.adminUrl, `select count(*)::int as n from pgboss.job where name = 'transfers.gather' and data -> 'payload' -> 'userIds' ? '${memberId}' and start_after > now() + interval '30 seconds'`);
    expect(queued).toEqual([{ n: 1 }]);
  });
});

describe('decision 0010', () => {
  it('every table with a branch either follows the member or says why it stays', () => {
    const tables = Object.values(schema).filter((value: unknown) => is(value, PgTable));
    const withBranch = tables.map((table) => getTableConfig(table as PgTable)).filter(({ columns }) => columns.some(({ name }) => name === 'branch_id')).map(({ name }) => name);
    expect(withBranch.toSorted()).toEqual([...followingTables.map((table) => getTableName(table)), ...Object.keys(staying)].toSorted());
  });
});
