import { and, eq, like } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { notifications, paymentAccounts, payments, reconciliations, webhookEvents } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { accountById, providerOf } from '../payments/accounts';
import { callerFor, deliver, eventOf, factsOf, inboxOf, pendingSale, runJobs, scopeOf, systemScopeOf, usePaddle, useWorld, type PendingSale, type TestTenant } from '../testing';
import { reconcileNightly } from './run';
import { providerOfTests } from './testing';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;

const anHour = 3_600_000;
const work = (options?: { retries?: boolean }) => runJobs(world.current.database, options);
// what was changed a moment ago is left alone, so these runs are asked for an hour later
const admin = async (tenant: TestTenant) => callerFor(await scopeOf(tenant, tenant.admin), { now: new Date(Date.now() + anHour) });
const runsOf = async (tenant: TestTenant) => (await (await admin(tenant)).reconciliations.list()).runs;

async function compared(tenant: TestTenant) {
  const { id } = await (await admin(tenant)).reconciliations.start({ accountId: tenant.card.id });
  await work();
  const run = (await runsOf(tenant)).find((one) => one.id === id);
  if (run === undefined) throw new Error('the run is not listed');
  return run;
}

const differencesOf = async (tenant: TestTenant, resolved = false) =>
  (await (await admin(tenant)).reconciliations.differences({ filters: { resolved } })).items.map(({ kind, providerId, told, ours }) => ({ kind, providerId, told: told?.minor, ours: ours?.minor }));
const byId = (a: { providerId: string }, b: { providerId: string }) => (a.providerId < b.providerId ? -1 : 1);

const sell = (tenant: TestTenant, count: number): Promise<PendingSale[]> => Promise.all(Array.from({ length: count }, () => pendingSale(tenant)));

beforeAll(() => {
  ({ mk, ks } = world.current);
});

describe('P-10 a comparison with the provider', () => {
  it('brings in what was missed as if it had come, reports exactly what is altered and unknown, and changes nothing the second time', async () => {
    const provider = providerOfTests(ks);
    const sales = await sell(ks, 8);
    const ids = await provider.paid(sales.map(({ paymentId }) => paymentId));
    const unknown = await provider.paid([], 2);
    // the first five were told, the last three never
    for (const id of ids.slice(0, 5)) await deliver(ks, eventOf('transaction.completed', await provider.transaction(id)));
    await work();
    await provider.control('transactions/alter', { id: ids[0], total: '1999' });
    await provider.control('faults', { kind: 'status', status: 429, path: '/transactions', times: 1, retryAfter: 0 });
    await provider.control('faults', { kind: 'status', status: 503, path: '/transactions', times: 1 });
    // the eight checkouts that were opened when they joined are looked at as well, and are nothing to report
    expect(await compared(ks)).toMatchObject({ status: 'done', checked: 18, repaired: 3, found: 3, reason: null, by: expect.any(String) });
    for (const sale of sales) expect(await factsOf(sale)).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active' }, ledger: [{ kind: 'card_sale', total: '0' }] });
    expect(await inboxOf(ks, `rec_${ids[7] ?? ''}_completed`)).toMatchObject([{ status: 'done', reason: null }]);
    const expected = [{ kind: 'amount', providerId: ids[0] ?? '', told: 1999n, ours: 2000n }, ...unknown.map((providerId) => ({ kind: 'unknown', providerId, told: 2000n, ours: undefined }))].toSorted(byId);
    expect((await differencesOf(ks)).toSorted(byId)).toEqual(expected);
    const alerts = async () => await withTenant(await systemScopeOf(ks), (tx) => tx.select({ params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.kind, 'payment.differences'))));
    expect(await alerts()).toEqual([{ params: { count: 3 } }]);
    expect(await compared(ks)).toMatchObject({ status: 'done', repaired: 0, found: 0 });
    expect(await alerts()).toHaveLength(1);
    expect((await differencesOf(ks)).toSorted(byId)).toEqual(expected);
    await provider.control('transactions/alter', { id: ids[0], total: '2000' });
    expect(await compared(ks)).toMatchObject({ repaired: 0, found: 0 });
    expect((await differencesOf(ks)).map(({ kind }) => kind)).toEqual(['unknown', 'unknown']);
    expect(await differencesOf(ks, true)).toMatchObject([{ kind: 'amount', providerId: ids[0] }]);
  });

  it('the message that comes after all changes nothing any more', async () => {
    const provider = providerOfTests(mk);
    const [sale] = await sell(mk, 1);
    const [id = ''] = await provider.paid([sale?.paymentId ?? '']);
    expect(await compared(mk)).toMatchObject({ repaired: 1, found: 0 });
    const late = eventOf('transaction.completed', await provider.transaction(id));
    await deliver(mk, late);
    await work();
    expect(await inboxOf(mk, late.event_id)).toMatchObject([{ status: 'done', reason: 'webhook.known' }]);
    if (sale !== undefined) expect((await factsOf(sale)).ledger).toHaveLength(1);
  });

  it('books a refund that was never told, once it is approved and once only', async () => {
    const provider = providerOfTests(mk);
    const [sale, other] = await sell(mk, 2);
    if (sale === undefined || other === undefined) throw new Error('no sales');
    const [id = ''] = await provider.paid([sale.paymentId, other.paymentId]);
    await compared(mk);
    const paddle = providerOf(await accountById(await systemScopeOf(mk), mk.card.id));
    const refund = await paddle.createRefund({ transactionId: id, reason: 'asked', amount: 500n });
    expect(await compared(mk)).toMatchObject({ repaired: 0, found: 0 });
    await provider.control('adjustments', { id: refund.id, status: 'approved' });
    expect(await compared(mk)).toMatchObject({ repaired: 1, found: 0 });
    expect(await factsOf(sale)).toMatchObject({ payment: { status: 'partly_refunded', refundedMinor: 500n } });
    expect(await compared(mk)).toMatchObject({ repaired: 0, found: 0 });
  });

  it('reports what lies in the inbox and could not be applied', async () => {
    const provider = providerOfTests(mk);
    const [sale] = await sell(mk, 1);
    const [id = ''] = await provider.paid([sale?.paymentId ?? '']);
    await compared(mk);
    if (sale === undefined) throw new Error('no sale');
    // as if it had been put aside: the payment is open again and its event is parked
    await withTenant(await systemScopeOf(mk), async (tx) => {
      await tx.update(payments).set({ status: 'pending', paidAt: null }).where(and(eq(payments.tenantId, mk.id), eq(payments.id, sale.paymentId)));
      await tx.update(webhookEvents).set({ status: 'parked', reason: 'webhook.amount' }).where(and(eq(webhookEvents.tenantId, mk.id), like(webhookEvents.eventId, `rec_${id}%`)));
    });
    expect(await compared(mk)).toMatchObject({ repaired: 0, found: 1 });
    expect(await differencesOf(mk)).toMatchObject([{ kind: 'stuck', providerId: id }]);
  });
});

