import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { ledgerEntries, memberships, notifications, user } from '@interdomestik/db/schema';
import { addMonths, chartOfAccounts, todayIn } from '@interdomestik/rules';
import { balanceOfAccount } from '../ledger';
import { callerFor, deliver, eventOf, factsOf, inboxOf, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, useWorld, visitorOf, type PendingSale, type TestTenant } from '../testing';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;

const work = (options?: { retries?: boolean }) => runJobs(world.current.database, options);
const completed = (sale: PendingSale, more: Partial<Parameters<typeof transactionData>[0]> = {}, at?: Date) =>
  eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n, ...more }), at);
const adjustment = (sale: PendingSale, action: string, status: string, minor = 2000n, id = 'adj_1', at?: Date) =>
  eventOf('adjustment.updated', { id, action, status, transaction_id: sale.transactionId, customer_id: null, reason: null, currency_code: 'EUR', totals: { total: String(minor), tax: String((minor * 18n) / 118n) } }, at);
const alerts = async (tenant: TestTenant) =>
  await withTenant(await systemScopeOf(tenant), (tx) =>
    tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, tenant.id), eq(notifications.userId, tenant.admin.id))));

beforeAll(() => {
  ({ mk, ks } = world.current);
});

describe('what contradicts our own row is parked with an alert and changes nothing', () => {
  const untouched = { payment: { status: 'pending', paidAt: null }, membership: { status: 'pending', startsOn: null }, memberNumber: null, cards: [], ledger: [], notifications: [] };

  it.each([
    ['the amount', { minor: 1999n }, 'webhook.amount'],
    ['more than the amount', { minor: 2001n }, 'webhook.amount'],
    ['the currency', { currency: 'USD' }, 'webhook.amount'],
    ['the tenant it claims', { custom: { tenantId: 'tenant_elsewhere' } }, 'webhook.foreignTenant'],
  ])('%s', async (_, more, reason) => {
    const sale = await pendingSale(ks);
    const event = completed(sale, more);
    expect(await deliver(ks, event)).toEqual({ status: 200 });
    await work();
    expect(await inboxOf(ks, event.event_id)).toMatchObject([{ status: 'parked', reason }]);
    expect(await factsOf(sale)).toMatchObject(untouched);
    expect(await alerts(ks)).toContainEqual({ kind: 'payment.parked', params: { reference: event.event_id } });
  });

  it("P-02 another tenant's payment", async () => {
    const sale = await pendingSale(mk);
    const event = completed(sale);
    expect(await deliver(ks, event)).toEqual({ status: 200 });
    await work();
    expect(await inboxOf(ks, event.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.foreignReference' }]);
    expect(await factsOf(sale)).toMatchObject(untouched);
    expect((await alerts(mk)).filter(({ kind }) => kind === 'payment.parked')).toHaveLength(0);
  });

  it('a second transaction that somebody paid for the same sale', async () => {
    const sale = await pendingSale(ks);
    await deliver(ks, completed(sale));
    await work();
    const before = await factsOf(sale);
    const second = completed({ ...sale, transactionId: 'txn_second' });
    await deliver(ks, second);
    await work();
    expect(await inboxOf(ks, second.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.paidTwice' }]);
    expect(await factsOf(sale)).toEqual(before);
  });
});

describe('a completed transaction', () => {
  it('brings payment, period, number, card, balanced ledger, notification and mails, once', async () => {
    const sale = await pendingSale(mk);
    await deliver(mk, completed(sale));
    await work();
    const facts = await factsOf(sale);
    const today = todayIn('Europe/Skopje', new Date());
    expect(facts.payment).toMatchObject({ status: 'succeeded', vatMinor: 305n, providerCustomerId: 'ctm_test' });
    expect(facts.membership).toMatchObject({ status: 'active', startsOn: today, endsOn: addMonths(today, 12) });
    expect(facts.memberNumber).toMatch(/^MEM-MK-\d{6}$/u);
    expect(facts.cards).toHaveLength(1);
    expect(facts.ledger).toEqual([{ kind: 'card_sale', total: '0', turnover: '4300' }]);
    expect(facts.mails).toEqual(['payment-receipt', 'verify-email', 'welcome-membership']);
    expect(new Set(facts.mailStatus)).toEqual(new Set(['mailbox']));
    expect(facts.notifications).toEqual(['membership.activated', 'payment.succeeded']);
    const caller = callerFor(await scopeOf(mk, { id: sale.userId, role: 'member' }));
    const card = await caller.cards.mine();
    expect(card).toMatchObject({ status: 'valid', memberNumber: facts.memberNumber, validUntil: addMonths(today, 12), qrSvg: expect.stringContaining('<svg') as unknown });
    const site = callerFor(await visitorOf(mk));
    const check = await site.cards.verify({ code: facts.cards[0] ?? '' });
    expect(check).toMatchObject({ valid: true, status: 'valid' });
    expect(JSON.stringify(check)).not.toContain('Krasniqi');
    expect(await callerFor(await visitorOf(ks)).cards.verify({ code: facts.cards[0] ?? '' })).toEqual(await site.cards.verify({ code: 'nobody-has-this-code' }));
  });

  it('takes gapless numbers for members who pay at the same time', async () => {
    const sales = await Promise.all(Array.from({ length: 6 }, () => pendingSale(ks)));
    await Promise.all(sales.map((sale) => deliver(ks, completed(sale))));
    await work();
    const numbers = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ number: user.memberNumber }).from(user).where(and(eq(user.tenantId, ks.id), sql`${user.memberNumber} is not null`)));
    const counted = numbers.map(({ number }) => Number(number?.slice(-6))).toSorted((a, b) => a - b);
    expect(counted).toEqual(Array.from({ length: counted.length }, (_, index) => index + 1));
  });

  it('P-04 told by several events has one effect', async () => {
    const sale = await pendingSale(ks);
    for (const type of ['transaction.completed', 'transaction.updated', 'transaction.paid', 'transaction.billed']) await deliver(ks, { ...completed(sale), event_type: type });
    await deliver(ks, completed(sale));
    await work();
    expect(await factsOf(sale)).toMatchObject({ ledger: [{ kind: 'card_sale', total: '0' }], mails: ['payment-receipt', 'verify-email', 'welcome-membership'], notifications: ['membership.activated', 'payment.succeeded'] });
  });

  it('P-03 delivered 50 times is worked off once', async () => {
    const sale = await pendingSale(ks);
    const event = completed(sale);
    await Promise.all(Array.from({ length: 50 }, () => deliver(ks, event)));
    await work();
    await deliver(ks, event);
    await work();
    expect(await inboxOf(ks, event.event_id)).toMatchObject([{ status: 'done', attempts: 1 }]);
    expect((await factsOf(sale)).ledger).toHaveLength(1);
  });

  it('prolongs a membership that still runs from its old end', async () => {
    const sale = await pendingSale(ks);
    await deliver(ks, completed(sale));
    await work();
    const first = (await factsOf(sale)).membership;
    const scope = await systemScopeOf(ks);
    const renewal = await withTenant(scope, async (tx) => {
      const { payments } = await import('@interdomestik/db/schema');
      const { newId } = await import('@interdomestik/rules');
      const [old] = await tx.select().from(payments).where(and(eq(payments.tenantId, ks.id), eq(payments.id, sale.paymentId)));
      if (old === undefined || first === undefined) throw new Error('no sale to renew');
      const membershipId = newId();
      const paymentId = newId();
      await tx.insert(memberships).values({ ...first, id: membershipId, status: 'pending', startsOn: null, endsOn: null, activatedAt: null, createdAt: new Date() });
      await tx.insert(payments).values({ ...old, id: paymentId, membershipId, status: 'pending', paidAt: null, lastEventAt: null, providerTransactionId: `txn_${paymentId}` });
      return { ...sale, membershipId, paymentId, transactionId: `txn_${paymentId}` };
    });
    await deliver(ks, completed(renewal));
    await work();
    const facts = await factsOf(renewal);
    expect(facts.membership).toMatchObject({ status: 'active', startsOn: first?.endsOn, endsOn: addMonths((first?.endsOn ?? '') as Parameters<typeof addMonths>[0], 12) });
    expect(facts.notifications).toContain('membership.renewed');
  });
});

describe('failure, refund and chargeback', () => {
  it('a declined card is told, and a later success still counts', async () => {
    const sale = await pendingSale(ks);
    const at = new Date();
    await deliver(ks, eventOf('transaction.payment_failed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'ready', minor: 2000n }), at));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'failed' }, membership: { status: 'pending' }, notifications: ['payment.failed'] });
    await deliver(ks, completed(sale, {}, new Date(at.getTime() + 1000)));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active' } });
  });

  it('a refund counts when it is approved: ledger, payment and membership follow', async () => {
    const sale = await pendingSale(ks);
    await deliver(ks, completed(sale));
    await deliver(ks, adjustment(sale, 'refund', 'pending_approval'));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded', refundedMinor: 0n }, membership: { status: 'active' } });
    await deliver(ks, adjustment(sale, 'refund', 'approved', 500n, 'adj_part'));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'partly_refunded', refundedMinor: 500n }, membership: { status: 'active' } });
    await deliver(ks, adjustment(sale, 'refund', 'approved', 1500n, 'adj_rest'));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'refunded', refundedMinor: 2000n }, membership: { status: 'canceled' } });
    const much = adjustment(sale, 'refund', 'approved', 1n, 'adj_too_much');
    await deliver(ks, much);
    await work();
    expect(await inboxOf(ks, much.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.amount' }]);
  });

  it('a chargeback takes the cover away and its reversal gives it back', async () => {
    const sale = await pendingSale(ks);
    await deliver(ks, completed(sale));
    await work();
    const before = (await factsOf(sale)).membership;
    await deliver(ks, adjustment(sale, 'chargeback', 'approved', 2000n, 'adj_cb'));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'disputed' }, membership: { status: 'canceled' } });
    expect((await alerts(ks)).some(({ kind }) => kind === 'payment.disputed')).toBe(true);
    await deliver(ks, adjustment(sale, 'chargeback_reverse', 'approved', 2000n, 'adj_cbr'));
    await work();
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active', endsOn: before?.endsOn } });
  });
});

