import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cashReceipts, commissions, invoiceLines, invoices, memberships, payments, refunds } from '@interdomestik/db/schema';
import { addColleague } from '../attacks/people';
import { printedInvoice } from '../invoices/frozen';
import { balanceOfAccount } from '../ledger';
import { accountById, providerOf } from '../payments/accounts';
import { providerOfTests } from '../reconciliations/testing';
import {
  adminSql, callerFor, countReceipts, custodyFaults, deliver, enrolInputOf, eventOf, factsOf, pendingSale, publishRule, runJobs, scopeOf, systemScopeOf, transactionData, usePaddle, useWorld, type TestPerson, type TestTenant,
} from '../testing';
import { sendRefund } from './send';

const world = useWorld();
usePaddle(world);
let ks: TestTenant;
let system: TenantScope;
let agent: TestPerson;
beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
  agent = await addColleague(ks, { role: 'agent', branchId: ks.branches[0].id, firstName: 'Collector' });
});

const follow = () => runJobs(world.current.database, { only: ['webhooks.process', 'commissions.settle'] });
const as = async (person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(ks, person));
const eur = (minor: bigint) => ({ minor: String(minor), currency: 'EUR' as const });
const part = (paymentId: string, minor: bigint, way: 'card' | 'branch' | 'owed') => ({ paymentId, amount: eur(minor), way, note: 'The price was wrong', idempotencyKey: newId() });
const sell = async (changes: Record<string, unknown> = {}) => {
  const sold = await (await as(agent)).enrolments.enrol(enrolInputOf(ks, changes));
  await follow();
  return { ...sold, paymentId: sold.paymentId ?? '', receiptId: sold.receiptId ?? '' };
};
const stateOf = (membershipId: string) => withTenant(system, async (tx) => ({
  membership: (await tx.select().from(memberships).where(eq(memberships.id, membershipId)))[0],
  payments: await tx.select().from(payments).where(eq(payments.membershipId, membershipId)).orderBy(asc(payments.createdAt)),
  papers: await tx.select().from(invoices).where(eq(invoices.membershipId, membershipId)).orderBy(asc(invoices.createdAt), asc(invoices.number)),
  refunds: await tx.select().from(refunds).where(eq(refunds.membershipId, membershipId)).orderBy(asc(refunds.createdAt)),
  commission: (await tx.select().from(commissions).where(eq(commissions.membershipId, membershipId))).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
}));
const accounts = ['membershipRevenue', 'vatPayable', 'creditsOwed', 'cashInBranch', 'cashWithAgents', 'customerReceivable', 'commissionsPayable'] as const;
const books = () => withTenant(system, async (tx) => {
  const found: Record<string, bigint> = {};
  for (const name of accounts) found[name] = (await balanceOfAccount(tx, system, name, 'EUR')).minor;
  return found;
});

