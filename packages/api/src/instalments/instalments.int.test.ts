import { and, asc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { cashReceipts, instalments, invoiceLines, ledgerEntries, ledgerTransactions, mails, memberships, notifications } from '@interdomestik/db/schema';
import { addDays, addMonths, formatDate, newId, todayIn, type DateOnly } from '@interdomestik/rules';
import { renderCashReceipt } from '../cash/render';
import { renderInvoice } from '../invoices/render';
import { balanceOfAccount } from '../ledger';
import { moveMembers } from '../transfers/moves';
import { remindInstalments } from './remind';
import { eur, family, partedSales } from './testing';
import { enrolInputOf, memoryStorage, publishRule, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let today: DateOnly;
const { as, member, part, partsOf, invoiceOf, paymentsOf, expectBalanced } = partedSales(world);
const sell = async (changes: Record<string, unknown> = {}) => (await as(ks.branches[0].agent)).enrolments.enrol(enrolInputOf(ks, { ...family, ...changes }));
const balance = (account: 'cashWithAgents' | 'customerReceivable' | 'membershipRevenue' | 'vatPayable') => withTenant(system, async (tx) => (await balanceOfAccount(tx, system, account, 'EUR')).minor);
const books = async () => ({ cash: await balance('cashWithAgents'), owed: await balance('customerReceivable'), revenue: await balance('membershipRevenue'), vat: await balance('vatPayable') });
const moved = async (before: Awaited<ReturnType<typeof books>>) => {
  const after = await books();
  return [after.cash - before.cash, after.owed - before.owed, after.revenue - before.revenue, after.vat - before.vat];
};
const collect = async (person: TestPerson, id: string, minor: bigint, key = newId()) => (await as(person)).instalments.collect({ id, amountTendered: eur(minor), idempotencyKey: key });

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  today = todayIn('Europe/Belgrade', new Date());
});

