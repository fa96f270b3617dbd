import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, mails } from '@interdomestik/db/schema';
import { addMonths, newId, todayIn, type DateOnly } from '@interdomestik/rules';
import { eur, family, partedSales } from './testing';
import { callerFor, deliver, enrolInputOf, eventOf, factsOf, inboxOf, pendingSale, runJobs, systemScopeOf, transactionData, usePaddle, useWorld, visitorOf, type PendingSale, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);

let ks: TestTenant;
let system: TenantScope;
let today: DateOnly;
const { as, member, part, partsOf, invoiceOf, paymentsOf, expectBalanced } = partedSales(world);
beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
  today = todayIn('Europe/Belgrade', new Date());
});

const joined = () => pendingSale(ks, { planCode: 'asistenca_family', instalmentsCode: 'in_four' });
const completed = (sale: PendingSale, more: Partial<Parameters<typeof transactionData>[0]> = {}) => eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 902n, ...more }));
const pay = async (sale: PendingSale, more: Partial<Parameters<typeof transactionData>[0]> = {}) => {
  const event = completed(sale, more);
  await deliver(ks, event);
  await runJobs(world.current.database);
  return event;
};
/** Opens the next part by card, and gives it as a sale of its own. */
const openNext = async (sale: PendingSale, number: number): Promise<PendingSale> => {
  const { id } = await part(sale.membershipId, number);
  const { paymentId, url } = await (await member(sale.userId)).instalments.pay({ id });
  expect(url).toContain('http');
  const opened = (await paymentsOf(sale.membershipId)).find((row) => row.id === paymentId);
  return { ...sale, paymentId, transactionId: opened?.providerTransactionId ?? '' };
};

