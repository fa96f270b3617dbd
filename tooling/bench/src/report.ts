import { closeDatabase, connectDatabase } from '@interdomestik/db';
import { Client, Pool } from 'pg';
import type { BenchDatabase } from './database';
import { adminScope, callerOf } from './people';
import { compare, looping, type Comparison } from './rounds';

const sales = 250_000;

export interface ReportFigures {
  readonly figures: Comparison;
  readonly entries: number;
  readonly days: number;
}

/** A million entries of two years, and their days as the database adds them up; its triggers are left out meanwhile, because a quarter of a million sales would take an hour. */
async function fill(client: Client, tenantId: string, zone: string): Promise<void> {
  await client.query('set session_replication_role = replica');
  await client.query(`insert into ledger_transactions (tenant_id, id, branch_id, kind, source_type, source_id, effect_key, plan_code, provider, vat_rate_bp, occurred_at)
    select $1, gen_random_uuid(), p.branch_id, case p.method when 'card' then 'card_sale' else 'cash_sale' end, 'payment', p.id, 'bench:' || n, (array['asistenca', 'asistenca_family', 'business'])[1 + n % 3], p.method, case p.method when 'card' then null else 1800 end,
      timestamptz '2025-01-01' + n * interval '4.2 minutes'
    from generate_series(1, $2::int) n join (select id, branch_id, method, row_number() over (order by id) - 1 as place from (select * from payments where tenant_id = $1 and paid_at is not null order by id limit 200) few) p on p.place = n % (select least(count(*), 200) from payments where tenant_id = $1 and paid_at is not null)`, [tenantId, sales]);
  await client.query(`insert into ledger_entries (tenant_id, id, transaction_id, account_id, branch_id, position, amount_minor, currency, occurred_at)
    select x.tenant_id, gen_random_uuid(), x.id, a.id, x.branch_id, leg.position, leg.minor, 'EUR', x.occurred_at from ledger_transactions x
    cross join lateral (values (0, case x.kind when 'card_sale' then '1200' else '1100' end, 2000), (1, '4000', -1695), (2, case x.kind when 'card_sale' then '2010' else '2000' end, -305), (3, '1200', -100), (4, '5000', 100)) leg(position, code, minor)
    join ledger_accounts a on a.tenant_id = x.tenant_id and a.code = leg.code and a.currency = 'EUR' where x.tenant_id = $1 and x.effect_key like 'bench:%'`, [tenantId]);
  await client.query(`insert into ledger_days as d (tenant_id, id, branch_id, account_id, party_id, day, kind, plan_code, provider, vat_rate_bp, currency, amount_minor, entries)
    select e.tenant_id, gen_random_uuid(), e.branch_id, e.account_id, e.party_id, (e.occurred_at at time zone $2)::date, x.kind, x.plan_code, x.provider, x.vat_rate_bp, e.currency, sum(e.amount_minor)::bigint, count(*)::integer
    from ledger_entries e join ledger_transactions x on x.tenant_id = e.tenant_id and x.id = e.transaction_id where e.tenant_id = $1 and x.effect_key like 'bench:%' group by 1, 3, 4, 5, 6, 7, 8, 9, 10, 11
    on conflict on constraint ledger_days_once do update set amount_minor = d.amount_minor + excluded.amount_minor, entries = d.entries + excluded.entries`, [tenantId, zone]);
  await client.query('set session_replication_role = origin');
  await client.query('analyze ledger_days, ledger_entries, ledger_transactions, ledger_accounts');
}

/** Revenue of two years by month at an instant inside a day, through the in-process caller; beside it the same sum of days on a bare connection that no policy binds. */
export async function benchReport(database: BenchDatabase, slug: string, length: { rounds: number; milliseconds: number }): Promise<ReportFigures> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  const bare = new Pool({ connectionString: database.adminUrl, max: 1 });
  await connectDatabase({ appUrl: database.appUrl, max: 4, applicationName: 'interdomestik-bench' });
  try {
    const { rows: [tenant] } = await client.query<{ id: string; zone: string }>('select id, time_zone as zone from tenants where slug = $1', [slug]);
    if (tenant === undefined) throw new Error(`no tenant ${slug}`);
    for (const [code, kind] of [['1100', 'asset'], ['1200', 'asset'], ['2000', 'liability'], ['2010', 'liability'], ['4000', 'income'], ['5000', 'expense']]) {
      await client.query("insert into ledger_accounts (tenant_id, id, code, kind, currency) values ($1, gen_random_uuid(), $2, $3, 'EUR') on conflict do nothing", [tenant.id, code, kind]);
    }
    await fill(client, tenant.id, tenant.zone);
    const { rows: [size] } = await client.query<{ entries: number; days: number }>('select (select count(*)::int from ledger_entries where tenant_id = $1) as entries, (select count(*)::int from ledger_days where tenant_id = $1) as days', [tenant.id]);
    const scope = await adminScope(slug);
    const ours = () => callerOf(scope).reports.table({ report: 'revenue', from: '2025-01-01', to: '2026-12-31', group: 'month', asOf: new Date('2026-11-20T10:17:00Z') });
    const theirs = () => bare.query(`select date_trunc('month', d.day::timestamp), d.account_id, sum(d.amount_minor) from ledger_days d where d.tenant_id = $1 and d.account_id = any(array(select id from ledger_accounts where tenant_id = $1 and code in ('4000', '4010', '2000', '2010')))
      and d.day >= '2025-01-01' and d.day < '2026-11-20' group by 1, 2`, [tenant.id]);
    const figures = await compare(looping(ours, 1), looping(theirs, 1), length);
    return { figures, entries: size?.entries ?? 0, days: size?.days ?? 0 };
  } finally {
    await Promise.all([client.end(), bare.end()]);
    await closeDatabase();
  }
}
