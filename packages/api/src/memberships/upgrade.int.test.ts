import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, moneyToJson, newId, todayIn } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { commissions, familyMembers, invoiceLines, invoices, ledgerEntries, memberships, payments } from '@interdomestik/db/schema';
import {
  callerFor, custodyFaults, deliver, enrolInputOf, eventOf, inboxOf, pendingSale, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type PendingSale, type TestTenant,
} from '../testing';
import { watchMemberships } from './watch';

const world = useWorld();
usePaddle(world);
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

const today = () => todayIn(ks.pack.zone, new Date());
const follow = () => runJobs(world.current.database, { only: ['webhooks.process', 'commissions.settle'] });
const memberOf = async (userId: string) => callerFor(await scopeOf(ks, { id: userId, role: 'member' }));
const agent = async () => callerFor(await scopeOf(ks, ks.branches[0].agent));
const read = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(system, work);
const rowOf = async (id: string) => (await read((tx) => tx.select().from(memberships).where(eq(memberships.id, id))))[0];
const paymentRow = async (id: string) => (await read((tx) => tx.select().from(payments).where(eq(payments.id, id))))[0];

/** Moves a running period so that it began that many days ago. */
async function begun(membershipId: string, daysAgo: number) {
  const startsOn = addDays(today(), -daysAgo);
  await read(async (tx) => { await tx.update(memberships).set({ startsOn, endsOn: addMonths(startsOn, 12) }).where(eq(memberships.id, membershipId)); });
  const unused = daysBetween(today(), addMonths(startsOn, 12));
  const days = daysBetween(startsOn, addMonths(startsOn, 12));
  // half up, once
  return { endsOn: addMonths(startsOn, 12), credit: (2n * 2000n * BigInt(unused) + BigInt(days)) / (2n * BigInt(days)) };
}

async function charge(paymentId: string) {
  const row = await paymentRow(paymentId);
  const event = eventOf('transaction.completed', transactionData({ id: row?.providerTransactionId ?? `txn_${newId()}`, paymentId, status: 'completed', minor: row?.amountMinor ?? 0n }));
  await deliver(ks, event);
  await follow();
  return event.event_id;
}

async function byCard(daysAgo = 100): Promise<{ sale: PendingSale; endsOn: string; credit: bigint }> {
  const sale = await pendingSale(ks);
  await charge(sale.paymentId);
  return { sale, ...(await begun(sale.membershipId, daysAgo)) };
}

async function atDesk(daysAgo = 100) {
  const sold = await (await agent()).enrolments.enrol(enrolInputOf(ks));
  return { ...sold, paymentId: sold.paymentId ?? '', ...(await begun(sold.membershipId, daysAgo)) };
}

async function upgradeAtDesk(memberId: string, key = newId()) {
  const api = await agent();
  const { offer } = await api.memberships.deskOffer({ memberId, kind: 'upgrade', planCode: 'asistenca_family' });
  if (offer === null) throw new Error('nothing to sell');
  const total = moneyToJson(offer.price.total);
  return await api.memberships.sellAtDesk({ memberId, kind: 'upgrade', planCode: 'asistenca_family', shown: total, amountTendered: total, idempotencyKey: key });
}

const postedFor = (paymentId: string) => read(async (tx) => (await tx.execute<{ total: string; received: string }>(sql`
  select sum(e.amount_minor)::text total, sum(e.amount_minor) filter (where e.amount_minor > 0)::text received from ledger_entries e
  join ledger_transactions t on t.tenant_id = e.tenant_id and t.id = e.transaction_id where t.tenant_id = ${ks.id} and t.source_id = ${paymentId}`)).rows[0]);

