/** What a tax authority's service is told of an invoice or credit note: as it was issued, amounts as decimal text of the document's currency. */
export interface ClearanceDocument {
  readonly type: 'invoice' | 'creditNote';
  readonly number: string;
  readonly issuedAt: string;
  readonly issuedOn: string;
  readonly suppliedOn: string;
  readonly currency: string;
  /** The service's number of the invoice that a credit note takes back, where it was cleared; null for an invoice. */
  readonly corrects: string | null;
  readonly correctsNumber: string | null;
  readonly seller: { readonly name: string; readonly taxId: string; readonly vatId: string | null; readonly address: string; readonly city: string };
  readonly buyer: { readonly name: string; readonly taxId: string | null; readonly address: string | null; readonly city: string | null };
  readonly paymentMethod: string | null;
  readonly lines: readonly { readonly description: string; readonly quantity: number; readonly vatRate: string; readonly net: string; readonly vat: string; readonly total: string }[];
  readonly vatTotals: readonly { readonly vatRate: string; readonly net: string; readonly vat: string }[];
  readonly net: string;
  readonly vat: string;
  readonly total: string;
}

/** What a service has made of a document. */
export type ClearanceAnswer =
  | { readonly status: 'submitted' }
  | { readonly status: 'cleared'; readonly id: string; readonly qr: string }
  | { readonly status: 'rejected'; readonly reason: string };

/**
 * A tax authority's service that clears invoices, whoever runs it. One instance speaks for one tenant. Never call it inside a database transaction.
 *
 * Both methods throw DomainError: UNAVAILABLE `errors.clearance.unavailable` when the service does not answer (it is unknown then whether it has the document: `find` tells),
 * CONFLICT `errors.clearance.access` when it does not know the tenant.
 */
export interface ClearanceProvider {
  /** Gives a document in under a key. The same key and document is answered as the first time, however often it is sent. */
  submit(key: string, document: ClearanceDocument): Promise<ClearanceAnswer>;
  /** What became of the document of a key; null where the service never had one. */
  find(key: string): Promise<ClearanceAnswer | null>;
}
