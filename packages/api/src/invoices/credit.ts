import { and, asc, eq } from 'drizzle-orm';
import { assertInvoiceStatus, documentNumber, invoiceStatuses, newId, todayIn, type InvoiceStatus } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { invoiceLines, invoices } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { takeNumber } from '../numbering';
import { creditReceipt } from './frozen';
import { issueInstant, numberYear, type InvoiceRules } from './issue';
import { renderInvoiceJob } from './jobs';

type Invoice = typeof invoices.$inferSelect;

const statusOf = (text: string): InvoiceStatus => invoiceStatuses.find((status) => status === text) ?? 'draft';

/**
 * Takes an invoice back, whole, by a credit note of the tenant's own series: the same seller, buyer and lines as they were frozen, below nothing. The invoice stays and says that it is credited. An
 * invoice has at most one; one that is credited already throws CONFLICT. Part of the transaction that gives the money back; `scope` must reach the tenant.
 */
export async function creditInvoice(tx: Tx, scope: TenantScope, rules: InvoiceRules, invoice: Invoice, issuedBy: string | null, now: Date): Promise<{ readonly id: string; readonly code: string }> {
  assertInvoiceStatus(statusOf(invoice.status), 'credited');
  const rule = rules.invoicing.value;
  const { timeZone, countryCode } = scope.tenant;
  const { series } = rule.creditNote;
  const year = numberYear(rule, 'creditNote', todayIn(timeZone, now));
  const number = await takeNumber(tx, scope, series, year);
  const issuedAt = await issueInstant(tx, scope, series, year, number, now);
  const issuedOn = todayIn(timeZone, issuedAt);
  const { number: code } = documentNumber(rule, 'creditNote', { country: countryCode, issuedOn, n: BigInt(number) });
  const id = newId();
  const lines = await tx.select().from(invoiceLines).where(and(eq(invoiceLines.tenantId, scope.tenantId), eq(invoiceLines.invoiceId, invoice.id))).orderBy(asc(invoiceLines.position));
  await tx.insert(invoices).values({
    tenantId: scope.tenantId, id, userId: invoice.userId, branchId: invoice.branchId, membershipId: invoice.membershipId, creditOf: invoice.id, series, fiscalYear: year, number, code,
    // what it says is done: the money goes back with it
    status: 'paid', issuedOn, dueOn: issuedOn, currency: invoice.currency, netMinor: -invoice.netMinor, vatMinor: -invoice.vatMinor, totalMinor: -invoice.totalMinor, seller: invoice.seller, buyer: invoice.buyer,
    languages: invoice.languages, issuedBy, issuedAt, createdAt: now, updatedAt: now, receipt: creditReceipt(invoice, rules.invoicing.version),
  });
  await tx.insert(invoiceLines).values(lines.map(({ id: _, ...line }) => ({ ...line, id: newId(), invoiceId: id, netMinor: -line.netMinor, vatMinor: -line.vatMinor, totalMinor: -line.totalMinor })));
  await tx.update(invoices).set({ status: 'credited', updatedAt: now }).where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.id, invoice.id)));
  await enqueue(tx, scope, renderInvoiceJob, { invoiceId: id });
  return { id, code };
}
