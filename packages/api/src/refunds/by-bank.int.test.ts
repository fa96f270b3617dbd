import { and, eq, inArray } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { newId, todayIn, withCheckDigits } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, bankLines, commissions, invoices, memberships, payments, refunds } from '@interdomestik/db/schema';
import { matchStatement } from '../bank/match';
import { balanceOfAccount } from '../ledger';
import { bankReceipts, callerFor, custodyFaults, enrolInputOf, runJobs, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { bankAccountOf, base64Of, statementOf, transferSaleOf, type TestLine } from '../testing/bank';

const world = useWorld();
let ks: TestTenant;
let system: TenantScope;
const iban = withCheckDigits('XK001212012345678906');
const today = () => todayIn(ks.pack.zone, new Date());
const admin = async () => callerFor(await scopeOf(ks, ks.admin), { ip: newId() });
const read = async (lines: readonly TestLine[]): Promise<string> => {
  const { id } = await (await admin()).bank.take({ accountId: await bankAccountOf(ks), name: 'izvod.csv', data: base64Of(statementOf(lines)) });
  await matchStatement(system, id, new Date());
  return id;
};
const linesOf = (statementId: string) => withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.statementId, statementId))));
const books = () => withTenant(system, async (tx) => {
  const of = async (account: Parameters<typeof balanceOfAccount>[2]) => (await balanceOfAccount(tx, system, account, 'EUR')).minor;
  return { bank: await of('bank'), owed: await of('creditsOwed'), revenue: await of('membershipRevenue'), vat: await of('vatPayable'), held: await of('paymentsHeld') };
});
const refundOf = async (membershipId: string) => (await withTenant(system, (tx) => tx.select().from(refunds).where(and(eq(refunds.tenantId, ks.id), eq(refunds.membershipId, membershipId)))))[0];
const paidByTransfer = async () => {
  const sale = await transferSaleOf(ks);
  await read([{ on: today(), minor: sale.minor, payer: sale.name, reference: sale.reference, id: newId() }]);
  await runJobs(world.current.database, { only: ['commissions.settle'] });
  return sale;
};
const ask = (membershipId: string, minor: bigint, changes: Record<string, unknown> = {}) => ({ membershipId, shown: { minor: String(minor), currency: 'EUR' as const }, from: 'bank' as const, iban, note: 'Changed their mind', idempotencyKey: newId(), ...changes });

beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
  await bankAccountOf(ks);
});

it('P-15 P-20 what came by transfer is owed at once and leaves the bank with the movement that names it, once', async () => {
  const before = await books();
  const sale = await paidByTransfer();
  const api = await admin();
  expect(await api.refunds.offer({ membershipId: sale.membershipId })).toMatchObject({ refusal: null, method: 'bank_transfer', amount: { minor: sale.minor }, from: ['bank'] });
  for (const wrong of [{ iban: undefined }, { iban: 'XK051212012345678907' }, { from: 'branch', iban: undefined }, { from: undefined, iban: undefined }]) {
    await expect(api.refunds.give(ask(sale.membershipId, sale.minor, wrong))).rejects.toMatchObject({ code: expect.stringMatching(/BAD_REQUEST|CONFLICT|UNPROCESSABLE/u) as unknown });
  }
  const stale = callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) });
  expect(await refusalsOf([stale.refunds.give(ask(sale.membershipId, sale.minor))])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
  const input = ask(sale.membershipId, sale.minor);
  const given = await api.refunds.give(input);
  expect(given).toMatchObject({ status: 'asked', creditNote: expect.stringMatching(/^K-/u) as unknown });
  expect(await api.refunds.give(input)).toEqual(given);
  await expect(api.refunds.give(ask(sale.membershipId, sale.minor))).rejects.toMatchObject({ code: 'CONFLICT' });
  await runJobs(world.current.database, { only: ['commissions.settle'] });
  const state = await withTenant(system, async (tx) => ({
    membership: (await tx.select({ status: memberships.status }).from(memberships).where(eq(memberships.id, sale.membershipId)))[0]?.status,
    payment: (await tx.select({ status: payments.status }).from(payments).where(eq(payments.id, sale.paymentId)))[0]?.status,
    papers: (await tx.select({ totalMinor: invoices.totalMinor }).from(invoices).where(eq(invoices.membershipId, sale.membershipId))).reduce((sum, { totalMinor }) => sum + totalMinor, 0n),
    earned: (await tx.select().from(commissions).where(eq(commissions.membershipId, sale.membershipId))).reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
  }));
  expect(state).toMatchObject({ payment: 'refunded', papers: 0n, earned: 0n });
  expect(state.membership).not.toBe('active');
  expect(await books()).toEqual({ ...before, bank: before.bank + sale.minor, owed: before.owed + sale.minor });
  const refund = await refundOf(sale.membershipId);
  expect(refund).toMatchObject({ source: 'bank', status: 'asked', amountMinor: sale.minor });
  // the account lies sealed, and no trail tells it
  const trail = await withTenant(system, (tx) => tx.select({ before: auditLogs.before, after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), inArray(auditLogs.entity, ['refunds']))));
  expect(trail.length).toBeGreaterThan(0);
  expect(JSON.stringify([refund?.payoutAccount, trail])).not.toContain(iban.slice(4));
  expect((await api.refunds.list({ limit: 5 })).items.find(({ id }) => id === refund?.id)).toMatchObject({ payout: { iban, reference: refund?.payoutReference } });
  const line = { on: today(), minor: -sale.minor, payer: 'Somebody', purpose: `Kthim ${refund?.payoutReference ?? ''}`, id: newId() };
  const [first, again] = [await read([line]), await read([line, { ...line, id: newId() }])];
  expect(await linesOf(first)).toMatchObject([{ status: 'booked', refundId: refund?.id, decidedBy: null }]);
  // the same movement in a later statement is no second one, and another of the same words waits for a person
  expect(await linesOf(again)).toMatchObject([{ status: 'open', reason: 'outgoing', refundId: null }]);
  expect(await books()).toEqual(before);
  expect(await refundOf(sale.membershipId)).toMatchObject({ status: 'done' });
});

