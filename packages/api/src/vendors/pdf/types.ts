import type { CommissionKind, Currency, DateOnly, ErasureLetter, Locale, Localized, Money, PaymentMethod } from '@interdomestik/rules';

/** Languages of a document: labels stand in both, the primary one leading. */
export type DocumentLanguages = { readonly primary: Locale; readonly secondary: Locale | null };

/** The issuer's legal details as they were on the day (`invoicing.issuer` of the rules). */
export type PdfSeller = {
  /** True while the details are invented: the document then says so on every page. */
  readonly demo: boolean;
  readonly legalName: string;
  readonly address: string;
  readonly city: string;
  readonly taxId: string;
  readonly vatId: string | null;
  readonly registrationNumber: string | null;
  readonly iban: string;
  readonly bank: string;
  readonly phone: string;
  readonly email: string;
};

/** Who the document is for. */
export type PdfBuyer = {
  readonly name: string;
  readonly address: string | null;
  readonly city: string | null;
  readonly taxId: string | null;
  readonly memberNumber: string | null;
};

export type InvoicePdfLine = {
  readonly description: Localized<string>;
  readonly quantity: number;
  readonly rateBp: number;
  /** For the whole line. */
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
};

export type InvoicePdfPayment = {
  readonly status: 'paid' | 'unpaid' | 'partly_paid' | 'credited';
  readonly method: PaymentMethod | null;
  readonly paidOn: DateOnly | null;
  /** What the payer writes on a bank transfer; null when none is needed. */
  readonly reference: string | null;
};

/** Everything that an invoice or credit note shows. The same input gives the same bytes. */
export type InvoicePdfInput = {
  /** Shows what a rule would make and is no document: every page says so. */
  readonly sample?: boolean | undefined;
  readonly type: 'invoice' | 'creditNote';
  readonly number: string;
  /** The instant of issue; the file's own date. */
  readonly issuedAt: Date;
  readonly issuedOn: DateOnly;
  readonly suppliedOn: DateOnly;
  readonly dueOn: DateOnly | null;
  /** Number of the invoice that a credit note takes back. */
  readonly creditOf: string | null;
  /** What the tax authority's service gave it; left out on the paper of the day of issue, and where no service clears it. */
  readonly clearance?: { readonly id: string; readonly qr: string } | undefined;
  readonly languages: DocumentLanguages;
  readonly currency: Currency;
  readonly seller: PdfSeller;
  readonly buyer: PdfBuyer;
  readonly lines: readonly InvoicePdfLine[];
  readonly vatTotals: readonly { readonly rateBp: number; readonly net: Money; readonly vat: Money }[];
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
  /** Legal text of an exemption; null when every line is taxed. */
  readonly exemption: Localized<string> | null;
  readonly payment: InvoicePdfPayment;
  /** Parts that are still to be paid, by their days; left out: none. */
  readonly later?: readonly { readonly dueOn: DateOnly; readonly amount: Money }[] | undefined;
  /** The tenant's own words at the foot (`legal.invoiceFooter`). */
  readonly footer: Localized<string> | null;
  /** `#rrggbb` of the tenant; the house colour when absent or malformed. */
  readonly accent: string | null;
};

/** What a cash receipt shows. */
export type ReceiptPdfInput = {
  /** As `InvoicePdfInput.sample`. */
  readonly sample?: boolean | undefined;
  readonly number: string;
  readonly issuedAt: Date;
  /** Zone that the printed time is in. */
  readonly timeZone: string;
  readonly languages: DocumentLanguages;
  readonly seller: PdfSeller;
  readonly payer: { readonly name: string; readonly memberNumber: string | null };
  readonly amount: Money;
  readonly purpose: Localized<string>;
  /** Half-open: the document prints the last day that counts. */
  readonly period: { readonly start: DateOnly; readonly end: DateOnly } | null;
  readonly invoiceNumber: string | null;
  readonly agent: string;
  readonly branch: string;
  readonly accent: string | null;
};

/** What a payment slip shows: all that a payer writes on a transfer order. */
export type SlipPdfInput = {
  readonly languages: DocumentLanguages;
  readonly seller: PdfSeller;
  readonly accent: string | null;
  /** When the sale was made; the file's own date. */
  readonly issuedAt: Date;
  /** What the country's banks call the order, and its field for the reference; null: in plain words. */
  readonly titles: Localized<string> | null;
  readonly referenceLabels: Localized<string> | null;
  readonly payer: string;
  readonly purpose: string;
  readonly details: { readonly beneficiary: string; readonly address: string; readonly iban: string; readonly bank: string; readonly swift: string | null };
  readonly amount: Money;
  readonly reference: string;
  readonly until: DateOnly;
};

/** What a payout paid for: a share of one payment, or what was taken back of it. */
export type StatementPdfLine = {
  readonly on: DateOnly;
  readonly plan: Localized<string>;
  readonly kind: CommissionKind;
  readonly net: Money;
  readonly rateBp: number;
  readonly amount: Money;
};

/** Everything that the statement of a payout shows. The same input gives the same bytes. */
export type StatementPdfInput = {
  readonly number: string;
  readonly issuedAt: Date;
  readonly languages: DocumentLanguages;
  readonly seller: PdfSeller;
  readonly payee: string;
  readonly branch: string;
  readonly paidOn: DateOnly;
  readonly reference: string | null;
  readonly lines: readonly StatementPdfLine[];
  readonly total: Money;
  readonly accent: string | null;
};

/** Everything that a report on paper shows, in words of one language. The same input gives the same bytes. */
export type ReportPdfInput = {
  readonly locale: Locale;
  readonly title: string;
  readonly madeAt: Date;
  readonly seller: PdfSeller;
  /** Period, branch and cut, a sentence each. */
  readonly lines: readonly string[];
  readonly heads: readonly string[];
  readonly currencyHead: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly labels: readonly string[]; readonly amounts: readonly Money[] }[];
  readonly totalHead: string;
  readonly totals: readonly (readonly Money[])[];
  readonly accent: string | null;
};

/** The letter to somebody who was erased. */
export type ErasureLetterPdfInput = {
  readonly number: string;
  readonly issuedAt: Date;
  readonly languages: DocumentLanguages;
  readonly seller: PdfSeller;
  readonly accent: string | null;
  readonly letter: ErasureLetter;
};
