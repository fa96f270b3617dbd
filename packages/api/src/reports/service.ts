import { and, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm';
import { chartOfAccounts, instantOf, type DateOnly, type Money } from '@interdomestik/rules';
import { readTenant, visible, type TenantScope } from '@interdomestik/db';
import { branches, ledgerAccounts, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';

export interface TakingsRow {
  /** First day of the period, or the branch's name. */
  readonly label: string;
  readonly net: Money;
  readonly vat: Money;
  readonly providerTax: Money;
  readonly gross: Money;
}

const { membershipRevenue, successFeeRevenue, vatPayable, providerTax } = chartOfAccounts;
const codes = [membershipRevenue.code, successFeeRevenue.code, vatPayable.code, providerTax.code];

/**
 * Takings between two days of the tenant's calendar, `to` included, summed from the ledger alone: net revenue, VAT and tax that
 * the provider pays, by period or by branch, of one branch when named. Refunds count against the day they were booked.
 */
export async function takingsReport(
  scope: TenantScope, range: { from: DateOnly; to: DateOnly; groupBy: 'day' | 'month' | 'branch'; branchId?: string | undefined },
): Promise<TakingsRow[]> {
  const zone = scope.tenant.timeZone;
  const from = instantOf(range.from, zone);
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      label: range.groupBy === 'branch' ? sql<string>`${branches.name}`.as('label') : sql<string>`to_char(date_trunc(${range.groupBy}, ${ledgerEntries.occurredAt} at time zone ${zone}), 'YYYY-MM-DD')`.as('label'),
      code: ledgerAccounts.code, currency: ledgerEntries.currency, minor: sql<string>`(-sum(${ledgerEntries.amountMinor}))::text`,
    }).from(ledgerEntries)
      .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
      .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
      .innerJoin(branches, and(eq(branches.tenantId, ledgerEntries.tenantId), eq(branches.id, ledgerEntries.branchId)))
      .where(and(
        // a payout only passes on the tax that a sale had brought
        visible(scope, ledgerEntries), range.branchId === undefined ? undefined : eq(ledgerEntries.branchId, range.branchId), ne(ledgerTransactions.kind, 'provider_payout'), inArray(ledgerAccounts.code, codes), gte(ledgerEntries.occurredAt, from),
        lt(ledgerEntries.occurredAt, sql`((${range.to}::date + 1)::timestamp at time zone ${zone})`),
      ))
      .groupBy(sql`1`, ledgerAccounts.code, ledgerEntries.currency).orderBy(sql`1`),
  );
  const sums = new Map<string, { label: string; currency: string; net: bigint; vat: bigint; tax: bigint }>();
  for (const row of rows) {
    const key = `${row.label}/${row.currency}`;
    const sum = sums.get(key) ?? { label: row.label, currency: row.currency, net: 0n, vat: 0n, tax: 0n };
    const minor = BigInt(row.minor);
    if (row.code === vatPayable.code) sum.vat += minor;
    else if (row.code === providerTax.code) sum.tax += minor;
    else sum.net += minor;
    sums.set(key, sum);
  }
  return [...sums.values()].map(({ label, currency, net, vat, tax }) => ({
    label, net: moneyOf(net, currency), vat: moneyOf(vat, currency), providerTax: moneyOf(tax, currency), gross: moneyOf(net + vat + tax, currency),
  }));
}
