import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { bankLines, invoices, ledgerTransactions, memberships, payments } from '@interdomestik/db/schema';
import { addDays, isReference, newId, todayIn } from '@interdomestik/rules';
import { balanceOfAccount } from '../ledger';
import { callerFor, enrolInputOf, factsOf, giveMembership, runJobs, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { bankAccountOf, base64Of, statementOf, transferSaleOf, type TestLine } from '../testing/bank';
import { lapseTransfers } from './lapse';
import { matchLine, matchStatement } from './match';
import { transferRules } from './settle';

const world = useWorld();
let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let accountId: string;
const today = () => todayIn(ks.pack.zone, new Date());
const admin = async (tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, tenant.admin), { ip: newId() });
const take = async (lines: readonly TestLine[], tenant: TestTenant = ks, account = accountId) => await (await admin(tenant)).bank.take({ accountId: account, name: 'izvod.csv', data: base64Of(statementOf(lines)) });
const read = async (lines: readonly TestLine[]) => {
  const taken = await take(lines);
  await matchStatement(system, taken.id, new Date());
  return taken;
};
const lineOf = async (paymentId: string) => await withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.paymentId, paymentId))));
const held = () => withTenant(system, (tx) => balanceOfAccount(tx, system, 'paymentsHeld', 'EUR'));
const bank = () => withTenant(system, (tx) => balanceOfAccount(tx, system, 'bank', 'EUR'));
type Sale = Awaited<ReturnType<typeof transferSaleOf>>;
const facts = (sale: Sale) => factsOf({ ...sale, transactionId: '' });
const invoicesOf = (sale: Sale) => withTenant(system, (tx) => tx.select().from(invoices).where(and(eq(invoices.tenantId, ks.id), eq(invoices.paymentId, sale.paymentId))));
const only = async (id: string) => (await withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.statementId, id)))))[0];

beforeAll(async () => {
  ({ ks, mk } = world.current);
  system = await systemScopeOf(ks);
  accountId = await bankAccountOf(ks);
});

