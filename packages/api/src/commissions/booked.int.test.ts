import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { commissionPayouts, commissions, documents, ledgerTransactions, notifications, payments } from '@interdomestik/db/schema';
import { money, newId, todayIn } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { family } from '../instalments/testing';
import { balanceOfAccount } from '../ledger';
import { callerFor, deliver, enrolInputOf, eventOf, memoryStorage, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestPerson, type TestTenant } from '../testing';
import { catchUpCommissions } from './catch-up';
import { settleCommission } from './settle';
import { renderStatement } from './statement';
import { happenings, laySale, liveThrough } from './testing';

const world = useWorld();
usePaddle(world);

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
type Who = Pick<TestPerson, 'id' | 'role'>;
const as = async (person: Who, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const seller = (role: 'agent' | 'promoter' = 'agent', branch: 0 | 1 = 0) => addColleague(ks, { role, branchId: ks.branches[branch].id, firstName: 'Seller' });
const entriesOf = (agentId: string) => withTenant(system, (tx) => tx.select().from(commissions).where(and(eq(commissions.tenantId, ks.id), eq(commissions.agentId, agentId))).orderBy(asc(commissions.createdAt), asc(commissions.number)));
const amountsOf = async (agentId: string) => (await entriesOf(agentId)).map(({ amountMinor }) => amountMinor);
const owedTo = (agentId: string) => withTenant(system, async (tx) => (await balanceOfAccount(tx, system, 'commissionsPayable', 'EUR', agentId)).minor);
// papers are made elsewhere
const work = () => runJobs(world.current.database, { only: ['commissions.settle', 'webhooks.process'] });
const today = () => todayIn(ks.pack.zone, new Date());
const toldOf = (person: Who) => withTenant(system, async (tx) => (await tx.select({ kind: notifications.kind }).from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, person.id)))).map(({ kind }) => kind).filter((kind) => kind.startsWith('commission.')));
const pay = (agentIds: string[], key: string = newId()) => ({ agentIds, paidOn: today(), until: new Date(), idempotencyKey: key, reference: 'BANK-1' });

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

/** Pays a card sale at the provider. */
async function payByCard(agent: Who): Promise<{ paymentId: string; transactionId: string }> {
  const { paymentId } = await (await as(agent)).enrolments.enrol(enrolInputOf(ks, { payment: 'pay_link', amountTendered: undefined }));
  const transactionId = `txn_${newId()}`;
  await withTenant(system, (tx) => tx.update(payments).set({ providerTransactionId: transactionId, checkoutUrl: 'http://localhost/pay' }).where(and(eq(payments.tenantId, ks.id), eq(payments.id, paymentId ?? ''))));
  await deliver(ks, eventOf('transaction.completed', transactionData({ id: transactionId, paymentId: paymentId ?? '', status: 'completed', minor: 2000n })));
  await work();
  return { paymentId: paymentId ?? '', transactionId };
}

const adjust = async (transactionId: string, action: string, minor: bigint, id = newId()) => {
  await deliver(ks, eventOf('adjustment.updated', { id: `adj_${id}`, action, status: 'approved', transaction_id: transactionId, currency_code: 'EUR', totals: { total: String(minor), tax: '0' } }));
  await work();
};

