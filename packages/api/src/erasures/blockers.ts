import { and, eq, inArray, ne, notInArray, or } from 'drizzle-orm';
import type { ErasureBlocker } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { cashReceipts, claims, instalments, payments, refundRequests, refunds, userRoles } from '@interdomestik/db/schema';

/** Why what is held about a member cannot go now; empty when nothing stands in the way. */
export async function blockersOf(tx: Tx, { tenantId }: TenantScope, userId: string): Promise<ErasureBlocker[]> {
  const open = await tx.select({ id: claims.id }).from(claims).where(and(eq(claims.tenantId, tenantId), eq(claims.userId, userId), notInArray(claims.status, ['draft', 'resolved', 'rejected']))).limit(1);
  const works = await tx.select({ id: userRoles.id }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), eq(userRoles.userId, userId), ne(userRoles.role, 'member'))).limit(1);
  const owed = [
    await tx.select({ id: instalments.id }).from(instalments).where(and(eq(instalments.tenantId, tenantId), eq(instalments.userId, userId), eq(instalments.status, 'due'))).limit(1),
    await tx.select({ id: refunds.id }).from(refunds).where(and(eq(refunds.tenantId, tenantId), eq(refunds.userId, userId), or(eq(refunds.status, 'asked'), eq(refunds.source, 'owed')))).limit(1),
    await tx.select({ id: refundRequests.id }).from(refundRequests).where(and(eq(refundRequests.tenantId, tenantId), eq(refundRequests.userId, userId), eq(refundRequests.status, 'open'))).limit(1),
    await tx.select({ id: payments.id }).from(payments).where(and(eq(payments.tenantId, tenantId), eq(payments.userId, userId), eq(payments.status, 'disputed'))).limit(1),
    await tx.select({ id: cashReceipts.id }).from(cashReceipts).where(and(eq(cashReceipts.tenantId, tenantId), eq(cashReceipts.userId, userId), inArray(cashReceipts.status, ['collected']))).limit(1),
  ];
  return [...(open.length > 0 ? (['claim_open'] as const) : []), ...(owed.some((rows) => rows.length > 0) ? (['money_owed'] as const) : []), ...(works.length > 0 ? (['works_here'] as const) : [])];
}