it('cash that was taken can go back by the bank and stays where it is; money that went out without a reference is known by the account, or a person says so', async () => {
  const api = await admin();
  const agent = callerFor(await scopeOf(ks, ks.branches[0].agent));
  const before = await books();
  const [known, unsure] = [await agent.enrolments.enrol(enrolInputOf(ks)), await agent.enrolments.enrol(enrolInputOf(ks))];
  expect((await api.refunds.offer({ membershipId: known.membershipId })).from).toEqual(['collector', 'bank']);
  await api.refunds.give(ask(known.membershipId, 2000n));
  await api.refunds.give(ask(unsure.membershipId, 2000n, { iban: withCheckDigits('XK001212012345678907') }));
  expect(await custodyFaults(ks)).toEqual([]);
  expect(await books()).toMatchObject({ owed: before.owed + 4000n, revenue: before.revenue, vat: before.vat });
  const byAccount = await read([{ on: today(), minor: -2000n, account: iban, id: newId() }]);
  expect(await linesOf(byAccount)).toMatchObject([{ status: 'booked', refundId: (await refundOf(known.membershipId))?.id }]);
  await read([{ on: today(), minor: -2000n, id: newId() }, { on: today(), minor: -1999n, id: newId() }]);
  const open = (await api.bank.lines({ limit: 20, filters: { status: ['open'] } })).items.filter(({ amount }) => amount.minor < 0n);
  const [exact, less] = [open.find(({ amount }) => amount.minor === -2000n), open.find(({ amount }) => amount.minor === -1999n)];
  const [offered, ...others] = await api.bank.refundsFor({ id: exact?.id ?? '' });
  expect(others).toEqual([]);
  expect(await api.bank.refundsFor({ id: less?.id ?? '' })).toEqual([]);
  const refundId = offered?.refundId ?? '';
  await expect(api.bank.payRefund({ id: less?.id ?? '', refundId })).rejects.toMatchObject({ code: 'CONFLICT' });
  const two = await Promise.allSettled([api.bank.payRefund({ id: exact?.id ?? '', refundId }), api.bank.payRefund({ id: exact?.id ?? '', refundId })]);
  expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await books()).toMatchObject({ owed: before.owed, bank: before.bank - 4000n });
  expect(await custodyFaults(ks)).toEqual([]);
});

it('cash that a branch has paid in is known by the number of its slip, and moves nothing a second time', async () => {
  const { branches: [{ agent, manager }] } = ks;
  const sold = await callerFor(await scopeOf(ks, agent)).enrolments.enrol(enrolInputOf(ks));
  const depositId = await bankReceipts(ks, { agent, manager }, [sold.receiptId ?? '']);
  const before = await books();
  const statementId = await read([{ on: today(), minor: 2000n, purpose: 'Depozit UP-1', id: newId() }, { on: today(), minor: 2000n, purpose: 'Depozit UP-1 prapë', id: newId() }]);
  const lines = await linesOf(statementId);
  expect(lines.map(({ status, depositId: of }) => `${status} ${of ?? ''}`).toSorted((a, b) => a.localeCompare(b))).toEqual(['open ', `seen ${depositId}`]);
  expect(await books()).toEqual(before);
});

it('an account that was given wrongly is corrected until the bank has paid out, by whoever may give money back and with a fresh proof', async () => {
  const sale = await paidByTransfer();
  const api = await admin();
  await api.refunds.give(ask(sale.membershipId, sale.minor));
  const refund = await refundOf(sale.membershipId);
  const id = refund?.id ?? '';
  const right = withCheckDigits('XK001505000000123456');
  const stale = callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) });
  const agent = callerFor(await scopeOf(ks, ks.branches[0].agent));
  expect(await refusalsOf([stale.refunds.correctAccount({ id, iban: right }), agent.refunds.correctAccount({ id, iban: right })])).toEqual(['FORBIDDEN errors.session.reauthenticate', 'FORBIDDEN errors.forbidden']);
  await expect(api.refunds.correctAccount({ id, iban: 'XK051212012345678907' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await api.refunds.correctAccount({ id, iban: right });
  expect((await api.refunds.list({})).items.find((one) => one.id === id)?.payout).toEqual({ iban: right, reference: refund?.payoutReference });
  const trail = await withTenant(system, (tx) => tx.select({ after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.action, 'refunds.correctAccount'))));
  expect(trail).toMatchObject([{ after: { payout_account: '***' } }]);
  // known by the account alone: the old one means nothing any more
  const [wrong] = await linesOf(await read([{ on: today(), minor: -sale.minor, payer: sale.name, account: iban, id: newId() }]));
  expect(wrong?.status).toBe('open');
  const [paid] = await linesOf(await read([{ on: today(), minor: -sale.minor, payer: sale.name, account: right, id: newId() }]));
  expect([paid?.status, paid?.refundId]).toEqual(['booked', id]);
  expect(await refusalsOf([api.refunds.correctAccount({ id, iban })])).toEqual(['CONFLICT errors.refund.decided']);
});
