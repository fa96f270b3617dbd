import { and, desc, eq, exists, isNull, not } from 'drizzle-orm';
import { listTenants, resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { cashReceipts, commissionPayouts, documents, invoices } from '@interdomestik/db/schema';
import { renderReceiptJob } from '../cash/render';
import { renderStatementJob } from '../commissions/statement';
import { enqueue, type Urgency } from '../jobs/queue';
import { renderInvoiceJob } from './jobs';

const atOnce = 10;
const firstPauseSeconds = 60;
const pauseSeconds = 5;

/** The newest papers are made at once, older ones trickle in behind them, and today's work goes before both: a long list never holds anybody up. */
const laterBy = (place: number): Urgency => ({ delaySeconds: place < atOnce ? 0 : firstPauseSeconds + (place - atOnce) * pauseSeconds, spare: true });

/**
 * Queues the PDF of every invoice, cash receipt and payout that has none, newest first: for rows that came into the database without their job, by a
 * seed or a restore. Gives how many were queued. A paper that is made meanwhile is not made twice.
 */
export async function queueMissingPapers(): Promise<number> {
  let queued = 0;
  for (const tenant of await listTenants()) {
    const scope = await resolveScope({ kind: 'job', tenantId: tenant.id, job: 'invoices.catchUp' });
    if (scope !== null) queued += await queueOf(scope);
  }
  return queued;
}

async function queueOf(scope: TenantScope): Promise<number> {
  return await withTenant(scope, async (tx) => {
    const unprinted = await tx.select({ id: invoices.id }).from(invoices)
      .where(and(eq(invoices.tenantId, scope.tenantId), isNull(invoices.documentId))).orderBy(desc(invoices.issuedAt));
    for (const [place, { id }] of unprinted.entries()) await enqueue(tx, scope, renderInvoiceJob, { invoiceId: id }, laterBy(place));
    const made = tx.select({ id: documents.id }).from(documents)
      .where(and(eq(documents.tenantId, cashReceipts.tenantId), eq(documents.entity, 'receipt'), eq(documents.entityId, cashReceipts.id)));
    const bare = await tx.select({ id: cashReceipts.id }).from(cashReceipts)
      .where(and(eq(cashReceipts.tenantId, scope.tenantId), not(exists(made)))).orderBy(desc(cashReceipts.collectedAt));
    for (const [place, { id }] of bare.entries()) await enqueue(tx, scope, renderReceiptJob, { receiptId: id }, laterBy(place));
    const stated = tx.select({ id: documents.id }).from(documents)
      .where(and(eq(documents.tenantId, commissionPayouts.tenantId), eq(documents.entity, 'payout'), eq(documents.entityId, commissionPayouts.id)));
    const paid = await tx.select({ id: commissionPayouts.id }).from(commissionPayouts).where(and(eq(commissionPayouts.tenantId, scope.tenantId), not(exists(stated)))).orderBy(desc(commissionPayouts.createdAt));
    for (const [place, { id }] of paid.entries()) await enqueue(tx, scope, renderStatementJob, { payoutId: id }, laterBy(place));
    return unprinted.length + bare.length + paid.length;
  });
}