describe('a sale by transfer', () => {
  it('waits with a slip, is nothing before the money, and is everything once with it', async () => {
    const sale = await transferSaleOf(ks);
    expect(isReference(sale.reference)).toBe(true);
    expect(sale.checkoutUrl).toContain(`/pay/${sale.paymentId}`);
    const before = await facts(sale);
    expect(before).toMatchObject({ payment: { status: 'pending', method: 'bank_transfer', taxDocumentIssuer: 'tenant' }, membership: { status: 'pending' }, memberNumber: null, ledger: [], cards: [] });
    expect(before.mails).toContain('transfer-slip');
    const member = callerFor(await scopeOf(ks, { id: sale.userId, role: 'member' }), { ip: newId() });
    const slip = await member.payments.slip({ paymentId: sale.paymentId });
    expect(slip).toMatchObject({ state: 'waiting', reference: sale.reference, amount: { minor: sale.minor }, received: null, expiresOn: addDays(today(), 10), title: 'Urdhërpagesë' });
    const { base64 } = await member.payments.slipFile({ paymentId: sale.paymentId });
    expect(Buffer.from(base64, 'base64').subarray(0, 4).toString()).toBe('%PDF');
    expect((await member.payments.slipFile({ paymentId: sale.paymentId })).base64).toBe(base64);
    const atBank = await bank();
    await take([{ on: today(), minor: sale.minor, payer: sale.name, reference: `97 ${sale.reference}` }]);
    await runJobs(world.current.database, { only: ['bank.match', 'commissions.settle'] });
    const after = await facts(sale);
    expect(after).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active', startsOn: today() }, ledger: [{ kind: 'bank_transfer_sale', total: '0' }] });
    expect(after.memberNumber).toMatch(/^MEM-/u);
    expect(after.cards).toHaveLength(1);
    expect((await bank()).minor - atBank.minor).toBe(sale.minor);
    const [invoice, ...more] = await invoicesOf(sale);
    expect(more).toEqual([]);
    expect(invoice).toMatchObject({ status: 'paid', totalMinor: sale.minor, vatMinor: after.payment?.vatMinor });
    expect(await lineOf(sale.paymentId)).toMatchObject([{ status: 'booked', heldMinor: 0n, decidedBy: null }]);
    expect((await member.payments.slip({ paymentId: sale.paymentId })).state).toBe('paid');
  });

  it('is sold at a desk as well, and lapses when nobody pays', async () => {
    const seller = callerFor(await scopeOf(ks, ks.branches[0].agent), { ip: newId() });
    const sold = await seller.enrolments.enrol(enrolInputOf(ks, { payment: 'bank_transfer', amountTendered: undefined }));
    expect(sold).toMatchObject({ transfer: true, payLink: null, memberNumber: null });
    const slip = await seller.payments.slip({ paymentId: sold.paymentId ?? '' });
    expect(slip.state).toBe('waiting');
    const late = new Date(Date.now() + 30 * 86_400_000);
    expect(await lapseTransfers(system, new Date())).toBe(0);
    expect(await lapseTransfers(system, late)).toBeGreaterThan(0);
    expect(await lapseTransfers(system, late)).toBe(0);
    expect((await seller.payments.slip({ paymentId: sold.paymentId ?? '' })).state).toBe('lapsed');
    const told = await factsOf({ tenant: ks, userId: sold.memberId, membershipId: sold.membershipId, paymentId: sold.paymentId ?? '', email: '', transactionId: '' });
    expect(told).toMatchObject({ payment: { status: 'failed' }, membership: { status: 'pending' }, ledger: [] });
    expect(told.mails).toContain('transfer-lapsed');
    // waited for anew, as the member wishes, and lapsed again
    await seller.payments.checkout({ paymentId: sold.paymentId ?? '' });
    expect((await seller.payments.slip({ paymentId: sold.paymentId ?? '' })).state).toBe('waiting');
    await lapseTransfers(system, late);
    // the money was on its way in time: its statement comes late
    await read([{ on: slip.expiresOn, minor: slip.amount.minor, reference: slip.reference }]);
    const paid = await factsOf({ tenant: ks, userId: sold.memberId, membershipId: sold.membershipId, paymentId: sold.paymentId ?? '', email: '', transactionId: '' });
    expect(paid).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active' }, ledger: [{ kind: 'bank_transfer_sale' }] });
  });

  it('a member renews by it, and one way takes the place of the other', async () => {
    const member = ks.branches[0].member;
    await giveMembership(ks, member, { daysAgo: 350 });
    const caller = callerFor(await scopeOf(ks, member), { ip: newId() });
    const offer = await caller.memberships.renewal({ payment: 'bank_transfer' });
    expect(offer).toMatchObject({ kind: 'offer', ways: ['bank_transfer', 'card'] });
    const begun = await caller.memberships.renew({ payment: 'card', idempotencyKey: newId() });
    const renewed = await caller.memberships.renew({ payment: 'bank_transfer', idempotencyKey: newId() });
    expect(renewed.membershipId).toBe(begun.membershipId);
    expect(renewed.paymentId).not.toBe(begun.paymentId);
    expect(await caller.memberships.renew({ payment: 'bank_transfer', idempotencyKey: newId() })).toMatchObject({ paymentId: renewed.paymentId });
    const slip = await caller.payments.slip({ paymentId: renewed.paymentId });
    await read([{ on: today(), minor: slip.amount.minor, reference: slip.reference }]);
    expect((await caller.memberships.mine()).pendingPayment).toBeNull();
    expect((await caller.payments.slip({ paymentId: renewed.paymentId })).state).toBe('paid');
  });

  it('takes no parts, and nothing where the tenant takes no transfers', async () => {
    await expect(transferSaleOf(mk)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const seller = callerFor(await scopeOf(ks, ks.branches[0].agent), { ip: newId() });
    await expect(seller.enrolments.enrol(enrolInputOf(ks, { payment: 'bank_transfer', amountTendered: undefined, instalmentsCode: 'quarterly' }))).rejects.toThrow();
  });
});

describe('a statement', () => {
  it('books each line once, however often it is read in and whatever stands beside it', async () => {
    const [one, two] = [await transferSaleOf(ks), await transferSaleOf(ks)];
    const first: TestLine = { on: today(), minor: one.minor, payer: one.name, purpose: `članarina ${one.reference}`, id: 'T-1' };
    const alike: TestLine = { on: today(), minor: 500n, payer: 'Somebody', purpose: 'gift' };
    const taken = await read([first, alike, alike]);
    expect(taken).toMatchObject({ lines: 3, fresh: 3 });
    await expect(take([first, alike, alike])).rejects.toMatchObject({ message: expect.stringContaining('errors.bank.known') as string });
    const overlapping = await read([alike, first, alike, { on: today(), minor: two.minor, reference: two.reference, id: 'T-2' }]);
    expect(overlapping).toMatchObject({ lines: 4, fresh: 1 });
    for (const sale of [one, two]) {
      expect((await facts(sale)).ledger).toMatchObject([{ kind: 'bank_transfer_sale' }]);
      expect(await invoicesOf(sale)).toHaveLength(1);
    }
  });

  it('survives a crash between any two lines, and two workers at once', async () => {
    const sales = [await transferSaleOf(ks), await transferSaleOf(ks), await transferSaleOf(ks)];
    const { id } = await take(sales.map(({ minor, reference }, index) => ({ on: today(), minor, reference, id: `C-${newId()}-${String(index)}` })));
    const [line] = await withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.statementId, id))).orderBy(bankLines.id).limit(1));
    await matchLine(system, line?.id ?? '', await transferRules(system, new Date()), new Date());
    await Promise.all([matchStatement(system, id, new Date()), matchStatement(system, id, new Date())]);
    await matchStatement(system, id, new Date());
    for (const sale of sales) {
      const { ledger, membership, cards } = await facts(sale);
      expect({ ledger: ledger.length, status: membership?.status, cards: cards.length, invoices: (await invoicesOf(sale)).length, lines: (await lineOf(sale.paymentId)).length }).toEqual({ ledger: 1, status: 'active', cards: 1, invoices: 1, lines: 1 });
    }
  });

  it('M-03 is read in the code pages and styles of the region', async () => {
    const sale = await transferSaleOf(ks);
    const text = `Дата;Уплаќач;Опис;Прилив;Одлив\n${today()};Ѓорѓи Џамбаски и Ќосев;уплата за членарина ${sale.reference};20.00;\n${today()};Банка;провизија;;1.50\n`.replace('Дата', 'Датум');
    const bytes = Buffer.from([...text].map((letter) => windows1251(letter)));
    const caller = await admin();
    const input = { accountId, name: 'izvod.csv', data: bytes.toString('base64') };
    const preview = await caller.bank.preview(input);
    expect(preview).toMatchObject({ encoding: 'windows-1251', mapping: ['bookedOn', 'payer', 'purpose', 'credit', 'debit'], lines: 2, totals: { incoming: { minor: 2000n }, outgoing: { minor: -150n } }, problems: [] });
    const { id } = await caller.bank.take(input);
    await matchStatement(system, id, new Date());
    expect((await facts(sale)).membership?.status).toBe('active');
    expect((await caller.bank.lines({ filters: { statementId: id } })).items).toMatchObject([{ payer: 'Банка', reason: 'outgoing', status: 'open' }, { payer: 'Ѓорѓи Џамбаски и Ќосев', status: 'booked' }].toSorted(() => 0));
  });

  it('M-02 says which line it cannot read, and takes in nothing of it', async () => {
    const caller = await admin();
    const bad = { accountId, name: 'x.csv', data: base64Of('Datum;Svrha;Iznos\n30.02.2026;x;1,00\n') };
    expect((await caller.bank.preview(bad)).problems).toEqual([{ line: 2, problem: 'date' }]);
    await expect(caller.bank.take(bad)).rejects.toThrow();
    await expect(caller.bank.take({ ...bad, data: base64Of('PK\u0003\u0004 not a table') })).rejects.toThrow();
    const unnamed = { ...bad, data: base64Of('a;b;c\n30.11.2026;x;1,00\n') };
    expect((await caller.bank.preview(unnamed)).totals).toBeNull();
    await expect(caller.bank.take(unnamed)).rejects.toMatchObject({ message: expect.stringContaining('errors.bank.column') as string });
    expect(await caller.bank.take({ ...unnamed, mapping: ['bookedOn', 'purpose', 'amount'] })).toMatchObject({ lines: 1, fresh: 1 });
    // the next one with the same columns is read as this one was
    expect((await caller.bank.preview({ ...unnamed, data: base64Of('a;b;c\n29.11.2026;y;2,00\n') })).mapping).toEqual(['bookedOn', 'purpose', 'amount']);
  });
});

