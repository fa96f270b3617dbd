import fc from 'fast-check';
import { expect } from 'vitest';
import { addDays, chartOfAccounts, instantOf, parseDateOnly, todayIn, type AccountName, type ReportName, type RevenueGroup } from '@interdomestik/rules';
import { adminSql, callerFor, scopeOf, systemScopeOf, type TestTenant } from '../../testing';
import { book, happenings, momentOf } from './story';

export { book, layPayments } from './story';

export const from = parseDateOnly('2026-03-30');
export const to = parseDateOnly('2027-01-01');

/** An entry of the ledger with what its payment says, joined here and not by the product. */
interface Entry {
  readonly account: string;
  readonly kind: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly at: Date;
  readonly day: string;
  readonly branch: string;
  readonly party: string | null;
  readonly plan: string | null;
  readonly provider: string | null;
  readonly rate: number | null;
}

async function entriesOf(adminUrl: string, tenant: TestTenant): Promise<Entry[]> {
  const rows = await adminSql(adminUrl, `select a.code as account, x.kind, e.currency, e.amount_minor::text as minor, e.occurred_at as at, e.branch_id as branch, e.party_id as party, m.plan_code as plan, pa.provider, p.tax_document_issuer as issuer, p.receipt
    from ledger_entries e join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id join ledger_transactions x on x.tenant_id = e.tenant_id and x.id = e.transaction_id
    left join payments p on p.tenant_id = e.tenant_id and p.id = x.source_id left join memberships m on m.tenant_id = p.tenant_id and m.id = p.membership_id left join payment_accounts pa on pa.tenant_id = p.tenant_id and pa.id = p.payment_account_id
    where e.tenant_id = '${tenant.id}'`);
  const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return rows.map((row) => ({
    account: String(row.account), kind: String(row.kind), currency: String(row.currency), minor: BigInt(String(row.minor)), at: row.at as Date, day: todayIn(tenant.pack.zone, row.at as Date), branch: String(row.branch), party: word(row.party),
    plan: word(row.plan), provider: word(row.provider), rate: row.issuer === 'tenant' ? ((row.receipt as { outcome: { vatRateBp: number } } | null)?.outcome.vatRateBp ?? 1800) : null,
  }));
}

type Sums = ReadonlyMap<string, readonly bigint[]>;

/** Adds entries up under the name that `keyOf` gives them, in the columns that `parts` gives; null: it is in none. */
function addUp(entries: readonly Entry[], width: number, keyOf: (entry: Entry) => string, parts: (entry: Entry) => Readonly<Record<number, bigint>> | null): Sums {
  const sums = new Map<string, bigint[]>();
  for (const entry of entries) {
    const found = parts(entry);
    if (found === null) continue;
    const key = `${keyOf(entry)}/${entry.currency}`;
    const sum = sums.get(key) ?? Array.from({ length: width }, () => 0n);
    for (const [column, minor] of Object.entries(found)) sum[Number(column)] = (sum[Number(column)] ?? 0n) + minor;
    sums.set(key, sum);
  }
  return sums;
}

/** Without what stands at nothing. */
const standing = (sums: Sums): Sums => new Map([...sums].filter(([, minors]) => minors.some((minor) => minor !== 0n)));

const isOn = (entry: Entry, ...names: readonly AccountName[]): boolean => names.some((name) => chartOfAccounts[name].code === entry.account);

