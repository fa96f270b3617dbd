import { z } from 'zod';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { clearanceProblems, clearanceStates, fullName, inLocale, invoiceStatuses, notFound, type ClearanceProblem, type ClearanceState, type InvoiceStatus, type Locale, type Money } from '@interdomestik/rules';
import { inAction, readTenant, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { invoiceClearances, invoiceLines, invoices, payments, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf, moneyOf } from '../memberships/service';
import { matchesSearch } from '../members/search';

import { buyerOf, descriptionOf, languagesOf, sellerOf } from './frozen';

const statusOf = (text: string): InvoiceStatus => {
  const status = invoiceStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('an invoice has an unknown status');
  return status;
};

export interface InvoiceView {
  readonly id: string;
  readonly code: string;
  readonly status: InvoiceStatus;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly net: Money;
  readonly vat: Money;
  readonly total: Money;
  /** The PDF, null until it has been made: the copy with the clearing service's number where there is one, else the one of the day of issue. */
  readonly documentId: string | null;
  /** Where it stands with the clearing service; null: it goes to none. */
  readonly clearance: ClearanceState | null;
}

const columns = {
  id: invoices.id, code: invoices.code, status: invoices.status, issuedOn: invoices.issuedOn, dueOn: invoices.dueOn, currency: invoices.currency,
  netMinor: invoices.netMinor, vatMinor: invoices.vatMinor, totalMinor: invoices.totalMinor, documentId: invoices.documentId,
} as const;

const standing = { clearance: invoiceClearances.status, clearedDocumentId: invoiceClearances.documentId } as const;

export const itsClearance = and(eq(invoiceClearances.tenantId, invoices.tenantId), eq(invoiceClearances.invoiceId, invoices.id));

type Row = Pick<typeof invoices.$inferSelect, keyof typeof columns> & { readonly clearance: string | null; readonly clearedDocumentId: string | null };

function viewOf(row: Row): InvoiceView {
  return {
    id: row.id, code: row.code, status: statusOf(row.status), issuedOn: row.issuedOn, dueOn: row.dueOn, net: moneyOf(row.netMinor, row.currency),
    vat: moneyOf(row.vatMinor, row.currency), total: moneyOf(row.totalMinor, row.currency), documentId: row.clearedDocumentId ?? row.documentId,
    clearance: clearanceStates.find((state) => state === row.clearance) ?? null,
  };
}

export interface ClearingView {
  /** Why the last try came to nothing while it waits; null: none did. */
  readonly problem: ClearanceProblem | null;
  readonly sentAt: Date | null;
  readonly decidedAt: Date | null;
  readonly clearanceId: string | null;
  /** What the QR code says. */
  readonly qr: string | null;
  /** Why it was rejected, in the service's words. */
  readonly reason: string | null;
}

function clearingOf({ problem, sentAt, decidedAt, clearanceId, qr, reason }: typeof invoiceClearances.$inferSelect): ClearingView {
  return { problem: clearanceProblems.find((word) => word === problem) ?? null, sentAt, decidedAt, clearanceId, qr, reason };
}

/** Own invoices, newest first. */
export async function myInvoices(scope: TenantScope): Promise<InvoiceView[]> {
  const userId = memberOf(scope);
  const rows = await readTenant(scope, (tx) =>
    tx.select({ ...columns, ...standing }).from(invoices).leftJoin(invoiceClearances, itsClearance).where(and(visible(scope, invoices), eq(invoices.userId, userId))).orderBy(desc(invoices.issuedAt), desc(invoices.id)).limit(100));
  return rows.map(viewOf);
}

export interface InvoiceListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly filters?: { readonly status?: readonly InvoiceStatus[] | undefined; readonly clearance?: readonly ClearanceState[] | undefined } | undefined;
}

export const invoiceFilters = { status: z.array(z.enum(invoiceStatuses)).max(10), clearance: z.array(z.enum(clearanceStates)).max(4) };