describe('who may not', () => {
  it('another tenant, another branch, another agent and another member find no part', async () => {
    const { membershipId, memberId } = await sell();
    const { id } = await part(membershipId, 2);
    for (const [person, tenant] of [[mk.admin, mk], [mk.branches[0].agent, mk], [ks.branches[1].manager, ks], [ks.branches[1].agent, ks]] as const) {
      const caller = await as(person, tenant);
      await expect(caller.instalments.collect({ id, amountTendered: eur(901n), idempotencyKey: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.instalments.sendLink({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await caller.instalments.ofMember({ memberId })).toEqual([]);
    }
    const stranger = await member(ks.branches[0].member.id);
    await expect(stranger.instalments.pay({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await stranger.instalments.mine()).some((schedule) => schedule.membershipId === membershipId)).toBe(false);
    await expect(stranger.instalments.collect({ id, amountTendered: eur(901n), idempotencyKey: newId() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await part(membershipId, 2)).status).toBe('due');
  });
});

describe('a cash sale in parts', () => {
  it('takes the first part, makes the membership active, and books the whole with what is owed', async () => {
    const before = await books();
    const sold = await sell();
    const rows = await partsOf(sold.membershipId);
    expect(rows.map((row) => [row.number, row.dueOn, row.amountMinor, row.status, row.taxDocumentIssuer])).toEqual([
      [1, today, 902n, 'paid', 'tenant'], [2, addMonths(today, 2), 901n, 'due', 'tenant'], [3, addMonths(today, 4), 901n, 'due', 'tenant'], [4, addMonths(today, 6), 901n, 'due', 'tenant'],
    ]);
    expect(rows.reduce((total, row) => total + row.vatMinor, 0n)).toBe(550n);
    expect(rows[0]).toMatchObject({ paymentId: sold.paymentId });
    expect(await paymentsOf(sold.membershipId)).toMatchObject([{ status: 'succeeded', amountMinor: 902n, vatMinor: rows[0]?.vatMinor }]);
    expect(await moved(before)).toEqual([902n, 2703n, 3055n, 550n]);
    await expectBalanced();
    const [invoice, ...others] = await invoiceOf(sold.membershipId);
    expect(others).toEqual([]);
    expect(invoice).toMatchObject({ status: 'issued', totalMinor: 3605n, vatMinor: 550n, netMinor: 3055n, dueOn: addMonths(today, 6) });
    const lines = await withTenant(system, (tx) => tx.select().from(invoiceLines).where(eq(invoiceLines.invoiceId, invoice?.id ?? '')).orderBy(invoiceLines.position));
    expect(lines.map(({ totalMinor }) => totalMinor)).toEqual([3500n, 105n]);
    expect(lines[1]?.description).toMatchObject({ sq: 'Shtesë çmimi: Pagesë me katër këste' });
    const [membership] = await withTenant(system, (tx) => tx.select().from(memberships).where(eq(memberships.id, sold.membershipId)));
    expect(membership).toMatchObject({ status: 'active', priceMinor: 3605n, startsOn: today });
    const [receipt] = await withTenant(system, (tx) => tx.select().from(cashReceipts).where(eq(cashReceipts.id, sold.receiptId ?? '')));
    expect(receipt?.amountMinor).toBe(902n);
  });

  it('is quoted as it is sold, with every way to pay in parts beside', async () => {
    const agent = await as(ks.branches[0].agent);
    const atOnce = await agent.enrolments.quote({ planCode: 'asistenca_family', method: 'cash' });
    expect(atOnce).toMatchObject({ total: { minor: 3500n }, now: { minor: 3500n }, instalments: [], instalmentPlans: [{ code: 'in_four', title: 'Pagesë me katër këste', total: { minor: 3605n }, surcharge: { minor: 105n } }] });
    const inParts = await agent.enrolments.quote({ planCode: 'asistenca_family', method: 'cash', instalmentsCode: 'in_four' });
    expect(inParts).toMatchObject({ total: { minor: 3605n }, now: { minor: 902n } });
    expect(inParts.instalments).toEqual(atOnce.instalmentPlans[0]?.parts);
    expect((await agent.enrolments.quote({ planCode: 'asistenca', method: 'cash' })).instalmentPlans).toEqual([]);
  });

  it.each([
    ['the whole price tendered', { amountTendered: eur(3605n) }, 'amountTendered', 'errors.money.tendered'],
    ['a cent too little', { amountTendered: eur(901n) }, 'amountTendered', 'errors.money.tendered'],
    ['another currency', { amountTendered: { minor: '902', currency: 'MKD' } }, 'amountTendered', 'errors.money.tendered'],
    ['a plan that is not sold so', { planCode: 'asistenca' }, 'instalmentsCode', 'errors.instalments.notForThis'],
    ['a way to pay that nobody has', { instalmentsCode: 'in_nine' }, 'instalmentsCode', 'errors.instalments.unknown'],
  ])('refuses %s and writes nothing', async (_, change, field, messageKey) => {
    const before = await books();
    await expect(sell(change)).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { field, messageKey } });
    expect(await moved(before)).toEqual([0n, 0n, 0n, 0n]);
  });

  it('gives the same sale to a double click', async () => {
    const input = enrolInputOf(ks, family);
    const agent = await as(ks.branches[0].agent);
    const [one, two] = await Promise.all([agent.enrolments.enrol(input), agent.enrolments.enrol(input)]);
    expect(two).toEqual(one);
    expect(await partsOf(one.membershipId)).toHaveLength(4);
  });
});

describe('a further part in cash', () => {
  it('is received, booked against what is owed and told, and the last one pays the invoice', async () => {
    const sold = await sell();
    const before = await books();
    const agent = ks.branches[0].agent;
    for (const number of [2, 3, 4]) {
      const { id, amountMinor } = await part(sold.membershipId, number);
      const answer = await collect(agent, id, amountMinor);
      expect(answer.receiptCode).toMatch(/^P-\d{4}-\d{6}$/u);
      expect(await part(sold.membershipId, number)).toMatchObject({ status: 'paid', paymentId: answer.paymentId });
      expect((await invoiceOf(sold.membershipId)).map(({ status }) => status)).toEqual([number === 4 ? 'paid' : 'issued']);
    }
    expect(await moved(before)).toEqual([2703n, -2703n, 0n, 0n]);
    await expectBalanced();
    const paid = await paymentsOf(sold.membershipId);
    expect([paid.length, paid.reduce((total, row) => total + row.amountMinor, 0n), paid.reduce((total, row) => total + (row.vatMinor ?? 0n), 0n)]).toEqual([4, 3605n, 550n]);
    const sent = await withTenant(system, (tx) => tx.select().from(mails).where(and(eq(mails.userId, sold.memberId), eq(mails.template, 'payment-receipt'))));
    expect(sent).toHaveLength(3);
    const [schedule] = await (await member(sold.memberId)).instalments.mine();
    expect(schedule).toMatchObject({ by: 'cash', total: { minor: 3605n }, left: { minor: 0n } });
    expect(schedule?.parts.map(({ status, next }) => [status, next])).toEqual(Array.from({ length: 4 }, () => ['paid', false]));
  });

  it('is on its own receipt, which names the part, and on the one invoice, which names the days', async () => {
    const sold = await sell();
    const { receiptId } = await collect(ks.branches[0].agent, (await part(sold.membershipId, 2)).id, 901n);
    const storage = memoryStorage();
    await renderCashReceipt(system, receiptId, storage);
    await renderCashReceipt(system, sold.receiptId ?? '', storage);
    await renderInvoice(system, sold.invoiceId ?? '', storage);
    expect(storage.files.size).toBe(3);
    for (const bytes of storage.files.values()) expect(new TextDecoder('latin1').decode(bytes.slice(0, 5))).toBe('%PDF-');
  });

  it('P-16 is taken once, from a double click and from two people at the same moment', async () => {
    const sold = await sell();
    const { id } = await part(sold.membershipId, 2);
    const before = await books();
    const key = newId();
    const [one, two] = await Promise.all([collect(ks.branches[0].agent, id, 901n, key), collect(ks.branches[0].agent, id, 901n, key)]);
    expect(two).toEqual(one);
    await expect(collect(ks.branches[0].agent, (await part(sold.membershipId, 3)).id, 901n, key)).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.idempotency.mismatch' } });
    const three = await part(sold.membershipId, 3);
    const race = await Promise.allSettled([collect(ks.branches[0].agent, three.id, 901n), collect(ks.branches[0].manager, three.id, 901n)]);
    expect(race.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(race.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT', cause: { messageKey: 'errors.instalments.alreadyPaid' } } });
    expect(await moved(before)).toEqual([1802n, -1802n, 0n, 0n]);
    expect(await paymentsOf(sold.membershipId)).toHaveLength(3);
  });

  it('is refused for too much, too little, another currency, out of its order and by card', async () => {
    const sold = await sell();
    const [, second, third] = await partsOf(sold.membershipId);
    const before = await books();
    for (const minor of [900n, 902n, 2703n]) await expect(collect(ks.branches[0].agent, second?.id ?? '', minor)).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { field: 'amountTendered', messageKey: 'errors.money.tendered' } });
    await expect((await as(ks.branches[0].agent)).instalments.collect({ id: second?.id ?? '', amountTendered: { minor: '901', currency: 'MKD' }, idempotencyKey: newId() })).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { field: 'amountTendered' } });
    await expect(collect(ks.branches[0].agent, third?.id ?? '', 901n)).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.order' } });
    await expect((await member(sold.memberId)).instalments.pay({ id: second?.id ?? '' })).rejects.toMatchObject({ code: 'CONFLICT', cause: { messageKey: 'errors.instalments.inCash' } });
    expect(await moved(before)).toEqual([0n, 0n, 0n, 0n]);
    expect(await paymentsOf(sold.membershipId)).toHaveLength(1);
  });

  it('goes with a member who moves, and is taken where the member is now', async () => {
    const sold = await sell();
    const { id } = await part(sold.membershipId, 2);
    const [, elsewhere] = ks.branches;
    await withTenant(system, (tx) => moveMembers(tx, system, [{ userId: sold.memberId, branchId: elsewhere.id, agentId: elsewhere.agent.id }], new Date()));
    await expect(collect(ks.branches[0].agent, id, 901n)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { paymentId } = await collect(elsewhere.agent, id, 901n);
    expect((await paymentsOf(sold.membershipId)).map((row) => [row.id === paymentId, row.branchId])).toEqual([[false, ks.branches[0].id], [true, elsewhere.id]]);
    await expectBalanced();
  });

  it('earns the seller as it comes', async () => {
    const sold = await sell();
    const own = async () => (await (await as(ks.branches[0].agent)).commissions.own({})).sales.filter(({ id }) => id === sold.membershipId).map(({ expected }) => expected.minor);
    // a fifth of 30.55, as far as it was paid
    expect(await own()).toEqual([153n]);
    await collect(ks.branches[0].agent, (await part(sold.membershipId, 2)).id, 901n);
    expect(await own()).toEqual([305n]);
  });
});

describe('reminders', () => {
  const dueOn = (membershipId: string, number: number, day: string) => withTenant(system, async (tx) => { await tx.update(instalments).set({ dueOn: day }).where(and(eq(instalments.tenantId, ks.id), eq(instalments.membershipId, membershipId), eq(instalments.number, number))); });
  const told = (userId: string) => withTenant(system, async (tx) => (await tx.select({ kind: notifications.kind, params: notifications.params }).from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, userId), sql`${notifications.kind} like 'instalment.%'`)).orderBy(asc(notifications.createdAt), asc(notifications.id))));
  const reminded = (userId: string) => withTenant(system, async (tx) => (await tx.select({ subject: mails.subject }).from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, userId), eq(mails.template, 'instalment-reminder')))).length);

  it('the member and whoever looks after them hear once before the day and once after it, and what is paid is not brought to mind', async () => {
    const sold = await sell({ firstName: 'Shpresa', lastName: 'Berisha' });
    const now = new Date();
    expect(await remindInstalments(system, now)).toBe(0);
    await dueOn(sold.membershipId, 2, addDays(today, 8));
    expect(await remindInstalments(system, now)).toBe(0);
    await dueOn(sold.membershipId, 2, addDays(today, 7));
    expect((await Promise.all([remindInstalments(system, now), remindInstalments(system, now)])).reduce((one, two) => one + two)).toBe(1);
    expect(await remindInstalments(system, now)).toBe(0);
    const due = { amount: '9,01 €', due: formatDate(addDays(today, 7)) };
    expect(await told(sold.memberId)).toEqual([{ kind: 'instalment.due', params: due }]);
    expect((await told(ks.branches[0].agent.id)).filter(({ params }) => JSON.stringify(params).includes('Shpresa'))).toEqual([{ kind: 'instalment.member_due', params: { ...due, member: 'Shpresa Berisha' } }]);
    await dueOn(sold.membershipId, 2, addDays(today, -1));
    expect(await remindInstalments(system, now)).toBe(1);
    expect(await remindInstalments(system, now)).toBe(0);
    expect((await told(sold.memberId)).map(({ kind }) => kind)).toEqual(['instalment.due', 'instalment.overdue']);
    expect(await reminded(sold.memberId)).toBe(2);
    const [schedule] = await (await as(ks.branches[0].agent)).instalments.ofMember({ memberId: sold.memberId });
    expect(schedule?.parts.map(({ overdue, next }) => [overdue, next])).toEqual([[false, false], [true, true], [false, false], [false, false]]);
    await collect(ks.branches[0].agent, (await part(sold.membershipId, 2)).id, 901n);
    await dueOn(sold.membershipId, 3, addDays(today, 1));
    await withTenant(system, async (tx) => { await tx.update(memberships).set({ status: 'lapsed' }).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, sold.membershipId))); });
    expect(await remindInstalments(system, now)).toBe(0);
  });

  it('says nothing on a channel that the rule does not name, and marks the part all the same', async () => {
    const sold = await sell();
    await dueOn(sold.membershipId, 2, addDays(today, -3));
    await publishRule(ks, 'notifications', 9, { ...ks.pack.rules.notifications, events: [{ event: 'instalment.overdue', channels: [] }] });
    expect(await remindInstalments(system, new Date())).toBe(1);
    expect([await told(sold.memberId), await reminded(sold.memberId)]).toEqual([[], 0]);
    expect((await part(sold.membershipId, 2)).overdueAt).not.toBeNull();
  });
});

it('posts every effect under a key of its own', async () => {
  const sold = await sell();
  const { id } = await part(sold.membershipId, 2);
  await collect(ks.branches[0].agent, id, 901n);
  const keys = await withTenant(system, (tx) => tx.select({ key: ledgerTransactions.effectKey, kind: ledgerTransactions.kind }).from(ledgerTransactions).where(eq(ledgerTransactions.effectKey, `instalment:${id}:paid`)));
  expect(keys).toEqual([{ key: `instalment:${id}:paid`, kind: 'instalment_paid' }]);
  const held = await withTenant(system, (tx) => tx.select({ party: ledgerEntries.partyId, minor: ledgerEntries.amountMinor }).from(ledgerEntries)
    .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
    .where(eq(ledgerTransactions.effectKey, `instalment:${id}:paid`)).orderBy(ledgerEntries.position));
  expect(held).toEqual([{ party: ks.branches[0].agent.id, minor: 901n }, { party: null, minor: -901n }]);
});
