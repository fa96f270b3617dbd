import { sql, type SQL } from 'drizzle-orm';
import { accountNames, chartOfAccounts, countedIn, dimensionsOf, encodeCursor, instantOf, isCurrency, money, reportDefinitions, unitOf, type AccountName, type Dimension, type Money, type PostingKind } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, ledgerAccounts, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { cursorValues } from '../lists/keyset';
import { papersOf, type Paper } from './papers';
import { inReach } from './sums';
import { cutOf, type ReportInput } from './table';

export interface EntriesInput extends ReportInput {
  /** Column of the report. */
  readonly column: string;
  readonly currency: string;
  /** What the row is about, as the report gave it; left out: all rows, the total. */
  readonly about?: readonly (string | null)[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface FigureEntry {
  readonly id: string;
  readonly occurredAt: Date;
  readonly account: AccountName;
  readonly kind: PostingKind;
  readonly branchName: string;
  /** What it adds to the figure. */
  readonly amount: Money;
  readonly paper: Paper | null;
}

type Row = { id: string; at: string; occurred_at: Date; account: string; kind: PostingKind; branch: string; minor: string; source_type: string; source_id: string; effect_key: string };

function aboutRow(input: EntriesInput, zone: string): SQL {
  const { about } = input;
  if (about === undefined) return sql`true`;
  const conditions = dimensionsOf(input.report, input.group).map((dimension: Dimension, index) => {
    const value = about[index] ?? null;
    switch (dimension) {
      case 'period': return sql`date_trunc(${unitOf(input.report, input.group)}, (e.occurred_at at time zone ${zone})::date::timestamp)::date = ${value}::date`;
      case 'rate': return sql`x.vat_rate_bp is not distinct from ${value}::integer`;
      case 'branch': return sql`e.branch_id = ${value}::uuid`;
      case 'plan': return sql`x.plan_code is not distinct from ${value}::text`;
      case 'provider': return sql`x.provider is not distinct from ${value}::text`;
      case 'person': return sql`e.party_id is not distinct from ${value}::uuid`;
    }
  });
  return sql.join(conditions, sql` and `);
}

/**
 * The entries of the ledger that a figure of a report is made of, newest first and in pages, each with the paper that it is booked for. All pages together are the figure, to the minor unit. Answers nothing for a column that the report
 * does not have.
 */
export async function figureEntries(asker: TenantScope, input: EntriesInput): Promise<{ readonly items: FigureEntry[]; readonly nextCursor: string | null; readonly total: Money | null }> {
  const scope = inAction(asker, 'reports.entries');
  const { currency } = input;
  const counted = countedIn(input.report, input.column);
  if (counted.length === 0 || !isCurrency(currency)) return { items: [], nextCursor: null, total: null };
  const zone = scope.tenant.timeZone;
  const first = instantOf(input.from, zone).toISOString();
  const cut = cutOf(scope, input).toISOString();
  const traits = sql.join(counted.map(({ account, kind, before, taxed, sign }) => sql`(${chartOfAccounts[account].code}::text, ${kind}::text, ${before}::boolean, ${taxed}::boolean, ${Number(sign)}::integer)`), sql`, `);
  const codes = sql.join([...new Set(counted.map(({ account }) => chartOfAccounts[account].code))].map((code) => sql`${code}`), sql`, `);
  const during = reportDefinitions[input.report].span === 'during' ? sql`e.occurred_at >= ${first}::timestamptz` : sql`true`;
  const found = sql`from ${ledgerEntries} e
    join ${ledgerAccounts} a on a.tenant_id = e.tenant_id and a.id = e.account_id and a.code in (${codes})
    join ${ledgerTransactions} x on x.tenant_id = e.tenant_id and x.id = e.transaction_id
    join (values ${traits}) as t (account, kind, before, taxed, sign) on t.account = a.code and t.kind = x.kind and t.before = (e.occurred_at < ${first}::timestamptz) and t.taxed = (x.vat_rate_bp is not null)
    where e.tenant_id = ${scope.tenantId} and e.currency = ${currency} and e.occurred_at < ${cut}::timestamptz and ${during} and ${inReach(scope, sql`e.branch_id`, input.branchId)} and ${aboutRow(input, zone)}`;
  const after = input.cursor === undefined ? null : cursorValues(input.cursor);
  return await withTenant(scope, async (tx) => {
    const { rows: [whole] } = await tx.execute<{ minor: string }>(sql`select coalesce(sum(t.sign * e.amount_minor), 0)::text as minor ${found}`);
    const { rows: page } = await tx.execute<Row>(sql`select f.*, coalesce(b.name, '–') as branch from (
        select e.id, e.branch_id, e.occurred_at::text as at, e.occurred_at, a.code as account, x.kind, (t.sign * e.amount_minor)::text as minor, x.source_type, x.source_id, x.effect_key ${found}
        ${after === null ? sql`` : sql`and (e.occurred_at, e.id) < (${after.cursorAt}::timestamptz, ${after.cursorId}::uuid)`}
        order by e.occurred_at desc, e.id desc limit ${input.limit + 1}) as f
      left join ${branches} b on b.tenant_id = ${scope.tenantId} and b.id = f.branch_id order by f.occurred_at desc, f.id desc`);
    const shown = page.slice(0, input.limit);
    const last = shown.at(-1);
    const papers = await papersOf(tx, scope, shown.map((row) => ({ type: row.source_type, id: row.source_id, effectKey: row.effect_key, kind: row.kind })));
    return {
      total: money(BigInt(whole?.minor ?? '0'), currency), nextCursor: page.length > input.limit && last !== undefined ? encodeCursor({ sort: '-at', values: [last.at], id: last.id }) : null,
      items: shown.map((row, index) => ({
        id: row.id, occurredAt: new Date(row.occurred_at), account: accountNames.find((name) => chartOfAccounts[name].code === row.account) ?? 'bank', kind: row.kind, branchName: row.branch, amount: money(BigInt(row.minor), currency), paper: papers[index] ?? null,
      })),
    };
  });
}
