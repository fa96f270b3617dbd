import { and, asc, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, invoices, payments, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, systemScopeOf, type TestPerson, type useWorld } from '../testing';

/** Euros as a caller sends them. */
export const eur = (minor: bigint) => ({ minor: minor.toString(), currency: 'EUR' as const });

/** The family plan costs 35; in four parts 3 % more: 36.05. */
export const family = { planCode: 'asistenca_family', instalmentsCode: 'in_four', amountTendered: eur(902n) };

/** Who acts on sales in parts of Kosovo, and what lies behind the screens of them. Call it outside tests. */
export function partedSales(world: ReturnType<typeof useWorld>) {
  const inTenant = async <T>(read: (tx: Parameters<Parameters<typeof withTenant>[1]>[0], tenantId: string) => Promise<T>): Promise<T> => {
    const system: TenantScope = await systemScopeOf(world.current.ks);
    return await withTenant(system, (tx) => read(tx, system.tenantId));
  };
  const partsOf = (membershipId: string) => inTenant((tx, tenantId) => tx.select().from(instalments).where(and(eq(instalments.tenantId, tenantId), eq(instalments.membershipId, membershipId))).orderBy(asc(instalments.number)));
  return {
    as: async (person: TestPerson, tenant = world.current.ks) => callerFor(await scopeOf(tenant, person), { ip: newId() }),
    /** Whoever was enrolled at a desk has not set a password yet. */
    member: async (userId: string) => {
      await inTenant(async (tx, tenantId) => { await tx.update(user).set({ status: 'active' }).where(and(eq(user.tenantId, tenantId), eq(user.id, userId))); });
      return callerFor(await scopeOf(world.current.ks, { id: userId, role: 'member' }));
    },
    partsOf,
    part: async (membershipId: string, number: number) => {
      const found = (await partsOf(membershipId)).find((row) => row.number === number);
      if (found === undefined) throw new Error('no such part');
      return found;
    },
    invoiceOf: (membershipId: string) => inTenant((tx, tenantId) => tx.select().from(invoices).where(and(eq(invoices.tenantId, tenantId), eq(invoices.membershipId, membershipId)))),
    paymentsOf: (membershipId: string) => inTenant((tx, tenantId) => tx.select().from(payments).where(and(eq(payments.tenantId, tenantId), eq(payments.membershipId, membershipId))).orderBy(asc(payments.createdAt))),
    expectBalanced: async () => {
      const { rows } = await inTenant((tx, tenantId) => tx.execute<{ n: string }>(sql`select count(*) n from (select transaction_id from ledger_entries where tenant_id = ${tenantId} group by transaction_id, currency having sum(amount_minor) <> 0) t`));
      expect(rows[0]?.n).toBe('0');
    },
  };
}
