import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { cashReceipts, claims, memberships, payments } from '@interdomestik/db/schema';
import { chartOfAccounts, newId, parseDateOnly, providerPayoutLegs, todayIn, type Money } from '@interdomestik/rules';
import { post } from '../ledger';
import { adminSql, callerFor, scopeOf, systemScopeOf, usePaddle, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { paidSale } from '../testing/paid';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
usePaddle(world);
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));
const sumOf = (amounts: readonly Money[], currency = 'EUR'): bigint => amounts.filter((one) => one.currency === currency).reduce((sum, { minor }) => sum + minor, 0n);

let first: bigint;
let second: bigint;

beforeAll(async () => {
  const { ks } = world.current;
  // two sales in the first branch, one in the second, one claim that is late
  first = (await paidSale(world.current, ks, { referralCode: ks.branches[0].agentCode })).minor + (await paidSale(world.current, ks, { referralCode: ks.branches[0].agentCode, planCode: 'asistenca_family' })).minor;
  const other = await paidSale(world.current, ks, { referralCode: ks.branches[1].agentCode });
  second = other.minor;
  await withTenant(await systemScopeOf(ks), async (tx) => {
    const at = (status: string, slaDueAt: Date | null) => ({ tenantId: ks.id, id: newId(), userId: other.userId, branchId: ks.branches[1].id, category: 'vehicle', status, currency: 'EUR', submittedAt: status === 'draft' ? null : new Date(Date.now() - 3_600_000), slaDueAt });
    await tx.insert(claims).values([at('verification', new Date(Date.now() - 60_000)), at('negotiation', null), at('draft', null), at('resolved', null)]);
    await tx.insert(cashReceipts).values({ tenantId: ks.id, id: newId(), paymentId: other.paymentId, userId: other.userId, branchId: ks.branches[1].id, agentId: ks.branches[1].agent.id, code: 'R-1', amountMinor: 2_500n, currency: 'EUR', collectedAt: new Date() });
  });
}, 60_000);

const today = (tenant: TestTenant) => todayIn(tenant.pack.zone, new Date());

describe('who may not', () => {
  it('I-15 reports are for managers, figures for those who sell, and neither for members and visitors', async () => {
    const { ks } = world.current;
    const [branch] = ks.branches;
    const range = { report: 'revenue', from: today(ks), to: today(ks) } as const;
    const [agent, promoter, member] = [await as(ks, branch.agent), await as(ks, ks.promoter), await as(ks, branch.member)];
    const visitor = callerFor(await visitorOf(ks));
    expect(await refusalsOf([agent.reports.table(range), promoter.reports.table(range), member.reports.table(range), member.dashboard.figures({}), member.dashboard.attention(), visitor.dashboard.figures({})]))
      .toEqual([...Array.from({ length: 5 }, () => 'FORBIDDEN errors.forbidden'), 'UNAUTHENTICATED errors.unauthenticated']);
  });

  it('I-14 the other tenant\'s sales change no figure', async () => {
    const { mk } = world.current;
    const figures = await (await as(mk, mk.admin)).dashboard.figures({});
    expect(figures).toMatchObject({ activeMembers: { value: 0, before: 0 }, newMembers: { value: 0 }, takings: { total: [], byMethod: [] }, claims: { open: 0, overdue: 0, submitted: 0 }, cashInCustody: { total: [], receipts: 0 }, joinedSeries: [], moneySeries: [] });
    expect(await (await as(mk, mk.admin)).reports.table({ report: 'revenue', from: parseDateOnly('2000-01-01'), to: parseDateOnly('2100-01-01') })).toMatchObject({ rows: [], totals: [] });
  });
});

