import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { forbidden, notFound } from '@interdomestik/rules';
import { visible, type TenantScope, type Tx } from '@interdomestik/db';
import { cashHandovers, cashReceipts } from '@interdomestik/db/schema';

export type Receipt = typeof cashReceipts.$inferSelect;
export type Handover = typeof cashHandovers.$inferSelect;

/** The person who acts. A super admin inside a tenant is nobody's cashier. */
export function staffOf(scope: TenantScope): string {
  if (scope.actor.kind !== 'user' || scope.actor.id === null) throw forbidden();
  return scope.actor.id;
}

/** Receipts in reach, locked in one order: who moves the same cash waits here. */
export async function lockReceipts(tx: Tx, scope: TenantScope, where: SQL): Promise<Receipt[]> {
  return await tx.select().from(cashReceipts).where(and(visible(scope, cashReceipts), where)).orderBy(asc(cashReceipts.id)).for('no key update');
}

/** The named handovers in reach, with their receipts locked; all of them, or NOT_FOUND. What was given back meanwhile has no receipts left. */
export async function lockHandovers(tx: Tx, scope: TenantScope, ids: readonly string[]): Promise<{ readonly handovers: readonly Handover[]; readonly receipts: readonly Receipt[] }> {
  const wanted = [...new Set(ids)];
  const handovers = await tx.select().from(cashHandovers).where(and(visible(scope, cashHandovers), inArray(cashHandovers.id, wanted))).orderBy(asc(cashHandovers.id));
  if (handovers.length !== wanted.length) throw notFound();
  return { handovers, receipts: await lockReceipts(tx, scope, inArray(cashReceipts.handoverId, wanted)) };
}

/** The handover with its receipts locked; NOT_FOUND for one out of reach. */
export async function lockHandover(tx: Tx, scope: TenantScope, id: string): Promise<{ readonly handover: Handover; readonly receipts: readonly Receipt[] }> {
  const { handovers: [handover], receipts } = await lockHandovers(tx, scope, [id]);
  if (handover === undefined) throw notFound();
  return { handover, receipts };
}

export const inTenant = (scope: TenantScope, ids: readonly string[]) => and(eq(cashReceipts.tenantId, scope.tenantId), inArray(cashReceipts.id, [...ids]));