describe('a commission', () => {
  it('is booked when cash is taken, once however often it is asked for, with the rule and in the books', async () => {
    const agent = await seller();
    const { paymentId } = await (await as(agent)).enrolments.enrol(enrolInputOf(ks));
    expect(await amountsOf(agent.id)).toEqual([]);
    await work();
    expect(await amountsOf(agent.id)).toEqual([339n]);
    await Promise.all(Array.from({ length: 6 }, () => settleCommission(system, paymentId ?? '', new Date())));
    await catchUpCommissions(system, new Date());
    const [entry, ...others] = await entriesOf(agent.id);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: 'new', planCode: 'asistenca', netMinor: 1695n, rateBp: 2000, approvedAt: null, payoutId: null, receipt: { kind: 'commissions', version: 1, outcome: { kind: 'new' } } });
    expect(await owedTo(agent.id)).toBe(339n);
    const booked = await withTenant(system, (tx) => tx.select().from(ledgerTransactions).where(and(eq(ledgerTransactions.tenantId, ks.id), eq(ledgerTransactions.sourceId, entry?.id ?? ''))));
    expect(booked.map(({ kind, effectKey }) => [kind, effectKey])).toEqual([['commission_earned', `payment:${paymentId ?? ''}:commission:1`]]);
  });

  it('is found by the sweep when nobody asked for it, and nothing is booked for who earns nothing', async () => {
    const agent = await seller();
    await (await as(agent)).enrolments.enrol(enrolInputOf(ks));
    await catchUpCommissions(system, new Date());
    expect(await amountsOf(agent.id)).toEqual([339n]);
    // a member's own code brings a reward, not a commission
    const before = await withTenant(system, (tx) => tx.$count(commissions, eq(commissions.tenantId, ks.id)));
    const { referralCode } = enrolInputOf(ks);
    expect(referralCode).toBeUndefined();
    await catchUpCommissions(system, new Date());
    expect(await withTenant(system, (tx) => tx.$count(commissions, eq(commissions.tenantId, ks.id)))).toBe(before);
  });

  it('of a sale by a code is for who handed the code out', async () => {
    const [promoter, agent] = [await seller('promoter'), await seller()];
    const { code } = await (await as(promoter)).leads.myReferral();
    await (await as(agent)).enrolments.enrol(enrolInputOf(ks, { referralCode: code }));
    await work();
    expect([await amountsOf(promoter.id), await amountsOf(agent.id)]).toEqual([[339n], []]);
    const text = JSON.stringify(await (await as(promoter)).commissions.entries({}), (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    expect(text).not.toMatch(/Of ks|@/u);
  });

  it('of a price in parts comes with each part', async () => {
    const agent = await seller();
    const caller = await as(agent);
    const { membershipId, memberId } = await caller.enrolments.enrol(enrolInputOf(ks, family));
    await work();
    const [first] = await entriesOf(agent.id);
    const [schedule] = await caller.instalments.ofMember({ memberId });
    const next = schedule?.parts.find((part) => part.next);
    await caller.instalments.collect({ id: next?.id ?? '', amountTendered: { minor: String(next?.amount.minor ?? 0n), currency: 'EUR' }, idempotencyKey: newId() });
    await work();
    const entries = await entriesOf(agent.id);
    expect(entries.map(({ kind, membershipId: of }) => [kind, of])).toEqual([['new', membershipId], ['new', membershipId]]);
    expect(entries.map(({ amountMinor, netMinor }) => amountMinor === (netMinor * 2000n + 5000n) / 10_000n)).toEqual([true, true]);
    expect(first?.paymentId).not.toBe(entries[1]?.paymentId);
  });

  it('is taken back in proportion on a refund, wholly on a dispute, and comes again when the dispute is won', async () => {
    const agent = await seller();
    const { transactionId } = await payByCard(agent);
    const [earned = 0n] = await amountsOf(agent.id);
    expect(earned).toBeGreaterThan(0n);
    await adjust(transactionId, 'refund', 1000n);
    const half = (await amountsOf(agent.id))[1] ?? 0n;
    expect(half < 0n && earned + half <= earned / 2n && earned + half >= earned / 2n - 1n).toBe(true);
    const dispute = newId();
    await adjust(transactionId, 'chargeback', 2000n, dispute);
    expect((await amountsOf(agent.id)).reduce((sum, minor) => sum + minor, 0n)).toBe(0n);
    await adjust(transactionId, 'chargeback', 2000n, dispute);
    expect(await amountsOf(agent.id)).toHaveLength(3);
    await adjust(transactionId, 'chargeback_reverse', 2000n);
    expect((await amountsOf(agent.id)).reduce((sum, minor) => sum + minor, 0n)).toBe(earned + half);
    expect(await owedTo(agent.id)).toBe(earned + half);
    expect(await toldOf(agent)).toEqual(['commission.taken_back', 'commission.taken_back']);
  });

  it('never changes once it is booked, for anybody', async () => {
    const agent = await seller();
    await (await as(agent)).enrolments.enrol(enrolInputOf(ks));
    await work();
    const change = (set: Partial<typeof commissions.$inferInsert>) => withTenant(system, (tx) => tx.update(commissions).set(set).where(and(eq(commissions.tenantId, ks.id), eq(commissions.agentId, agent.id))));
    for (const set of [{ amountMinor: 9999n }, { agentId: ks.admin.id }, { payoutId: newId() }]) await expect(change(set)).rejects.toThrow();
    expect(await amountsOf(agent.id)).toEqual([339n]);
  });
});

