import { asc, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { accountNames, chartOfAccounts, type DateOnly } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import { commissionPayouts, commissions, invoices, membershipPauses, memberships, payments, user } from '@interdomestik/db/schema';
import { adminSql, custodyFaults, systemScopeOf, type TestTenant, type World } from '../../testing';
import type { PlainBooks, PlainSale } from './plain-books';

/** Days without cover; `open` until it is taken up again. */
export interface Pause {
  readonly from: DateOnly;
  until: DateOnly;
  open: boolean;
}

/** A period of a member, and the sale that it was bought with. */
export interface Period {
  readonly membershipId: string;
  readonly plan: string;
  readonly start: DateOnly;
  end: DateOnly;
  /** What the plan costs: what an upgrade counts the unused days of. */
  readonly worth: bigint;
  readonly sale: PlainSale;
  readonly receiptId: string | null;
  readonly pauses: Pause[];
  /** What it took the place of. */
  readonly before: { readonly period: Period; readonly end: DateOnly } | null;
}

export interface Member {
  readonly id: string;
  readonly way: 'card' | 'cash';
  readonly branch: 0 | 1;
  readonly agent: 0 | 1 | null;
  periods: Period[];
  /** Nothing more is bought by somebody who left or whose money is gone. */
  out: boolean;
}

/** Compares every balance, paper, commission, payment and period with the plain books. */
export async function expectSame(world: World, tenant: TestTenant, books: PlainBooks, members: readonly Member[]): Promise<void> {
  const system = await systemScopeOf(tenant);
  const read = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(system, work);
  const branchOf = new Map(tenant.branches.map(({ id }, index) => [id, String(index)]));
  const rows = await adminSql(world.database.adminUrl, `select a.code, e.currency, e.branch_id, sum(e.amount_minor)::text as minor from ledger_entries e
    join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id where e.tenant_id = '${tenant.id}' group by 1, 2, 3`);
  const names = new Map(accountNames.map((name) => [chartOfAccounts[name].code, name]));
  const standing = (all: Iterable<readonly [string, bigint]>) => [...all].filter(([, minor]) => minor !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(standing(rows.map((row) => [`${names.get(String(row['code'])) ?? '?'} ${String(row['currency'])} ${branchOf.get(String(row['branch_id'])) ?? '?'}`, BigInt(String(row['minor']))] as const))).toEqual(standing(books.balances));

  const papers = await read((tx) => tx.select().from(invoices).where(eq(invoices.tenantId, tenant.id)).orderBy(asc(invoices.createdAt)));
  const soldBy = new Map(papers.map(({ id, paymentId }) => [id, paymentId]));
  expect(papers.map(({ paymentId, creditOf, totalMinor, vatMinor }) => ({ paymentId: creditOf === null ? paymentId : soldBy.get(creditOf), total: totalMinor, tax: vatMinor }))).toEqual(books.papers);
  const last = new Map<string, number>();
  for (const { code } of papers) {
    const [, series = '', number = ''] = /^(.*?)(\d+)$/u.exec(code) ?? [];
    expect([code, Number(number)]).toEqual([code, (last.get(series) ?? 0) + 1]);
    last.set(series, Number(number));
  }

  const earned = await read((tx) => tx.select().from(commissions).where(eq(commissions.tenantId, tenant.id)));
  expect(earned.map((row) => `${row.paymentId} ${String(row.amountMinor)} ${row.currency} ${row.approvedAt === null ? 'pending' : row.payoutId === null ? 'approved' : 'paid'}`).toSorted())
    .toEqual(books.lines.map((line) => `${line.paymentId} ${String(line.minor)} ${line.currency} ${!line.approved ? 'pending' : !line.paid ? 'approved' : 'paid'}`).toSorted());
  const paidOut = await read((tx) => tx.select().from(commissionPayouts).where(eq(commissionPayouts.tenantId, tenant.id)));
  expect(paidOut.map(({ amountMinor, currency }) => `${String(amountMinor)} ${currency}`).toSorted()).toEqual(books.payouts.map(({ minor, currency }) => `${String(minor)} ${currency}`).toSorted());

  const paid = await read((tx) => tx.select().from(payments).where(eq(payments.tenantId, tenant.id)));
  const told = new Map(paid.map((row) => [row.id, { gross: row.amountMinor, refunded: row.refundedMinor, disputed: row.status === 'disputed' }]));
  for (const { paymentId, gross, refunded, disputed } of books.sales) expect(told.get(paymentId)).toEqual({ gross, refunded, disputed });

  const rested = await read((tx) => tx.select().from(membershipPauses).where(eq(membershipPauses.tenantId, tenant.id)).orderBy(asc(membershipPauses.id)));
  const pausesOf = (id: string) => rested.filter(({ membershipId }) => membershipId === id).map((row) => `${row.startsOn} ${row.endsOn} ${row.resumedAt === null ? 'open' : 'over'}`);
  const periods = new Map((await read((tx) => tx.select().from(memberships).where(eq(memberships.tenantId, tenant.id)))).map((row) => [row.id, `${String(row.startsOn)} ${String(row.endsOn)} ${String(row.status === 'paused')}`]));
  for (const { out, periods: own } of members) {
    if (out) continue;
    for (const { membershipId, start, end, pauses } of own) {
      expect([periods.get(membershipId), ...pausesOf(membershipId)]).toEqual([`${start} ${end} ${String(pauses.some(({ open }) => open))}`, ...pauses.map(({ from, until, open }) => `${from} ${until} ${open ? 'open' : 'over'}`)]);
    }
  }
  const people = await read((tx) => tx.select({ id: user.id, branchId: user.branchId }).from(user).where(eq(user.tenantId, tenant.id)));
  const lives = new Map(people.map(({ id, branchId }) => [id, branchId]));
  for (const { id, branch } of members) expect(lives.get(id)).toBe(tenant.branches[branch].id);
  expect(await custodyFaults(tenant)).toEqual([]);
}