describe('what is not exactly a price', () => {
  it('below it nothing is activated: it is kept, and the rest completes it', async () => {
    const sale = await transferSaleOf(ks);
    const keptBefore = await held();
    const { id } = await read([{ on: today(), minor: 500n, payer: sale.name, reference: sale.reference }]);
    const caller = await admin();
    expect(await only(id)).toMatchObject({ status: 'open', reason: 'underpaid', paymentId: sale.paymentId });
    expect((await facts(sale)).membership?.status).toBe('pending');
    const [line] = (await caller.bank.lines({ filters: { statementId: id } })).items;
    const [candidate] = await caller.bank.candidates({ id: line?.id ?? '' });
    expect(candidate).toMatchObject({ paymentId: sale.paymentId, outcome: 'part', because: 'reference' });
    expect(await caller.bank.matchLine({ id: line?.id ?? '', paymentId: sale.paymentId })).toEqual({ status: 'held' });
    await expect(caller.bank.matchLine({ id: line?.id ?? '', paymentId: sale.paymentId })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await facts(sale)).toMatchObject({ payment: { status: 'pending' }, membership: { status: 'pending' } });
    expect((await facts(sale)).notifications).toContain('payment.transfer_part');
    expect((await held()).minor - keptBefore.minor).toBe(500n);
    await read([{ on: today(), minor: sale.minor - 500n, payer: sale.name, reference: sale.reference }]);
    expect(await facts(sale)).toMatchObject({ payment: { status: 'succeeded' }, membership: { status: 'active' } });
    expect((await held()).minor).toBe(keptBefore.minor);
    expect((await lineOf(sale.paymentId)).map(({ status }) => status)).toEqual(['booked', 'booked']);
  });

  it('above it a person says so, what is over is kept and goes back once', async () => {
    const sale = await transferSaleOf(ks);
    const [keptBefore, bankBefore] = [await held(), await bank()];
    const { id } = await read([{ on: today(), minor: sale.minor + 300n, reference: sale.reference }]);
    const caller = await admin();
    const line = await only(id);
    expect(line).toMatchObject({ status: 'open', reason: 'overpaid' });
    expect((await facts(sale)).membership?.status).toBe('pending');
    expect(await caller.bank.matchLine({ id: line?.id ?? '', paymentId: sale.paymentId })).toEqual({ status: 'held' });
    expect((await facts(sale)).membership?.status).toBe('active');
    expect((await held()).minor - keptBefore.minor).toBe(300n);
    expect((await caller.bank.summary()).kept).toBeGreaterThan(0);
    await caller.bank.returnHeld({ id: line?.id ?? '', bankReference: 'B-77' });
    await expect(caller.bank.returnHeld({ id: line?.id ?? '', bankReference: 'B-78' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await held()).minor).toBe(keptBefore.minor);
    expect((await bank()).minor - bankBefore.minor).toBe(sale.minor);
  });

  it('paid twice, it is kept for its payer; a second sale is not made', async () => {
    const sale = await transferSaleOf(ks);
    const { id } = await read([{ on: today(), minor: sale.minor, reference: sale.reference }, { on: addDays(today(), -1), minor: sale.minor, reference: sale.reference }]);
    const lines = await withTenant(system, (tx) => tx.select().from(bankLines).where(and(eq(bankLines.tenantId, ks.id), eq(bankLines.statementId, id))));
    expect(lines.map(({ status, reason }) => `${status} ${reason ?? ''}`).toSorted()).toEqual(['booked ', 'open paidAlready']);
    const second = lines.find(({ status }) => status === 'open');
    expect(await (await admin()).bank.matchLine({ id: second?.id ?? '', paymentId: sale.paymentId })).toEqual({ status: 'held' });
    expect((await facts(sale)).ledger).toHaveLength(1);
  });

  it('without a reference it is proposed by amount and name, and none of ours can be taken back', async () => {
    const sale = await transferSaleOf(ks);
    const { id } = await read([{ on: today(), minor: sale.minor, payer: sale.name.toUpperCase(), purpose: 'anetaresim' }]);
    const caller = await admin();
    const line = await only(id);
    expect(line).toMatchObject({ status: 'open', reason: 'noReference', paymentId: null });
    expect((await caller.bank.candidates({ id: line?.id ?? '' }))[0]).toMatchObject({ outcome: 'exact', because: 'name' });
    await caller.bank.ignoreLine({ id: line?.id ?? '', note: 'rent' });
    await expect(caller.bank.matchLine({ id: line?.id ?? '', paymentId: sale.paymentId })).rejects.toMatchObject({ code: 'CONFLICT' });
    await caller.bank.reopenLine({ id: line?.id ?? '' });
    expect(await caller.bank.matchLine({ id: line?.id ?? '', paymentId: sale.paymentId })).toEqual({ status: 'booked' });
    expect((await facts(sale)).membership?.status).toBe('active');
  });
});

describe('walls', () => {
  it('I-13 another tenant’s reference is simply unknown, and so are its lines', async () => {
    const mkAccount = await bankAccountOf(mk);
    const foreign = await transferSaleOf(mk);
    const { id } = await read([{ on: today(), minor: foreign.minor, reference: foreign.reference }]);
    const line = await only(id);
    expect(line).toMatchObject({ status: 'open', reason: 'unknownReference', paymentId: null });
    const caller = await admin(mk);
    await expect(caller.bank.matchLine({ id: line?.id ?? '', paymentId: foreign.paymentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await admin()).bank.matchLine({ id: line?.id ?? '', paymentId: foreign.paymentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(take([{ on: today(), minor: 1n }], ks, mkAccount)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [payment] = await withTenant(await systemScopeOf(mk), (tx) => tx.select().from(payments).where(and(eq(payments.tenantId, mk.id), eq(payments.id, foreign.paymentId))));
    expect(payment?.status).toBe('pending');
  });

  it('P-13 what is kept in the books is what is kept of the lines, and the same effect is booked once', async () => {
    const lines = await withTenant(system, (tx) => tx.select({ held: bankLines.heldMinor, currency: bankLines.currency }).from(bankLines).where(eq(bankLines.tenantId, ks.id)));
    expect((await held()).minor).toBe(lines.reduce((sum, line) => sum + line.held, 0n));
    const effects = await withTenant(system, (tx) => tx.select({ key: ledgerTransactions.effectKey }).from(ledgerTransactions).where(eq(ledgerTransactions.tenantId, ks.id)));
    expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
    const active = await withTenant(system, (tx) => tx.select({ id: memberships.id }).from(memberships).innerJoin(payments, and(eq(payments.tenantId, memberships.tenantId), eq(payments.membershipId, memberships.id)))
      .where(and(eq(memberships.tenantId, ks.id), eq(memberships.status, 'active'), eq(payments.method, 'bank_transfer'), eq(payments.status, 'pending'))));
    expect(active).toEqual([]);
  });
});

const cyrillic = 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя';
const special: Readonly<Record<string, number>> = { Ѓ: 0x81, ѓ: 0x83, Љ: 0x8a, Њ: 0x8c, Ќ: 0x8d, Џ: 0x8f, љ: 0x9a, њ: 0x9c, ќ: 0x9d, џ: 0x9f, Ј: 0xa3, ј: 0xbc, Ѕ: 0xbd, ѕ: 0xbe };
function windows1251(letter: string): number {
  const at = cyrillic.indexOf(letter);
  return special[letter] ?? (at >= 0 ? 0xc0 + at : letter.charCodeAt(0));
}
