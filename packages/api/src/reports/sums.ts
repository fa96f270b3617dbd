import { sql, type SQL } from 'drizzle-orm';
import { chartOfAccounts, dimensionsOf, instantOf, reportDefinitions, todayIn, unitOf, type DateOnly, type Dimension, type LedgerSum, type ReportName, type RevenueGroup } from '@interdomestik/rules';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { ledgerAccounts, ledgerDays, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';

/** What a report asks of the ledger. */
export interface Question {
  readonly report: ReportName;
  readonly group: RevenueGroup;
  readonly from: DateOnly;
  /** Everything that was booked before this instant, and nothing else. */
  readonly cut: Date;
  readonly branchId?: string | undefined;
}

type Told = 'kind' | 'before' | Dimension;
type Row = { account: string; currency: string; minor: string; kind?: string; before?: boolean; rate?: number | null } & Partial<Record<'period' | 'branch' | 'plan' | 'provider' | 'person', string | null>>;

/** The branch of the reader and the one that is asked for, as a condition on one of the two tables. */
export function inReach({ reach }: TenantScope, branch: SQL, branchId: string | undefined): SQL {
  const asked = branchId === undefined ? sql`true` : sql`${branch} = ${branchId}::uuid`;
  if (reach.kind === 'tenant') return asked;
  return reach.kind === 'branch' ? sql`${asked} and ${branch} = ${reach.branchId}::uuid` : sql`false`;
}

/**
 * Sums of the ledger up to an instant, for one report. Days that are over are read as days (`ledger_days`), the day of the cut entry by entry: so it is exact at every instant, and a report over years
 * reads as many rows as there were days. Both are the same numbers (decision 0025). One statement, one moment.
 */
export async function ledgerSums(scope: TenantScope, { report, group, from, cut, branchId }: Question): Promise<LedgerSum[]> {
  const { accounts, without, span, tellsKinds } = reportDefinitions[report];
  const zone = scope.tenant.timeZone;
  const cutDay = todayIn(zone, cut);
  const unit = unitOf(report, group);
  // of a day (d), and of an entry of the last day with its transaction (e, x)
  const parts: Readonly<Record<Told, readonly [ofDay: SQL, ofEntry: SQL]>> = {
    kind: [sql`d.kind`, sql`x.kind`], before: [sql`d.day < ${from}::date`, cutDay < from ? sql`true` : sql`false`], period: [sql`date_trunc(${unit}, d.day::timestamp)`, sql`date_trunc(${unit}, ${cutDay}::date::timestamp)`],
    branch: [sql`d.branch_id`, sql`e.branch_id`], plan: [sql`d.plan_code`, sql`x.plan_code`], provider: [sql`d.provider`, sql`x.provider`], person: [sql`d.party_id`, sql`e.party_id`], rate: [sql`d.vat_rate_bp`, sql`x.vat_rate_bp`],
  };
  // each column more to group by is felt over years of days
  const told: readonly Told[] = [...(tellsKinds ? ['kind' as const] : []), ...(span === 'both' ? ['before' as const] : []), ...dimensionsOf(report, group)];
  const listed = (say: (one: Told) => SQL): SQL => (told.length === 0 ? sql`` : sql`, ${sql.join(told.map(say), sql`, `)}`);
  const named = (one: Told): SQL => sql`${sql.identifier(one)}`;
  const codes = sql.join(accounts.map((name) => sql`${chartOfAccounts[name].code}`), sql`, `);
  const own = sql`array(select id from ${ledgerAccounts} where tenant_id = ${scope.tenantId} and code in (${codes}))`;
  const left = (kind: SQL): SQL => (without.length === 0 ? sql`true` : sql`${kind} not in (${sql.join(without.map((one) => sql`${one}`), sql`, `)})`);
  const firstDay = span === 'during' ? sql`d.day >= ${from}::date` : sql`true`;
  const [dayStart, first] = [instantOf(cutDay, zone), instantOf(from, zone)];
  const start = span === 'during' && first > dayStart ? first : dayStart;
  const { rows } = await readTenant(scope, (tx) => tx.execute<Row>(sql`
    select a.code as account, a.currency, s.minor::text as minor${listed((one) => (one === 'period' ? sql`to_char(s.period, 'YYYY-MM-DD') as period` : sql`s.${named(one)}`))}
    from (
      select account_id, sum(minor) as minor${listed(named)}
      from (
        select d.account_id, d.amount_minor as minor${listed((one) => sql`${parts[one][0]} as ${named(one)}`)}
        from ${ledgerDays} d
        where d.tenant_id = ${scope.tenantId} and d.account_id = any(${own}) and d.day < ${cutDay}::date and ${firstDay} and ${left(sql`d.kind`)} and ${inReach(scope, sql`d.branch_id`, branchId)}
        union all
        select e.account_id, e.amount_minor${listed((one) => parts[one][1])}
        from ${ledgerEntries} e
        join ${ledgerTransactions} x on x.tenant_id = e.tenant_id and x.id = e.transaction_id
        where e.tenant_id = ${scope.tenantId} and e.account_id = any(${own}) and e.occurred_at >= ${start.toISOString()}::timestamptz and e.occurred_at < ${cut.toISOString()}::timestamptz
          and ${left(sql`x.kind`)} and ${inReach(scope, sql`e.branch_id`, branchId)}
      ) as booked
      group by account_id${listed(named)}
    ) as s
    join ${ledgerAccounts} a on a.tenant_id = ${scope.tenantId} and a.id = s.account_id`));
  return rows.map(({ minor, ...row }) => ({ kind: '', before: false, period: null, branch: null, plan: null, provider: null, person: null, rate: null, ...row, minor: BigInt(minor) }));
}
