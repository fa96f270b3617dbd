import { and, asc, eq, inArray } from 'drizzle-orm';
import { translator } from '@interdomestik/i18n';
import {
  add, assertInvoiceStatus, creditShares, documentNumber, invoiceStatuses, isZero, leftToCredit, newId, sum, todayIn, type Currency, type InvoiceStatus, type Localized, type Money, type RateShare,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { invoiceLines, invoices } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { takeNumber } from '../numbering';
import { creditReceipt, languagesOf, vatTotalsOf } from './frozen';
import { issueInstant, numberYear, type InvoiceRules } from './issue';
import { renderInvoiceJob } from './jobs';

type Invoice = typeof invoices.$inferSelect;
type Line = Omit<typeof invoiceLines.$inferInsert, 'tenantId' | 'id' | 'invoiceId' | 'userId' | 'branchId' | 'position'>;

export interface CreditNote {
  readonly id: string;
  readonly code: string;
  /** What it takes back, above nothing. */
  readonly net: Money;
  readonly vat: Money;
}

const statusOf = (text: string): InvoiceStatus => invoiceStatuses.find((status) => status === text) ?? 'draft';
const grossOf = ({ net, vat }: RateShare): Money => add(net, vat);

/** What credit notes have left of an invoice, rate by rate. The caller holds the invoice's lock. */
export async function leftOf(tx: Tx, scope: TenantScope, invoice: Invoice): Promise<RateShare[]> {
  const notes = await tx.select().from(invoices).where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.creditOf, invoice.id)));
  return leftToCredit(vatTotalsOf(invoice), notes.flatMap((note) => vatTotalsOf(note)));
}

/** Its lines, below nothing. */
async function linesOf(tx: Tx, scope: TenantScope, invoice: Invoice): Promise<Line[]> {
  const lines = await tx.select().from(invoiceLines).where(and(eq(invoiceLines.tenantId, scope.tenantId), eq(invoiceLines.invoiceId, invoice.id))).orderBy(asc(invoiceLines.position));
  return lines.map(({ description, quantity, vatRateBp, netMinor, vatMinor, totalMinor }) => ({ description, quantity, vatRateBp, netMinor: -netMinor, vatMinor: -vatMinor, totalMinor: -totalMinor }));
}

/** One line a rate: a part of the invoice, and why. */
function partLines(invoice: Invoice, shares: readonly RateShare[], note: string): Line[] {
  const { primary, secondary } = languagesOf(invoice);
  const description: Localized<string> = Object.fromEntries((secondary === null ? [primary] : [primary, secondary]).map((locale) => [locale, translator(locale)('pdf.invoice.creditedPart', { code: invoice.code, note })]));
  return shares.map((share) => ({ description, quantity: 1, vatRateBp: share.rateBp, netMinor: -share.net.minor, vatMinor: -share.vat.minor, totalMinor: -grossOf(share).minor }));
}

async function write(tx: Tx, scope: TenantScope, rules: InvoiceRules, invoice: Invoice, what: { readonly shares: readonly RateShare[]; readonly lines: readonly Line[] }, issuedBy: string | null, now: Date): Promise<CreditNote> {
  const rule = rules.invoicing.value;
  const { timeZone, countryCode } = scope.tenant;
  const { series } = rule.creditNote;
  const currency = invoice.currency as Currency;
  const [net, vat] = [sum(what.shares.map((share) => share.net), currency), sum(what.shares.map((share) => share.vat), currency)];
  const year = numberYear(rule, 'creditNote', todayIn(timeZone, now));
  const number = await takeNumber(tx, scope, series, year);
  const issuedAt = await issueInstant(tx, scope, series, year, number, now);
  const issuedOn = todayIn(timeZone, issuedAt);
  const { number: code } = documentNumber(rule, 'creditNote', { country: countryCode, issuedOn, n: BigInt(number) });
  const id = newId();
  const owner = { tenantId: scope.tenantId, userId: invoice.userId, branchId: invoice.branchId };
  await tx.insert(invoices).values({
    ...owner, id, membershipId: invoice.membershipId, creditOf: invoice.id, series, fiscalYear: year, number, code,
    // what it says is done: the money goes back with it
    status: 'paid', issuedOn, dueOn: issuedOn, currency, netMinor: -net.minor, vatMinor: -vat.minor, totalMinor: -add(net, vat).minor, seller: invoice.seller, buyer: invoice.buyer,
    languages: invoice.languages, issuedBy, issuedAt, createdAt: now, updatedAt: now, receipt: creditReceipt(invoice, rules.invoicing, what.shares),
  });
  await tx.insert(invoiceLines).values(what.lines.map((line, position) => ({ ...line, ...owner, id: newId(), invoiceId: id, position })));
  await enqueue(tx, scope, renderInvoiceJob, { invoiceId: id });
  return { id, code, net, vat };
}

const markCredited = async (tx: Tx, scope: TenantScope, invoice: Invoice, now: Date): Promise<void> => {
  await tx.update(invoices).set({ status: 'credited', updatedAt: now }).where(and(eq(invoices.tenantId, scope.tenantId), eq(invoices.id, invoice.id)));
};

/**
 * Takes an invoice back, all that is left of it, by a credit note of the tenant's own series: the same seller, buyer and lines as they were frozen, below nothing; after notes in part one line a rate. The invoice stays and says that
 * it is credited. One that is credited already throws CONFLICT. Part of the transaction that gives the money back and holds the invoice's lock; `scope` must reach the tenant.
 */
export async function creditInvoice(tx: Tx, scope: TenantScope, rules: InvoiceRules, invoice: Invoice, why: { readonly by: string | null; readonly note: string }, now: Date): Promise<CreditNote> {
  assertInvoiceStatus(statusOf(invoice.status), 'credited');
  const [earlier] = await tx.select({ id: invoices.id }).from(invoices).where(and(eq(invoices.tenantId, scope.tenantId), inArray(invoices.creditOf, [invoice.id]))).limit(1);
  const shares = (await leftOf(tx, scope, invoice)).filter((share) => !isZero(grossOf(share)));
  const lines = earlier === undefined ? await linesOf(tx, scope, invoice) : partLines(invoice, shares, why.note);
  const made = await write(tx, scope, rules, invoice, { shares, lines }, why.by, now);
  await markCredited(tx, scope, invoice, now);
  return made;
}

/**
 * Takes a part of an invoice back by a credit note of its own, with the reason on it: net and tax in proportion at every rate, to the minor unit. Throws INVALID `errors.refund.tooMuch` for more than is left, CONFLICT for an invoice
 * that cannot be credited. The caller holds the invoice's lock.
 */
export async function creditPart(tx: Tx, scope: TenantScope, rules: InvoiceRules, invoice: Invoice, amount: Money, why: { readonly by: string; readonly note: string }, now: Date): Promise<CreditNote> {
  assertInvoiceStatus(statusOf(invoice.status), 'credited');
  const left = await leftOf(tx, scope, invoice);
  const shares = creditShares(left, amount);
  const made = await write(tx, scope, rules, invoice, { shares, lines: partLines(invoice, shares, why.note) }, why.by, now);
  if (isZero(sum(leftToCredit(left, shares).map(grossOf), amount.currency))) await markCredited(tx, scope, invoice, now);
  return made;
}
