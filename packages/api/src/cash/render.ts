import { and, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { fullName, isDateOnly, locales, notFound, type DateOnly, type Localized } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { branches, cashReceipts, documents, instalments, invoiceLines, invoices, memberships, payments, user } from '@interdomestik/db/schema';
import { storeMade } from '../documents/made';
import { fileStore } from '../documents/store';
import { countParts } from '../instalments/settle';
import { partTitle } from '../instalments/words';
import { buyerOf, descriptionOf, languagesOf, printedInvoice, sellerOf } from '../invoices/frozen';
import { defineJob } from '../jobs/registry';
import { moneyOf } from '../memberships/service';
import { renderReceiptPdf, type ReceiptPdfInput } from '../vendors/pdf';
import type { Storage } from '../vendors/storage';

const asDay = (text: string | null): DateOnly | null => (isDateOnly(text) ? text : null);

const part = alias(instalments, 'part');
const first = alias(instalments, 'first');

/** What a receipt prints. Cash always has a tax document of our own: its frozen details are the receipt's as well. */
async function readReceipt(scope: TenantScope, id: string) {
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select({ receipt: cashReceipts, invoice: invoices, branchName: branches.name, firstName: user.firstName, lastName: user.lastName, startsOn: memberships.startsOn, endsOn: memberships.endsOn, number: part.number, membershipId: memberships.id })
      .from(cashReceipts)
      .leftJoin(part, and(eq(part.tenantId, cashReceipts.tenantId), eq(part.paymentId, cashReceipts.paymentId)))
      .leftJoin(first, and(eq(first.tenantId, part.tenantId), eq(first.membershipId, part.membershipId), eq(first.number, 1)))
      // a further part is on the invoice that came with the first
      .innerJoin(invoices, and(eq(invoices.tenantId, cashReceipts.tenantId), eq(invoices.paymentId, sql`coalesce(${first.paymentId}, ${cashReceipts.paymentId})`)))
      .innerJoin(branches, and(eq(branches.tenantId, cashReceipts.tenantId), eq(branches.id, cashReceipts.branchId)))
      .innerJoin(user, and(eq(user.tenantId, cashReceipts.tenantId), eq(user.id, cashReceipts.agentId)))
      .innerJoin(payments, and(eq(payments.tenantId, cashReceipts.tenantId), eq(payments.id, cashReceipts.paymentId)))
      .leftJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
      .where(and(visible(scope, cashReceipts), eq(cashReceipts.id, id)));
    if (row === undefined) throw notFound();
    const lines = await tx.select().from(invoiceLines).where(and(visible(scope, invoiceLines), eq(invoiceLines.invoiceId, row.invoice.id)));
    const [stored] = await tx.select({ id: documents.id }).from(documents)
      .where(and(visible(scope, documents), eq(documents.entity, 'receipt'), eq(documents.entityId, id), eq(documents.status, 'stored')));
    const { number, membershipId } = row;
    const which = number === null || membershipId === null ? null : { number, parts: await countParts(tx, scope, membershipId) };
    return { ...row, which, lines, stored: stored !== undefined };
  });
}

/** What was bought, in each language: every line that costs something or takes something off; and which part of it this pays. */
function purposeOf(lines: readonly Parameters<typeof descriptionOf>[0][], which: Awaited<ReturnType<typeof readReceipt>>['which']): Localized<string> {
  const texts = lines.map(descriptionOf);
  return Object.fromEntries(locales.flatMap((locale) => {
    const said = texts.flatMap((text) => text[locale] ?? []).join('; ');
    return said === '' ? [] : [[locale, which === null ? said : partTitle(locale, said, which)]];
  }));
}

function printedReceipt(scope: TenantScope, { receipt, invoice, lines, which, branchName, startsOn, endsOn, ...agent }: Awaited<ReturnType<typeof readReceipt>>): ReceiptPdfInput {
  const buyer = buyerOf(invoice);
  const printed = lines.toSorted((a, b) => a.position - b.position);
  const start = asDay(startsOn);
  const end = asDay(endsOn);
  return {
    number: receipt.code, issuedAt: receipt.collectedAt, timeZone: scope.tenant.timeZone, languages: languagesOf(invoice), seller: sellerOf(invoice),
    payer: { name: buyer.name, memberNumber: buyer.memberNumber }, amount: moneyOf(receipt.amountMinor, receipt.currency),
    purpose: purposeOf(printed, which), period: start === null || end === null ? null : { start, end }, invoiceNumber: invoice.code,
    agent: fullName(agent), branch: branchName, accent: printedInvoice(invoice, lines).accent,
  };
}

/** Renders a cash receipt and stores the PDF; once it is stored, running again does nothing. */
export async function renderCashReceipt(asker: TenantScope, receiptId: string, storage: Storage = fileStore()): Promise<void> {
  const scope = inAction(asker, 'cash.renderReceipt');
  const found = await readReceipt(scope, receiptId);
  if (found.stored) return;
  const { receipt } = found;
  const bytes = await renderReceiptPdf(printedReceipt(scope, found));
  const place = { entity: 'receipt', entityId: receipt.id, userId: receipt.userId, branchId: receipt.branchId, fileName: `${receipt.code}.pdf` } as const;
  await storeMade(scope, place, bytes, storage, async (tx) => {
    // the lock orders two runs, so that only the first one counts
    await tx.select({ id: cashReceipts.id }).from(cashReceipts).where(and(visible(scope, cashReceipts), eq(cashReceipts.id, receipt.id))).for('no key update');
    const [stored] = await tx.select({ id: documents.id }).from(documents)
      .where(and(visible(scope, documents), eq(documents.entity, 'receipt'), eq(documents.entityId, receipt.id), eq(documents.status, 'stored'), isNull(documents.rejectReason)));
    return stored === undefined;
  });
}

/** Renders the receipt of collected cash, once. */
export const renderReceiptJob = defineJob({
  name: 'cash.renderReceipt', payload: z.object({ receiptId: z.uuid() }), retries: 8, atOnce: 2, heavy: true, run: (scope, { receiptId }) => renderCashReceipt(scope, receiptId),
});