const periodOf = (day: string, group: RevenueGroup): string => {
  const [year = '', month = '01'] = day.split('-');
  if (group === 'day') return day;
  if (group === 'month') return `${year}-${month}-01`;
  return group === 'year' ? `${year}-01-01` : `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
};
const credit = ['card_refund', 'cash_refund', 'bank_refund', 'credit_note', 'chargeback', 'reversal'];
const revenues = ['membershipRevenue', 'successFeeRevenue'] as const;

/** Each report, added up plainly over the entries that count. */
function plain(report: ReportName, group: RevenueGroup, entries: readonly Entry[], first: Date): Sums {
  const during = entries.filter(({ at }) => at >= first);
  switch (report) {
    case 'revenue': {
      const key = (entry: Entry) => (group === 'branch' ? entry.branch : group === 'plan' ? (entry.plan ?? '') : group === 'provider' ? (entry.provider ?? '') : periodOf(entry.day, group));
      return addUp(during.filter(({ kind }) => kind !== 'provider_payout'), 4, key, (entry) => {
        if (isOn(entry, ...revenues)) return { 0: -entry.minor, 3: -entry.minor };
        if (isOn(entry, 'vatPayable')) return { 1: -entry.minor, 3: -entry.minor };
        return isOn(entry, 'providerTax') ? { 2: -entry.minor, 3: -entry.minor } : null;
      });
    }
    case 'vat': return addUp(during, 5, (entry) => `${periodOf(entry.day, 'month')}/${entry.rate === null ? '' : String(entry.rate)}`, (entry) => {
      const back = credit.includes(entry.kind);
      if (isOn(entry, 'vatPayable')) return { [back ? 3 : 1]: -entry.minor, 4: -entry.minor };
      return isOn(entry, ...revenues) && entry.rate !== null ? { [back ? 2 : 0]: -entry.minor } : null;
    });
    case 'receivables': return standing(addUp(entries, 4, ({ branch }) => branch, (entry) => {
      if (isOn(entry, 'customerReceivable')) return { 0: entry.minor, 3: entry.minor };
      if (isOn(entry, 'providerReceivable')) return { 1: entry.minor, 3: entry.minor };
      return isOn(entry, 'providerTax') ? { 2: -entry.minor, 3: entry.minor } : null;
    }));
    case 'cash': return standing(addUp(entries, 4, ({ branch, party }) => `${branch}/${party ?? ''}`, (entry) => {
      if (isOn(entry, 'cashWithAgents')) return { 0: entry.minor, 2: entry.minor };
      if (isOn(entry, 'cashInBranch')) return { 1: entry.minor, 2: entry.minor };
      return isOn(entry, 'cashShortage') ? { 3: -entry.minor } : null;
    }));
    case 'commissions': return standing(addUp(entries, 4, ({ party }) => party ?? '', (entry) => {
      if (!isOn(entry, 'commissionsPayable')) return null;
      if (entry.at < first) return { 0: -entry.minor, 3: -entry.minor };
      return entry.kind === 'commission_paid' ? { 2: entry.minor, 3: -entry.minor } : { 1: -entry.minor, 3: -entry.minor };
    }));
  }
}

const questions: readonly (readonly [ReportName, RevenueGroup])[] = [
  ...(['day', 'month', 'quarter', 'year', 'branch', 'plan', 'provider'] as const).map((group) => ['revenue', group] as const), ['vat', 'month'], ['receivables', 'month'], ['cash', 'month'], ['commissions', 'month'],
];

type Caller = ReturnType<typeof callerFor>;

async function told(caller: Caller, report: ReportName, group: RevenueGroup, asOf: Date | undefined): Promise<Sums> {
  const { rows, totals } = await caller.reports.table({ report, group, from, to, asOf });
  for (const total of totals) for (const [column, { currency, minor }] of total.entries()) {
    expect(rows.filter(({ amounts }) => amounts[0]?.currency === currency).reduce((sum, { amounts }) => sum + (amounts[column]?.minor ?? 0n), 0n)).toBe(minor);
  }
  return new Map(rows.map(({ key, amounts }) => [key, amounts.map(({ minor }) => minor)]));
}

const sorted = (sums: Sums) => [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** What stands behind every figure of one row and of the total: the entries of all pages are the figure, and none of them twice. */
async function drilled(caller: Caller, report: ReportName, group: RevenueGroup, asOf: Date | undefined, turn: number): Promise<void> {
  const { rows, totals, columns } = await caller.reports.table({ report, group, from, to, asOf });
  const row = rows[turn % Math.max(rows.length, 1)];
  const figures = [...(row === undefined ? [] : [{ about: row.about, amounts: row.amounts }]), ...totals.slice(0, 1).map((amounts) => ({ about: undefined, amounts }))];
  for (const { about, amounts } of figures) {
    const index = turn % columns.length;
    const figure = amounts[index];
    if (figure === undefined) continue;
    const seen = new Map<string, bigint>();
    let cursor: string | undefined;
    do {
      const page = await caller.reports.entries({ report, group, from, to, asOf, column: columns[index] ?? '', currency: figure.currency, about, cursor, limit: 100 });
      expect(page.total).toEqual(figure);
      for (const { id, amount } of page.items) {
        expect(seen.has(id)).toBe(false);
        seen.set(id, amount.minor);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([...seen.values()].reduce((sum, minor) => sum + minor, 0n)).toBe(figure.minor);
  }
}

/** The open items are the customers' account, in every currency and by any age. */
async function itemised(caller: Caller, asOf: Date | undefined): Promise<void> {
  const [{ totals }, open] = [await caller.reports.table({ report: 'receivables', group: 'month', from, to, asOf }), await caller.reports.items({ to, asOf })];
  for (const [customers] of totals) if (customers !== undefined) expect(open.totals.find((one) => one.open.currency === customers.currency)?.open.minor ?? 0n).toBe(customers.minor);
  for (const { open: whole, ages } of open.totals) expect(ages.reduce((sum, { minor }) => sum + minor, 0n)).toBe(whole.minor);
}

/**
 * Random sales, refunds, disputes, handovers and commissions, booked as the product books them; then every report, at the end of its period, at midnight where clocks have changed and at and just after the instants of
 * `moments` bookings, against sums over the entries that are made here. A branch sees its own part.
 */
export async function reportsEqualLedger(adminUrl: string, tenant: TestTenant, laid: ReadonlyMap<string, string>, { runs, moments }: { readonly runs: number; readonly moments: number }): Promise<void> {
  const system = await systemScopeOf(tenant);
  const { zone } = tenant.pack;
  const [, branch] = tenant.branches;
  const [admin, manager] = [callerFor(await scopeOf(tenant, tenant.admin)), callerFor(await scopeOf(tenant, branch.manager))];
  const [first, end] = [instantOf(from, zone), instantOf(addDays(to, 1), zone)];
  await fc.assert(fc.asyncProperty(happenings, fc.array(fc.nat({ max: 39 }), { minLength: moments, maxLength: moments }), async (story, chosen) => {
    await book(system, tenant, laid, story);
    const entries = await entriesOf(adminUrl, tenant);
    const ofStory = chosen.flatMap((index) => story[index % story.length] ?? []).flatMap((one) => [momentOf(one, zone), new Date(momentOf(one, zone).getTime() + 1)]);
    for (const cut of [undefined, instantOf(parseDateOnly('2026-10-26'), zone), ...ofStory]) {
      const counted = entries.filter(({ at }) => at < (cut === undefined || cut > end ? end : cut));
      for (const [report, group] of questions) expect(sorted(await told(admin, report, group, cut))).toEqual(sorted(plain(report, group, counted, first)));
      const [report, group] = questions[story.length % questions.length] ?? ['cash', 'month'];
      await drilled(admin, report, group, cut, story.length);
      await itemised(admin, cut);
      expect(sorted(await told(manager, report, group, cut))).toEqual(sorted(plain(report, group, counted.filter((entry) => entry.branch === branch.id), first)));
    }
    // what was booked stays, so a smaller story would not be told on its own
  }), { numRuns: runs, endOnFailure: true });
  expect(await adminSql(adminUrl, `select account_id, sum(amount_minor) as minor, sum(entries) as entries from ledger_days where tenant_id = '${tenant.id}' group by 1
    except select account_id, sum(amount_minor), count(*) from ledger_entries where tenant_id = '${tenant.id}' group by 1`)).toEqual([]);
}
