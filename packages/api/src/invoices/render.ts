import { and, eq, isNull } from 'drizzle-orm';
import { notFound } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { invoiceLines, invoices } from '@interdomestik/db/schema';
import { awaitClearance } from '../clearances/queue';
import { storeMade } from '../documents/made';
import { fileStore } from '../documents/store';
import { renderInvoicePdf } from '../vendors/pdf';
import type { Storage } from '../vendors/storage';
import { clearanceFor, printedInvoice } from './frozen';

/**
 * Lets an invoice wait for the clearing service where its rule names one, renders it from its frozen row and stores the PDF. Once it is stored, running again does nothing: the bytes of a tax
 * document never change. Throws NOT_FOUND for an unknown invoice, UNAVAILABLE when the store does not answer.
 */
export async function renderInvoice(scope: TenantScope, invoiceId: string, storage: Storage = fileStore()): Promise<void> {
  const here = and(visible(scope, invoices), eq(invoices.id, invoiceId));
  const found = await withTenant(inAction(scope, 'invoices.render'), async (tx) => {
    const [invoice] = await tx.select().from(invoices).where(here);
    const lines = await tx.select().from(invoiceLines).where(and(visible(scope, invoiceLines), eq(invoiceLines.invoiceId, invoiceId)));
    const service = invoice === undefined ? null : clearanceFor(invoice);
    if (invoice !== undefined && service !== null) await awaitClearance(tx, scope, invoice, service);
    return { invoice, lines };
  });
  const { invoice, lines } = found;
  if (invoice === undefined) throw notFound();
  if (invoice.documentId !== null) return;
  const bytes = await renderInvoicePdf(printedInvoice(invoice, lines));
  const place = { entity: 'invoice', entityId: invoice.id, userId: invoice.userId, branchId: invoice.branchId, fileName: `${invoice.code}.pdf` } as const;
  await storeMade(inAction(scope, 'invoices.render'), place, bytes, storage, async (tx, document) => {
    const kept = await tx.update(invoices).set({ documentId: document.id, pdfSha256: document.sha256, updatedAt: new Date() })
      .where(and(here, isNull(invoices.documentId))).returning({ id: invoices.id });
    return kept.length > 0;
  });
}
