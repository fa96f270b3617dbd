import { z } from 'zod';
import { clearanceServices, isDateOnly, localizedSchema, localeSchema, paymentMethods, type ClearanceService, type DateOnly, type Localized, type RateShare, type ResolvedRule } from '@interdomestik/rules';
import type { invoiceLines, invoices } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import type { InvoicePdfInput } from '../vendors/pdf';

const daySchema = z.custom<DateOnly>(isDateOnly);
const wordsSchema = localizedSchema(z.string()).nullable();
const optional = z.string().nullable().default(null);
const partySchema = z.object({ name: z.string(), address: optional, city: optional, taxId: optional, memberNumber: optional });
const sellerSchema = z.object({
  demo: z.boolean(), legalName: z.string(), address: z.string(), city: z.string(), taxId: z.string(), vatId: z.string().nullable(), registrationNumber: z.string().nullable(),
  iban: z.string(), bank: z.string(), phone: z.string(), email: z.string(),
});

const printSchema = z.object({
  suppliedOn: daySchema,
  payment: z.object({ method: z.enum(paymentMethods), paidOn: daySchema }),
  accent: z.string(),
  footer: wordsSchema,
  exemption: wordsSchema,
  vatTotals: z.array(z.object({ rateBp: z.number(), net: z.string(), vat: z.string() })),
  // invoices from before parts were paid at once
  later: z.array(z.object({ dueOn: daySchema, minor: z.string() })).default([]),
  /** Number of the invoice that a credit note takes back. */
  creditOf: z.string().nullable().default(null),
});

/** What an invoice prints beside its columns, as it was on the day; part of the row's receipt. */
export interface FrozenPrint {
  readonly suppliedOn: DateOnly;
  readonly payment: { readonly method: (typeof paymentMethods)[number]; readonly paidOn: DateOnly };
  readonly accent: string;
  readonly footer: Localized<string> | null;
  readonly exemption: Localized<string> | null;
  /** Minor units of the invoice's currency. */
  readonly vatTotals: readonly { readonly rateBp: number; readonly net: string; readonly vat: string }[];
  /** Parts that were still to be paid when it was issued. */
  readonly later: readonly { readonly dueOn: DateOnly; readonly minor: string }[];
}

/** What a credit note keeps of its invoice: why it cost what it cost, what it printed, and its number; and what it takes back at each rate. */
export function creditReceipt(invoice: Pick<Invoice, 'receipt' | 'code'>, invoicing: ResolvedRule<'invoicing'>, shares: readonly RateShare[]): Record<string, unknown> {
  const frozen = z.looseObject({ print: z.looseObject({}) }).parse(invoice.receipt);
  const vatTotals = shares.map(({ rateBp, net, vat }) => ({ rateBp, net: net.minor.toString(), vat: vat.minor.toString() }));
  return { ...frozen, rules: { invoicing: invoicing.version }, print: { ...frozen.print, later: [], creditOf: invoice.code, vatTotals }, clearance: invoicing.value.clearance };
}

type Invoice = typeof invoices.$inferSelect;
type Line = typeof invoiceLines.$inferSelect;

/** What an invoice says, or a credit note takes back, at each rate of VAT; above nothing. */
export function vatTotalsOf(invoice: Pick<Invoice, 'receipt' | 'currency'>): RateShare[] {
  const { print } = z.object({ print: printSchema }).parse(invoice.receipt);
  return print.vatTotals.map(({ rateBp, net, vat }) => ({ rateBp, net: moneyOf(BigInt(net), invoice.currency), vat: moneyOf(BigInt(vat), invoice.currency) }));
}

/** The service that clears it, by the rule of its day; null: none does. */
export const clearanceFor = (invoice: Pick<Invoice, 'receipt'>): ClearanceService | null => z.object({ clearance: z.enum(clearanceServices).nullable().default(null) }).parse(invoice.receipt).clearance;

/** The legal details of a seller as an invoice froze them. */
export const sellerOf = (invoice: Pick<Invoice, 'seller'>) => sellerSchema.parse(invoice.seller);
export const buyerOf = (invoice: Pick<Invoice, 'buyer'>) => partySchema.parse(invoice.buyer);
export const descriptionOf = (line: Pick<Line, 'description'>) => localizedSchema(z.string()).parse(line.description);

/** Languages of an invoice's documents, the leading one first. */
export function languagesOf(invoice: Pick<Invoice, 'languages'>) {
  const [primary, secondary] = z.array(localeSchema).min(1).parse(invoice.languages);
  if (primary === undefined) throw new Error('an invoice has no language');
  return { primary, secondary: secondary ?? null };
}

/** What an invoice or a credit note shows, out of its row and lines alone: a rule that has changed since changes nothing (P-17). On paper a credit note says how much it takes back, above nothing. */
export function printedInvoice(invoice: Invoice, lines: readonly Line[]): InvoicePdfInput {
  const { print } = z.object({ print: printSchema }).parse(invoice.receipt);
  const { creditOf } = print;
  const amount = (minor: bigint | string) => moneyOf(BigInt(minor), invoice.currency);
  const stored = (minor: bigint) => amount(creditOf === null ? minor : -minor);
  const total = stored(invoice.totalMinor);
  return {
    type: creditOf === null ? 'invoice' : 'creditNote', number: invoice.code, issuedAt: invoice.issuedAt, issuedOn: daySchema.parse(invoice.issuedOn), suppliedOn: print.suppliedOn,
    dueOn: print.later.at(-1)?.dueOn ?? null, creditOf, languages: languagesOf(invoice), currency: total.currency, seller: sellerOf(invoice), buyer: buyerOf(invoice),
    lines: lines.toSorted((a, b) => a.position - b.position).map((line) => ({
      description: descriptionOf(line), quantity: line.quantity, rateBp: line.vatRateBp, net: stored(line.netMinor), vat: stored(line.vatMinor), gross: stored(line.totalMinor),
    })),
    vatTotals: print.vatTotals.map(({ rateBp, net, vat }) => ({ rateBp, net: amount(net), vat: amount(vat) })),
    net: stored(invoice.netMinor), vat: stored(invoice.vatMinor), gross: total, exemption: print.exemption, footer: print.footer, accent: print.accent,
    later: print.later.map(({ dueOn, minor }) => ({ dueOn, amount: amount(minor) })),
    payment: creditOf !== null ? { status: 'credited', method: print.payment.method, paidOn: null, reference: null } : { status: print.later.length === 0 ? 'paid' : 'partly_paid', method: print.payment.method, paidOn: print.payment.paidOn, reference: null },
  };
}
