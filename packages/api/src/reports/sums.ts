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

type Row = { account: string; kind: string; currency: string; before: boolean; minor: string } & Record<'period' | 'branch' | 'plan' | 'provider' | 'person', string | null> & { rate: number | null };

/** The branch of the reader and the one that is asked for, as a condition on one of the two tables. */
function inReach({ reach }: TenantScope, branch: SQL, branchId: string | undefined): SQL {
  const asked = branchId === undefined ? sql`true` : sql`${branch} = ${branchId}::uuid`;
  if (reach.kind === 'tenant') return asked;
  return reach.kind === 'branch' ? sql`${asked} and ${branch} = ${reach.branchId}::uuid` : sql`false`;
}

/**
 * Sums of the ledger up to an instant, for one report. Days that are over are read as days (`ledger_days`), the day of the cut entry by entry: so it is exact at every instant, and a report over years
 * reads as many rows as there were days. Both are the same numbers (decision 0025). One statement, one moment.
 */
export async function ledgerSums(scope: TenantScope, { report, group, from, cut, branchId }: Question): Promise<LedgerSum[]> {
  const { accounts, without, span } = reportDefinitions[report];
  const zone = scope.tenant.timeZone;
  const cutDay = todayIn(zone, cut);
  const tells = new Set<Dimension>(dimensionsOf(report, group));
  const told = (dimension: Dimension, expression: SQL, type: SQL): SQL => (tells.has(dimension) ? expression : sql`null::${type}`);
  const [text, uuid] = [sql`text`, sql`uuid`];
  const unit = unitOf(report, group);
  const codes = sql.join(accounts.map((name) => sql`${chartOfAccounts[name].code}`), sql`, `);
  const own = sql`array(select id from ${ledgerAccounts} where tenant_id = ${scope.tenantId} and code in (${codes}))`;
  const left = (kind: SQL): SQL => (without.length === 0 ? sql`true` : sql`${kind} not in (${sql.join(without.map((one) => sql`${one}`), sql`, `)})`);
  const firstDay = span === 'during' ? sql`d.day >= ${from}::date` : sql`true`;
  const dayStart = instantOf(cutDay, zone);
  const first = instantOf(from, zone);
  const start = span === 'during' && first > dayStart ? first : dayStart;
  const { rows } = await readTenant(scope, (tx) => tx.execute<Row>(sql`
    select a.code as account, s.kind, s.currency, to_char(s.period, 'YYYY-MM-DD') as period, s.branch, s.plan, s.provider, s.person, s.rate, s.before, s.minor::text as minor
    from (
      select account_id, kind, currency, period, branch, plan, provider, person, rate, before, sum(minor) as minor
      from (
        select d.account_id, d.kind, d.currency, ${told('period', sql`date_trunc(${unit}, d.day::timestamp)`, sql`timestamp`)} as period, ${told('branch', sql`d.branch_id`, uuid)} as branch,
          ${told('plan', sql`d.plan_code`, text)} as plan, ${told('provider', sql`d.provider`, text)} as provider, ${told('person', sql`d.party_id`, uuid)} as person,
          ${told('rate', sql`d.vat_rate_bp`, sql`integer`)} as rate, ${span === 'both' ? sql`d.day < ${from}::date` : sql`false`} as before, d.amount_minor as minor
        from ${ledgerDays} d
        where d.tenant_id = ${scope.tenantId} and d.account_id = any(${own}) and d.day < ${cutDay}::date and ${firstDay} and ${left(sql`d.kind`)} and ${inReach(scope, sql`d.branch_id`, branchId)}
        union all
        select e.account_id, x.kind, e.currency, ${told('period', sql`date_trunc(${unit}, ${cutDay}::date::timestamp)`, sql`timestamp`)}, ${told('branch', sql`e.branch_id`, uuid)},
          ${told('plan', sql`x.plan_code`, text)}, ${told('provider', sql`x.provider`, text)}, ${told('person', sql`e.party_id`, uuid)}, ${told('rate', sql`x.vat_rate_bp`, sql`integer`)},
          ${span === 'both' && cutDay < from ? sql`true` : sql`false`}, e.amount_minor
        from ${ledgerEntries} e
        join ${ledgerTransactions} x on x.tenant_id = e.tenant_id and x.id = e.transaction_id
        where e.tenant_id = ${scope.tenantId} and e.account_id = any(${own}) and e.occurred_at >= ${start.toISOString()}::timestamptz and e.occurred_at < ${cut.toISOString()}::timestamptz
          and ${left(sql`x.kind`)} and ${inReach(scope, sql`e.branch_id`, branchId)}
      ) as booked
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ) as s
    join ${ledgerAccounts} a on a.tenant_id = ${scope.tenantId} and a.id = s.account_id`));
  return rows.map(({ minor, ...row }) => ({ ...row, minor: BigInt(minor) }));
}