describe('joining in parts by card', () => {
  it('charges the first part, which makes the membership active; its days begin when it is paid', async () => {
    const site = callerFor(await visitorOf(ks));
    expect(await site.plans.quote({ planCode: 'asistenca_family', instalmentsCode: 'in_four' })).toMatchObject({ total: { minor: 3605n }, now: { minor: 902n }, instalmentPlans: [{ code: 'in_four' }] });
    expect((await site.plans.list()).map(({ code, instalments: shown }) => [code, shown])).toContainEqual(['asistenca_family', { parts: 4, first: { minor: 902n, currency: 'EUR' }, each: { minor: 901n, currency: 'EUR' } }]);
    const sale = await joined();
    expect((await factsOf(sale)).payment).toMatchObject({ amountMinor: 902n, status: 'pending' });
    // sold at the end of a month, paid on another day
    await withTenant(system, async (tx) => {
      for (const [number, day] of [[1, '2026-08-31'], [2, '2026-10-31'], [3, '2026-12-31'], [4, '2027-02-28']] as const) {
        await tx.update(instalments).set({ dueOn: day }).where(and(eq(instalments.tenantId, ks.id), eq(instalments.membershipId, sale.membershipId), eq(instalments.number, number)));
      }
    });
    const event = await pay(sale);
    await deliver(ks, event);
    await runJobs(world.current.database);
    expect((await partsOf(sale.membershipId)).map((row) => [row.status, row.dueOn, row.paymentId !== null])).toEqual([['paid', today, true], ['due', addMonths(today, 2), false], ['due', addMonths(today, 4), false], ['due', addMonths(today, 6), false]]);
    expect(await factsOf(sale)).toMatchObject({ membership: { status: 'active', startsOn: today, endsOn: addMonths(today, 12) }, ledger: [{ kind: 'card_sale', total: '0' }], mails: ['payment-receipt', 'verify-email', 'welcome-membership'] });
    expect(await invoiceOf(sale.membershipId)).toEqual([]);
  });

  it('P-04 a further part is paid once, begins nothing anew, and is told', async () => {
    const sale = await joined();
    await pay(sale);
    const second = await openNext(sale, 2);
    expect((await openNext(sale, 2)).paymentId).toBe(second.paymentId);
    expect((await (await member(sale.userId)).memberships.mine()).pendingPayment).toBeNull();
    const before = (await factsOf(sale)).membership;
    const event = await pay(second, { minor: 901n });
    await Promise.all([deliver(ks, event), deliver(ks, { ...event, event_id: `evt_${newId()}` })]);
    await runJobs(world.current.database);
    const facts = await factsOf(second);
    expect(facts.membership).toMatchObject({ status: 'active', startsOn: before?.startsOn, endsOn: before?.endsOn });
    expect(facts.ledger).toMatchObject([{ kind: 'card_sale', total: '0' }]);
    expect(facts.mails.filter((template) => template === 'payment-receipt')).toHaveLength(2);
    expect(facts.mails.filter((template) => template === 'welcome-membership')).toHaveLength(1);
    expect(await part(sale.membershipId, 2)).toMatchObject({ status: 'paid', paymentId: second.paymentId });
    await expect((await member(sale.userId)).instalments.pay({ id: (await part(sale.membershipId, 2)).id })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.alreadyPaid' } });
    await expectBalanced();
  });

  it.each([['the amount of the whole', { minor: 3605n }], ['another currency', { minor: 901n, currency: 'USD' }]])('parks %s', async (_, more) => {
    const sale = await joined();
    await pay(sale);
    const event = await pay(await openNext(sale, 2), more);
    expect(await inboxOf(ks, event.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.amount' }]);
    expect((await part(sale.membershipId, 2)).status).toBe('due');
  });

  it('a seller sends the link of the next part, and takes no cash for what is paid by card', async () => {
    const sold = await (await as(ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks, { ...family, amountTendered: undefined, payment: 'pay_link' }));
    const [first] = await paymentsOf(sold.membershipId);
    expect(first).toMatchObject({ amountMinor: 902n, status: 'pending' });
    const sale: PendingSale = { tenant: ks, userId: sold.memberId, email: '', membershipId: sold.membershipId, paymentId: first?.id ?? '', transactionId: first?.providerTransactionId ?? '' };
    await pay(sale);
    const { id } = await part(sold.membershipId, 2);
    const agent = await as(ks.branches[0].agent);
    await expect(agent.instalments.collect({ id, amountTendered: eur(901n), idempotencyKey: newId() })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.byCard' } });
    const { url } = await agent.instalments.sendLink({ id });
    expect(await agent.instalments.sendLink({ id })).toEqual({ url });
    const links = await withTenant(system, (tx) => tx.select().from(mails).where(and(eq(mails.userId, sold.memberId), eq(mails.template, 'payment-link'))).orderBy(asc(mails.createdAt)));
    expect(links).toHaveLength(2);
    expect(links[1]?.text).toContain('2');
    expect(links[1]?.text).toContain('9,01');
  });
});

describe('a membership that ends', () => {
  it('takes what is due with it; money for it is parked, its checkout closed; and all comes back when the money stays', async () => {
    const sale = await joined();
    await pay(sale);
    const second = await openNext(sale, 2);
    const adjust = async (action: string, id: string) => {
      await deliver(ks, eventOf('adjustment.updated', { id, action, status: 'approved', transaction_id: sale.transactionId, customer_id: null, reason: null, currency_code: 'EUR', totals: { total: '902', tax: '137' } }));
      await runJobs(world.current.database);
    };
    await adjust('chargeback', `adj_${newId()}`);
    expect((await partsOf(sale.membershipId)).map(({ status }) => status)).toEqual(['paid', 'canceled', 'canceled', 'canceled']);
    expect((await factsOf(sale)).membership?.status).toBe('canceled');
    await expect((await member(sale.userId)).instalments.pay({ id: (await part(sale.membershipId, 2)).id })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.canceled' } });
    await expect((await member(sale.userId)).payments.checkout({ paymentId: second.paymentId })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.canceled' } });
    const late = await pay(second, { minor: 901n });
    expect(await inboxOf(ks, late.event_id)).toMatchObject([{ status: 'parked', reason: 'webhook.instalmentCanceled' }]);
    expect((await factsOf(second)).ledger).toEqual([]);
    await adjust('chargeback_reverse', `adj_${newId()}`);
    expect((await partsOf(sale.membershipId)).map(({ status }) => status)).toEqual(['paid', 'due', 'due', 'due']);
    await expectBalanced();
  });
});
