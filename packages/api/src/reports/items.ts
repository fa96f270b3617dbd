import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { ageOpen, chartOfAccounts, fullName, parseDateOnly, sum, todayIn, zero, type Currency, type DateOnly, type Money } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, instalments, invoices, ledgerAccounts, ledgerEntries, ledgerTransactions, memberships, payments, user } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import { ruleOf } from '../settings/rules';
import { cutOf } from './table';

export interface ItemsInput {
  /** What was owed at the end of this day, or at an earlier instant of it. */
  readonly to: DateOnly;
  readonly asOf?: Date | undefined;
  readonly branchId?: string | undefined;
}

/** What a member owes for one sale in one branch. */
export interface OpenItem {
  readonly key: string;
  readonly membershipId: string | null;
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly memberNumber: string | null;
  readonly branchName: string;
  readonly invoice: { readonly code: string; readonly documentId: string | null } | null;
  readonly oldest: DateOnly | null;
  readonly open: Money;
  /** Not due yet, then by days late, as the tenant's rule cuts them. */
  readonly ages: readonly Money[];
}

export interface OpenItems {
  readonly cut: Date;
  /** Days late at which a column ends; there is one more column on either side. */
  readonly edges: readonly number[];
  readonly items: readonly OpenItem[];
  /** One a currency: the ages, and the whole. */
  readonly totals: readonly { readonly open: Money; readonly ages: readonly Money[] }[];
}

/** The customers' account at the cut, sale by sale: entries of the ledger and nothing else. */
async function openSales(tx: Tx, scope: TenantScope, cut: Date, branchId: string | undefined) {
  const { reach } = scope;
  const within = reach.kind === 'tenant' ? undefined : reach.kind === 'branch' ? eq(ledgerEntries.branchId, reach.branchId) : sql`false`;
  return await tx.select({
    membershipId: payments.membershipId, branchId: ledgerEntries.branchId, currency: ledgerEntries.currency, minor: sql<string>`sum(${ledgerEntries.amountMinor})::text`,
    soldAt: sql<Date>`min(${ledgerEntries.occurredAt})`.mapWith(ledgerEntries.occurredAt),
  }).from(ledgerEntries)
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId), eq(ledgerAccounts.code, chartOfAccounts.customerReceivable.code)))
    .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
    .leftJoin(payments, and(eq(payments.tenantId, ledgerTransactions.tenantId), eq(payments.id, ledgerTransactions.sourceId), eq(ledgerTransactions.sourceType, 'payment')))
    .where(and(eq(ledgerEntries.tenantId, scope.tenantId), within, branchId === undefined ? undefined : eq(ledgerEntries.branchId, branchId), sql`${ledgerEntries.occurredAt} < ${cut.toISOString()}::timestamptz`))
    .groupBy(payments.membershipId, ledgerEntries.branchId, ledgerEntries.currency).having(sql`sum(${ledgerEntries.amountMinor}) <> 0`);
}

async function aboutOf(tx: Tx, scope: TenantScope, membershipIds: readonly string[]) {
  if (membershipIds.length === 0) return { parts: [], members: [], papers: [] };
  const parts = await tx.select({ membershipId: instalments.membershipId, dueOn: instalments.dueOn, minor: instalments.amountMinor, currency: instalments.currency }).from(instalments)
    .where(and(eq(instalments.tenantId, scope.tenantId), inArray(instalments.membershipId, [...membershipIds]))).orderBy(asc(instalments.number));
  // a payer who moved to another branch is no longer the reader's to know; what is owed here is
  const members = await tx.select({ membershipId: memberships.id, memberId: user.id, firstName: user.firstName, lastName: user.lastName, number: user.memberNumber }).from(memberships)
    .innerJoin(user, and(visible(scope, user), eq(user.id, memberships.userId))).where(and(eq(memberships.tenantId, scope.tenantId), inArray(memberships.id, [...membershipIds])));
  const papers = await tx.select({ membershipId: invoices.membershipId, code: invoices.code, documentId: invoices.documentId }).from(invoices)
    .where(and(visible(scope, invoices), inArray(invoices.membershipId, [...membershipIds]), sql`${invoices.creditOf} is null`)).orderBy(asc(invoices.issuedAt));
  return { parts, members, papers };
}

/** Everything that members owe at the cut, sale by sale, by age: equal to the customers' account of the ledger, to the minor unit (P-20). */
export async function openItems(asker: TenantScope, input: ItemsInput, now: Date): Promise<OpenItems> {
  const scope = inAction(asker, 'reports.items');
  const cut = cutOf(scope, input);
  const today = todayIn(scope.tenant.timeZone, new Date(cut.getTime() - 1));
  const { value: { ageDays: edges } } = await ruleOf(scope, 'invoicing', now);
  const { sales, places, parts, members, papers } = await withTenant(scope, async (tx) => {
    const open = await openSales(tx, scope, cut, input.branchId);
    const names = await tx.select({ id: branches.id, name: branches.name }).from(branches).where(eq(branches.tenantId, scope.tenantId));
    return { sales: open, places: new Map(names.map(({ id, name }) => [id, name])), ...(await aboutOf(tx, scope, [...new Set(open.flatMap(({ membershipId }) => membershipId ?? []))])) };
  });
  const items = sales.map((sale): OpenItem => {
    const open = moneyOf(BigInt(sale.minor), sale.currency);
    const own = parts.filter(({ membershipId, currency }) => membershipId === sale.membershipId && currency === sale.currency).map(({ dueOn, minor }) => ({ dueOn: parseDateOnly(dueOn), amount: moneyOf(minor, sale.currency) }));
    const member = members.find(({ membershipId }) => membershipId === sale.membershipId);
    const paper = papers.find(({ membershipId }) => membershipId === sale.membershipId);
    return {
      key: `${sale.membershipId ?? ''}/${sale.branchId}/${sale.currency}`, membershipId: sale.membershipId, memberId: member?.memberId ?? null, memberName: member === undefined ? null : fullName(member), memberNumber: member?.number ?? null,
      branchName: places.get(sale.branchId) ?? '–', invoice: paper === undefined ? null : { code: paper.code, documentId: paper.documentId }, open, ...ageOpen(open, own, todayIn(scope.tenant.timeZone, sale.soldAt), today, edges),
    };
  }).toSorted((a, b) => (a.oldest ?? '').localeCompare(b.oldest ?? '') || a.key.localeCompare(b.key));
  return { cut, edges, items, totals: totalsOf(items, edges) };
}

function totalsOf(items: readonly OpenItem[], edges: readonly number[]): OpenItems['totals'] {
  const currencies = [...new Set(items.map(({ open }) => open.currency))].toSorted();
  return currencies.map((currency: Currency) => {
    const own = items.filter(({ open }) => open.currency === currency);
    return { open: sum(own.map(({ open }) => open), currency), ages: Array.from({ length: edges.length + 2 }, (_, index) => sum(own.map(({ ages }) => ages[index] ?? zero(currency)), currency)) };
  });
}