describe('the dashboard', () => {
  it('shows each reach its own part, and the parts make the whole', async () => {
    const { ks } = world.current;
    const [one, two] = ks.branches;
    const of = async (person: Pick<TestPerson, 'id' | 'role'>) => await (await as(ks, person)).dashboard.figures({ period: 'month' });
    const [whole, a, b, agent] = [await of(ks.admin), await of(one.manager), await of(two.manager), await of(two.agent)];
    expect([whole, a, b, agent].map(({ activeMembers, newMembers }) => [activeMembers.value, newMembers.value])).toEqual([[3, 3], [2, 2], [1, 1], [1, 1]]);
    expect([whole, a, b, agent].map(({ takings }) => sumOf(takings.total))).toEqual([first + second, first, second, second]);
    expect(whole.takings.byMethod).toEqual([{ method: 'card', amount: { minor: first + second, currency: 'EUR' } }]);
    expect([whole, a, b].map((figures) => [figures.claims.open, figures.claims.overdue, figures.claims.submitted])).toEqual([[2, 1, 3], [0, 0, 0], [2, 1, 3]]);
    expect([whole, a, b, agent].map(({ cashInCustody }) => [sumOf(cashInCustody.total), cashInCustody.receipts])).toEqual([[2_500n, 1], [0n, 0], [2_500n, 1], [2_500n, 1]]);
    expect(whole.joinedSeries.reduce((sum, { value }) => sum + value, 0)).toBe(3);
    expect(whole.moneySeries.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(first + second);
  });

  it('shows a promoter nothing of members or money', async () => {
    const { ks } = world.current;
    const figures = await (await as(ks, ks.promoter)).dashboard.figures({});
    expect(figures).toMatchObject({ activeMembers: { value: 0 }, takings: { total: [] }, claims: { open: 0 }, cashInCustody: { receipts: 0 } });
  });

  it.each(['month', 'quarter', 'year'] as const)('compares with the %s before', async (period) => {
    const { ks } = world.current;
    const days = { month: 30, quarter: 90, year: 365 }[period];
    const later = await scopeOf(ks, ks.admin);
    const now = new Date(Date.now() + days * 86_400_000);
    const figures = await callerFor(later, { now }).dashboard.figures({ period });
    expect(figures.newMembers).toEqual({ value: 0, before: 3 });
    expect(sumOf(figures.takings.before)).toBe(first + second);
    expect(figures.takings.total).toEqual([]);
  });

  it('says what waits', async () => {
    const { ks } = world.current;
    expect(await (await as(ks, ks.branches[1].agent)).dashboard.attention()).toEqual({ cashToHandOver: 1, pendingPayments: 0, overdueClaims: 1 });
    expect(await (await as(ks, ks.branches[0].manager)).dashboard.attention()).toEqual({ cashToHandOver: 0, pendingPayments: 0, overdueClaims: 0 });
  });
});

describe('reports.table', () => {
  const revenue = async (person: Pick<TestPerson, 'id' | 'role'>, group: 'day' | 'month' | 'branch' | 'plan' | 'provider', range = { from: today(world.current.ks), to: today(world.current.ks) }) =>
    await (await as(world.current.ks, person)).reports.table({ report: 'revenue', ...range, group });
  const gross = (rows: readonly { readonly amounts: readonly Money[] }[]) => sumOf(rows.flatMap(({ amounts }) => amounts.slice(3)));

  it('P-12 equals the ledger and the payments, by any grouping', async () => {
    const { ks, database } = world.current;
    for (const [group, rows] of [['day', 1], ['month', 1], ['branch', 2], ['plan', 2], ['provider', 1]] as const) {
      const table = await revenue(ks.admin, group);
      expect(table.columns).toEqual(['net', 'vat', 'providerTax', 'gross']);
      expect(table.rows).toHaveLength(rows);
      expect(gross(table.rows)).toBe(first + second);
      expect(table.totals.map(([, , , total]) => total)).toEqual([{ minor: first + second, currency: 'EUR' }]);
      for (const { amounts: [net, vat, tax, all] } of table.rows) expect(all?.minor).toBe((net?.minor ?? 0n) + (vat?.minor ?? 0n) + (tax?.minor ?? 0n));
    }
    const paid = await withTenant(await systemScopeOf(ks), async (tx) => await tx.select({ minor: payments.amountMinor }).from(payments).innerJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId))).where(and(eq(payments.tenantId, ks.id), eq(payments.status, 'succeeded'))));
    expect(paid.reduce((sum, { minor }) => sum + minor, 0n)).toBe(first + second);
    const [ledger] = await adminSql(database.adminUrl, `select (-sum(e.amount_minor))::text as gross from ledger_entries e join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id where e.tenant_id = '${ks.id}' and a.kind in ('income', 'liability') and a.code <> '${chartOfAccounts.commissionsPayable.code}'`);
    expect(ledger).toEqual({ gross: String(first + second) });
  });

  it('is not changed by what the provider pays out', async () => {
    const { ks } = world.current;
    const before = await revenue(ks.admin, 'day');
    const scope = await systemScopeOf(ks);
    const euros = (minor: bigint): Money => ({ minor, currency: 'EUR' });
    await withTenant(scope, async (tx) => await post(tx, scope, {
      kind: 'provider_payout', branchId: ks.branches[0].id, source: { type: 'payment', id: newId() }, effectKey: newId(), occurredAt: new Date(), legs: providerPayoutLegs(euros(1_000n), euros(180n)),
    }));
    expect(await revenue(ks.admin, 'day')).toEqual(before);
  });

  it('shows a manager the own branch, whatever branch is asked for', async () => {
    const { ks } = world.current;
    const [own, other] = ks.branches;
    expect((await revenue(own.manager, 'branch')).rows.map(({ amounts }) => amounts[3])).toEqual([{ minor: first, currency: 'EUR' }]);
    const asked = { report: 'revenue', from: today(ks), to: today(ks) } as const;
    expect((await (await as(ks, own.manager)).reports.table({ ...asked, branchId: other.id })).rows).toEqual([]);
    expect(gross((await (await as(ks, ks.admin)).reports.table({ ...asked, branchId: other.id })).rows)).toBe(second);
  });

  it('cuts days by the tenant\'s clock and refuses a range that ends before it begins', async () => {
    const { ks, database } = world.current;
    const [sale] = await adminSql(database.adminUrl, `select to_char(max(occurred_at) at time zone '${ks.pack.zone}', 'DD.MM.YYYY') as day from ledger_entries where tenant_id = '${ks.id}'`);
    expect((await revenue(ks.admin, 'day')).rows.map(({ labels }) => labels)).toEqual([[String(sale?.day)]]);
    expect((await revenue(ks.admin, 'day', { from: parseDateOnly('2020-01-01'), to: parseDateOnly('2020-12-31') })).rows).toEqual([]);
    await expect(revenue(ks.admin, 'day', { from: parseDateOnly('2026-02-01'), to: parseDateOnly('2026-01-31') })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
