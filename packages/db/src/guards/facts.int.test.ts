import { and, eq } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { closeDatabase, connectDatabase } from '../pools';
import { auditLogs, invoices, leads, ledgerEntries, ledgerTransactions, user } from '../schema';
import { tableFacts } from '../schema/facts';
import { inAction, resolveScope, type TenantScope } from '../scope';
import { withTenant, type Tx } from '../tenant';
import { useDatabase } from '../testing';
import { fillPlace, insertTenant, seeded, type Row } from '../testing/factories';

const database = useDatabase();
const branchId = newId();
const tenantId = 'tenant_a';
let admin: Client;
let owner: Client;
let scope: TenantScope;
let rows: ReadonlyMap<string, Row>;

beforeAll(async () => {
  admin = new Client({ connectionString: database.current.adminUrl });
  owner = new Client({ connectionString: database.current.ownerUrl });
  await admin.connect();
  await owner.connect();
  await insertTenant(admin, { id: tenantId, slug: 'a' });
  rows = await fillPlace(admin, { tenantId, branchId }, seeded(11));
  await connectDatabase({ appUrl: database.current.appUrl });
  const found = await resolveScope({ kind: 'job', tenantId, job: 'test' });
  if (found === null) throw new Error('no tenant');
  scope = found;
});
afterAll(async () => {
  await closeDatabase();
  await owner.end();
  await admin.end();
});

const idOf = (table: string): string => String(rows.get(table)?.id);