describe('a part of a cash sale that is given back by hand', () => {
  it('P-12 P-15 is credited with its share of VAT and commission, owed or out of the till, and the rest can be given back whole', async () => {
    const before = await books();
    const [sold, other] = [await sell(), await sell({ planCode: 'asistenca_family' })];
    const api = await as(ks.admin);
    const earned = (await stateOf(sold.membershipId)).commission;
    expect(await api.refunds.partOffer({ paymentId: sold.paymentId })).toMatchObject({ refusal: null, left: { minor: 2000n }, most: { minor: 1999n }, ways: ['owed'] });
    await expect(api.refunds.givePart(part(sold.paymentId, 500n, 'branch'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.nowhere' } });
    await expect(api.refunds.givePart(part(sold.paymentId, 2000n, 'owed'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.partMost' } });
    const first = part(sold.paymentId, 333n, 'owed');
    const [{ creditNote }, again] = [await api.refunds.givePart(first), await api.refunds.givePart(first)];
    expect(again.creditNote).toBe(creditNote);
    await follow();
    await countReceipts(ks, { agent, manager: ks.branches[0].manager }, [sold.receiptId, other.receiptId]);
    await api.refunds.givePart(part(sold.paymentId, 500n, 'branch'));
    await follow();
    const state = await stateOf(sold.membershipId);
    expect(state).toMatchObject({ membership: { status: 'active' }, payments: [{ status: 'partly_refunded', refundedMinor: 833n }], papers: [{ status: 'paid' }, { totalMinor: -333n }, { totalMinor: -500n }] });
    // 10 % of the net fee that has stayed, as the rule of the sale says
    expect(earned - state.commission).toBe(earned - (earned * 1167n + 1000n) / 2000n);
    const [, note] = state.papers;
    if (note === undefined) throw new Error('no credit note');
    const lines = await withTenant(system, (tx) => tx.select().from(invoiceLines).where(eq(invoiceLines.invoiceId, note.id)));
    const printed = printedInvoice(note, lines);
    expect(printed).toMatchObject({ type: 'creditNote', gross: { minor: 333n }, vat: { minor: 51n }, net: { minor: 282n }, lines: [{ gross: { minor: 333n }, rateBp: 1800 }], vatTotals: [{ net: { minor: 282n }, vat: { minor: 51n } }] });
    expect(JSON.stringify(printed.lines[0]?.description)).toContain('The price was wrong');
    const now = await books();
    expect(now.creditsOwed).toBe((before.creditsOwed ?? 0n) + 333n);
    expect(await custodyFaults(ks)).toEqual([]);
    // what is owed is paid once, however often it is asked
    const owed = state.refunds.find(({ source }) => source === 'owed')?.id ?? '';
    await Promise.all([api.refunds.payOwed({ id: owed }), api.refunds.payOwed({ id: owed })]);
    expect((await books()).creditsOwed).toBe(before.creditsOwed);
    expect(await custodyFaults(ks)).toEqual([]);
    // the rest goes back whole: nothing of the sale is left in the books, and every cent of the invoice is credited
    expect(await api.refunds.offer({ membershipId: sold.membershipId })).toMatchObject({ refusal: null, amount: { minor: 1167n }, from: ['branch'] });
    await api.refunds.give({ membershipId: sold.membershipId, shown: eur(1167n), from: 'branch', note: 'Changed their mind', idempotencyKey: newId() });
    await follow();
    const ended = await stateOf(sold.membershipId);
    expect(ended).toMatchObject({ membership: { status: 'canceled' }, payments: [{ status: 'refunded', refundedMinor: 2000n }], commission: 0n, papers: [{ status: 'credited' }, {}, {}, { totalMinor: -1167n }] });
    for (const column of ['netMinor', 'vatMinor', 'totalMinor'] as const) expect(ended.papers.reduce((sum, paper) => sum + paper[column], 0n)).toBe(0n);
    const vatMinor = (await stateOf(other.membershipId)).papers[0]?.vatMinor ?? 0n;
    expect(await books()).toMatchObject({ membershipRevenue: (before.membershipRevenue ?? 0n) + 3500n - vatMinor, vatPayable: (before.vatPayable ?? 0n) + vatMinor, cashInBranch: (before.cashInBranch ?? 0n) + 3500n });
    expect(await custodyFaults(ks)).toEqual([]);
  });

  it('P-13 twenty at once never take back more than the rule allows, and the database lets none past what is left', async () => {
    const sold = await sell();
    await publishRule(ks, 'products', 2, { ...ks.pack.rules.products, refunds: { blockedBy: [], asking: 'branch', partUpToBp: 5_000 } });
    const api = await as(ks.admin);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => api.refunds.givePart(part(sold.paymentId, 300n, 'owed'))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await stateOf(sold.membershipId)).payments).toMatchObject([{ refundedMinor: 900n }]);
    await expect(adminSql(world.current.database.adminUrl, `insert into invoices select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'number', 999999, 'payment_id', null, 'credit_of', i.id, 'net_minor', -i.net_minor, 'vat_minor', -i.vat_minor, 'total_minor', -i.total_minor))).*
      from invoices i where payment_id = '${sold.paymentId}'`)).rejects.toMatchObject({ constraint: 'invoices_credit_left' });
    await publishRule(ks, 'products', 3, { ...ks.pack.rules.products, refunds: { blockedBy: [], asking: 'branch', partUpToBp: 0 } });
    expect(await (await as(ks.admin)).refunds.partOffer({ paymentId: sold.paymentId })).toMatchObject({ refusal: 'rule', ways: [] });
    await publishRule(ks, 'products', 4, ks.pack.rules.products);
  });

  it('is refused while parts of the price are owed, and to who may not', async () => {
    const sold = await sell({ planCode: 'asistenca_family', instalmentsCode: 'in_four', amountTendered: eur(902n) });
    await expect((await as(ks.admin)).refunds.givePart(part(sold.paymentId, 100n, 'owed'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.parts' } });
    for (const person of [ks.branches[0].manager, agent, ks.branches[0].member]) await expect((await as(person)).refunds.givePart(part(sold.paymentId, 100n, 'owed'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const [receipt] = await withTenant(system, (tx) => tx.select().from(cashReceipts).where(eq(cashReceipts.id, sold.receiptId)));
    expect(receipt?.status).toBe('collected');
  });
});

describe('a part of a card sale', () => {
  it('is asked of the provider, and the membership goes on when it approves', async () => {
    const provider = providerOfTests(ks);
    const sale = await pendingSale(ks);
    const minor = (await factsOf(sale)).payment?.amountMinor ?? 0n;
    const [transactionId = ''] = await provider.paid([sale.paymentId], 1, String(minor));
    await deliver(ks, eventOf('transaction.completed', transactionData({ id: transactionId, paymentId: sale.paymentId, status: 'completed', minor })));
    await follow();
    const api = await as(ks.admin);
    expect(await api.refunds.partOffer({ paymentId: sale.paymentId })).toMatchObject({ ways: ['card'], invoice: null });
    await api.refunds.givePart(part(sale.paymentId, 500n, 'card'));
    await expect(api.refunds.givePart(part(sale.paymentId, 500n, 'card'))).rejects.toMatchObject({ cause: { messageKey: 'errors.refund.asked' } });
    await sendRefund(system, (await stateOf(sale.membershipId)).refunds[0]?.id ?? '', new Date());
    const sent = [];
    for await (const one of providerOf(await accountById(system, ks.card.id)).listAdjustments()) if (one.transactionId === transactionId) sent.push(one);
    expect(sent).toMatchObject([{ total: 500n }]);
    await deliver(ks, eventOf('adjustment.updated', {
      id: sent[0]?.id, action: 'refund', status: 'approved', transaction_id: transactionId, customer_id: 'ctm_test', reason: 'x', currency_code: 'EUR', totals: { total: '500', tax: '76' },
    }));
    await follow();
    expect(await stateOf(sale.membershipId)).toMatchObject({ membership: { status: 'active' }, payments: [{ status: 'partly_refunded', refundedMinor: 500n }], refunds: [{ status: 'done', part: true }] });
    expect(await api.refunds.partOffer({ paymentId: sale.paymentId })).toMatchObject({ refusal: null, left: { minor: minor - 500n } });
  });
});
