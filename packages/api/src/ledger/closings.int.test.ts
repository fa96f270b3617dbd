import { beforeAll, describe, expect, it } from 'vitest';
import { cashSaleLegs, instantOf, money, newId, parseDateOnly } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { and, eq } from 'drizzle-orm';
import { adminSql, callerFor, scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { post } from './service';

const world = useWorld();
let ks: TestTenant;
let system: TenantScope;
const now = new Date('2026-08-10T09:00:00Z');
const fresh = { now };
const as = async (tenant: TestTenant, person: TestTenant['admin']) => {
  const scope = await scopeOf(tenant, person);
  return callerFor({ ...scope, verifiedAt: now }, fresh);
};
const at = (day: string, minute = 0) => instantOf(parseDateOnly(day), ks.pack.zone, minute);
const sale = async (when: Date, minor = 1200n, branch: 0 | 1 = 0, scope = system) => await withTenant(scope, (tx) => post(tx, scope, {
  kind: 'cash_sale', branchId: ks.branches[branch].id, source: { type: 'payment', id: newId() }, effectKey: newId(), occurredAt: when, legs: cashSaleLegs({ gross: money(minor, 'EUR'), tax: money(minor / 6n, 'EUR') }), parties: { cashWithAgents: ks.branches[branch].agent.id },
}));
const whenOf = async (id: string | null) => await withTenant(system, async (tx) => {
  const [row] = await tx.select({ at: ledgerTransactions.occurredAt }).from(ledgerTransactions).where(and(eq(ledgerTransactions.tenantId, ks.id), eq(ledgerTransactions.id, id ?? '')));
  const entries = await tx.select({ at: ledgerEntries.occurredAt }).from(ledgerEntries).where(and(eq(ledgerEntries.tenantId, ks.id), eq(ledgerEntries.transactionId, id ?? '')));
  expect(entries.every((entry) => entry.at.getTime() === row?.at.getTime())).toBe(true);
  return row?.at;
});

beforeAll(async () => {
  ({ ks } = world.current);
  system = await systemScopeOf(ks);
  await sale(at('2026-05-31', 23 * 60 + 59));
  await sale(at('2026-06-30', 12 * 60), 600n);
  await sale(at('2026-07-15'), 1800n, 1);
});

describe('a statement', () => {
  it('P-12 runs from what stood to what stands, page after page, and every line says what stands after it', async () => {
    const admin = await as(ks, ks.admin);
    for (let index = 0; index < 7; index += 1) await sale(at('2026-07-20', index % 2 === 0 ? 30 : 90), BigInt(100 + index), 1);
    const account = (await admin.ledger.accounts({ to: '2026-07-31' })).find(({ code }) => code === '1100');
    const asked = { accountId: account?.id ?? '', from: '2026-06-01', to: '2026-07-31' };
    const whole = await admin.ledger.statement({ ...asked, limit: 100 });
    expect(whole).toMatchObject({ opening: { minor: 1200n }, closing: account?.balance, nextCursor: null });
    expect(whole.items).toHaveLength(9);
    let standing = whole.opening.minor;
    for (const line of whole.items.toReversed()) {
      standing += line.amount.minor;
      expect(line.balance.minor).toBe(standing);
    }
    expect(standing).toBe(whole.closing.minor);
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await admin.ledger.statement({ ...asked, limit: 2, cursor });
      paged.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole.items);
    const revenue = (await admin.ledger.accounts({ to: '2026-07-31' })).find(({ code }) => code === '4000');
    expect(revenue?.balance.minor).toBeGreaterThan(0n);
  });

  it('I-13 I-15 of another tenant is like one that is not there, and a branch reads none', async () => {
    const { mk } = world.current;
    const [account] = await (await as(ks, ks.admin)).ledger.accounts({ to: '2026-07-31' });
    const asked = { accountId: account?.id ?? '', from: '2026-06-01', to: '2026-07-31' };
    const [stranger, manager] = [await as(mk, mk.admin), await as(ks, ks.branches[0].manager)];
    expect(await refusalsOf([stranger.ledger.statement(asked), stranger.ledger.statement({ ...asked, accountId: newId() }), manager.ledger.statement(asked), manager.ledger.close({ month: '2026-05-01' })]))
      .toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound', 'FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
    expect(await stranger.ledger.accounts({ to: '2026-07-31' })).toEqual([]);
  });
});

