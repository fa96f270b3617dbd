import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, newId, todayIn } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cashDeposits, cashReceipts, claims, commissions, invoices, memberships, notifications, payments, refunds, user } from '@interdomestik/db/schema';
import { printedInvoice } from '../invoices/frozen';
import { balanceOfAccount } from '../ledger';
import { providerOf, accountById } from '../payments/accounts';
import { addColleague } from '../attacks/people';
import { adminSql, callerFor, countReceipts, custodyFaults, deliver, enrolInputOf, eventOf, factsOf, pendingSale, publishRule, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestPerson, type TestTenant } from '../testing';
import { providerOfTests } from '../reconciliations/testing';
import { sendRefund } from './send';
import { watchRefunds } from './watch';

const world = useWorld();
usePaddle(world);
let ks: TestTenant;
let system: TenantScope;
beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
});

const follow = () => runJobs(world.current.database, { only: ['webhooks.process', 'commissions.settle'] });
const as = async (person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(ks, person));
const admin = async () => await as(ks.admin);
const today = () => todayIn(ks.pack.zone, new Date());
const shown = (minor: bigint) => ({ minor: String(minor), currency: 'EUR' as const });
const ask = (membershipId: string, minor: bigint, from?: 'collector' | 'branch') => ({ membershipId, shown: shown(minor), from, note: 'Changed their mind', idempotencyKey: newId() });
const collector = (branch: 0 | 1) => addColleague(ks, { role: 'agent', branchId: ks.branches[branch].id, firstName: 'Collector' });
const sell = async (agent: TestPerson, changes: Record<string, unknown> = {}) => {
  const sold = await (await as(agent)).enrolments.enrol(enrolInputOf(ks, changes));
  return { ...sold, paymentId: sold.paymentId ?? '', receiptId: sold.receiptId ?? '' };
};
const stateOf = (membershipId: string) => withTenant(system, async (tx) => ({
  membership: (await tx.select().from(memberships).where(eq(memberships.id, membershipId)))[0],
  payments: await tx.select().from(payments).where(eq(payments.membershipId, membershipId)).orderBy(asc(payments.createdAt)),
  papers: await tx.select().from(invoices).where(eq(invoices.membershipId, membershipId)).orderBy(asc(invoices.createdAt)),
  refunds: await tx.select().from(refunds).where(eq(refunds.membershipId, membershipId)),
  commission: (await tx.select().from(commissions).where(eq(commissions.membershipId, membershipId))).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
}));
const books = () => withTenant(system, async (tx) => ({
  revenue: (await balanceOfAccount(tx, system, 'membershipRevenue', 'EUR')).minor, vat: (await balanceOfAccount(tx, system, 'vatPayable', 'EUR')).minor, owed: (await balanceOfAccount(tx, system, 'customerReceivable', 'EUR')).minor,
  hands: (await balanceOfAccount(tx, system, 'cashWithAgents', 'EUR')).minor, till: (await balanceOfAccount(tx, system, 'cashInBranch', 'EUR')).minor,
}));

