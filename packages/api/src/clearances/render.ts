import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { invoiceClearances, invoiceLines, invoices } from '@interdomestik/db/schema';
import { storeMade } from '../documents/made';
import { fileStore } from '../documents/store';
import { printedInvoice } from '../invoices/frozen';
import { defineJob } from '../jobs/registry';
import { renderInvoicePdf } from '../vendors/pdf';
import type { Storage } from '../vendors/storage';

/**
 * Stores the copy of a cleared document that shows the service's number and QR code: a second file, once. The PDF of the day of issue stays as it is. Throws UNAVAILABLE when the store does not answer.
 */
export async function renderCleared(given: TenantScope, clearanceId: string, storage: Storage = fileStore()): Promise<void> {
  const scope = inAction(given, 'clearances.render');
  const here = and(visible(scope, invoiceClearances), eq(invoiceClearances.id, clearanceId));
  const found = await withTenant(scope, async (tx) => {
    const [row] = await tx.select({ clearance: invoiceClearances, invoice: invoices }).from(invoiceClearances)
      .innerJoin(invoices, and(eq(invoices.tenantId, invoiceClearances.tenantId), eq(invoices.id, invoiceClearances.invoiceId))).where(here);
    const lines = row === undefined ? [] : await tx.select().from(invoiceLines).where(and(visible(scope, invoiceLines), eq(invoiceLines.invoiceId, row.invoice.id)));
    return { row, lines };
  });
  if (found.row === undefined) return;
  const { clearance, invoice } = found.row;
  if (clearance.clearanceId === null || clearance.qr === null || clearance.documentId !== null) return;
  const bytes = await renderInvoicePdf({ ...printedInvoice(invoice, found.lines), clearance: { id: clearance.clearanceId, qr: clearance.qr } });
  const place = { entity: 'invoice', entityId: invoice.id, userId: invoice.userId, branchId: invoice.branchId, fileName: `${invoice.code}.pdf` } as const;
  await storeMade(scope, place, bytes, storage, async (tx, document) => {
    const kept = await tx.update(invoiceClearances).set({ documentId: document.id, updatedAt: new Date() }).where(and(here, isNull(invoiceClearances.documentId))).returning({ id: invoiceClearances.id });
    return kept.length > 0;
  });
}

export const renderClearedJob = defineJob({
  name: 'clearances.render', payload: z.object({ clearanceId: z.uuid() }), retries: 8, atOnce: 2, heavy: true, run: (scope, { clearanceId }) => renderCleared(scope, clearanceId),
});
