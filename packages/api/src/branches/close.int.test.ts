import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { cashReceipts, invoices, ledgerEntries, leads, memberTransfers, notifications, payments, referralCodes, tenantSettings, user, userGrants, userRoles } from '@interdomestik/db/schema';
import { translator } from '@interdomestik/i18n';
import { newId, todayIn } from '@interdomestik/rules';
import { adminSql, bankReceipts, callerFor, countReceipts, enrolInputOf, joinInputOf, scopeOf, systemScopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

interface Team {
  readonly id: string;
  readonly manager: string;
  readonly agents: readonly [string, string];
}

/** A branch of its own with a manager and two agents, each with a referral code. */
async function openBranch(tenant: TestTenant, code: string): Promise<Team> {
  const { id } = await (await as(tenant, tenant.admin)).branches.create({ code, name: `Branch ${code}`, city: 'Дебар', address: undefined, phone: undefined });
  const [manager, first, second] = [newId(), newId(), newId()];
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    for (const [userId, role] of [[manager, 'branch_manager'], [first, 'agent'], [second, 'agent']] as const) {
      await tx.insert(user).values({ tenantId: tenant.id, id: userId, branchId: id, firstName: role, lastName: code, email: `${userId}@example.com`, locale: 'mk' });
      await tx.insert(userRoles).values({ tenantId: tenant.id, id: newId(), userId, role, branchId: id });
      await tx.insert(referralCodes).values({ tenantId: tenant.id, id: newId(), userId, branchId: id, code: `R${userId.slice(-10).toUpperCase()}` });
    }
  });
  return { id, manager, agents: [first, second] };
}

/** Somebody whom the agent enrolled for cash, banked at once unless said otherwise. */
async function sell(tenant: TestTenant, team: Team, agentId: string, bank = true): Promise<{ memberId: string; receiptId: string }> {
  const { memberId, receiptId } = await (await as(tenant, { id: agentId, role: 'agent' })).enrolments.enrol(enrolInputOf(tenant, { email: `${newId()}@members.example` }));
  const ids = [receiptId ?? ''];
  if (bank) await bankReceipts(tenant, { agent: { id: agentId, role: 'agent' }, manager: { id: team.manager, role: 'branch_manager' } }, ids);
  return { memberId, receiptId: receiptId ?? '' };
}

const rowsIn = async (tenant: TestTenant, table: typeof user | typeof leads | typeof referralCodes | typeof userRoles | typeof userGrants | typeof cashReceipts | typeof invoices | typeof payments | typeof ledgerEntries, branchId: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ n: sql<number>`count(*)::int` }).from(table).where(and(eq(table.tenantId, tenant.id), eq(table.branchId, branchId))))[0]?.n ?? -1);

const personOf = async (tenant: TestTenant, id: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ branchId: user.branchId, agentId: user.agentId }).from(user).where(and(eq(user.tenantId, tenant.id), eq(user.id, id))))[0]);

