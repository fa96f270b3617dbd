import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { assertBalanced, chartOfAccounts, money, newId, type AccountName, type Currency, type Leg, type Money, type PostingKind } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { ledgerAccounts, ledgerClosings, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';

export interface Posting {
  readonly kind: PostingKind;
  readonly branchId: string;
  /** What caused it, as table-like noun and id. */
  readonly source: { readonly type: 'payment' | 'cash_receipt' | 'cash_handover' | 'cash_deposit' | 'cash_write_off' | 'bank_line' | 'invoice' | 'commission' | 'commission_payout'; readonly id: string };
  /** Unique in the tenant: the same effect is never booked twice. */
  readonly effectKey: string;
  readonly occurredAt: Date;
  /** From a recipe of the rules. */
  readonly legs: readonly Leg[];
  /** Person who holds what an account is about, by account: the agent of `cashWithAgents`. */
  readonly parties?: Partial<Readonly<Record<AccountName, string>>>;
}

// the table says income where the rules say revenue
const kindOf = (account: AccountName): string => (chartOfAccounts[account].kind === 'revenue' ? 'income' : chartOfAccounts[account].kind);

async function accountIds(tx: Tx, scope: TenantScope, legs: readonly Leg[]): Promise<ReadonlyMap<string, string>> {
  const codes = [...new Set(legs.map(({ code }) => code))];
  const find = async (): Promise<Map<string, string>> => {
    const rows = await tx.select({ id: ledgerAccounts.id, code: ledgerAccounts.code, currency: ledgerAccounts.currency }).from(ledgerAccounts)
      .where(and(visible(scope, ledgerAccounts), inArray(ledgerAccounts.code, codes)));
    return new Map(rows.map((row) => [`${row.code}/${row.currency}`, row.id]));
  };
  const known = await find();
  const missing = legs.filter((leg) => !known.has(`${leg.code}/${leg.amount.currency}`));
  if (missing.length === 0) return known;
  await tx.insert(ledgerAccounts)
    .values(missing.map((leg) => ({ tenantId: scope.tenantId, id: newId(), code: leg.code, kind: kindOf(leg.account), currency: leg.amount.currency })))
    .onConflictDoNothing();
  return await find();
}

/** The instant itself, or the first one that is open again where its month is closed: what comes late or corrects goes into the open period. */
function openFrom(scope: TenantScope, at: Date): SQL<Date> {
  const closed = sql`select max(c.month) + interval '1 month' from ${ledgerClosings} c where c.tenant_id = ${scope.tenantId} and c.reopened_at is null`;
  return sql<Date>`greatest(${at.toISOString()}::timestamptz, (${closed}) at time zone ${scope.tenant.timeZone})`;
}

/**
 * Books a balanced transaction; its accounts are made where they are missing. Gives its id, or null when the effect was booked
 * before. What happened in a month that is closed is dated at the beginning of the open period; the database lets nothing else in. Throws INVALID when the legs do not sum to zero. The scope must reach the tenant (`actAsTenant` for members).
 */
export async function post(tx: Tx, scope: TenantScope, posting: Posting): Promise<string | null> {
  assertBalanced(posting.legs);
  const [made] = await tx.insert(ledgerTransactions)
    .values({
      tenantId: scope.tenantId, id: newId(), branchId: posting.branchId, kind: posting.kind, sourceType: posting.source.type,
      sourceId: posting.source.id, effectKey: posting.effectKey, occurredAt: openFrom(scope, posting.occurredAt),
    })
    .onConflictDoNothing()
    .returning({ id: ledgerTransactions.id, occurredAt: ledgerTransactions.occurredAt });
  if (made === undefined) return null;
  const accounts = await accountIds(tx, scope, posting.legs);
  await tx.insert(ledgerEntries).values(posting.legs.map((leg, position) => {
    const accountId = accounts.get(`${leg.code}/${leg.amount.currency}`);
    if (accountId === undefined) throw new Error(`ledger account ${leg.code} could not be made`);
    return {
      tenantId: scope.tenantId, id: newId(), transactionId: made.id, accountId, branchId: posting.branchId, partyId: posting.parties?.[leg.account] ?? null,
      position, amountMinor: leg.amount.minor, currency: leg.amount.currency, occurredAt: made.occurredAt,
    };
  }));
  return made.id;
}

/** The balance of an account on its normal side, over what the scope sees; of one person's part when `partyId` is given. */
export async function balanceOfAccount(tx: Tx, scope: TenantScope, account: AccountName, currency: Currency, partyId?: string): Promise<Money> {
  const { code, normal } = chartOfAccounts[account];
  const [row] = await tx.select({ total: sql<string>`coalesce(sum(${ledgerEntries.amountMinor}), 0)::text` }).from(ledgerEntries)
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
    .where(and(
      visible(scope, ledgerEntries), eq(ledgerAccounts.code, code), eq(ledgerEntries.currency, currency),
      partyId === undefined ? undefined : eq(ledgerEntries.partyId, partyId),
    ));
  const total = BigInt(row?.total ?? '0');
  return money(normal === 'debit' ? total : -total, currency);
}
