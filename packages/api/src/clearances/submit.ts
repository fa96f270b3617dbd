import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { clearanceServices, isDomainError, type ClearanceService } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { invoiceClearances, invoiceLines, invoices } from '@interdomestik/db/schema';
import { printedInvoice } from '../invoices/frozen';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';
import { notifyRole } from '../notifications';
import type { ClearanceAnswer, ClearanceDocument, ClearanceProvider } from '../vendors/clearance';
import { composeDocument } from './compose';
import { clearanceOf } from './provider';
import { renderClearedJob } from './render';

type Clearance = typeof invoiceClearances.$inferSelect;

interface Taken {
  readonly clearance: Clearance;
  readonly code: string;
  readonly document: ClearanceDocument;
}

const longestPauseSeconds = 3600;

const serviceOf = ({ service }: Clearance): ClearanceService => {
  const found = clearanceServices.find((candidate) => candidate === service);
  if (found === undefined) throw new Error('a document waits for an unknown service');
  return found;
};

/** What is still to be decided, with what the service is told of it; null for what is decided, and for a credit note whose invoice is not cleared yet: that one queues it. */
async function look(scope: TenantScope, id: string): Promise<Taken | null> {
  return await withTenant(scope, async (tx) => {
    const [found] = await tx.select({ clearance: invoiceClearances, invoice: invoices }).from(invoiceClearances)
      .innerJoin(invoices, and(eq(invoices.tenantId, invoiceClearances.tenantId), eq(invoices.id, invoiceClearances.invoiceId)))
      .where(and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoiceClearances.id, id), inArray(invoiceClearances.status, ['waiting', 'submitted'])));
    if (found === undefined) return null;
    const { clearance, invoice } = found;
    const [corrected] = invoice.creditOf === null ? [] : await tx.select({ status: invoiceClearances.status, clearanceId: invoiceClearances.clearanceId }).from(invoiceClearances)
      .where(and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoiceClearances.invoiceId, invoice.creditOf)));
    if (corrected !== undefined && corrected.status !== 'cleared') return null;
    const lines = await tx.select().from(invoiceLines).where(and(eq(invoiceLines.tenantId, scope.tenantId), eq(invoiceLines.invoiceId, invoice.id)));
    return { clearance, code: invoice.code, document: composeDocument(printedInvoice(invoice, lines), corrected?.clearanceId ?? null) };
  });
}

/** Asks the service what became of a document that may have reached it, and sends it where it has none. */
async function ask(provider: ClearanceProvider, { clearance: { id, attempt, sentAt }, document }: Taken): Promise<ClearanceAnswer> {
  const key = `${id}:${String(attempt)}`;
  const known = sentAt === null ? null : await provider.find(key);
  return known ?? await provider.submit(key, document);
}

/** The notes that wait for their invoice. */
async function queueNotes(tx: Tx, scope: TenantScope, invoiceId: string): Promise<void> {
  const notes = await tx.select({ id: invoiceClearances.id }).from(invoiceClearances)
    .innerJoin(invoices, and(eq(invoices.tenantId, invoiceClearances.tenantId), eq(invoices.id, invoiceClearances.invoiceId)))
    .where(and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoices.creditOf, invoiceId), eq(invoiceClearances.status, 'waiting')));
  for (const { id } of notes) await enqueue(tx, scope, submitClearanceJob, { clearanceId: id });
}

async function record(tx: Tx, scope: TenantScope, { clearance, code }: Taken, answer: ClearanceAnswer, now: Date): Promise<void> {
  const decided = answer.status === 'submitted' ? {} : { decidedAt: now };
  const said = answer.status === 'cleared' ? { clearanceId: answer.id, qr: answer.qr } : answer.status === 'rejected' ? { reason: answer.reason } : {};
  const [kept] = await tx.update(invoiceClearances).set({ status: answer.status, problem: null, ...decided, ...said, updatedAt: now })
    .where(and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoiceClearances.id, clearance.id), eq(invoiceClearances.attempt, clearance.attempt), inArray(invoiceClearances.status, ['waiting', 'submitted']))).returning({ id: invoiceClearances.id });
  // another run was faster, with the same answer
  if (kept === undefined) return;
  if (answer.status === 'submitted') {
    const waitedSeconds = Math.floor((now.getTime() - (clearance.sentAt ?? now).getTime()) / 1000);
    await enqueue(tx, scope, submitClearanceJob, { clearanceId: clearance.id }, { delaySeconds: Math.min(longestPauseSeconds, 30 + waitedSeconds) });
  } else if (answer.status === 'cleared') {
    await enqueue(tx, scope, renderClearedJob, { clearanceId: clearance.id });
    await queueNotes(tx, scope, clearance.invoiceId);
  } else {
    await notifyRole(tx, scope, { role: 'tenant_admin' }, {
      kind: 'invoice.rejected', params: { code, reason: answer.reason }, href: `/invoices?open=${clearance.invoiceId}`, effectKey: `clearance:${clearance.id}:${String(clearance.attempt)}:rejected`,
    });
  }
}

/**
 * Sends an invoice or credit note to the tax authority's service and keeps what it says: cleared with its number and QR code, rejected with the reason, or still looked at. That it is sent is marked before it is, so that a try that
 * died or whose answer was lost asks first what became of it; and the key of the attempt makes the same document the same to the service. Without a key of the tenant it goes on waiting. Throws UNAVAILABLE and `errors.clearance.access`
 * as the service does, so that the queue tries again, more and more rarely.
 */
export async function submitClearance(given: TenantScope, id: string, now: Date): Promise<void> {
  const scope = inAction(given, 'clearances.submit');
  const taken = await look(scope, id);
  if (taken === null) return;
  const provider = await clearanceOf(scope, serviceOf(taken.clearance));
  if (provider === null) return;
  const here = and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoiceClearances.id, id), inArray(invoiceClearances.status, ['waiting', 'submitted']));
  if (taken.clearance.sentAt === null) await withTenant(scope, async (tx) => { await tx.update(invoiceClearances).set({ sentAt: now }).where(here); });
  let answer: ClearanceAnswer;
  try {
    answer = await ask(provider, taken);
  } catch (error) {
    if (isDomainError(error)) await withTenant(scope, async (tx) => { await tx.update(invoiceClearances).set({ problem: error.code === 'CONFLICT' ? 'access' : 'unavailable' }).where(here); });
    throw error;
  }
  await withTenant(scope, (tx) => record(tx, scope, taken, answer, now));
}

/** Sends a document to the clearing service, or asks what became of one that was sent. */
export const submitClearanceJob = defineJob({
  name: 'clearances.submit', payload: z.object({ clearanceId: z.uuid() }), retries: 12, atOnce: 4, run: (scope, { clearanceId }) => submitClearance(scope, clearanceId, new Date()),
});
