import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { newId, type ClearanceService } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { invoiceClearances, type invoices } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { submitClearanceJob } from './submit';

const atMost = 500;

/** Lets an invoice or credit note wait for the service, once, and queues that it is sent. */
export async function awaitClearance(tx: Tx, scope: TenantScope, invoice: typeof invoices.$inferSelect, service: ClearanceService): Promise<void> {
  const [made] = await tx.insert(invoiceClearances).values({ tenantId: scope.tenantId, id: newId(), invoiceId: invoice.id, userId: invoice.userId, branchId: invoice.branchId, service })
    .onConflictDoNothing().returning({ id: invoiceClearances.id });
  if (made !== undefined) await enqueue(tx, scope, submitClearanceJob, { clearanceId: made.id });
}

/** Queues what is not decided and was not touched since, oldest first, and marks it as touched. Gives how many. */
export async function queueWaiting(tx: Tx, scope: TenantScope, untouchedSince: Date, now: Date): Promise<number> {
  const open = await tx.select({ id: invoiceClearances.id }).from(invoiceClearances)
    .where(and(eq(invoiceClearances.tenantId, scope.tenantId), inArray(invoiceClearances.status, ['waiting', 'submitted']), lte(invoiceClearances.updatedAt, untouchedSince)))
    .orderBy(asc(invoiceClearances.createdAt), asc(invoiceClearances.id)).limit(atMost);
  for (const { id } of open) await enqueue(tx, scope, submitClearanceJob, { clearanceId: id });
  if (open.length > 0) await tx.update(invoiceClearances).set({ updatedAt: now }).where(and(eq(invoiceClearances.tenantId, scope.tenantId), inArray(invoiceClearances.id, open.map(({ id }) => id))));
  return open.length;
}
