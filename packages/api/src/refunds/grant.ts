import { and, eq } from 'drizzle-orm';
import type { TenantScope, Tx } from '@interdomestik/db';
import { refundRequests } from '@interdomestik/db/schema';

/** The fee is given back: a wish that waits for it is granted. Part of the transaction that gives it. */
export async function grantRequest(tx: Tx, scope: TenantScope, membershipId: string, by: string, now: Date): Promise<void> {
  await tx.update(refundRequests).set({ status: 'granted', decidedBy: by, decidedAt: now, updatedAt: now })
    .where(and(eq(refundRequests.tenantId, scope.tenantId), eq(refundRequests.membershipId, membershipId), eq(refundRequests.status, 'open')));
}
