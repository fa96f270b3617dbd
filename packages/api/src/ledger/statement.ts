import { and, asc, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { accountNames, addDays, chartOfAccounts, instantOf, notFound, postingKinds, type AccountName, type DateOnly, type Money, type PostingKind } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, ledgerAccounts, ledgerDays, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { cursorValues, exactInstant, newestPage, olderThan } from '../lists/keyset';
import { moneyOf } from '../memberships/service';

const nameOf = (code: string): AccountName | null => accountNames.find((name) => chartOfAccounts[name].code === code) ?? null;
/** Amounts as the account grows: what it holds is above nothing. */
function signOf(code: string): bigint {
  const name = nameOf(code);
  return name !== null && chartOfAccounts[name].normal === 'credit' ? -1n : 1n;
}

function kindOf(text: string): PostingKind {
  const kind = postingKinds.find((candidate) => candidate === text);
  if (kind === undefined) throw new Error('a posting has an unknown kind');
  return kind;
}

/** Every account that was ever booked on, with what stands on it at the end of a day. */
export async function accountBalances(scope: TenantScope, { to }: { readonly to: DateOnly }) {
  return await withTenant(inAction(scope, 'ledger.accounts'), async (tx) => {
    const rows = await tx.select({ id: ledgerAccounts.id, code: ledgerAccounts.code, kind: ledgerAccounts.kind, currency: ledgerAccounts.currency, minor: sql<string>`coalesce(sum(${ledgerDays.amountMinor}), 0)::text` }).from(ledgerAccounts)
      .leftJoin(ledgerDays, and(eq(ledgerDays.tenantId, ledgerAccounts.tenantId), eq(ledgerDays.accountId, ledgerAccounts.id), sql`${ledgerDays.day} <= ${to}::date`))
      .where(visible(scope, ledgerAccounts)).groupBy(ledgerAccounts.tenantId, ledgerAccounts.id).orderBy(asc(ledgerAccounts.code), asc(ledgerAccounts.currency));
    return rows.map(({ id, code, kind, currency, minor }) => ({ id, code, name: nameOf(code), kind, balance: moneyOf(signOf(code) * BigInt(minor), currency) }));
  });
}

/** What stood on an account when a day began: a sum of days. */
async function balanceBefore(tx: Tx, scope: TenantScope, accountId: string, day: DateOnly): Promise<bigint> {
  const [row] = await tx.select({ minor: sql<string>`coalesce(sum(${ledgerDays.amountMinor}), 0)::text` }).from(ledgerDays)
    .where(and(visible(scope, ledgerDays), eq(ledgerDays.accountId, accountId), lt(ledgerDays.day, day)));
  return BigInt(row?.minor ?? '0');
}

/** What stood on an account before the entry that a page ended with: days before its day, and of its day the entries before it. */
async function balanceAtCursor(tx: Tx, scope: TenantScope, accountId: string, cursor: string): Promise<bigint> {
  const { cursorAt } = cursorValues(cursor);
  const zone = scope.tenant.timeZone;
  const day = sql`(${cursorAt}::timestamptz at time zone ${zone})::date`;
  const [days] = await tx.select({ minor: sql<string>`coalesce(sum(${ledgerDays.amountMinor}), 0)::text` }).from(ledgerDays).where(and(visible(scope, ledgerDays), eq(ledgerDays.accountId, accountId), sql`${ledgerDays.day} < ${day}`));
  const [entries] = await tx.select({ minor: sql<string>`coalesce(sum(${ledgerEntries.amountMinor}), 0)::text` }).from(ledgerEntries)
    .where(and(visible(scope, ledgerEntries), eq(ledgerEntries.accountId, accountId), sql`${ledgerEntries.occurredAt} >= ${day}::timestamp at time zone ${zone}`, olderThan(ledgerEntries.occurredAt, ledgerEntries.id, cursor)));
  return BigInt(days?.minor ?? '0') + BigInt(entries?.minor ?? '0');
}

export interface StatementInput {
  readonly accountId: string;
  readonly from: DateOnly;
  /** Included. */
  readonly to: DateOnly;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface StatementLine {
  readonly id: string;
  readonly occurredAt: Date;
  readonly kind: PostingKind;
  readonly branchName: string;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly amount: Money;
  /** What stands on the account after it. */
  readonly balance: Money;
}

/**
 * The statement of an account between two days, newest first and in pages, with what stood on it before and after and after every line. Amounts grow the account above nothing. Throws NOT_FOUND for an account that is
 * not there.
 */
export async function accountStatement(scope: TenantScope, { accountId, from, to, cursor, limit }: StatementInput) {
  return await withTenant(inAction(scope, 'ledger.statement'), async (tx) => {
    const [account] = await tx.select().from(ledgerAccounts).where(and(visible(scope, ledgerAccounts), eq(ledgerAccounts.id, accountId)));
    if (account === undefined) throw notFound();
    const { code, currency } = account;
    const said = (minor: bigint): Money => moneyOf(signOf(code) * minor, currency);
    const [opening, closing] = [await balanceBefore(tx, scope, accountId, from), await balanceBefore(tx, scope, accountId, addDays(to, 1))];
    const rows = await tx.select({
      id: ledgerEntries.id, at: exactInstant(ledgerEntries.occurredAt), occurredAt: ledgerEntries.occurredAt, kind: ledgerTransactions.kind, branchName: branches.name, sourceType: ledgerTransactions.sourceType, sourceId: ledgerTransactions.sourceId,
      minor: ledgerEntries.amountMinor,
    }).from(ledgerEntries)
      .innerJoin(ledgerTransactions, and(eq(ledgerTransactions.tenantId, ledgerEntries.tenantId), eq(ledgerTransactions.id, ledgerEntries.transactionId)))
      .innerJoin(branches, and(eq(branches.tenantId, ledgerEntries.tenantId), eq(branches.id, ledgerEntries.branchId)))
      .where(and(
        visible(scope, ledgerEntries), eq(ledgerEntries.accountId, accountId), gte(ledgerEntries.occurredAt, instantOf(from, scope.tenant.timeZone)), lt(ledgerEntries.occurredAt, instantOf(addDays(to, 1), scope.tenant.timeZone)),
        olderThan(ledgerEntries.occurredAt, ledgerEntries.id, cursor),
      ))
      .orderBy(desc(ledgerEntries.occurredAt), desc(ledgerEntries.id)).limit(limit + 1);
    const page = newestPage(rows, limit);
    let standing = cursor === undefined ? closing : await balanceAtCursor(tx, scope, accountId, cursor);
    const items: StatementLine[] = [];
    for (const { minor, kind, ...line } of page.items) {
      items.push({ ...line, kind: kindOf(kind), amount: said(minor), balance: said(standing) });
      standing -= minor;
    }
    return { account: { id: account.id, code, name: nameOf(code) }, opening: said(opening), closing: said(closing), items, nextCursor: page.nextCursor };
  });
}