describe('closing a branch', () => {
  it('moves all that lives there in one transaction, and leaves money where it was taken', async () => {
    const { mk } = world.current;
    const [target] = mk.branches;
    const team = await openBranch(mk, 'debar');
    const [mover, leaver] = team.agents;
    const [kept, handed] = [await sell(mk, team, mover), await sell(mk, team, leaver)];
    const open = await (await as(mk, { id: leaver, role: 'agent' })).leads.create({ firstName: 'Lead', phone: '070 555 111', source: 'agent' });
    await withTenant(await systemScopeOf(mk), (tx) => tx.insert(userGrants).values({ tenantId: mk.id, id: newId(), userId: mover, permission: 'claims.handle', branchId: team.id }));
    const asked = await (await as(mk, { id: team.manager, role: 'branch_manager' })).transfers.request({ memberId: kept.memberId, toBranchId: target.id, toAgentId: null, reason: 'Before the end' });
    const admin = await as(mk, mk.admin);
    expect(await admin.branches.holdings({ id: team.id })).toMatchObject({ members: 2, openLeads: 1, openTransfers: 1, referralCodes: 3, isDefault: false, isEmpty: false, cash: { count: 0, amounts: [] }, team: expect.arrayContaining([expect.objectContaining({ userId: leaver, roles: ['agent'], members: 1, openLeads: 1 })]) });
    const money = await Promise.all([cashReceipts, invoices, payments, ledgerEntries].map((table) => rowsIn(mk, table, team.id)));
    expect(money.every((n) => n > 0)).toBe(true);

    const close = { id: team.id, targetBranchId: target.id, leaving: [{ userId: leaver, successorId: target.agent.id }] };
    await admin.branches.close(close);
    await admin.branches.close(close);

    expect(await Promise.all([user, userRoles, userGrants, leads, referralCodes].map((table) => rowsIn(mk, table, team.id)))).toEqual([0, 0, 0, 0, 0]);
    expect(await Promise.all([cashReceipts, invoices, payments, ledgerEntries].map((table) => rowsIn(mk, table, team.id)))).toEqual(money);
    expect(await personOf(mk, kept.memberId)).toEqual({ branchId: target.id, agentId: mover });
    expect(await personOf(mk, handed.memberId)).toEqual({ branchId: target.id, agentId: target.agent.id });
    expect((await (await as(mk, target.manager)).members.list({ limit: 100 })).items.map(({ id }) => id)).toEqual(expect.arrayContaining([kept.memberId, handed.memberId]));
    expect(await (await as(mk, target.agent)).leads.get(open)).toMatchObject({ ownerId: target.agent.id });
    // who moved goes on working in the target; who left works nowhere
    expect((await (await as(mk, { id: mover, role: 'agent' })).members.list({})).items.map(({ id }) => id)).toEqual([kept.memberId]);
    await expect(scopeOf(mk, { id: leaver, role: 'agent' })).rejects.toThrow(/could not be signed in/u);
    const book = await withTenant(await systemScopeOf(mk), (tx) => tx.select().from(memberTransfers).where(and(eq(memberTransfers.tenantId, mk.id), eq(memberTransfers.fromBranchId, team.id))));
    expect(book.find(({ id }) => id === asked.id)?.status).toBe('withdrawn');
    expect(book.filter(({ status }) => status === 'approved').map(({ userId, requestedBy, decidedBy, toAgentId }) => ({ userId, requestedBy, decidedBy, toAgentId })).toSorted((a, b) => a.userId.localeCompare(b.userId)))
      .toEqual([{ userId: kept.memberId, requestedBy: null, decidedBy: mk.admin.id, toAgentId: mover }, { userId: handed.memberId, requestedBy: null, decidedBy: mk.admin.id, toAgentId: target.agent.id }].toSorted((a, b) => a.userId.localeCompare(b.userId)));
    const told = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ kind: notifications.kind }).from(notifications).where(and(eq(notifications.tenantId, mk.id), eq(notifications.userId, kept.memberId), eq(notifications.kind, 'transfer.new_branch'))));
    expect(told).toHaveLength(1);
    const newsFor = async (userId: string) => withTenant(await systemScopeOf(mk), (tx) => tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, mk.id), eq(notifications.userId, userId), sql`${notifications.effectKey} like ${`branch:${team.id}:%`}`)));
    for (const person of [target.manager.id, team.manager]) expect(await newsFor(person)).toEqual([{ kind: 'branch.taken_over', params: { from: 'Branch debar', to: expect.any(String), members: 2 } }]);
    expect(await newsFor(target.agent.id)).toEqual([{ kind: 'transfer.assigned_many', params: { from: 'Branch debar', count: 1 } }]);
    expect(await newsFor(mover)).toEqual([]);
    const queued = await adminSql(world.current.database.adminUrl, `select jsonb_array_length(data -> 'payload' -> 'transferIds') as n from pgboss.job where name = 'transfers.mailMoved' and data -> 'payload' -> 'transferIds' ? '${book.find(({ userId }) => userId === handed.memberId)?.id ?? ''}'`);
    expect(queued).toEqual([{ n: 2 }]);
    const codes = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ userId: referralCodes.userId, disabledAt: referralCodes.disabledAt }).from(referralCodes).where(and(eq(referralCodes.tenantId, mk.id), eq(referralCodes.branchId, target.id))));
    expect([codes.find(({ userId }) => userId === mover)?.disabledAt, codes.find(({ userId }) => userId === leaver)?.disabledAt]).toEqual([null, expect.any(Date)]);
    const trail = await adminSql(world.current.database.adminUrl, `select distinct entity from audit_logs where action = 'branches.close' and actor_id = '${mk.admin.id}' order by 1`);
    expect(trail.map(({ entity }) => entity)).toEqual(expect.arrayContaining(['branches', 'cards', 'leads', 'member_transfers', 'memberships', 'referral_codes', 'user', 'user_grants', 'user_roles']));
  });

  it('is refused for cash that is not banked, with how many receipts', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const team = await openBranch(mk, 'ohrid-cash');
    const { receiptId } = await sell(mk, team, team.agents[0], false);
    const close = () => admin.branches.close({ id: team.id, targetBranchId: mk.branches[0].id });
    await expect(close()).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.branch.cashNotBanked', params: { count: 1 } } });
    const manager = { id: team.manager, role: 'branch_manager' } as const;
    const handover = await countReceipts(mk, { agent: { id: team.agents[0], role: 'agent' }, manager }, [receiptId]);
    await expect(close()).rejects.toMatchObject({ cause: { messageKey: 'errors.branch.cashNotBanked' } });
    expect((await personOf(mk, team.agents[0]))?.branchId).toBe(team.id);
    await (await as(mk, manager)).cash.bank({ ids: [handover], slip: 'UP-1', depositedOn: todayIn(mk.pack.zone, new Date()) });
    await close();
  });

  it('is refused for the branch that self-service members come to, by the rule of today or of a later day', async () => {
    const { ks } = world.current;
    const [home, other] = ks.branches;
    const admin = await as(ks, ks.admin);
    expect(await refusalsOf([admin.branches.close({ id: home.id, targetBranchId: other.id })])).toEqual(['CONFLICT errors.branch.isDefault']);
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(tenantSettings).values({
      tenantId: ks.id, id: newId(), kind: 'enrolment', version: 2, status: 'published', value: { ...ks.pack.rules.enrolment, defaultBranchCode: other.code }, effectiveFrom: new Date(Date.now() + 86_400_000), publishedAt: new Date(),
    }));
    expect(await refusalsOf([admin.branches.close({ id: other.id, targetBranchId: home.id })])).toEqual(['CONFLICT errors.branch.isDefault']);
    const { id } = await callerFor(await visitorOf(ks)).accounts.join(joinInputOf(ks)).then(async () => {
      const [newest] = (await admin.members.list({ limit: 1 })).items;
      return { id: newest?.id ?? '' };
    });
    expect(await personOf(ks, id)).toEqual({ branchId: home.id, agentId: null });
  });

  it('says what does not fit: the same branch, a closed one, strangers, successors from elsewhere, leads without anybody', async () => {
    const { mk } = world.current;
    const [target, other] = mk.branches;
    const admin = await as(mk, mk.admin);
    const team = await openBranch(mk, 'resen');
    const [agent, colleague] = team.agents;
    const closed = (await admin.branches.create({ code: 'closed-one', name: 'Closed', city: 'Дебар', address: undefined, phone: undefined })).id;
    await admin.branches.close({ id: closed });
    await (await as(mk, { id: agent, role: 'agent' })).leads.create({ firstName: 'Lead', phone: '070 555 222', source: 'agent' });
    const leave = (leaving: { userId: string; successorId: string | null }[]) => admin.branches.close({ id: team.id, targetBranchId: target.id, leaving });
    expect(await refusalsOf([
      admin.branches.close({ id: team.id, targetBranchId: team.id }), admin.branches.close({ id: team.id, targetBranchId: closed }), admin.branches.close({ id: team.id, targetBranchId: newId() }),
      leave([{ userId: target.agent.id, successorId: null }]), leave([{ userId: agent, successorId: other.agent.id }]), leave([{ userId: agent, successorId: null }]),
      leave([{ userId: agent, successorId: colleague }, { userId: colleague, successorId: null }]),
    ])).toEqual([
      'INVALID errors.branch.sameTarget', 'CONFLICT errors.branch.closed', 'NOT_FOUND errors.notFound',
      'CONFLICT errors.branch.notOfTheTeam', 'INVALID errors.branch.successor', 'CONFLICT errors.branch.leadsNeedSuccessor', 'INVALID errors.branch.successor',
    ]);
    expect((await admin.branches.list()).find(({ id }) => id === team.id)).toMatchObject({ isActive: true, staff: 3 });
    await leave([{ userId: agent, successorId: colleague }]);
  });

  it('holds against whoever sells or transfers at that moment: nobody is left behind', async () => {
    const { mk } = world.current;
    const [target] = mk.branches;
    const admin = await as(mk, mk.admin);
    const team = await openBranch(mk, 'race');
    const members = await Promise.all([1, 2, 3, 4].map(() => sell(mk, team, team.agents[0])));
    const [manager, agent, twin] = [await as(mk, { id: team.manager, role: 'branch_manager' }), await as(mk, { id: team.agents[1], role: 'agent' }), await as(mk, mk.admin)];
    const request = await manager.transfers.request({ memberId: members[0]?.memberId ?? '', toBranchId: target.id, toAgentId: null, reason: 'At the same moment' });
    const receiving = await as(mk, target.manager);
    const close = { id: team.id, targetBranchId: target.id, leaving: [] };
    const answers = await refusalsOf([
      admin.branches.close(close), twin.branches.close(close), receiving.transfers.approve({ id: request.id }), agent.leads.create({ firstName: 'Late', phone: '070 555 333', source: 'agent' }),
      admin.staff.invite({ email: `${newId()}@example.com`, firstName: 'A', lastName: 'B', role: 'agent', branchId: team.id }),
    ]);
    expect(answers.slice(0, 2)).toEqual(['done', 'done']);
    for (const answer of answers.slice(2)) expect(answer).toMatch(/^(done|NOT_FOUND errors\.notFound|CONFLICT errors\.(branch\.closed|transfer\.(decided|stale)|tryAgain))$/u);
    expect(await Promise.all([user, userRoles, leads, referralCodes].map((table) => rowsIn(mk, table, team.id)))).toEqual([0, 0, 0, 0]);
    for (const { memberId } of members) expect((await personOf(mk, memberId))?.branchId).toBe(target.id);
    const settled = await adminSql(world.current.database.adminUrl, `select count(*)::int as n from member_transfers where user_id = '${members[0]?.memberId ?? ''}' and status = 'approved'`);
    expect(settled).toEqual([{ n: 1 }]);
  });

  it('two branches that close into each other: one stays', async () => {
    const { mk } = world.current;
    const [admin, twin] = [await as(mk, mk.admin), await as(mk, mk.admin)];
    const [a, b] = [await openBranch(mk, 'pair-a'), await openBranch(mk, 'pair-b')];
    const answers = await refusalsOf([admin.branches.close({ id: a.id, targetBranchId: b.id }), twin.branches.close({ id: b.id, targetBranchId: a.id })]);
    expect(answers.toSorted()).toEqual(['CONFLICT errors.branch.closed', 'done']);
    expect((await admin.branches.list()).filter(({ id, isActive }) => isActive && [a.id, b.id].includes(id))).toEqual([expect.objectContaining({ staff: 6 })]);
  });
});

