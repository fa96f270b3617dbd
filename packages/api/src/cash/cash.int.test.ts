import { and, eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cashDeposits, cashReceipts, ledgerTransactions, notifications, user } from '@interdomestik/db/schema';
import { formatMoney, money, moneyToJson, newId, todayIn } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { balanceOfAccount } from '../ledger';
import { bankReceipts, callerFor, countReceipts, custodyFaults, enrolInputOf, handOverReceipts, publishRule, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { watchCash } from './watch';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
type Who = Pick<TestPerson, 'id' | 'role'>;
const as = async (person: Who, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const take = async (person: Who, tenant: TestTenant = ks) => (await (await as(person, tenant)).enrolments.enrol(enrolInputOf(tenant))).receiptId ?? '';
const receipt = async (id: string) => (await withTenant(system, (tx) => tx.select().from(cashReceipts).where(and(eq(cashReceipts.tenantId, ks.id), eq(cashReceipts.id, id)))))[0];
const inLedger = (account: 'cashWithAgents' | 'cashInBranch' | 'bank' | 'cashShortage', partyId?: string) => withTenant(system, (tx) => balanceOfAccount(tx, system, account, 'EUR', partyId));
const toldOf = (person: Who, kinds: string[]) => withTenant(system, (tx) => tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, person.id), inArray(notifications.kind, kinds))));
const today = () => todayIn(ks.pack.zone, new Date());
const eur = (minor: bigint) => money(minor, 'EUR');
const slip = (name: string) => ({ slip: name, depositedOn: today() });
/** Somebody new who takes cash in a branch, so that nobody else's is counted. */
const collector = (branch: 0 | 1 = 0) => addColleague(ks, { role: 'agent', branchId: ks.branches[branch].id, firstName: 'Collector' });

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('who may not', () => {
  it('nobody moves cash of another tenant, another branch or another collector', async () => {
    const agent = ks.branches[0].agent;
    const id = await take(agent);
    const waiting = await handOverReceipts(ks, agent, [await take(agent)]);
    const counted = await countReceipts(ks, { agent, manager: ks.branches[0].manager }, [await take(agent)]);
    for (const [person, tenant] of [[mk.admin, mk], [mk.branches[0].manager, mk], [ks.branches[1].manager, ks]] as const) {
      const caller = await as(person, tenant);
      expect((await caller.cash.list({ limit: 100 })).items.some((item) => item.id === id)).toBe(false);
      expect((await caller.cash.handovers({ limit: 100 })).items.some((item) => item.id === waiting.id || item.id === counted)).toBe(false);
      const refused = await Promise.allSettled([
        caller.cash.handOver({ ids: [id] }), caller.cash.confirm({ id: waiting.id, counted: waiting.amount }), caller.cash.giveBack({ id: waiting.id, note: 'not mine' }), caller.cash.bank({ ids: [counted], ...slip('X-1') }),
      ]);
      for (const one of refused) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    }
    const other = await as(ks.branches[1].agent);
    expect((await other.cash.list({ limit: 100 })).items).toEqual([]);
    expect((await other.cash.handovers({ limit: 100 })).items).toEqual([]);
    expect(await other.cash.custody()).toEqual({ branches: [], holders: [] });
    await expect(other.cash.handOver({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // the own manager sees it, but hands over only what they took themselves
    await expect((await as(ks.branches[0].manager)).cash.handOver({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await receipt(id)).toMatchObject({ status: 'collected', verifiedBy: null, handoverId: null });
  });

  it('agents count and bank nothing, promoters and members see no cash', async () => {
    const agent = ks.branches[0].agent;
    const waiting = await handOverReceipts(ks, agent, [await take(agent)]);
    const caller = await as(agent);
    await expect(caller.cash.confirm({ id: waiting.id, counted: waiting.amount })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(caller.cash.bank({ ids: [waiting.id], ...slip('X-2') })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(caller.cash.deposits({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const person of [ks.promoter, ks.branches[0].member]) await expect((await as(person)).cash.custody()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('nobody counts cash that they took, or handed over for somebody who left', async () => {
    const { manager } = ks.branches[0];
    const own = await handOverReceipts(ks, manager, [await take(manager)]);
    await expect((await as(manager)).cash.confirm({ id: own.id, counted: own.amount })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.cash.ownVerification' } });
    expect(await (await as(ks.admin)).cash.confirm({ id: own.id, counted: own.amount })).toMatchObject({ moved: 1, difference: eur(0n) });
    const leaver = await collector();
    const left = await take(leaver);
    await expect((await as(manager)).cash.handOver({ ids: [left] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await withTenant(system, (tx) => tx.update(user).set({ status: 'disabled' }).where(and(eq(user.tenantId, ks.id), eq(user.id, leaver.id))));
    const forThem = await handOverReceipts(ks, manager, [left]);
    await expect((await as(manager)).cash.confirm({ id: forThem.id, counted: forThem.amount })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.ownVerification' } });
    await (await as(ks.admin)).cash.confirm({ id: forThem.id, counted: forThem.amount });
    expect((await inLedger('cashWithAgents', leaver.id)).minor).toBe(0n);
    expect(await custodyFaults(ks)).toEqual([]);
  });
});

describe('cash', () => {
  it('P-12 goes from the collector to the branch to the bank, and the ledger with it', async () => {
    const [agent, { manager }] = [await collector(1), ks.branches[1]];
    const ids = [await take(agent), await take(agent)];
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(4000n);
    expect(await custodyFaults(ks)).toEqual([]);

    const { id, amount } = await handOverReceipts(ks, agent, ids);
    expect(amount).toEqual(eur(4000n));
    expect((await (await as(agent)).cash.handOver({ ids })).handovers).toEqual([]);
    expect(await receipt(ids[0] ?? '')).toMatchObject({ status: 'handed', verifiedBy: null, handoverId: id });
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(4000n);
    expect(await custodyFaults(ks)).toEqual([]);
    expect(await toldOf(manager, ['cash.handed'])).toHaveLength(1);
    expect((await (await as(agent)).cash.custody()).holders).toMatchObject([{ agentId: agent.id, held: eur(4000n), waiting: eur(4000n), oldestAt: null, late: 'in_time' }]);

    const branch = await as(manager);
    await expect(branch.cash.bank({ ids: [id], ...slip('UP-77') })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.notConfirmed' } });
    expect(await branch.cash.confirm({ id, counted: amount })).toEqual({ moved: 2, difference: eur(0n) });
    expect(await branch.cash.confirm({ id, counted: amount })).toEqual({ moved: 0, difference: eur(0n) });
    await expect(branch.cash.confirm({ id, counted: eur(3900n), note: 'On second thoughts' })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.alreadyVerified' } });
    await expect(branch.cash.giveBack({ id, note: 'On second thoughts' })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.alreadyVerified' } });
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(0n);
    expect(await custodyFaults(ks)).toEqual([]);

    const before = (await inLedger('bank')).minor;
    await expect(branch.cash.bank({ ids: [id], slip: 'UP-77', depositedOn: '2999-01-01' })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.future' } });
    const banked = await branch.cash.bank({ ids: [id], ...slip('UP-77') });
    expect(banked.amount).toEqual(eur(4000n));
    expect(await branch.cash.bank({ ids: [id], ...slip('UP-77') })).toEqual(banked);
    await expect(branch.cash.bank({ ids: [id], ...slip('UP-78') })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.banked' } });
    expect((await inLedger('bank')).minor - before).toBe(4000n);
    expect(await receipt(ids[1] ?? '')).toMatchObject({ status: 'banked', bankSlip: 'UP-77', verifiedBy: manager.id });
    expect((await branch.cash.deposits({})).items[0]).toMatchObject({ id: banked.depositId, slip: 'UP-77', depositedOn: today(), handovers: 1, amount: eur(4000n) });
    expect((await branch.cash.handovers({ filters: { state: 'banked' } })).items).toMatchObject([{ id, receipts: 2, counted: eur(4000n), slip: 'UP-77', state: 'banked' }]);
    expect(await custodyFaults(ks)).toEqual([]);
    await expect((await as(agent)).cash.handOver({ ids })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each([['too little', 1900n, -100n], ['too much', 2050n, 50n]])('keeps a difference when there is %s: on the handover, in the ledger under the collector’s name, and told to both', async (_, counted, difference) => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    const { id } = await handOverReceipts(ks, agent, [await take(agent)]);
    const branch = await as(manager);
    await expect(branch.cash.confirm({ id, counted: eur(counted) })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.noteNeeded', field: 'note' } });
    expect(await branch.cash.confirm({ id, counted: eur(counted), note: 'A note was torn' })).toEqual({ moved: 1, difference: eur(difference) });
    expect((await branch.cash.handovers({ limit: 100 })).items.find((row) => row.id === id)).toMatchObject({ amount: eur(2000n), counted: eur(counted), difference: eur(difference), note: 'A note was torn', state: 'in_branch' });
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(0n);
    expect((await inLedger('cashShortage', agent.id)).minor).toBe(-difference);
    expect((await (await as(ks.admin)).cash.custody()).holders.find(({ agentId }) => agentId === agent.id)).toMatchObject({ held: eur(0n), differences: eur(difference) });
    expect(await toldOf(agent, ['cash.difference'])).toHaveLength(1);
    expect((await toldOf(ks.admin, ['cash.agent_difference'])).length).toBeGreaterThan(0);
    const { amount } = await branch.cash.bank({ ids: [id], ...slip(`D-${String(counted)}`) });
    expect(amount).toEqual(eur(counted));
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('comes back to the collector when it was not there, and is handed over anew', async () => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    const id = await take(agent);
    const first = await handOverReceipts(ks, agent, [id]);
    const branch = await as(manager);
    expect(await branch.cash.giveBack({ id: first.id, note: 'The envelope was empty' })).toEqual({ moved: 1 });
    expect(await branch.cash.giveBack({ id: first.id, note: 'The envelope was empty' })).toEqual({ moved: 0 });
    await expect(branch.cash.confirm({ id: first.id, counted: eur(2000n) })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.returned' } });
    expect(await receipt(id)).toMatchObject({ status: 'collected', handoverId: null, handedAt: null });
    expect(await toldOf(agent, ['cash.returned'])).toMatchObject([{ params: { note: 'The envelope was empty' } }]);
    await bankReceipts(ks, { agent, manager }, [id]);
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(0n);
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('P-16 is counted once and banked once, however many press at the same time', async () => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    const { id, amount } = await handOverReceipts(ks, agent, [await take(agent)]);
    const people = await Promise.all([as(manager), as(ks.admin), as(manager), as(ks.admin)]);
    const counted = await Promise.all(people.map((caller) => caller.cash.confirm({ id, counted: amount })));
    expect(counted.reduce((total, { moved }) => total + moved, 0)).toBe(1);
    const banked = await Promise.all(people.map((caller) => caller.cash.bank({ ids: [id], ...slip('ONCE') })));
    expect(new Set(banked.map(({ depositId }) => depositId)).size).toBe(1);
    const rows = await withTenant(system, async (tx) => ({
      deposits: await tx.select().from(cashDeposits).where(and(eq(cashDeposits.tenantId, ks.id), eq(cashDeposits.slip, 'ONCE'))),
      booked: await tx.select().from(ledgerTransactions).where(and(eq(ledgerTransactions.tenantId, ks.id), inArray(ledgerTransactions.sourceId, [id, banked[0]?.depositId ?? '']))),
    }));
    expect([rows.deposits.length, rows.booked.map(({ kind }) => kind).toSorted()]).toEqual([1, ['cash_banked', 'cash_handed_over']]);
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('moves all or nothing, and one slip is of one branch', async () => {
    const [one, other] = [await collector(0), await collector(1)];
    const mine = await take(one);
    await expect((await as(one)).cash.handOver({ ids: [mine, await take(other)] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await receipt(mine)).toMatchObject({ status: 'collected' });
    const here = await countReceipts(ks, { agent: one, manager: ks.branches[0].manager }, [mine]);
    const there = await countReceipts(ks, { agent: other, manager: ks.branches[1].manager }, [await take(other)]);
    await expect((await as(ks.admin)).cash.bank({ ids: [here, there], ...slip('TWO') })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.oneSlip' } });
    await expect((await as(ks.branches[0].manager)).cash.bank({ ids: [here, there], ...slip('TWO') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('I-29 is shown by place, and a branch sees its own alone, beside what the books say', async () => {
    const manager = await as(ks.branches[0].manager);
    const own = await manager.cash.custody();
    expect(own.branches.map(({ branchId, agrees }) => [branchId, agrees])).toEqual([[ks.branches[0].id, true]]);
    const whole = await (await as(ks.admin)).cash.custody();
    expect(whole.branches.map(({ branchId }) => branchId).toSorted()).toEqual(ks.branches.map(({ id }) => id).toSorted());
    const page = await manager.cash.list({ limit: 100, filters: { confirmed: false } });
    const total = page.items.reduce((sum, { amount }) => sum + amount.minor, 0n);
    expect(own.branches[0]).toMatchObject({ withCollectors: eur(total), booked: { withCollectors: eur(total) } });
  });
});

describe('limits of cash', () => {
  it('refuse a sale above what one person may hold, until it is handed over and counted; also when two come at once', async () => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    await publishRule(ks, 'limits', 2, { ...ks.pack.rules.limits, cashInHand: [{ minor: '5000', currency: 'EUR' }] });
    const caller = await as(agent);
    const first = await take(agent);
    const two = await Promise.allSettled([caller.enrolments.enrol(enrolInputOf(ks)), (await as(agent)).enrolments.enrol(enrolInputOf(ks))]);
    expect(two.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(two.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { cause: { code: 'CONFLICT', messageKey: 'errors.cash.inHand', field: 'payment', params: { held: expect.stringMatching(/40[.,]00/u), limit: expect.stringMatching(/50[.,]00/u) } } } });
    const { id, amount } = await handOverReceipts(ks, agent, [first]);
    await expect(caller.enrolments.enrol(enrolInputOf(ks))).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.inHand' } });
    expect(await caller.enrolments.quote({ planCode: 'asistenca', method: 'cash' })).toMatchObject({ handOverFirst: { held: eur(4000n), limit: eur(5000n) } });
    await (await as(manager)).cash.confirm({ id, counted: amount });
    await caller.enrolments.enrol(enrolInputOf(ks));
    expect(await custodyFaults(ks)).toEqual([]);
    await publishRule(ks, 'limits', 3, ks.pack.rules.limits);
  });
});

describe('a difference that nobody makes good', () => {
  it('P-12 is written off once by who may, with a reason and up to the limit, and custody and books agree before and after', async () => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    const short = async (minor: bigint) => {
      const handed = await handOverReceipts(ks, agent, [await take(agent)]);
      await (await as(manager)).cash.confirm({ id: handed.id, counted: moneyToJson(eur(handed.amount.minor - minor)), note: 'Counted twice' });
    };
    await short(300n);
    await short(40n);
    const admin = await as(ks.admin);
    const holder = async () => (await admin.cash.custody()).holders.find(({ agentId }) => agentId === agent.id);
    expect(await holder()).toMatchObject({ differences: eur(-340n) });
    expect(await custodyFaults(ks)).toEqual([]);
    const wish = (minor: bigint) => ({ agentId: agent.id, branchId: ks.branches[0].id, shown: moneyToJson(eur(minor)), reason: 'Nobody knows where it is', idempotencyKey: newId() });
    await expect((await as(manager)).cash.writeOff(wish(-340n))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect((await as(mk.admin, mk)).cash.writeOff(wish(-340n))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(admin.cash.writeOff(wish(-300n))).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.differenceChanged' } });
    await publishRule(ks, 'limits', 4, { ...ks.pack.rules.limits, cashWriteOff: [{ minor: '339', currency: 'EUR' }] });
    await expect((await as(ks.admin)).cash.writeOff(wish(-340n))).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.writeOffLimit' } });
    await publishRule(ks, 'limits', 5, ks.pack.rules.limits);
    const once = wish(-340n);
    const later = await as(ks.admin);
    const tries = await Promise.allSettled([later.cash.writeOff(once), later.cash.writeOff(once), later.cash.writeOff(wish(-340n))]);
    expect(tries.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await inLedger('cashShortage', agent.id)).minor).toBe(0n);
    expect((await withTenant(system, (tx) => balanceOfAccount(tx, system, 'cashWrittenOff', 'EUR', agent.id))).minor).toBe(340n);
    expect(await holder()).toBeUndefined();
    expect(await custodyFaults(ks)).toEqual([]);
    await expect(admin.cash.writeOff(wish(-340n))).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.noDifference' } });
    await short(50n);
    expect(await holder()).toMatchObject({ differences: eur(-50n) });
    expect(await custodyFaults(ks)).toEqual([]);
  });
});

describe('cash that rests too long', () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);

  it('is told to its holder and the manager, later to the admin, each once', async () => {
    const [agent, { manager }] = [await collector(), ks.branches[0]];
    const [held, handed] = [await take(agent), await handOverReceipts(ks, agent, [await take(agent)])];
    const counted = await countReceipts(ks, { agent, manager }, [await take(agent)]);
    const kinds = ['cash.overdue', 'cash.agent_overdue', 'cash.count_overdue', 'cash.bank_overdue', 'cash.escalated'];
    await watchCash(system, days(0));
    expect(await toldOf(agent, kinds)).toEqual([]);
    await watchCash(system, days(8));
    await Promise.all([watchCash(system, days(9)), watchCash(system, days(9))]);
    expect((await toldOf(agent, kinds)).map(({ kind }) => kind)).toEqual(['cash.overdue']);
    const managers = await toldOf(manager, kinds);
    expect(new Set(managers.map(({ kind }) => kind))).toEqual(new Set(['cash.agent_overdue', 'cash.count_overdue', 'cash.bank_overdue']));
    const before = (await toldOf(ks.admin, ['cash.escalated'])).length;
    await watchCash(system, days(30));
    expect((await toldOf(ks.admin, ['cash.escalated'])).length).toBeGreaterThan(before);
    expect((await (await as(ks.admin)).cash.custody()).holders.find(({ agentId }) => agentId === agent.id)).toMatchObject({ late: 'in_time' });
    expect([held, handed.id, counted].every((id) => id.length > 0)).toBe(true);
  });

  it('is what still lies there: what went back to a member out of the branch is nobody’s to bank', async () => {
    const there = await systemScopeOf(mk);
    const [{ manager }, agent] = [mk.branches[1], await addColleague(mk, { role: 'agent', branchId: mk.branches[1].id, firstName: 'Collector' })];
    const told = () => withTenant(there, (tx) => tx.select({ params: notifications.params }).from(notifications).where(and(eq(notifications.userId, manager.id), eq(notifications.kind, 'cash.bank_overdue'))));
    const admin = await as(mk.admin, mk);
    const sell = async () => {
      const sold = await (await as(agent, mk)).enrolments.enrol(enrolInputOf(mk));
      await countReceipts(mk, { agent, manager }, [sold.receiptId ?? '']);
      return sold.membershipId;
    };
    const { amount } = await admin.refunds.offer({ membershipId: await sell() });
    if (amount === null) throw new Error('nothing was paid');
    const given = await sell();
    await admin.refunds.give({ membershipId: given, shown: moneyToJson(amount), from: 'branch', note: 'Changed their mind', idempotencyKey: newId() });
    await watchCash(there, days(60));
    expect(await told()).toMatchObject([{ params: { amount: formatMoney(amount, 'mk') } }]);
    const other = await admin.refunds.offer({ membershipId: await sell() });
    expect(other.from).toContain('branch');
  });
});
