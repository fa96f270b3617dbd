import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, instalments } from '@interdomestik/db/schema';
import { addDays, newId, todayIn } from '@interdomestik/rules';
import { balanceOfAccount } from '../ledger';
import { callerFor, countReceipts, enrolInputOf, publishRule, scopeOf, systemScopeOf, usePaddle, useWorld, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();
usePaddle(world);
let ks: TestTenant;
let system: TenantScope;
const as = async (person: Pick<TestPerson, 'id' | 'role'>, tenant = ks) => callerFor(await scopeOf(tenant, person));
const today = () => todayIn(ks.pack.zone, new Date());
const eur = (minor: bigint) => ({ minor: String(minor), currency: 'EUR' as const });
const inParts = { planCode: 'asistenca_family', instalmentsCode: 'in_four', amountTendered: eur(902n) };
const sell = async (branch: 0 | 1, changes: Record<string, unknown> = {}) => await (await as(ks.branches[branch].agent)).enrolments.enrol(enrolInputOf(ks, changes));

beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
});

describe('open items', () => {
  it('P-20 are the customers’ account, sale by sale, by age at any cut, and each branch sees its own', async () => {
    const [first, second] = [await sell(0, inParts), await sell(1, inParts)];
    await sell(0);
    // the first sale was ten weeks ago: two of its parts are late, by forty days and by ten
    await withTenant(system, async (tx) => {
      for (const [number, days] of [[1, -70], [2, -40], [3, -10]] as const) await tx.update(instalments).set({ dueOn: addDays(today(), days) }).where(and(eq(instalments.membershipId, first.membershipId), eq(instalments.number, number)));
    });
    const admin = await as(ks.admin);
    const open = await admin.reports.items({ to: today() });
    const owed = await withTenant(system, (tx) => balanceOfAccount(tx, system, 'customerReceivable', 'EUR'));
    expect(open.totals.map(({ open: whole }) => whole)).toEqual([owed]);
    expect(open.items.map(({ membershipId }) => membershipId)).toEqual([first.membershipId, second.membershipId]);
    expect(open.items[0]).toMatchObject({ memberId: first.memberId, invoice: { code: first.invoiceCode }, oldest: addDays(today(), -40), open: { minor: 2703n } });
    expect(open.items[0]?.ages.map(({ minor }) => minor)).toEqual([901n, 901n, 901n, 0n, 0n]);
    const [one] = (await (await as(ks.branches[1].manager)).reports.items({ to: today() })).items;
    expect(one?.membershipId).toBe(second.membershipId);
    // nothing was owed before anything was sold, and another country owes nothing here
    expect((await admin.reports.items({ to: addDays(today(), -1) })).items).toEqual([]);
    expect((await (await as(world.current.mk.admin, world.current.mk)).reports.items({ to: today() })).items).toEqual([]);
    await publishRule(ks, 'invoicing', 2, { ...ks.pack.rules.invoicing, ageDays: [5] });
    const cut = await (await as(ks.admin)).reports.items({ to: today() });
    expect(cut.edges).toEqual([5]);
    expect(cut.items[0]?.ages.map(({ minor }) => minor)).toEqual([901n, 0n, 1802n]);
    for (const person of [ks.branches[0].agent, ks.branches[0].member]) await expect((await as(person)).reports.items({ to: today() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are taken away as a table and on paper, on record', async () => {
    const admin = await as(ks.admin);
    const csv = await admin.reports.exportItems({ to: today(), format: 'csv' });
    const text = Buffer.from(csv.base64, 'base64').toString('utf8');
    expect(text).toContain('27,03');
    expect(text.split('\n').filter((line) => line.includes('Arta'))).toHaveLength(2);
    const pdf = await admin.reports.exportItems({ to: today(), format: 'pdf' });
    expect(Buffer.from(pdf.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const rows = await withTenant(system, (tx) => tx.select({ after: auditLogs.after }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.operation, 'EXPORT'))));
    expect(rows.map(({ after }) => (after as { format: string }).format).toSorted((a, b) => a.localeCompare(b))).toEqual(['csv', 'pdf']);
  });
});

describe('what a figure is made of', () => {
  it('P-20 leads to entries, and each entry to its paper', async () => {
    const sold = await sell(0);
    const [agent, { manager }] = [ks.branches[0].agent, ks.branches[0]];
    await countReceipts(ks, { agent, manager }, [sold.receiptId ?? '']);
    const admin = await as(ks.admin);
    await admin.refunds.givePart({ paymentId: sold.paymentId ?? '', amount: eur(100n), way: 'owed', note: 'The price was wrong', idempotencyKey: newId() });
    const asked = { report: 'revenue' as const, from: today(), to: today(), group: 'branch' as const };
    const { totals: [total], rows } = await admin.reports.table(asked);
    const found = await admin.reports.entries({ ...asked, column: 'gross', currency: 'EUR', limit: 100 });
    expect(found.total).toEqual(total?.[3]);
    expect(found.items.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(total?.[3]?.minor);
    expect(found.items.filter(({ paper }) => paper?.kind === 'invoice' && paper.code === sold.invoiceCode && paper.memberId === sold.memberId)).toHaveLength(2);
    expect(found.items.filter(({ kind, paper }) => kind === 'credit_note' && paper?.kind === 'creditNote').map(({ amount }) => String(amount.minor)).toSorted((a, b) => a.localeCompare(b))).toEqual(['-15', '-85']);
    const own = await (await as(manager)).reports.entries({ ...asked, column: 'gross', currency: 'EUR', limit: 100 });
    expect(own.total).toEqual(rows.find(({ about }) => about[0] === ks.branches[0].id)?.amounts[3]);
    expect(await admin.reports.entries({ ...asked, column: 'nothing', currency: 'EUR' })).toEqual({ items: [], nextCursor: null, total: null });
    await expect((await as(agent)).reports.entries({ ...asked, column: 'gross', currency: 'EUR' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
