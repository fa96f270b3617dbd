import { and, eq } from 'drizzle-orm';
import { conflict, notFound } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { invoiceClearances } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { submitClearanceJob } from './submit';

/** Sends a rejected document again, under a key of its own: what stood in the way at the service is settled. Throws NOT_FOUND for an invoice out of sight, CONFLICT for one that is not rejected. */
export async function sendAgain(scope: TenantScope, invoiceId: string, now: Date): Promise<void> {
  await withTenant(inAction(scope, 'clearances.sendAgain'), async (tx) => {
    const [clearance] = await tx.select().from(invoiceClearances).where(and(visible(scope, invoiceClearances), eq(invoiceClearances.invoiceId, invoiceId))).for('no key update');
    if (clearance === undefined) throw notFound();
    if (clearance.status !== 'rejected') throw conflict('errors.clearance.notRejected');
    await tx.update(invoiceClearances)
      .set({ status: 'waiting', attempt: clearance.attempt + 1, sentAt: null, problem: null, reason: null, decidedAt: null, askedBy: scope.actor.kind === 'user' ? scope.actor.id : null, updatedAt: now })
      .where(and(visible(scope, invoiceClearances), eq(invoiceClearances.id, clearance.id)));
    await enqueue(tx, scope, submitClearanceJob, { clearanceId: clearance.id });
  });
}