describe('the inbox', () => {
  it('P-06 parks what came before its parent, and takes it up when the parent comes', async () => {
    const sale = await pendingSale(ks);
    const refund = adjustment(sale, 'refund', 'approved');
    await deliver(ks, refund);
    await work();
    expect(await inboxOf(ks, refund.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.notPaidYet' }]);
    await deliver(ks, completed(sale));
    await work();
    expect(await inboxOf(ks, refund.event_id)).toMatchObject([{ status: 'done' }]);
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'refunded' } });
    const lonely = eventOf('transaction.completed', transactionData({ id: 'txn_nobody', paymentId: null, status: 'completed', minor: 2000n }));
    await deliver(ks, lonely);
    await work();
    expect(await inboxOf(ks, lonely.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.unknownTransaction' }]);
  });

  it('P-07 gives poison up after five attempts, tells the admins, and holds nobody up', async () => {
    const sale = await pendingSale(ks);
    const poison = eventOf('transaction.completed', { id: sale.transactionId, status: 'completed', details: { totals: { grand_total: 'a lot' } } });
    await deliver(ks, poison);
    await deliver(ks, completed(sale));
    await work();
    expect(await inboxOf(ks, poison.event_id)).toMatchObject([{ status: 'failed', attempts: 1, reason: 'errors.payment.event' }]);
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded' } });
    for (let attempt = 0; attempt < 6; attempt += 1) await work({ retries: true });
    expect(await inboxOf(ks, poison.event_id)).toMatchObject([{ status: 'dead', attempts: 5 }]);
    expect(await alerts(ks)).toContainEqual({ kind: 'payment.event_dead', params: { reference: poison.event_id } });
  });
});

describe('the ledger', () => {
  it('sums to zero over everything, and its receivable is what the provider owes', async () => {
    for (const tenant of [mk, ks]) {
      const scope = await systemScopeOf(tenant);
      const [total, receivable] = await withTenant(scope, async (tx) => {
        const [row] = await tx.select({ total: sql<string>`sum(${ledgerEntries.amountMinor})::text` }).from(ledgerEntries).where(eq(ledgerEntries.tenantId, tenant.id));
        return [row?.total, await balanceOfAccount(tx, scope, 'providerReceivable', 'EUR')] as const;
      });
      expect(total).toBe('0');
      expect(receivable.minor).toBeGreaterThan(0n);
      expect(chartOfAccounts.providerReceivable.normal).toBe('debit');
    }
  });
});