describe('a closed month', () => {
  const close = async (month: string) => (await (await as(ks, ks.admin)).ledger.close({ month })).id;

  it('S-07 is closed by an admin with a fresh proof, once it is over and in order', async () => {
    const stale = callerFor(await scopeOf(ks, ks.admin), { now: new Date(Date.now() + 11 * 60_000) });
    expect(await refusalsOf([stale.ledger.close({ month: '2026-05-01' }), close('2026-08-01'), close('2026-06-15')])).toEqual(['FORBIDDEN errors.session.reauthenticate', 'INVALID errors.ledger.notOver', 'INVALID errors.date']);
    expect(await (await as(ks, ks.admin)).ledger.closings()).toMatchObject({ closedTo: null, next: '2026-05-01', history: [] });
    await close('2026-05-01');
    await close('2026-06-01');
    expect(await refusalsOf([close('2026-06-01'), close('2026-05-01')])).toEqual(['CONFLICT errors.ledger.closed', 'CONFLICT errors.ledger.closed']);
    expect(await (await as(ks, ks.admin)).ledger.closings()).toMatchObject({ closedTo: '2026-06-01', next: '2026-07-01' });
  });

  it('P-12 takes nothing more in: what is late goes into the open period, and the database refuses the rest, whoever asks', async () => {
    expect(await whenOf(await sale(at('2026-06-30', 23 * 60 + 59)))).toEqual(at('2026-07-01'));
    expect(await whenOf(await sale(at('2026-04-01')))).toEqual(at('2026-07-01'));
    expect(await whenOf(await sale(at('2026-07-01')))).toEqual(at('2026-07-01'));
    const insert = (when: string) => adminSql(world.current.database.adminUrl, `insert into ledger_transactions (tenant_id, id, branch_id, kind, source_type, source_id, effect_key, occurred_at) values ('${ks.id}', '${newId()}', '${ks.branches[0].id}', 'cash_sale', 'payment', '${newId()}', '${newId()}', '${when}')`);
    await expect(insert(new Date(at('2026-07-01').getTime() - 1).toISOString())).rejects.toMatchObject({ code: '23514', constraint: 'ledger_open_month' });
    const leg = (when: Date) => adminSql(world.current.database.adminUrl, `insert into ledger_entries (tenant_id, id, transaction_id, account_id, branch_id, position, amount_minor, currency, occurred_at) select tenant_id, '${newId()}', transaction_id, account_id, branch_id, 40, 1, currency, '${when.toISOString()}' from ledger_entries where tenant_id = '${ks.id}' limit 1`);
    await expect(leg(at('2026-06-30'))).rejects.toMatchObject({ code: '23514', constraint: 'ledger_open_month' });
    await expect(adminSql(world.current.database.adminUrl, `delete from ledger_closings where tenant_id = '${ks.id}'`)).rejects.toMatchObject({ code: '42501' });
    await expect(adminSql(world.current.database.adminUrl, `update ledger_closings set month = '2020-01-01' where tenant_id = '${ks.id}'`)).rejects.toMatchObject({ code: '42501' });
  });

  it('waits for what is under way, and what comes meanwhile finds it closed', async () => {
    let [go, posted, done] = [() => undefined as void, () => undefined as void, false];
    const [held, isPosted] = [new Promise<void>((resolve) => { go = resolve; }), new Promise<void>((resolve) => { posted = resolve; })];
    const under = withTenant(system, async (tx) => {
      const id = await post(tx, system, { kind: 'cash_sale', branchId: ks.branches[0].id, source: { type: 'payment', id: newId() }, effectKey: newId(), occurredAt: at('2026-07-30'), legs: cashSaleLegs({ gross: money(600n, 'EUR'), tax: money(100n, 'EUR') }), parties: { cashWithAgents: ks.branches[0].agent.id } });
      posted();
      await held;
      return id;
    });
    await isPosted;
    const closing = close('2026-07-01').then((id) => { done = true; return id; });
    await new Promise((resolve) => { setTimeout(resolve, 150); });
    expect(done).toBe(false);
    go();
    expect(await whenOf(await under)).toEqual(at('2026-07-30'));
    await closing;
    expect(await whenOf(await sale(at('2026-07-31')))).toEqual(at('2026-08-01'));
  });

  it('A-02 is opened again with a reason alone, the later ones with it, and all of it is on record', async () => {
    const { mk } = world.current;
    const [admin, stranger] = [await as(ks, ks.admin), await as(mk, mk.admin)];
    const [july, june] = (await admin.ledger.closings()).history;
    const reason = 'An invoice of July was booked late';
    expect(await refusalsOf([stranger.ledger.reopen({ id: july?.id ?? '', reason })])).toEqual(['NOT_FOUND errors.notFound']);
    await expect(admin.ledger.reopen({ id: july?.id ?? '', reason: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await admin.ledger.reopen({ id: july?.id ?? '', reason });
    expect(await refusalsOf([admin.ledger.reopen({ id: july?.id ?? '', reason })])).toEqual(['NOT_FOUND errors.notFound']);
    expect(await whenOf(await sale(at('2026-07-31')))).toEqual(at('2026-07-31'));
    expect((await admin.ledger.closings()).history[0]).toMatchObject({ month: '2026-07-01', reason, reopenedAt: now });
    const trail = await adminSql(world.current.database.adminUrl, `select action, actor_id from audit_logs where entity = 'ledger_closings' and entity_id = '${july?.id ?? ''}' order by at`);
    expect(trail).toEqual([{ action: 'ledger.close', actor_id: ks.admin.id }, { action: 'ledger.reopen', actor_id: ks.admin.id }]);
    expect(await admin.ledger.closings()).toMatchObject({ closedTo: '2026-06-01', next: '2026-07-01' });
    const again = await close('2026-07-01');
    await admin.ledger.reopen({ id: june?.id ?? '', reason });
    expect((await admin.ledger.closings()).history.filter(({ reopenedAt }) => reopenedAt === null).map(({ month }) => month)).toEqual(['2026-05-01']);
    expect(await refusalsOf([admin.ledger.reopen({ id: again, reason })])).toEqual(['NOT_FOUND errors.notFound']);
  });
});
