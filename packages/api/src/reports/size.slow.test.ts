import { expect, it } from 'vitest';
import { adminSql, callerFor, scopeOf, useWorld } from '../testing';
import { layPayments } from './testing';

const world = useWorld();
const sales = 250_000;

/** A million entries over two years, as sales by every way, plan and branch; what the database does for each by itself is done for all at once. */
async function fill(adminUrl: string, tenantId: string, zone: string): Promise<void> {
  const run = (text: string) => adminSql(adminUrl, text);
  const triggers = [['ledger_transactions', ['ledger_transactions_balance', 'ledger_transactions_open', 'audit_row_change', 'audit_rows_added']], ['ledger_entries', ['ledger_entries_balance', 'ledger_entries_open', 'ledger_entries_day']]] as const;
  const turn = async (way: 'disable' | 'enable') => { for (const [table, names] of triggers) for (const name of names) await run(`alter table ${table} ${way} trigger ${name}`); };
  await turn('disable');
  for (const [code, kind] of [['1000', 'asset'], ['4000', 'income'], ['2000', 'liability'], ['2010', 'liability'], ['1200', 'asset']] as const) {
    await run(`insert into ledger_accounts (tenant_id, id, code, kind, currency) values ('${tenantId}', gen_random_uuid(), '${code}', '${kind}', 'EUR') on conflict do nothing`);
  }
  await run(`insert into ledger_transactions (tenant_id, id, branch_id, kind, source_type, source_id, effect_key, occurred_at)
    select '${tenantId}', gen_random_uuid(), p.branch_id, case p.method when 'card' then 'card_sale' else 'cash_sale' end, 'payment', p.id, 'size:' || n, timestamptz '2025-01-01' + n * interval '4.2 minutes'
    from generate_series(1, ${String(sales)}) n join (select id, branch_id, method, row_number() over (order by id) - 1 as place, count(*) over () as places from payments where tenant_id = '${tenantId}') p on p.place = n % p.places`);
  await run(`insert into ledger_entries (tenant_id, id, transaction_id, account_id, branch_id, position, amount_minor, currency, occurred_at)
    select x.tenant_id, gen_random_uuid(), x.id, a.id, x.branch_id, leg.position, leg.minor, 'EUR', x.occurred_at from ledger_transactions x
    cross join lateral (values (0, case x.kind when 'card_sale' then '1200' else '1000' end, 2000), (1, '4000', -1695), (2, case x.kind when 'card_sale' then '2010' else '2000' end, -305), (3, '1000', 100), (4, '1200', -100)) leg(position, code, minor)
    join ledger_accounts a on a.tenant_id = x.tenant_id and a.code = leg.code and a.currency = 'EUR' where x.tenant_id = '${tenantId}' and x.effect_key like 'size:%'`);
  await run(`insert into ledger_days (tenant_id, id, branch_id, account_id, party_id, day, kind, plan_code, provider, vat_rate_bp, currency, amount_minor, entries)
    select e.tenant_id, gen_random_uuid(), e.branch_id, e.account_id, e.party_id, (e.occurred_at at time zone '${zone}')::date, x.kind, x.plan_code, x.provider, x.vat_rate_bp, e.currency, sum(e.amount_minor)::bigint, count(*)::integer
    from ledger_entries e join ledger_transactions x on x.tenant_id = e.tenant_id and x.id = e.transaction_id where e.tenant_id = '${tenantId}' group by 1, 3, 4, 5, 6, 7, 8, 9, 10, 11`);
  await turn('enable');
  await run('analyze ledger_days, ledger_entries, ledger_transactions, ledger_accounts');
}

it('P-20 over a million entries revenue answers in 150 ms and is what the entries say', async () => {
  const { ks, database } = world.current;
  await layPayments(ks);
  await fill(database.adminUrl, ks.id, ks.pack.zone);
  const [size] = await adminSql(database.adminUrl, `select (select count(*)::int from ledger_entries where tenant_id = '${ks.id}') as entries, (select count(*)::int from ledger_days where tenant_id = '${ks.id}') as days,
    (select (-sum(e.amount_minor))::text from ledger_entries e join ledger_accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id where e.tenant_id = '${ks.id}' and a.code in ('4000', '2000', '2010') and e.occurred_at < '2026-11-20T10:17:00Z') as gross`);
  expect(size?.entries).toBeGreaterThanOrEqual(1_000_000);
  const caller = callerFor(await scopeOf(ks, ks.admin));
  for (const group of ['day', 'month', 'branch', 'plan', 'provider'] as const) {
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const before = performance.now();
      const { totals } = await caller.reports.table({ report: 'revenue', from: '2025-01-01', to: '2026-12-31', group, asOf: new Date('2026-11-20T10:17:00Z') });
      times.push(performance.now() - before);
      expect(totals[0]?.[3]?.minor.toString()).toBe(size?.gross);
    }
    const median = times.toSorted((a, b) => a - b)[4] ?? Number.POSITIVE_INFINITY;
    // oxlint-disable-next-line no-console -- whoever runs the tests is told how long it took
    console.log(`revenue by ${group} over ${Number(size?.entries).toFixed(0)} entries (${Number(size?.days).toFixed(0)} days): median ${median.toFixed(0)} ms`);
    expect(median).toBeLessThan(150);
  }
}, 600_000);
