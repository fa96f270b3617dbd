import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { migrationsDir } from '../migrate';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded, type Row } from '../testing/factories';

const database = useDatabase();
const tenantId = 'tenant_a';
let admin: Client;
let rows: ReadonlyMap<string, Row>;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  await admin.connect();
  await insertTenant(admin, { id: tenantId, slug: 'a' });
  rows = await fillPlace(admin, { tenantId, branchId: newId() }, seeded(31));
});
afterAll(async () => { await admin.end(); });

const told = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await admin.query<Record<string, unknown>>(sql, values)).rows;

/** A receipt as it lay there before handovers were written down. */
async function oldReceipt(status: string, verified: boolean, slip: string | null): Promise<string> {
  const [id, paymentId] = [newId(), newId()];
  const columns = async (table: string) => (await told('select column_name as name from information_schema.columns where table_schema = $1 and table_name = $2', ['public', table])).map(({ name }) => String(name));
  const copy = async (table: string, row: Readonly<Record<string, unknown>>): Promise<void> => {
    const all: Row = { ...rows.get(table), ...row };
    const names = (await columns(table)).filter((name) => name in all);
    await admin.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`, names.map((name) => all[name]));
  };
  await copy('payments', { id: paymentId, provider_transaction_id: null });
  await copy('cash_receipts', {
    id, payment_id: paymentId, code: id, status, handover_id: null, amount_minor: 2000, currency: 'EUR', handed_at: status === 'collected' ? null : new Date('2026-03-01T10:00:00Z'),
    verified_by: verified ? rows.get('user')?.id : null, banked_at: status === 'banked' ? new Date('2026-03-31T22:30:00Z') : null, bank_slip: slip,
  });
  return id;
}

describe('cash that was on its way before handovers were written down', () => {
  it('R-04 is handed over, counted and banked as its receipt says, each by itself and once', async () => {
    const collected = await oldReceipt('collected', false, null);
    const handed = await oldReceipt('handed', false, null);
    const counted = await oldReceipt('handed', true, null);
    const banked = await oldReceipt('banked', true, 'UP-7');
    await admin.query('update cash_receipts set status = $1, verified_by = null where handover_id is not null', ['collected']);
    const file = readFileSync(join(migrationsDir, '0020_cash_and_commissions.sql'), 'utf8');
    await admin.query(file.slice(file.indexOf('DO $$')));
    const of = async (table: string, column: string) => (await told(`select ${column} as id from ${table} where ${column} = any ($1::uuid[])`, [[collected, handed, counted, banked]])).map(({ id }) => String(id)).toSorted();
    expect(await of('cash_handovers', 'id')).toEqual([handed, counted, banked].toSorted());
    expect(await of('cash_counts', 'handover_id')).toEqual([counted, banked].toSorted());
    expect(await of('cash_deposit_items', 'handover_id')).toEqual([banked]);
    expect(await of('cash_receipts', 'handover_id')).toEqual([handed, counted, banked].toSorted());
    // half an hour after midnight where the branch is
    expect(await told("select slip, deposited_on::text as day, amount_minor::int as minor from cash_deposits where id = $1", [banked])).toEqual([{ slip: 'UP-7', day: '2026-04-01', minor: 2000 }]);
    expect(await told('select counted_minor::int as minor, outcome from cash_counts where handover_id = $1', [counted])).toEqual([{ minor: 2000, outcome: 'confirmed' }]);
  });
});

describe('what was said, counted, banked and paid out', () => {
  it.each(['cash_handovers', 'cash_counts', 'cash_deposits', 'cash_deposit_items', 'commission_payouts'])('%s is append-only, also for a superuser', async (table) => {
    for (const sql of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table} cascade`]) await expect(admin.query(sql)).rejects.toMatchObject({ code: '42501', message: expect.stringMatching(/append-only/u) });
  });

  it('a commission is approved and paid out once, and changes in nothing else', async () => {
    await admin.query("insert into commissions select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'number', 900, 'approved_at', null, 'approved_by', null, 'payout_id', null))).* from commissions c");
    const change = (set: string) => admin.query(`update commissions set ${set} where number = 900`);
    for (const set of ['amount_minor = amount_minor + 1', 'agent_id = gen_random_uuid()', 'rate_bp = 1', "occurred_at = now()", 'payout_id = gen_random_uuid()']) await expect(change(set)).rejects.toMatchObject({ code: '42501' });
    await change('approved_at = now(), approved_by = agent_id');
    for (const set of ['approved_at = null', 'approved_by = null']) await expect(change(set)).rejects.toMatchObject({ code: '42501' });
    await change('payout_id = (select id from commission_payouts limit 1)');
    await expect(change('payout_id = null')).rejects.toMatchObject({ code: '42501' });
    await expect(admin.query('delete from commissions')).rejects.toMatchObject({ code: '42501' });
  });
});