describe('a cash sale that is given back', () => {
  it('P-15 P-20 leaves the hands that have it: ledger, custody, credit note, commission and membership at once, however often it is asked', async () => {
    const agent = await collector(0);
    const before = await books();
    const sold = await sell(agent);
    await follow();
    expect((await stateOf(sold.membershipId)).commission).toBeGreaterThan(0n);
    const api = await admin();
    expect(await api.refunds.offer({ membershipId: sold.membershipId })).toMatchObject({ refusal: null, method: 'cash', amount: { minor: 2000n }, from: ['collector'], until: addDays(today(), 30) });
    const input = ask(sold.membershipId, 2000n, 'collector');
    // two tabs with one key, and a third with another
    const [first, second, other] = await Promise.allSettled([api.refunds.give(input), api.refunds.give(input), api.refunds.give(ask(sold.membershipId, 2000n, 'collector'))]);
    expect([first, second, other].filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect(await api.refunds.give(input).catch((error: unknown) => error)).toSatisfy((answer: { status?: string; code?: string }) => answer.status === 'done' || answer.code === 'CONFLICT');
    await follow();
    const after = await stateOf(sold.membershipId);
    expect(after).toMatchObject({ membership: { status: 'canceled', endsOn: addDays(today(), 1) }, payments: [{ status: 'refunded', refundedMinor: 2000n }], refunds: [{ source: 'collector', status: 'done' }], commission: 0n });
    const [invoice, note] = after.papers;
    expect([invoice?.status, note?.creditOf, note?.totalMinor, note?.code.startsWith('K-')]).toEqual(['credited', invoice?.id, -2000n, true]);
    if (note === undefined) throw new Error('no credit note');
    expect(printedInvoice(note, [])).toMatchObject({ type: 'creditNote', creditOf: invoice?.code, gross: { minor: 2000n }, payment: { status: 'credited' } });
    expect(await books()).toEqual(before);
    expect(await custodyFaults(ks)).toEqual([]);
    // its cash is nowhere to be handed over any more
    await expect((await as(agent)).cash.handOver({ ids: [sold.receiptId] })).rejects.toMatchObject({ cause: { messageKey: 'errors.cash.returnedToMember' } });
    expect(await api.refunds.offer({ membershipId: sold.membershipId })).toMatchObject({ refusal: 'nothing', from: [] });
  });

  it('leaves the till of the branch once it was counted, and the next deposit is less by it', async () => {
    const agent = await collector(1);
    const manager = ks.branches[1].manager;
    const [sold, kept] = [await sell(agent), await sell(agent, { planCode: 'asistenca_family' })];
    const api = await admin();
    await expect(api.refunds.give(ask(sold.membershipId, 2000n, 'branch'))).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.refund.till' } });
    const handover = await countReceipts(ks, { agent, manager }, [sold.receiptId, kept.receiptId]);
    await expect(api.refunds.give(ask(sold.membershipId, 2000n, 'collector'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.handedOver' } });
    await api.refunds.give(ask(sold.membershipId, 2000n, 'branch'));
    expect(await custodyFaults(ks)).toEqual([]);
    const { branches } = await (await as(manager)).cash.custody();
    expect(branches[0]).toMatchObject({ inBranch: { minor: 3500n }, givenBack: { minor: 2000n }, agrees: true });
    const { depositId, amount } = await (await as(manager)).cash.bank({ ids: [handover], slip: 'UP-77', depositedOn: today() });
    expect(amount.minor).toBe(3500n);
    const [deposit] = await withTenant(system, (tx) => tx.select().from(cashDeposits).where(eq(cashDeposits.id, depositId)));
    expect(deposit?.amountMinor).toBe(3500n);
    expect((await stateOf(sold.membershipId)).refunds).toMatchObject([{ source: 'branch', depositId }]);
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('takes back what was paid of a sale in parts, and what was still owed of it', async () => {
    const agent = await collector(0);
    const before = await books();
    const sold = await sell(agent, { planCode: 'asistenca_family', instalmentsCode: 'in_four', amountTendered: shown(902n) });
    expect((await books()).owed - before.owed).toBe(2703n);
    await (await admin()).refunds.give(ask(sold.membershipId, 902n, 'collector'));
    expect(await books()).toEqual(before);
    expect((await stateOf(sold.membershipId)).papers).toMatchObject([{ status: 'credited', totalMinor: 3605n }, { totalMinor: -3605n }]);
  });

  it('is refused after the tenant’s window, once a claim was accepted, for another amount, and to who may not', async () => {
    const sold = await sell(await collector(0));
    const api = await admin();
    await expect(api.refunds.give(ask(sold.membershipId, 1999n, 'collector'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.amount' } });
    for (const person of [ks.branches[0].manager, ks.branches[0].agent, ks.branches[0].member]) await expect((await as(person)).refunds.give(ask(sold.membershipId, 2000n, 'collector'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const claimId = newId();
    await withTenant(system, async (tx) => {
      const [row] = await tx.select().from(memberships).where(eq(memberships.id, sold.membershipId));
      if (row === undefined) throw new Error('no membership');
      await tx.insert(claims).values({ tenantId: ks.id, id: claimId, userId: row.userId, branchId: row.branchId, membershipId: row.id, category: 'vehicle', status: 'negotiation', currency: 'EUR' });
    });
    await expect(api.refunds.give(ask(sold.membershipId, 2000n, 'collector'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.claim' } });
    await withTenant(system, async (tx) => {
      await tx.update(claims).set({ status: 'rejected' }).where(eq(claims.id, claimId));
      await tx.update(payments).set({ paidAt: new Date(Date.now() - 31 * 86_400_000) }).where(eq(payments.id, sold.paymentId));
    });
    expect(await api.refunds.offer({ membershipId: sold.membershipId })).toMatchObject({ refusal: 'window' });
    await expect(api.refunds.give(ask(sold.membershipId, 2000n, 'collector'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.window' } });
    const [receipt] = await withTenant(system, (tx) => tx.select().from(cashReceipts).where(eq(cashReceipts.id, sold.receiptId)));
    expect(receipt?.status).toBe('collected');
  });
});

describe('a card sale that is given back', () => {
  const decided = (id: string, transactionId: string, minor: bigint, status: string) => eventOf('adjustment.updated', {
    id, action: 'refund', status, transaction_id: transactionId, customer_id: 'ctm_test', reason: 'x', currency_code: 'EUR', totals: { total: String(minor), tax: String((minor * 18n) / 118n) },
  });

  /** Somebody new who paid by card; at the provider itself as well where it is given. */
  const paidByCard = async (provider?: ReturnType<typeof providerOfTests>) => {
    const sale = await pendingSale(ks);
    const minor = (await factsOf(sale)).payment?.amountMinor ?? 0n;
    const [transactionId = sale.transactionId] = provider === undefined ? [] : await provider.paid([sale.paymentId], 1, String(minor));
    await deliver(ks, eventOf('transaction.completed', transactionData({ id: transactionId, paymentId: sale.paymentId, status: 'completed', minor })));
    await follow();
    return { ...sale, transactionId, minor };
  };

  it('asks the provider once, though the answer is lost, and ends the membership when it approves', async () => {
    const provider = providerOfTests(ks);
    const sale = await paidByCard(provider);
    const api = await admin();
    const input = ask(sale.membershipId, sale.minor);
    expect(await api.refunds.give(input)).toMatchObject({ status: 'asked', creditNote: null });
    expect(await api.refunds.give(input)).toMatchObject({ status: 'asked' });
    await expect(api.refunds.give(ask(sale.membershipId, sale.minor))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.asked' } });
    expect((await stateOf(sale.membershipId)).membership?.status).toBe('active');
    const refundId = (await stateOf(sale.membershipId)).refunds[0]?.id ?? '';
    const account = providerOf(await accountById(system, ks.card.id));
    // a try that reached the provider and whose answer was lost
    await account.createRefund({ transactionId: sale.transactionId, reason: `Changed their mind (${refundId})` });
    await sendRefund(system, refundId, new Date());
    await sendRefund(system, refundId, new Date());
    const sent: string[] = [];
    for await (const { id, transactionId } of account.listAdjustments()) if (transactionId === sale.transactionId) sent.push(id);
    expect(sent).toEqual([(await stateOf(sale.membershipId)).refunds[0]?.providerAdjustmentId]);
    await deliver(ks, decided(sent[0] ?? '', sale.transactionId, sale.minor, 'approved'));
    await follow();
    expect(await stateOf(sale.membershipId)).toMatchObject({ membership: { status: 'canceled', endsOn: addDays(today(), 1) }, payments: [{ status: 'refunded' }], refunds: [{ status: 'done' }] });
  });

  it('stays when the provider refuses, and whoever asked hears of it and may ask again', async () => {
    const sale = await paidByCard();
    const api = await admin();
    await api.refunds.give(ask(sale.membershipId, sale.minor));
    await deliver(ks, decided(`adj_${newId()}`, sale.transactionId, sale.minor, 'rejected'));
    await follow();
    expect(await stateOf(sale.membershipId)).toMatchObject({ membership: { status: 'active' }, payments: [{ status: 'succeeded' }], refunds: [{ status: 'refused' }] });
    const told = await withTenant(system, (tx) => tx.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.userId, ks.admin.id)));
    expect(told.map(({ kind }) => kind)).toContain('payment.refund_refused');
    expect(await api.refunds.give(ask(sale.membershipId, sale.minor))).toMatchObject({ status: 'asked' });
  });

  it('a membership that was called off before ends as well, and is called off still when the money stays after all', async () => {
    const sale = await paidByCard();
    const member = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }));
    const { endsOn } = await member.memberships.cancel({ id: sale.membershipId });
    const id = `adj_${newId()}`;
    await deliver(ks, decided(id, sale.transactionId, sale.minor, 'approved'));
    await follow();
    expect((await stateOf(sale.membershipId)).membership).toMatchObject({ status: 'canceled', endsOn: addDays(today(), 1) });
    await deliver(ks, decided(id, sale.transactionId, sale.minor, 'reversed'));
    await follow();
    expect((await stateOf(sale.membershipId)).membership).toMatchObject({ status: 'canceled', endsOn });
  });

  it('P-10 is taken up when its job died, is not sent twice by two at once, and follows what the provider decided though nobody told us', async () => {
    const provider = providerOfTests(ks);
    const sale = await paidByCard(provider);
    await (await admin()).refunds.give(ask(sale.membershipId, sale.minor));
    const refundId = (await stateOf(sale.membershipId)).refunds[0]?.id ?? '';
    const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    // its job is gone
    await adminSql(world.current.database.adminUrl, "delete from pgboss.job where name = 'refunds.send'");
    expect((await (await admin()).refunds.list({})).items.find(({ id }) => id === refundId)).toMatchObject({ status: 'asked', sent: false, stuck: false });
    expect(await watchRefunds(system, later(1))).toBe(0);
    const open = await watchRefunds(system, later(25));
    expect(open).toBeGreaterThan(0);
    expect(await watchRefunds(system, later(26))).toBe(open);
    const told = await withTenant(system, (tx) => tx.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.userId, ks.admin.id)));
    expect(told.filter(({ kind }) => kind === 'payment.refund_stuck')).toHaveLength(open);
    // two workers at once: one speaks with the provider, the other waits for its next turn
    const both = await Promise.allSettled([sendRefund(system, refundId, new Date()), sendRefund(system, refundId, new Date())]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const account = providerOf(await accountById(system, ks.card.id));
    const sent = [];
    for await (const one of account.listAdjustments()) if (one.transactionId === sale.transactionId) sent.push(one);
    expect(sent).toHaveLength(1);
    // the provider decides, and its message never comes
    await provider.control('adjustments', { id: sent[0]?.id, status: 'approved' });
    await (await admin()).refunds.retry({ id: refundId });
    await runJobs(world.current.database, { only: ['refunds.send', 'webhooks.process', 'commissions.settle'] });
    expect(await stateOf(sale.membershipId)).toMatchObject({ membership: { status: 'canceled' }, payments: [{ status: 'refunded' }], refunds: [{ status: 'done' }] });
    await expect((await admin()).refunds.retry({ id: refundId })).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.decided' } });
  });
});

describe('a member who asks for the fee', () => {
  const member = async (userId: string) => {
    await withTenant(system, async (tx) => { await tx.update(user).set({ status: 'active' }).where(eq(user.id, userId)); });
    return callerFor(await scopeOf(ks, { id: userId, role: 'member' }));
  };
  const wish = (membershipId: string, minor: bigint) => ({ membershipId, shown: shown(minor), note: 'I moved abroad', idempotencyKey: newId() });

  it('waits for the branch, which gives it or says why not', async () => {
    const agent = await collector(0);
    const [sold, other] = [await sell(agent), await sell(agent)];
    const [one, two] = [await member(sold.memberId), await member(other.memberId)];
    expect(await one.refunds.mine()).toMatchObject([{ membershipId: sold.membershipId, amount: { minor: 2000n }, until: addDays(today(), 30), atOnce: false, request: null }]);
    await expect(two.refunds.ask(wish(sold.membershipId, 2000n))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(one.refunds.ask(wish(sold.membershipId, 1n))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.amount' } });
    const asked = wish(sold.membershipId, 2000n);
    const twice = await Promise.allSettled([one.refunds.ask(asked), one.refunds.ask(wish(sold.membershipId, 2000n))]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await two.refunds.ask(wish(other.membershipId, 2000n));
    const waiting = (await (await admin()).refunds.requests({ filters: { status: ['open'] } })).items;
    expect(waiting.map(({ membershipId }) => membershipId).toSorted()).toEqual([sold.membershipId, other.membershipId].toSorted());
    await (await admin()).refunds.give(ask(sold.membershipId, 2000n, 'collector'));
    const declined = waiting.find(({ membershipId }) => membershipId === other.membershipId)?.id ?? '';
    await (await admin()).refunds.decline({ id: declined, answer: 'You used the roadside service' });
    await (await admin()).refunds.decline({ id: declined, answer: 'Once more' });
    expect(await one.refunds.mine()).toMatchObject([{ amount: null, request: { status: 'granted' } }]);
    expect(await two.refunds.mine()).toMatchObject([{ amount: { minor: 2000n }, request: { status: 'declined', answer: 'You used the roadside service' } }]);
    expect((await stateOf(other.membershipId)).membership?.status).toBe('active');
    await expect((await as(ks.branches[0].manager)).refunds.requests({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has it at once on the card where the rule says so, and cannot ask where it says no', async () => {
    const sale = await pendingSale(ks);
    const minor = (await factsOf(sale)).payment?.amountMinor ?? 0n;
    await deliver(ks, eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor })));
    await follow();
    const products = ks.pack.rules.products;
    const asking = async (version: number, how: 'nobody' | 'branch' | 'at_once') => { await publishRule(ks, 'products', version, { ...products, refunds: { blockedBy: ['court'], asking: how, partUpToBp: 10_000 } }); };
    await asking(2, 'nobody');
    let own = await member(sale.userId);
    expect(await own.refunds.mine()).toEqual([]);
    await expect(own.refunds.ask(wish(sale.membershipId, minor))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.notAsked' } });
    await asking(3, 'at_once');
    own = await member(sale.userId);
    expect(await own.refunds.mine()).toMatchObject([{ atOnce: true, amount: { minor } }]);
    const input = wish(sale.membershipId, minor);
    expect([await own.refunds.ask(input), await own.refunds.ask(input)]).toEqual([{ status: 'granted' }, { status: 'granted' }]);
    expect((await stateOf(sale.membershipId)).refunds).toMatchObject([{ source: 'provider', status: 'asked', askedBy: sale.userId }]);
    await asking(4, 'branch');
  });
});