describe('the branch of members who join by themselves', () => {
  it.each(['mk', 'ks'] as const)('%s: is the one that the rule names, today this one and then another, and closing it is refused in words that say why', async (slug) => {
    const tenant = world.current[slug];
    const [home, other] = tenant.branches;
    const admin = await as(tenant, tenant.admin);
    const joined = async () => {
      const email = `${newId()}@self.example`;
      await callerFor(await visitorOf(tenant)).accounts.join(joinInputOf(tenant, { email }));
      return await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ branchId: user.branchId, agentId: user.agentId }).from(user).where(and(eq(user.tenantId, tenant.id), eq(user.email, email))))[0]);
    };
    expect(tenant.pack.rules.enrolment.defaultBranchCode).toBe(home.code);
    expect(await joined()).toEqual({ branchId: home.id, agentId: null });
    expect([(await admin.branches.get({ id: home.id })).isDefault, (await admin.branches.get({ id: other.id })).isDefault]).toEqual([true, false]);
    // what the settings do when another branch is chosen
    await withTenant(await systemScopeOf(tenant), (tx) => tx.insert(tenantSettings).values({
      tenantId: tenant.id, id: newId(), kind: 'enrolment', version: 9, status: 'published', value: { ...tenant.pack.rules.enrolment, defaultBranchCode: other.code }, effectiveFrom: new Date(Date.now() - 1000), publishedAt: new Date(),
    }));
    // a published rule is in force everywhere within two seconds
    await expect.poll(async () => (await (await as(tenant, tenant.admin)).branches.holdings({ id: other.id })).isDefault, { timeout: 15_000 }).toBe(true);
    expect(await joined()).toEqual({ branchId: other.id, agentId: null });
    const later = await as(tenant, tenant.admin);
    expect(await refusalsOf([later.branches.close({ id: other.id, targetBranchId: home.id })])).toEqual(['CONFLICT errors.branch.isDefault']);
    expect((await later.branches.get({ id: other.id })).isActive).toBe(true);
    for (const locale of tenant.pack.rules.languages.offered) expect(translator(locale)('errors.branch.isDefault').length).toBeGreaterThan(40);
  });
});
