import { and, eq, sql } from 'drizzle-orm';
import type { Money } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { cashCounts, cashHandovers, cashWriteOffs } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';

export interface DifferenceRow {
  readonly agentId: string;
  readonly branchId: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** Counted less said of everybody in reach, less what was written off of it. */
export async function differencesIn(tx: Tx, scope: TenantScope): Promise<DifferenceRow[]> {
  const counted = await tx.select({ agentId: cashCounts.agentId, branchId: cashCounts.branchId, currency: cashCounts.currency, minor: sql<string>`sum(${cashCounts.countedMinor} - ${cashHandovers.amountMinor})::text` }).from(cashCounts)
    .innerJoin(cashHandovers, and(eq(cashHandovers.tenantId, cashCounts.tenantId), eq(cashHandovers.id, cashCounts.handoverId)))
    .where(and(visible(scope, cashCounts), eq(cashCounts.outcome, 'confirmed'))).groupBy(cashCounts.agentId, cashCounts.branchId, cashCounts.currency);
  const off = await tx.select({ agentId: cashWriteOffs.agentId, branchId: cashWriteOffs.branchId, currency: cashWriteOffs.currency, minor: sql<string>`sum(${cashWriteOffs.amountMinor})::text` }).from(cashWriteOffs)
    .where(visible(scope, cashWriteOffs)).groupBy(cashWriteOffs.agentId, cashWriteOffs.branchId, cashWriteOffs.currency);
  const keyOf = (row: Pick<DifferenceRow, 'agentId' | 'branchId' | 'currency'>) => `${row.agentId} ${row.branchId} ${row.currency}`;
  const gone = new Map(off.map((row) => [keyOf(row), BigInt(row.minor)]));
  return counted.map((row) => ({ ...row, minor: BigInt(row.minor) - (gone.get(keyOf(row)) ?? 0n) }));
}

/** What stands open of one person in one branch: below nothing, that much is missing. */
export async function openDifference(tx: Tx, scope: TenantScope, of: { readonly agentId: string; readonly branchId: string; readonly currency: Money['currency'] }): Promise<Money> {
  const row = (await differencesIn(tx, scope)).find(({ agentId, branchId, currency }) => agentId === of.agentId && branchId === of.branchId && currency === of.currency);
  return moneyOf(row?.minor ?? 0n, of.currency);
}
