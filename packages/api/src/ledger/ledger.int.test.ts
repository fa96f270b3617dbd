import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { cashHandedOverLegs, cashSaleLegs, money, newId, type Leg } from '@interdomestik/rules';
import { once } from '../idempotency';
import { takeNumber } from '../numbering';
import { scopeOf, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { balanceOfAccount, post, type Posting } from './service';

const world = useWorld();
let mk: TestTenant;
let ks: TestTenant;
let system: TenantScope;
beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
});

const eur = (minor: bigint) => money(minor, 'EUR');
const sale = (tenant: TestTenant, branch: 0 | 1, minor: bigint, effectKey: string = newId()): Posting => ({
  kind: 'cash_sale', branchId: tenant.branches[branch].id, source: { type: 'payment', id: newId() }, effectKey, occurredAt: new Date(),
  legs: cashSaleLegs({ gross: eur(minor), tax: eur(minor / 6n) }), parties: { cashWithAgents: tenant.branches[branch].agent.id },
});

describe('the ledger', () => {
  it('keeps the tenants apart, and a branch out of another', async () => {
    await withTenant(system, (tx) => post(tx, system, sale(ks, 0, 1200n)));
    const other = await systemScopeOf(mk);
    expect((await withTenant(other, (tx) => balanceOfAccount(tx, other, 'cashWithAgents', 'EUR'))).minor).toBe(0n);
    const manager = await scopeOf(ks, ks.branches[1].manager);
    expect((await withTenant(manager, (tx) => balanceOfAccount(tx, manager, 'cashWithAgents', 'EUR'))).minor).toBe(0n);
  });

  it('books an effect once, however many ask for it at a time', async () => {
    const posting = sale(ks, 1, 600n);
    const made = await Promise.all(Array.from({ length: 8 }, () => withTenant(system, (tx) => post(tx, system, posting))));
    expect(made.filter((id) => id !== null)).toHaveLength(1);
    expect(await withTenant(system, (tx) => tx.select().from(ledgerTransactions).where(and(eq(ledgerTransactions.tenantId, ks.id), eq(ledgerTransactions.effectKey, posting.effectKey))))).toHaveLength(1);
  });

  it('refuses what does not balance, in the rules and again in the database', async () => {
    const [first, second] = cashSaleLegs({ gross: eur(100n), tax: eur(0n) });
    if (first === undefined || second === undefined) throw new Error('a sale has two legs');
    const skewed: Leg[] = [first, { ...second, amount: eur(-99n) }];
    await expect(withTenant(system, (tx) => post(tx, system, { ...sale(ks, 0, 1n), legs: skewed }))).rejects.toMatchObject({ messageKey: 'errors.ledger.unbalanced' });
    await expect(withTenant(system, async (tx) => {
      const id = await post(tx, system, sale(ks, 0, 300n));
      const [leg] = await tx.select().from(ledgerEntries).where(and(eq(ledgerEntries.tenantId, ks.id), eq(ledgerEntries.transactionId, id ?? ''), eq(ledgerEntries.position, 0)));
      if (leg !== undefined) await tx.insert(ledgerEntries).values({ ...leg, id: newId(), position: 9 });
    })).rejects.toMatchObject({ code: '23514' });
  });

  it('knows what one person holds', async () => {
    const { agent } = mk.branches[0];
    const scope = await systemScopeOf(mk);
    const held = () => withTenant(scope, async (tx) => (await balanceOfAccount(tx, scope, 'cashWithAgents', 'EUR', agent.id)).minor);
    await withTenant(scope, (tx) => post(tx, scope, sale(mk, 0, 1200n)));
    await withTenant(scope, (tx) => post(tx, scope, sale(mk, 0, 600n)));
    await withTenant(scope, (tx) => post(tx, scope, sale(mk, 1, 900n)));
    expect(await held()).toBe(1800n);
    await withTenant(scope, (tx) => post(tx, scope, { ...sale(mk, 0, 1n), kind: 'cash_handed_over', legs: cashHandedOverLegs(eur(1200n)), parties: { cashWithAgents: agent.id } }));
    expect(await held()).toBe(600n);
  });
});

describe('numbers', () => {
  it('have no gap and no double, though some of the takers give up', async () => {
    const taken = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => withTenant(system, async (tx) => {
      const number = await takeNumber(tx, system, 'T', 2026);
      if (index % 3 === 0) throw new Error('changed my mind');
      return number;
    })));
    const numbers = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const other = await systemScopeOf(mk);
    expect(await withTenant(other, (tx) => takeNumber(tx, other, 'T', 2026))).toBe(1);
    expect(await withTenant(system, (tx) => takeNumber(tx, system, 'T', 2027))).toBe(1);
  });
});

describe('a call made once', () => {
  it('answers a repeat with the stored answer, by person, operation and key; and forgets what failed', async () => {
    const key = newId();
    let runs = 0;
    const call = (scope: TenantScope, payload: unknown = { a: 1n }) => withTenant(inAction(scope, 'test'), (tx) => once(tx, scope, { operation: 'test', key, payload }, async () => {
      runs += 1;
      return await Promise.resolve({ minor: 5n, at: new Date(0), runs });
    }));
    await expect(withTenant(system, (tx) => once(tx, system, { operation: 'test', key, payload: { a: 1n } }, () => Promise.reject(new Error('no'))))).rejects.toThrow('no');
    const first = await call(system);
    expect(first).toEqual({ minor: 5n, at: new Date(0), runs: 1 });
    expect(await Promise.all([call(system), call(system)])).toEqual([first, first]);
    await expect(call(system, { a: 2n })).rejects.toMatchObject({ messageKey: 'errors.idempotency.mismatch' });
    expect((await call(await scopeOf(ks, ks.admin))).runs).toBe(2);
    expect((await call(await systemScopeOf(mk))).runs).toBe(3);
  });
});