describe('approval and payout', () => {
  /** 95 with 14.49 of VAT: a quarter of the rest is 20.13. */
  async function sellBusiness(agent: Who, branch: 0 | 1 = 0): Promise<void> {
    const paymentId = newId();
    await laySale(system, ks, { id: paymentId, membershipId: newId(), paid: 9500n }, { agentId: agent.id, planCode: 'business', vat: 1449n, branch });
    await settleCommission(system, paymentId, new Date());
  }

  /** Somebody who earned enough for a payout, by so many sales for business. */
  async function earner(sales: number, branch: 0 | 1 = 0): Promise<TestPerson> {
    const agent = await seller('agent', branch);
    for (let made = 0; made < sales; made += 1) await sellBusiness(agent, branch);
    return agent;
  }

  it('is the admin’s, of what was seen alone; below the least payout it is carried forward', async () => {
    const agent = await earner(2);
    const admin = await as(ks.admin);
    const people = await admin.commissions.people();
    const asOf = new Date();
    expect(people.find(({ agentId }) => agentId === agent.id)).toMatchObject({ pending: money(4026n, 'EUR'), approved: money(0n, 'EUR'), payable: false, agrees: true });
    await sellBusiness(agent);
    expect(await admin.commissions.approve({ agentIds: [agent.id], until: asOf })).toEqual({ approved: 2 });
    expect(await admin.commissions.approve({ agentIds: [agent.id], until: asOf })).toEqual({ approved: 0 });
    expect(await admin.commissions.payOut(pay([agent.id]))).toEqual({ payouts: [], carried: [{ agentId: agent.id, amount: money(4026n, 'EUR') }] });
    await admin.commissions.approve({ agentIds: [agent.id], until: new Date() });
    const { payouts } = await admin.commissions.payOut(pay([agent.id]));
    expect(payouts).toMatchObject([{ agentId: agent.id, amount: money(6039n, 'EUR'), code: expect.stringMatching(/^KP-\d{4}-\d{5}$/u) }]);
    expect(await owedTo(agent.id)).toBe(0n);
    expect(await (await as(agent)).commissions.account()).toMatchObject({ totals: [{ pending: money(0n, 'EUR'), approved: money(0n, 'EUR'), paid: money(6039n, 'EUR'), agrees: true }] });
    expect((await toldOf(agent)).toSorted()).toEqual(['commission.approved', 'commission.approved', 'commission.paid']);
  });

  it('P-16 pays each entry once, however many pay at the same time and however often they repeat it', async () => {
    const agent = await earner(3);
    const admin = await as(ks.admin);
    await admin.commissions.approve({ agentIds: [agent.id], until: new Date() });
    const input = pay([agent.id]);
    const made = await Promise.allSettled([admin.commissions.payOut(input), admin.commissions.payOut(input), admin.commissions.payOut(pay([agent.id])), (await as(ks.admin)).commissions.payOut(pay([agent.id]))]);
    const codes = new Set(made.flatMap((one) => (one.status === 'fulfilled' ? one.value.payouts.map(({ code }) => code) : [])));
    expect(codes.size).toBe(1);
    for (const one of made) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'NOT_FOUND' });
    expect(await withTenant(system, (tx) => tx.$count(commissionPayouts, and(eq(commissionPayouts.tenantId, ks.id), eq(commissionPayouts.agentId, agent.id))))).toBe(1);
    expect(await owedTo(agent.id)).toBe(0n);
    await expect(admin.commissions.payOut({ ...pay([agent.id]), paidOn: '2999-01-01' })).rejects.toMatchObject({ cause: { messageKey: 'errors.commission.future' } });
  });

  it('carries forward what somebody owes when more went back than was earned since', async () => {
    const agent = await earner(3);
    const { transactionId } = await payByCard(agent);
    const admin = await as(ks.admin);
    await admin.commissions.approve({ agentIds: [agent.id], until: new Date() });
    await admin.commissions.payOut(pay([agent.id]));
    await adjust(transactionId, 'refund', 2000n);
    const owed = await owedTo(agent.id);
    expect(owed).toBeLessThan(0n);
    // what corrects an approved commission is approved with it
    expect((await entriesOf(agent.id)).at(-1)?.approvedAt).not.toBeNull();
    expect(await admin.commissions.payOut(pay([agent.id]))).toEqual({ payouts: [], carried: [{ agentId: agent.id, amount: money(owed, 'EUR') }] });
  });

  it('has a statement that is stored once and read by who was paid, and by who manages them', async () => {
    const agent = await earner(3, 1);
    const admin = await as(ks.admin);
    await admin.commissions.approve({ agentIds: [agent.id], until: new Date() });
    const { payouts: [made] } = await admin.commissions.payOut(pay([agent.id]));
    const payoutId = made?.id ?? '';
    const storage = memoryStorage();
    await Promise.all([renderStatement(system, payoutId, storage), renderStatement(system, payoutId, storage)]);
    await renderStatement(system, payoutId, storage);
    const stored = await withTenant(system, (tx) => tx.select().from(documents).where(and(eq(documents.tenantId, ks.id), eq(documents.entity, 'payout'), eq(documents.entityId, payoutId), eq(documents.status, 'stored'))));
    expect(stored).toHaveLength(1);
    const documentId = stored[0]?.id ?? '';
    expect((await (await as(agent)).commissions.payouts({})).items).toMatchObject([{ id: payoutId, documentId, amount: money(6039n, 'EUR') }]);
    const opened = async (person: Who, tenant = ks) => await (await as(person, tenant)).documents.readUrl({ id: documentId }).then(() => 'found', (error: unknown) => ((error as { code?: string }).code === 'NOT_FOUND' ? 'missing' : 'found'));
    const other = await seller('agent', 1);
    expect([await opened(agent), await opened(ks.admin), await opened(ks.branches[1].manager)]).toEqual(['found', 'found', 'found']);
    expect([await opened(other), await opened(ks.promoter), await opened(ks.branches[0].manager), await opened(ks.branches[0].agent), await opened(mk.admin, mk)]).toEqual(Array.from({ length: 5 }, () => 'missing'));
  });

  it('I-15 I-29 is nobody else’s: sellers see the own, managers the branch’s, and only who may approves and pays', async () => {
    const [mine, theirs] = [await earner(1, 0), await earner(1, 1)];
    const seen = async (person: Who, tenant = ks) => new Set((await (await as(person, tenant)).commissions.entries({ limit: 100 })).items.map(({ agentId }) => agentId));
    expect(await seen(mine)).toEqual(new Set([mine.id]));
    expect((await seen(ks.branches[0].manager)).has(theirs.id)).toBe(false);
    expect((await seen(ks.branches[1].manager)).has(theirs.id)).toBe(true);
    expect(await seen(mk.admin, mk)).toEqual(new Set());
    for (const person of [mine, ks.promoter, ks.branches[0].manager, ks.branches[0].member]) {
      const caller = await as(person);
      await expect(caller.commissions.people()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(caller.commissions.approve({ agentIds: [mine.id], until: new Date() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(caller.commissions.payOut(pay([mine.id]))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const stranger = await as(mk.admin, mk);
    expect(await stranger.commissions.approve({ agentIds: [mine.id], until: new Date() })).toEqual({ approved: 0 });
    await expect(stranger.commissions.payOut(pay([mine.id]))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await entriesOf(mine.id)).map(({ approvedAt }) => approvedAt)).toEqual([null]);
  });

  it('nobody approves the own', async () => {
    await (await as(ks.admin)).enrolments.enrol(enrolInputOf(ks));
    await work();
    expect(await (await as(ks.admin)).commissions.approve({ agentIds: [ks.admin.id], until: new Date() })).toEqual({ approved: 0 });
    expect((await entriesOf(ks.admin.id)).map(({ approvedAt }) => approvedAt)).toEqual([null]);
  });
});

describe('whatever happens', () => {
  it('P-13 sales, refunds, disputes, approvals and payouts in any order leave what a plain model leaves', async () => {
    await fc.assert(fc.asyncProperty(fc.array(happenings, { minLength: 12, maxLength: 24 }), async (story) => {
      await liveThrough(ks, [await seller(), await seller()], story);
    }), { numRuns: 2 });
  });
});
