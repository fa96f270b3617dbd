import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, moneyToJson, newId, todayIn } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { cashReceipts, commissions, invoices, memberships, payments } from '@interdomestik/db/schema';
import { callerFor, custodyFaults, deliver, enrolInputOf, eventOf, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
beforeAll(() => {
  ({ mk, ks } = world.current);
});

const agentOf = async (tenant: TestTenant, branch: 0 | 1 = 0) => callerFor(await scopeOf(tenant, tenant.branches[branch].agent));
const inTenant = async <T>(tenant: TestTenant, work: Parameters<typeof withTenant<T>>[1]) => await withTenant(await systemScopeOf(tenant), work);

/** Somebody whom the agent enrolled for cash, whose period ends that many days from today. */
async function memberEndingIn(tenant: TestTenant, days: number, changes: Record<string, unknown> = {}) {
  const { memberId, membershipId } = await (await agentOf(tenant)).enrolments.enrol(enrolInputOf(tenant, changes));
  const endsOn = addDays(todayIn(tenant.pack.zone, new Date()), days);
  await inTenant(tenant, async (tx) => { await tx.update(memberships).set({ endsOn, startsOn: addMonths(endsOn, -12) }).where(eq(memberships.id, membershipId)); });
  return { memberId, membershipId, endsOn };
}

async function renew(tenant: TestTenant, memberId: string, wish: { planCode?: string } = {}, key = newId()) {
  const api = await agentOf(tenant);
  const { offer } = await api.memberships.deskOffer({ memberId, ...wish });
  if (offer === null) throw new Error('nothing to sell');
  const total = moneyToJson(offer.price.total);
  return await api.memberships.sellAtDesk({ memberId, ...wish, shown: total, amountTendered: total, idempotencyKey: key });
}

const rowsOf = (tenant: TestTenant, userId: string) => inTenant(tenant, async (tx) => ({
  memberships: await tx.select().from(memberships).where(eq(memberships.userId, userId)),
  payments: await tx.select().from(payments).where(eq(payments.userId, userId)),
  receipts: await tx.select().from(cashReceipts).where(eq(cashReceipts.userId, userId)),
  invoices: await tx.select().from(invoices).where(eq(invoices.userId, userId)),
  commissions: await tx.select().from(commissions).innerJoin(payments, and(eq(payments.tenantId, commissions.tenantId), eq(payments.id, commissions.paymentId))).where(eq(payments.userId, userId)),
}));

describe('a renewal at the desk', () => {
  it('P-16 is one sale in time: from the old end, with receipt, invoice, custody and the commission of renewals', async () => {
    const { memberId, endsOn } = await memberEndingIn(ks, 20);
    const key = newId();
    const sold = await renew(ks, memberId, {}, key);
    const again = await (await agentOf(ks)).memberships.sellAtDesk({ memberId, shown: { minor: '2000', currency: 'EUR' }, amountTendered: { minor: '2000', currency: 'EUR' }, idempotencyKey: key });
    expect(again).toEqual(sold);
    expect(sold).toMatchObject({ startsOn: endsOn, endsOn: addMonths(endsOn, 12), receiptCode: expect.stringMatching(/^P-/u) as unknown, invoiceCode: expect.stringMatching(/^F-/u) as unknown });
    await runJobs(world.current.database, { only: ['commissions.settle'] });
    const rows = await rowsOf(ks, memberId);
    expect(rows.memberships.find(({ id }) => id === sold.membershipId)).toMatchObject({ status: 'active', sellerId: ks.branches[0].agent.id });
    expect(rows.receipts.map(({ agentId, status }) => [agentId, status])).toEqual(Array.from({ length: 2 }, () => [ks.branches[0].agent.id, 'collected']));
    expect(rows.invoices.find(({ paymentId }) => paymentId === sold.paymentId)).toMatchObject({ status: 'paid', totalMinor: 2000n, vatMinor: 305n });
    expect(rows.commissions.filter(({ commissions: { paymentId } }) => paymentId === sold.paymentId).map(({ commissions: { kind } }) => kind)).toEqual(['renewal']);
    expect((await (await agentOf(ks)).memberships.deskOffer({ memberId })).refusal).toBe('renewed');
    await expect(renew(ks, memberId)).rejects.toThrow('nothing to sell');
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('begins today when it is late, and the days between stay visible', async () => {
    const { memberId, endsOn } = await memberEndingIn(mk, -40);
    const today = todayIn(mk.pack.zone, new Date());
    expect((await (await agentOf(mk)).memberships.deskOffer({ memberId })).offer).toMatchObject({ gap: { start: endsOn, end: today }, price: { total: { minor: 123_000n, currency: 'MKD' } } });
    expect(await renew(mk, memberId)).toMatchObject({ startsOn: today, endsOn: addMonths(today, 12) });
  });

  it('may be another plan, also a smaller one, for the cash that it costs and no other', async () => {
    const { memberId } = await memberEndingIn(ks, 5, { planCode: 'asistenca_family' });
    const api = await agentOf(ks);
    const ask = { memberId, planCode: 'asistenca', idempotencyKey: newId() };
    await expect(api.memberships.sellAtDesk({ ...ask, amountTendered: { minor: '3500', currency: 'EUR' } })).rejects.toMatchObject({ cause: { messageKey: 'errors.money.tendered' } });
    await expect(api.memberships.sellAtDesk({ ...ask, shown: { minor: '100', currency: 'EUR' }, amountTendered: { minor: '2000', currency: 'EUR' } })).rejects.toMatchObject({ cause: { messageKey: 'errors.plan.priceChanged' } });
    const sold = await renew(ks, memberId, { planCode: 'asistenca' });
    expect((await rowsOf(ks, memberId)).memberships.find(({ id }) => id === sold.membershipId)).toMatchObject({ planCode: 'asistenca', people: 1, priceMinor: 2000n });
  });

  it('I-16 is for members in sight of who holds the cash', async () => {
    const { memberId } = await memberEndingIn(ks, 5);
    const ask = { memberId, amountTendered: { minor: '2000', currency: 'EUR' as const }, idempotencyKey: newId() };
    for (const stranger of [await agentOf(ks, 1), await agentOf(mk)]) {
      await expect(stranger.memberships.deskOffer({ memberId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(stranger.memberships.sellAtDesk(ask)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(callerFor(await scopeOf(ks, ks.branches[0].member)).memberships.sellAtDesk(ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('P-04 takes the place of a sale that waits for its card, and a card that is charged all the same is looked at', async () => {
    const sale = await pendingSale(ks);
    await inTenant(ks, async (tx) => { await tx.update(payments).set({ branchId: ks.branches[0].id }).where(eq(payments.id, sale.paymentId)); });
    const manager = callerFor(await scopeOf(ks, ks.admin));
    expect((await manager.memberships.deskOffer({ memberId: sale.userId })).offer).toMatchObject({ replaces: true });
    const sold = await manager.memberships.sellAtDesk({ memberId: sale.userId, amountTendered: { minor: '2000', currency: 'EUR' }, idempotencyKey: newId() });
    expect(sold.membershipId).toBe(sale.membershipId);
    const member = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }));
    expect((await member.memberships.mine()).pendingPayment).toBeNull();
    await expect(member.payments.checkout({ paymentId: sale.paymentId })).rejects.toMatchObject({ cause: { messageKey: 'errors.payment.replaced' } });
    const paid = eventOf('transaction.completed', transactionData({ id: sale.transactionId, paymentId: sale.paymentId, status: 'completed', minor: 2000n }));
    await deliver(ks, paid);
    await runJobs(world.current.database, { only: ['webhooks.process'] });
    const rows = await rowsOf(ks, sale.userId);
    expect(rows.memberships).toMatchObject([{ status: 'active', endsOn: sold.endsOn }]);
    expect(rows.payments.find(({ id }) => id === sale.paymentId)).toMatchObject({ paidAt: null });
  });
});
