import { eq, sql } from 'drizzle-orm';
import { todayIn, type Money } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { ledgerEntries } from '@interdomestik/db/schema';
import { custodyOf } from '../cash/custody';
import { callerFor, scopeOf, systemScopeOf } from './callers';
import type { TestPerson, TestTenant } from './world';

type Who = Pick<TestPerson, 'id' | 'role'>;
const as = async (tenant: TestTenant, person: Who) => callerFor(await scopeOf(tenant, person));

/** The collector says that the receipts are handed over; the handover's id. */
export async function handOverReceipts(tenant: TestTenant, agent: Who, ids: string[]): Promise<{ id: string; amount: Money }> {
  const { handovers: [made] } = await (await as(tenant, agent)).cash.handOver({ ids });
  if (made === undefined) throw new Error('nothing was handed over');
  return made;
}

/** The same, counted by the manager without a difference. */
export async function countReceipts(tenant: TestTenant, people: { agent: Who; manager: Who }, ids: string[]): Promise<string> {
  const { id, amount } = await handOverReceipts(tenant, people.agent, ids);
  await (await as(tenant, people.manager)).cash.confirm({ id, counted: amount });
  return id;
}

/** Brings receipts the whole way into the bank; the deposit's id. */
export async function bankReceipts(tenant: TestTenant, people: { agent: Who; manager: Who }, ids: string[]): Promise<string> {
  const handover = await countReceipts(tenant, people, ids);
  return (await (await as(tenant, people.manager)).cash.bank({ ids: [handover], slip: 'UP-1', depositedOn: todayIn(tenant.pack.zone, new Date()) })).depositId;
}

/** What is wrong with the cash of a tenant: branches where receipts and counts say something else than the ledger, and postings that do not balance. Empty when all is well. */
export async function custodyFaults(tenant: TestTenant): Promise<string[]> {
  const system: TenantScope = await systemScopeOf(tenant);
  const { branches } = await custodyOf(system, new Date());
  const skewed = await withTenant(system, (tx) => tx.select({ id: ledgerEntries.transactionId }).from(ledgerEntries).where(eq(ledgerEntries.tenantId, tenant.id)).groupBy(ledgerEntries.transactionId, ledgerEntries.currency).having(sql`sum(${ledgerEntries.amountMinor}) <> 0`));
  return [...branches.filter(({ agrees }) => !agrees).map(({ branchName }) => `custody of ${branchName}`), ...skewed.map(({ id }) => `posting ${id}`)];
}
