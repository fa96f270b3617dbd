import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { migrationsDir } from '../migrate';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded } from '../testing/factories';

const database = useDatabase();
const tenantId = 'tenant_a';
let admin: Client;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  await insertTenant(admin, { id: tenantId, slug: 'a' });
  for (const seed of [3, 4]) {
    const rows = await fillPlace(admin, { tenantId, branchId: newId() }, seeded(seed));
    const of = (table: string, column: string) => rows.get(table)?.[column];
    const id = newId();
    await admin.query('begin');
    await admin.query("insert into ledger_transactions (tenant_id, id, branch_id, kind, source_type, source_id, effect_key, occurred_at) values ($1, $2, $3, 'cash_sale', 'payment', $4, $5, '2026-03-28T23:30:00Z')", [tenantId, id, of('branches', 'id'), of('payments', 'id'), id]);
    for (const [position, minor] of [700, -700].entries()) await admin.query("insert into ledger_entries (tenant_id, id, transaction_id, account_id, branch_id, position, amount_minor, currency, occurred_at) values ($1, $2, $3, $4, $5, $6, $7, 'EUR', '2026-03-28T23:30:00Z')", [tenantId, newId(), id, of('ledger_accounts', 'id'), of('branches', 'id'), position, minor]);
    await admin.query('commit');
  }
});
afterAll(async () => { await admin.end(); });

const told = async (sql: string) => (await admin.query<Record<string, unknown>>(sql)).rows;
// the generated row of the table itself stands for no entry
const days = () => told(`select branch_id, account_id, party_id, day::text, kind, plan_code, provider, vat_rate_bp, currency, amount_minor::text, entries from ledger_days where account_id in (select account_id from ledger_entries) and id in (
  select d.id from ledger_days d join ledger_transactions x on x.tenant_id = d.tenant_id and x.branch_id = d.branch_id and x.kind = d.kind and x.plan_code is not distinct from d.plan_code) order by branch_id, kind, day`);

describe('what was booked before days were added up', () => {
  it('R-04 P-12 is told and added up by the migration as the database does with what comes after it', async () => {
    const before = await days();
    const transactions = await told('select id, plan_code, provider, vat_rate_bp from ledger_transactions order by id');
    expect(transactions.filter(({ provider }) => provider !== null).length).toBeGreaterThan(1);
    expect(before.filter(({ day }) => day === '2026-03-29')).toHaveLength(2);
    await admin.query('begin');
    await admin.query('delete from ledger_days');
    await admin.query('alter table ledger_transactions disable trigger ledger_transactions_append_only');
    await admin.query("update ledger_transactions set plan_code = null, provider = null, vat_rate_bp = null where source_type = 'payment'");
    await admin.query('alter table ledger_transactions enable trigger ledger_transactions_append_only');
    const file = readFileSync(join(migrationsDir, '0024_ledger_days.sql'), 'utf8');
    const block = file.slice(file.indexOf('DO $$'));
    await admin.query(block.slice(0, block.indexOf('--> statement-breakpoint')));
    await admin.query('commit');
    expect(await days()).toEqual(before);
    expect(await told('select id, plan_code, provider, vat_rate_bp from ledger_transactions order by id')).toEqual(transactions);
    const sums = (from: string, count: string) => told(`select account_id, sum(amount_minor)::text as minor, ${count}::int as entries from ${from} group by 1 order by 1`);
    expect(await sums('ledger_days', 'sum(entries)')).toEqual(await sums('ledger_entries', 'count(*)'));
    await expect(admin.query('delete from ledger_transactions')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('who writes days', () => {
  it('P-12 nobody but the database: the app may not add, change or take away one, nor call what does', async () => {
    const app = new Client({ connectionString: database.current.appUrl });
    await app.connect();
    try {
      for (const sql of ['update ledger_days set amount_minor = amount_minor + 1', 'delete from ledger_days', 'insert into ledger_days select * from ledger_days', 'truncate ledger_days', 'select add_to_ledger_day()']) {
        await app.query('begin');
        await app.query("select set_config('app.current_tenant_id', $1, true), set_config('app.current_branch_id', '*', true)", [tenantId]);
        await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
        await app.query('rollback');
      }
    } finally {
      await app.end();
    }
  });
});