/** Invoices in reach that a filter and a search, by number or buyer, let through; needs `itsClearance`. */
export function invoicesWanted(scope: TenantScope, { search, filters: { status, clearance } = {} }: Pick<InvoiceListInput, 'search' | 'filters'>) {
  const typed = search?.trim().toUpperCase() ?? '';
  const wanted = /\d{3,}$/u.test(typed) && /^[A-Z]/u.test(typed) ? eq(invoices.code, typed) : matchesSearch(search, scope.tenant.country);
  return and(visible(scope, invoices), wanted, status === undefined ? undefined : inArray(invoices.status, [...status]), clearance === undefined ? undefined : inArray(invoiceClearances.status, [...clearance]));
}

/** Invoices in the staff member's reach, newest first; searched by number or buyer. */
export async function listInvoices(scope: TenantScope, input: InvoiceListInput) {
  const rows = await readTenant(scope, (tx) =>
    tx.select({ ...columns, ...standing, buyer: invoices.buyer, memberId: user.id, firstName: user.firstName, lastName: user.lastName, memberNumber: user.memberNumber, at: exactInstant(invoices.issuedAt) }).from(invoices)
      // a buyer who moved to another branch is named as the invoice names them, and no further
      .leftJoin(user, and(visible(scope, user), eq(user.id, invoices.userId)))
      .leftJoin(invoiceClearances, itsClearance)
      .where(and(invoicesWanted(scope, input), olderThan(invoices.issuedAt, invoices.id, input.cursor)))
      .orderBy(desc(invoices.issuedAt), desc(invoices.id)).limit(input.limit + 1));
  const { items, nextCursor } = newestPage(rows, input.limit);
  return { nextCursor, items: items.map((row) => ({ ...viewOf(row), memberId: row.memberId, memberName: row.firstName === null || row.lastName === null ? buyerOf(row).name : fullName({ firstName: row.firstName, lastName: row.lastName }), memberNumber: row.memberNumber })) };
}

/** One invoice as it was issued, in the reader's language where the document has it. */
export async function getInvoice(scope: TenantScope, id: string, locale: Locale) {
  return await withTenant(inAction(scope, 'invoices.get'), async (tx) => {
    const [row] = await tx.select({ invoice: invoices, cleared: invoiceClearances, method: payments.method, memberId: user.id }).from(invoices)
      .leftJoin(invoiceClearances, itsClearance)
      .leftJoin(user, and(visible(scope, user), eq(user.id, invoices.userId)))
      .leftJoin(payments, and(eq(payments.tenantId, invoices.tenantId), eq(payments.id, invoices.paymentId)))
      .where(and(visible(scope, invoices), eq(invoices.id, id)));
    if (row === undefined) throw notFound();
    const lines = await tx.select().from(invoiceLines).where(and(visible(scope, invoiceLines), eq(invoiceLines.invoiceId, id))).orderBy(asc(invoiceLines.position));
    const { invoice, cleared, method, memberId } = row;
    const amount = (minor: bigint) => moneyOf(minor, invoice.currency);
    const seller = sellerOf(invoice);
    const { primary, secondary } = languagesOf(invoice);
    return {
      ...viewOf({ ...invoice, clearance: cleared?.status ?? null, clearedDocumentId: cleared?.documentId ?? null }), clearing: cleared === null ? null : clearingOf(cleared), issuedDocumentId: invoice.documentId, memberId, issuedAt: invoice.issuedAt, method, languages: secondary === null ? [primary] : [primary, secondary],
      seller: { demo: seller.demo, legalName: seller.legalName, address: seller.address, city: seller.city, taxId: seller.taxId, vatId: seller.vatId },
      buyer: buyerOf(invoice),
      lines: lines.map((line) => ({
        description: inLocale(descriptionOf(line), locale, [primary]), quantity: line.quantity, vatRateBp: line.vatRateBp, net: amount(line.netMinor), vat: amount(line.vatMinor), total: amount(line.totalMinor),
      })),
    };
  });
}