describe('a bigger plan by card', () => {
  it('P-17 costs the difference by whole days, once, and takes the place of the old plan when it is paid', async () => {
    const { sale, endsOn, credit } = await byCard();
    const api = await memberOf(sale.userId);
    const offer = await api.memberships.upgradeOffer();
    const choice = offer.choices.find(({ planCode }) => planCode === 'asistenca_family');
    expect(offer.refusal).toBeNull();
    expect(choice?.price).toMatchObject({ total: { minor: 3500n - credit }, startsOn: today(), endsOn: addMonths(today(), 12) });
    expect(choice?.price.lines.at(-1)).toMatchObject({ kind: 'credit', amount: { minor: -credit } });
    await expect(api.memberships.upgrade({ planCode: 'asistenca_family', shown: { minor: '1', currency: 'EUR' }, idempotencyKey: newId() })).rejects.toMatchObject({ cause: { messageKey: 'errors.plan.priceChanged' } });
    const key = newId();
    const asked = await Promise.all([key, key, newId()].map((idempotencyKey) => api.memberships.upgrade({ planCode: 'asistenca_family', idempotencyKey })));
    expect(new Set(asked.map(({ paymentId }) => paymentId)).size).toBe(1);
    const [{ membershipId, paymentId } = { membershipId: '', paymentId: '' }] = asked;
    expect(asked[0]?.checkoutUrl).toMatch(/^http/u);
    // nothing has changed until it is paid
    expect(await rowOf(sale.membershipId)).toMatchObject({ status: 'active', endsOn });
    await charge(paymentId ?? '');
    expect(await rowOf(sale.membershipId)).toMatchObject({ status: 'expired', endsOn: today(), cutEndsOn: endsOn });
    expect(await rowOf(membershipId)).toMatchObject({ status: 'active', planCode: 'asistenca_family', startsOn: today(), endsOn: addMonths(today(), 12), priceMinor: 3500n, upgradedFrom: sale.membershipId });
    expect(await postedFor(paymentId ?? '')).toMatchObject({ total: '0' });
    const mine = await api.memberships.mine();
    expect([mine.current?.planCode, mine.pendingPayment]).toEqual(['asistenca_family', null]);
    // a second step counts what the new plan is worth, not what was paid on top
    expect((await api.memberships.upgradeOffer()).choices).toEqual([]);
  });

  it('is asked for anew on another day, and the old checkout buys nothing', async () => {
    const { sale } = await byCard();
    const api = await memberOf(sale.userId);
    const first = await api.memberships.upgrade({ planCode: 'asistenca_family', idempotencyKey: newId() });
    await begun(sale.membershipId, 101);
    const second = await api.memberships.upgrade({ planCode: 'asistenca_family', idempotencyKey: newId() });
    expect([second.membershipId === first.membershipId, second.paymentId === first.paymentId]).toEqual([true, false]);
    const late = await charge(first.paymentId ?? '');
    expect(await inboxOf(ks, late)).toMatchObject([{ status: 'parked', reason: 'webhook.paidTwice' }]);
    expect(await rowOf(sale.membershipId)).toMatchObject({ status: 'active' });
    // and whoever waits too long asks again
    await watchMemberships(system, new Date(Date.now() + 30 * 86_400_000));
    expect((await paymentRow(second.paymentId ?? ''))?.replacedAt).not.toBeNull();
  });

  it('P-05 buys nothing when the old money went back first', async () => {
    const { sale } = await byCard(5);
    const asked = await (await memberOf(sale.userId)).memberships.upgrade({ planCode: 'asistenca_family', idempotencyKey: newId() });
    await read(async (tx) => { await tx.update(payments).set({ status: 'refunded', refundedMinor: 2000n }).where(eq(payments.id, sale.paymentId)); });
    expect(await inboxOf(ks, await charge(asked.paymentId ?? ''))).toMatchObject([{ status: 'parked', reason: 'webhook.upgradeGone' }]);
    expect(await rowOf(asked.membershipId)).toMatchObject({ status: 'pending' });
  });
});