/** The database's refusal of a service's transaction, wherever drizzle has wrapped it. */
async function refusal(work: Promise<unknown>): Promise<{ code: string | undefined; message: string; constraint: string | undefined }> {
  try {
    await work;
  } catch (error) {
    for (let current: unknown = error; current instanceof Error; current = current.cause) {
      const { code, constraint } = current as { code?: string; constraint?: string };
      if (code !== undefined) return { code, message: current.message, constraint };
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The owner of the schema inside the tenant, whom grants do not bind: what is left are the triggers. */
async function asOwner(sql: string): Promise<void> {
  await owner.query(`begin; select set_config('app.current_tenant_id', '${tenantId}', true), set_config('app.current_branch_id', '*', true)`);
  try {
    await owner.query(sql);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

type LegInput = readonly [amount: bigint, currency?: 'EUR' | 'MKD'];

async function post(tx: Tx, legs: readonly LegInput[]): Promise<string> {
  const id = newId();
  await tx.insert(ledgerTransactions).values({ tenantId, id, branchId, kind: 'sale', sourceType: 'payment', sourceId: newId(), effectKey: id, occurredAt: new Date() });
  const accounts: Record<string, string> = { EUR: idOf('ledger_accounts'), MKD: await mkdAccount() };
  for (const [position, [amountMinor, currency = 'EUR']] of legs.entries()) {
    await tx.insert(ledgerEntries).values({ tenantId, id: newId(), transactionId: id, accountId: accounts[currency] ?? '', branchId, position: position + 10, amountMinor, currency, occurredAt: new Date() });
  }
  return id;
}

let mkd: Promise<string> | undefined;
async function mkdAccount(): Promise<string> {
  mkd ??= (async () => {
    const id = newId();
    await admin.query("insert into ledger_accounts (tenant_id, id, code, kind, currency) values ($1, $2, '1000', 'asset', 'MKD')", [tenantId, id]);
    return id;
  })();
  return await mkd;
}

describe('P-12 the ledger', () => {
  it('P-12 takes a balanced posting, in one currency or in several', async () => {
    await withTenant(scope, async (tx) => await post(tx, [[100n], [-60n], [-40n]]));
    await withTenant(scope, async (tx) => await post(tx, [[100n], [-100n], [6_150n, 'MKD'], [-6_150n, 'MKD']]));
    const { rows: sums } = await admin.query('select transaction_id, currency from ledger_entries group by 1, 2 having sum(amount_minor) <> 0');
    expect(sums).toEqual([]);
  });

  it.each<readonly [string, readonly LegInput[], string]>([
    ['legs that do not sum to zero', [[100n], [-99n]], 'ledger_zero_sum'],
    ['two currencies that cancel out only as numbers', [[100n], [-100n, 'MKD']], 'ledger_zero_sum'],
    ['a single leg', [[100n]], 'ledger_two_legs'],
    ['no leg', [], 'ledger_two_legs'],
    ['a leg of nothing', [[0n], [0n]], 'ledger_entries_amount'],
  ])('P-12 keeps nothing of %s', async (_, legs, constraint) => {
    const before = await admin.query('select count(*) from ledger_transactions');
    expect(await refusal(withTenant(scope, async (tx) => await post(tx, legs)))).toMatchObject({ code: '23514', constraint });
    expect((await admin.query('select count(*) from ledger_transactions')).rows).toEqual(before.rows);
  });

  it('P-12 refuses a leg that comes later and unbalances a posting', async () => {
    const id = await withTenant(scope, async (tx) => await post(tx, [[5n], [-5n]]));
    const late = withTenant(scope, async (tx) =>
      await tx.insert(ledgerEntries).values({ tenantId, id: newId(), transactionId: id, accountId: idOf('ledger_accounts'), branchId, position: 99, amountMinor: 1n, currency: 'EUR', occurredAt: new Date() }));
    expect(await refusal(late)).toMatchObject({ constraint: 'ledger_zero_sum' });
  });

  it('refuses a leg in another currency than its account', async () => {
    const wrong = withTenant(scope, async (tx) => {
      const id = await post(tx, [[5n], [-5n]]);
      await tx.insert(ledgerEntries).values({ tenantId, id: newId(), transactionId: id, accountId: idOf('ledger_accounts'), branchId, position: 99, amountMinor: 1n, currency: 'MKD', occurredAt: new Date() });
    });
    expect(await refusal(wrong)).toMatchObject({ code: '23503', constraint: 'ledger_entries_account_fk' });
  });

  it('books the same effect once', async () => {
    const twice = withTenant(scope, async (tx) => {
      const values = { tenantId, branchId, kind: 'sale', sourceType: 'payment', sourceId: newId(), effectKey: 'same', occurredAt: new Date() };
      await tx.insert(ledgerTransactions).values([{ ...values, id: newId() }, { ...values, id: newId() }]);
    });
    expect(await refusal(twice)).toMatchObject({ code: '23505', constraint: 'ledger_transactions_effect' });
  });

  it.each(['ledger_entries', 'ledger_transactions', 'audit_logs', 'audit_seals', 'audit_checks'])('A-02 %s is append-only for the app and for its owner', async (table) => {
    for (const sql of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(asOwner(sql)).rejects.toMatchObject({ code: '42501', message: expect.stringMatching(/append-only/u) });
    }
    const app = new Client({ connectionString: database.current.appUrl });
    await app.connect();
    try {
      for (const sql of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table}`]) await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await app.end();
    }
  });
});

describe('invoices', () => {
  const here = () => and(eq(invoices.tenantId, tenantId), eq(invoices.id, idOf('invoices')));

  it('P-14 an issued invoice changes neither number nor amount nor text, not even for its owner', async () => {
    await withTenant(scope, async (tx) => await tx.update(invoices).set({ status: 'issued', totalMinor: 1180n, netMinor: 1000n, vatMinor: 180n }).where(here()));
    for (const change of [{ totalMinor: 1181n, netMinor: 1001n }, { number: 999 }, { code: 'other' }, { buyer: {} }, { issuedOn: '2020-01-01' }, { currency: 'MKD' }, { branchId: newId() }]) {
      expect(await refusal(withTenant(scope, async (tx) => await tx.update(invoices).set(change).where(here())))).toMatchObject({ code: '42501', message: expect.stringMatching(/does not change/u) });
    }
    await expect(asOwner('update invoices set number = number + 1')).rejects.toThrow(/does not change/u);
    await expect(asOwner('delete from invoices')).rejects.toThrow(/append-only/u);
  });

  it('takes its PDF once', async () => {
    await admin.query('alter table invoices disable trigger invoices_frozen; update invoices set pdf_sha256 = null; alter table invoices enable trigger invoices_frozen');
    await withTenant(scope, async (tx) => await tx.update(invoices).set({ pdfSha256: 'a', documentId: idOf('documents') }).where(here()));
    expect(await refusal(withTenant(scope, async (tx) => await tx.update(invoices).set({ pdfSha256: 'b' }).where(here())))).toMatchObject({ code: '42501' });
  });

  it('has totals that add up', async () => {
    await expect(admin.query('insert into invoices select tenant_id, gen_random_uuid(), user_id, branch_id, membership_id, null, series, fiscal_year, number + 1, code, \'draft\', issued_on, due_on, currency, net_minor + 1, vat_minor, total_minor, seller, buyer, languages, receipt, null, null, issued_by, issued_at from invoices')).rejects.toMatchObject({ constraint: 'invoices_totals' });
  });
});

describe('the audit trail', () => {
  const trailOf = async (entity: string, entityId: string) =>
    await withTenant(scope, async (tx) => await tx.select().from(auditLogs).where(and(eq(auditLogs.tenantId, tenantId), eq(auditLogs.entity, entity), eq(auditLogs.entityId, entityId))).orderBy(auditLogs.at));

  const newLead = () => ({ tenantId, id: newId(), branchId, ownerId: idOf('user'), firstName: 'Canary', phone: '+38344123456' });

  it('A-01 writes one row for each change, with actor, action and request, masked where it is personal', async () => {
    const lead = newLead();
    const acting = { ...inAction(scope, 'leads.test'), actor: { ...scope.actor, kind: 'user' as const, id: idOf('user') }, requestId: 'request-7' };
    await withTenant(acting, async (tx) => await tx.insert(leads).values(lead));
    await withTenant(acting, async (tx) => await tx.update(leads).set({ status: 'contacted', phone: '+38344999999', updatedAt: new Date(0) }).where(eq(leads.id, lead.id)));
    await withTenant(acting, async (tx) => await tx.update(leads).set({ updatedAt: new Date() }).where(eq(leads.id, lead.id)));
    const trail = await trailOf('leads', lead.id);
    expect(trail).toHaveLength(2);
    expect(trail[0]).toMatchObject({ actorKind: 'user', actorId: idOf('user'), action: 'leads.test', requestId: 'request-7', operation: 'INSERT', branchId, before: null, after: { first_name: '***', phone: '***', status: 'new', owner_id: idOf('user') } });
    expect(trail[1]).toMatchObject({ operation: 'UPDATE', before: { status: 'new', phone: '***' }, after: { status: 'contacted', phone: '***' } });
    expect(JSON.stringify(trail)).not.toMatch(/Canary|38344/u);
  });

  it('A-01 leaves none when the change is rolled back', async () => {
    const lead = newLead();
    await expect(withTenant(scope, async (tx) => {
      await tx.insert(leads).values(lead);
      throw new Error('back');
    })).rejects.toThrow('back');
    expect(await trailOf('leads', lead.id)).toEqual([]);
  });

  it('A-01 knows a direct change behind the product by its login', async () => {
    const lead = newLead();
    await withTenant(scope, async (tx) => await tx.insert(leads).values(lead));
    await admin.query('delete from leads where id = $1', [lead.id]);
    const trail = await trailOf('leads', lead.id);
    expect(trail.at(-1)).toMatchObject({ operation: 'DELETE', actorKind: 'database', action: 'direct', after: null, before: { first_name: '***' } });
  });

  it('A-10 fails closed: without the audit row there is no change', async () => {
    await admin.query("create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room' using errcode = '53100'; end $$; create trigger no_room before insert on audit_logs for each row execute function no_room()");
    try {
      const lead = newLead();
      expect(await refusal(withTenant(scope, async (tx) => await tx.insert(leads).values(lead)))).toMatchObject({ code: '53100' });
      expect((await admin.query('select 1 from leads where id = $1', [lead.id])).rowCount).toBe(0);
    } finally {
      await admin.query('drop trigger no_room on audit_logs; drop function no_room()');
    }
  });

  it('A-06 watches every table that the facts call audited, with every personal column masked', async () => {
    const { rows: triggers } = await admin.query<{ table: string; masked: string; on: boolean }>(`
      select c.relname as table, rtrim(encode(t.tgargs, 'escape'), '\\000') as masked, bool_and(t.tgenabled = 'O') and bit_or(t.tgtype) & 28 = 28 and count(*) = 2 as on
      from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname in ('audit_row_change', 'audit_rows_added') group by 1, 2 order by 1`);
    const wanted = Object.entries(tableFacts).filter(([, facts]) => facts.audited).map(([table, facts]) => ({ table, masked: facts.personal.join(','), on: true }));
    expect(triggers).toEqual(wanted.toSorted((a, b) => (a.table < b.table ? -1 : 1)));
  });

  it('A-06 keeps no value of a personal column, of any audited table', async () => {
    const { rows: written } = await admin.query<{ entity: string; after: Record<string, unknown> | null }>("select entity, after from audit_logs where operation = 'INSERT'");
    const leaks = written.flatMap(({ entity, after }) => (tableFacts[entity]?.personal ?? []).filter((column) => after !== null && column in after && after[column] !== null && after[column] !== '***').map((column) => `${entity}.${column}`));
    expect(new Set(leaks)).toEqual(new Set());
    expect(new Set(written.map(({ entity }) => entity)).size).toBeGreaterThan(15);
  });

  it('rows of another tenant cannot be written under this one', async () => {
    const forged = withTenant(scope, async (tx) =>
      await tx.insert(auditLogs).values({ tenantId: 'tenant_b', id: newId(), actorKind: 'user', action: 'x', operation: 'UPDATE', entity: 'user' }));
    expect(await refusal(forged)).toMatchObject({ code: '42501' });
    expect((await withTenant(scope, async (tx) => await tx.select({ id: user.id }).from(user))).length).toBe(1);
  });
});