describe('a run', () => {
  it('waits for a provider that does not answer, says why, and goes on where it stopped', async () => {
    const provider = providerOfTests(ks);
    await provider.control('faults', { kind: 'status', status: 503, path: '/transactions', times: 30 });
    expect(await compared(ks)).toMatchObject({ status: 'running', reason: 'errors.payment.providerUnavailable' });
    // whoever asks meanwhile is given the run that is under way
    const { id } = await (await admin(ks)).reconciliations.start({ accountId: ks.card.id });
    expect((await runsOf(ks))[0]?.id).toBe(id);
    await provider.control('faults/clear', {});
    // the breaker lets nobody through for a while; the queue has more patience than a test
    await expect.poll(async () => { await work({ retries: true }); return (await runsOf(ks))[0]?.status; }, { timeout: 25_000, interval: 2_000 }).toBe('done');
  }, 40_000);

  it('of an account that cannot work ends with its reason', async () => {
    const id = newId();
    await withTenant(await systemScopeOf(ks), async (tx) => {
      await tx.insert(paymentAccounts).values({ tenantId: ks.id, id, provider: 'paddle', slug: 'broken', name: 'Broken', currency: 'EUR', environment: 'sandbox', taxDocumentIssuer: 'provider', isActive: false, credentials: 's1.00000000.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA' });
    });
    await (await admin(ks)).reconciliations.start({ accountId: id });
    await work();
    expect((await runsOf(ks))[0]).toMatchObject({ status: 'failed', reason: 'errors.payment.notConfigured' });
    await withTenant(await systemScopeOf(ks), async (tx) => { await tx.update(paymentAccounts).set({ credentials: null }).where(eq(paymentAccounts.id, id)); });
    await expect((await admin(ks)).reconciliations.start({ accountId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('comes by itself at night, or at any hour after a day and a half, once', async () => {
    const scope = await systemScopeOf(mk);
    const begun = async () => (await withTenant(scope, (tx) => tx.select({ id: reconciliations.id }).from(reconciliations).where(and(eq(reconciliations.tenantId, mk.id), eq(reconciliations.status, 'queued'))))).length;
    const end = () => withTenant(scope, async (tx) => { await tx.update(reconciliations).set({ status: 'failed' }).where(eq(reconciliations.tenantId, mk.id)); });
    await end();
    await withTenant(scope, async (tx) => { await tx.update(reconciliations).set({ createdAt: new Date('2026-06-01T10:00:00Z') }).where(eq(reconciliations.tenantId, mk.id)); });
    for (const [at, expected] of [['2026-06-01T15:00:00Z', 0], ['2026-06-02T01:30:00Z', 1]] as const) {
      for (let time = 0; time < 2; time += 1) await reconcileNightly(scope, new Date(at));
      expect(await begun()).toBe(expected);
    }
    await end();
    await reconcileNightly(scope, new Date('2026-06-03T12:00:00Z'));
    expect(await begun()).toBe(0);
    await reconcileNightly(scope, new Date('2026-06-03T14:30:00Z'));
    expect(await begun()).toBe(1);
  });
});