describe('a bigger plan at the desk', () => {
  it('is paid in cash for the difference, with one invoice that says how, and a commission on the difference only', async () => {
    const { memberId, membershipId, credit, endsOn } = await atDesk();
    await read(async (tx) => { await tx.insert(familyMembers).values({ tenantId: ks.id, id: newId(), membershipId, userId: memberId, branchId: ks.branches[0].id, firstName: 'Era', lastName: 'Gashi', relation: 'child' }); });
    const key = newId();
    const sold = await upgradeAtDesk(memberId, key);
    const [invoice] = await read((tx) => tx.select().from(invoices).where(eq(invoices.id, sold.invoiceId ?? '')));
    const lines = await read((tx) => tx.select().from(invoiceLines).where(eq(invoiceLines.invoiceId, sold.invoiceId ?? '')).orderBy(invoiceLines.position));
    expect(invoice).toMatchObject({ totalMinor: 3500n - credit, status: 'paid' });
    expect(lines.map(({ totalMinor }) => totalMinor)).toEqual([3500n, -credit]);
    expect(invoice?.receipt).toMatchObject({ quote: { outcome: { credit: { minor: String(credit) }, worth: { minor: '3500' } }, inputs: { upgrade: { planCode: 'asistenca', paid: { minor: '2000' }, end: endsOn } } } });
    expect(await postedFor(sold.paymentId ?? '')).toEqual({ total: '0', received: String(3500n - credit) });
    await follow();
    const earned = await read((tx) => tx.select().from(commissions).where(eq(commissions.paymentId, sold.paymentId ?? '')));
    const net = (invoice?.netMinor ?? 0n);
    expect(earned).toMatchObject([{ kind: 'upgrade', netMinor: net }]);
    expect((await read((tx) => tx.select().from(familyMembers).where(eq(familyMembers.membershipId, sold.membershipId)))).map(({ firstName }) => firstName)).toEqual(['Era']);
    expect(await custodyFaults(ks)).toEqual([]);
    await expect(upgradeAtDesk(memberId)).rejects.toThrow('nothing to sell');
  });

  it('I-16 is for members in sight, and no plan becomes smaller before its renewal', async () => {
    const { memberId } = await atDesk();
    for (const stranger of [ks.branches[1].agent, mk.admin]) {
      const api = callerFor(await scopeOf(stranger === mk.admin ? mk : ks, stranger));
      await expect(api.memberships.deskOffer({ memberId, kind: 'upgrade' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const api = await agent();
    expect((await api.memberships.deskOffer({ memberId, kind: 'upgrade', planCode: 'free_start' })).refusal).toBe('unsold');
    await expect(api.memberships.sellAtDesk({ memberId, kind: 'upgrade', planCode: 'asistenca', amountTendered: { minor: '2000', currency: 'EUR' }, idempotencyKey: newId() })).rejects.toMatchObject({ cause: { messageKey: 'errors.upgrade.notBigger' } });
  });
});

describe('money of an upgrade that goes back', () => {
  it('brings the old plan back to its own end, and the credited plan is not given back by itself', async () => {
    const { memberId, membershipId, endsOn, credit } = await atDesk(5);
    const sold = await upgradeAtDesk(memberId);
    const admin = callerFor(await scopeOf(ks, ks.admin));
    expect(await admin.refunds.offer({ membershipId })).toMatchObject({ refusal: 'upgraded' });
    const offer = await admin.refunds.offer({ membershipId: sold.membershipId });
    expect(offer).toMatchObject({ refusal: null, amount: { minor: 3500n - credit } });
    await admin.refunds.give({ membershipId: sold.membershipId, shown: { minor: String(3500n - credit), currency: 'EUR' }, from: 'collector', note: 'Changed their mind', idempotencyKey: newId() });
    expect(await rowOf(sold.membershipId)).toMatchObject({ status: 'canceled' });
    expect(await rowOf(membershipId)).toMatchObject({ status: 'active', endsOn, cutEndsOn: null });
    expect(await admin.refunds.offer({ membershipId })).toMatchObject({ refusal: null, amount: { minor: 2000n } });
    await follow();
    const left = await read((tx) => tx.select({ minor: sql<string>`coalesce(sum(${commissions.amountMinor}), 0)::text` }).from(commissions).where(eq(commissions.paymentId, sold.paymentId ?? '')));
    expect(left).toEqual([{ minor: '0' }]);
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('a dispute over the old money ends what stands on it, and a dispute that is won brings it back', async () => {
    const { sale } = await byCard(5);
    const asked = await (await memberOf(sale.userId)).memberships.upgrade({ planCode: 'asistenca_family', idempotencyKey: newId() });
    await charge(asked.paymentId ?? '');
    const { transactionId } = sale;
    const adjustment = (action: string, status: string, id: string) => ({ id, action, status, transaction_id: transactionId, reason: 'fraud', currency_code: 'EUR', customer_id: 'ctm_1', totals: { subtotal: '1695', tax: '305', total: '2000', fee: '0', earnings: '0', currency_code: 'EUR' }, created_at: new Date().toISOString() });
    await deliver(ks, eventOf('adjustment.updated', adjustment('chargeback', 'approved', 'adj_up_1')));
    await follow();
    expect([(await rowOf(sale.membershipId))?.status, (await rowOf(asked.membershipId))?.status]).toEqual(['expired', 'canceled']);
    await deliver(ks, eventOf('adjustment.updated', adjustment('chargeback_reverse', 'approved', 'adj_up_2')));
    await follow();
    expect([(await rowOf(sale.membershipId))?.status, (await rowOf(asked.membershipId))?.status]).toEqual(['expired', 'active']);
    const total = await read(async (tx) => tx.select({ sum: sql<string>`sum(${ledgerEntries.amountMinor})::text` }).from(ledgerEntries).where(and(eq(ledgerEntries.tenantId, ks.id))));
    expect(total).toEqual([{ sum: '0' }]);
  });
});
