import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cashReceipts, notifications } from '@interdomestik/db/schema';
import { balanceOfAccount } from '../ledger';
import { callerFor, enrolInputOf, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
const as = async (person: TestPerson, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const take = async (person: TestPerson, tenant: TestTenant = ks) => (await (await as(person, tenant)).enrolments.enrol(enrolInputOf(tenant))).receiptId ?? '';
const receipt = async (id: string) => (await withTenant(system, (tx) => tx.select().from(cashReceipts).where(and(eq(cashReceipts.tenantId, ks.id), eq(cashReceipts.id, id)))))[0];
const inLedger = (account: 'cashWithAgents' | 'cashInBranch' | 'bank', partyId?: string) => withTenant(system, (tx) => balanceOfAccount(tx, system, account, 'EUR', partyId));
/** Custody as the receipts say it must equal the ledger, to the cent. */
const expectLedgerToAgree = async () => {
  const { custody } = await (await as(ks.admin)).cash.list({ limit: 1 });
  expect(custody.withCollectors[0]?.minor ?? 0n).toBe((await inLedger('cashWithAgents')).minor);
  expect(custody.inBranch[0]?.minor ?? 0n).toBe((await inLedger('cashInBranch')).minor);
  const rows = await withTenant(system, (tx) => tx.execute<{ unbalanced: string }>(sql`select count(*) unbalanced from (select transaction_id from ledger_entries where tenant_id = ${ks.id} group by transaction_id, currency having sum(amount_minor) <> 0) t`));
  expect(rows.rows[0]?.unbalanced).toBe('0');
};

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('who may not', () => {
  it('nobody moves cash of another tenant, another branch or another collector', async () => {
    const id = await take(ks.branches[0].agent);
    for (const [person, tenant] of [[mk.admin, mk], [mk.branches[0].manager, mk], [ks.branches[1].manager, ks]] as const) {
      const caller = await as(person, tenant);
      expect((await caller.cash.list({ limit: 100 })).items.some((item) => item.id === id)).toBe(false);
      for (const move of ['handOver', 'confirm', 'bank'] as const) await expect(caller.cash[move]({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const agent = await as(ks.branches[1].agent);
    expect((await agent.cash.list({ limit: 100 })).items).toEqual([]);
    await expect(agent.cash.handOver({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // the own manager sees it, but hands over only what they took themselves
    await expect((await as(ks.branches[0].manager)).cash.handOver({ ids: [id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await receipt(id)).toMatchObject({ status: 'collected', verifiedBy: null });
  });

  it('agents verify and bank nothing, promoters and members see no cash', async () => {
    const id = await take(ks.branches[0].agent);
    const agent = await as(ks.branches[0].agent);
    await expect(agent.cash.confirm({ ids: [id] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(agent.cash.bank({ ids: [id] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const person of [ks.promoter, ks.branches[0].member]) await expect((await as(person)).cash.list({ limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('nobody confirms cash that they took themselves', async () => {
    const id = await take(ks.branches[0].manager);
    const manager = await as(ks.branches[0].manager);
    expect(await manager.cash.handOver({ ids: [id] })).toEqual({ moved: 1 });
    await expect(manager.cash.confirm({ ids: [id] })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.cash.ownVerification' } });
    expect(await (await as(ks.admin)).cash.confirm({ ids: [id] })).toEqual({ moved: 1 });
    await expectLedgerToAgree();
  });
});

describe('cash', () => {
  it('goes from the collector to the branch to the bank, and the ledger with it', async () => {
    const [agent, manager] = [ks.branches[1].agent, ks.branches[1].manager];
    const ids = [await take(agent), await take(agent)];
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(4000n);
    await expectLedgerToAgree();

    expect(await (await as(agent)).cash.handOver({ ids })).toEqual({ moved: 2 });
    expect(await receipt(ids[0] ?? '')).toMatchObject({ status: 'handed', verifiedBy: null });
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(4000n);
    await expectLedgerToAgree();
    const told = await withTenant(system, (tx) => tx.select().from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, manager.id), eq(notifications.kind, 'cash.handed'))));
    expect(told).toHaveLength(2);

    const branch = await as(manager);
    await expect(branch.cash.bank({ ids })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.notConfirmed' } });
    expect(await branch.cash.confirm({ ids })).toEqual({ moved: 2 });
    expect((await inLedger('cashWithAgents', agent.id)).minor).toBe(0n);
    await expectLedgerToAgree();

    const before = (await inLedger('bank')).minor;
    expect(await branch.cash.bank({ ids, slip: 'UP-77' })).toEqual({ moved: 2 });
    expect((await inLedger('bank')).minor - before).toBe(4000n);
    expect(await receipt(ids[1] ?? '')).toMatchObject({ status: 'banked', bankSlip: 'UP-77', verifiedBy: manager.id });
    await expectLedgerToAgree();
    await expect((await as(agent)).cash.handOver({ ids })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('P-16 is moved once, however many press at the same time', async () => {
    const id = await take(ks.branches[0].agent);
    const people = await Promise.all([as(ks.branches[0].manager), as(ks.admin), as(ks.branches[0].manager), as(ks.admin)]);
    const moved = await Promise.all(people.map((caller) => caller.cash.confirm({ ids: [id] })));
    expect(moved.reduce((sum, { moved: one }) => sum + one, 0)).toBe(1);
    await expectLedgerToAgree();
  });

  it('moves all or nothing', async () => {
    const own = await take(ks.branches[0].agent);
    const foreign = await take(ks.branches[1].agent);
    await expect((await as(ks.branches[0].manager)).cash.confirm({ ids: [own, foreign] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await receipt(own)).toMatchObject({ status: 'collected' });
  });

  it('is listed by place, and a branch sees its own total only', async () => {
    const manager = await as(ks.branches[0].manager);
    const page = await manager.cash.list({ limit: 100, filters: { status: ['banked'] } });
    expect(page.items).toEqual([]);
    const waiting = await manager.cash.list({ limit: 100, filters: { confirmed: false } });
    expect(waiting.items.every(({ branchName, confirmed }) => branchName.length > 0 && !confirmed)).toBe(true);
    const total = waiting.items.reduce((sum, { amount }) => sum + amount.minor, 0n);
    expect(waiting.custody.withCollectors).toEqual([{ minor: total, currency: 'EUR' }]);
  });
});
