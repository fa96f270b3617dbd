import type { Money } from '@interdomestik/rules';

/** Words of the provider's own lifecycle; a word that we do not know yet reads `unknown` and changes nothing. */
export const providerTransactionStatuses = ['draft', 'ready', 'billed', 'paid', 'completed', 'canceled', 'past_due', 'unknown'] as const;
export type ProviderTransactionStatus = (typeof providerTransactionStatuses)[number];

export const providerAdjustmentStatuses = ['pending_approval', 'approved', 'rejected', 'reversed', 'unknown'] as const;
export type ProviderAdjustmentStatus = (typeof providerAdjustmentStatuses)[number];

/** Minor units of the transaction's currency. `grandTotal` is what the payer pays, tax included. */
export type ProviderTotals = {
  readonly subtotal: bigint;
  readonly tax: bigint;
  readonly total: bigint;
  readonly grandTotal: bigint;
  /** What the provider keeps; null until it has settled. */
  readonly fee: bigint | null;
};

export type ProviderPaymentAttempt = {
  readonly status: string;
  readonly amount: bigint;
  /** The provider's word for a refusal, e.g. `declined`. */
  readonly errorCode: string | null;
  readonly capturedAt: Date | null;
};

/** A transaction as far as a provider's message told it: everything but id and status may be missing. */
export type ProviderTransaction = {
  readonly id: string;
  readonly status: ProviderTransactionStatus;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** ISO code as the provider spells it; it may be one that we do not sell in. */
  readonly currency: string | null;
  readonly totals: ProviderTotals | null;
  readonly payments: readonly ProviderPaymentAttempt[];
  readonly lineItems: readonly { readonly id: string; readonly total: bigint }[];
  readonly invoiceNumber: string | null;
  readonly checkoutUrl: string | null;
  /** What we attached when we created it. Only `reference` is ours to read; never a tenant. */
  readonly customData: Readonly<Record<string, unknown>>;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly billedAt: Date | null;
};

/** A refund, credit or chargeback. It counts only when `status` is `approved`. */
export type ProviderAdjustment = {
  readonly id: string;
  readonly action: string;
  readonly status: ProviderAdjustmentStatus;
  readonly transactionId: string;
  readonly customerId: string | null;
  readonly reason: string | null;
  readonly currency: string | null;
  /** Minor units, tax included; null in a thin message. */
  readonly total: bigint | null;
  readonly tax: bigint | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
};

export type ProviderCustomer = {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly locale: string | null;
  readonly status: string | null;
};

export type NewProviderCustomer = { readonly email: string; readonly name: string; readonly locale: string };

export type NewProviderTransaction = {
  readonly customerId: string;
  /** All of one currency, tax included. */
  readonly items: readonly { readonly name: string; readonly description: string; readonly price: Money; readonly quantity?: number }[];
  /** Id of our payment row; comes back in every message of this transaction. */
  readonly reference: string;
  /** Where the payer goes after paying, and after giving up. */
  readonly returnTo: { readonly success: string; readonly cancel: string };
  /** Our own page that opens the provider's checkout, where the provider wants one. */
  readonly checkoutPage?: string;
};

export type TransactionFilter = {
  /** Inclusive. */
  readonly createdFrom?: Date;
  /** Exclusive. */
  readonly createdBefore?: Date;
  /** The same of when the provider last changed it. */
  readonly updatedFrom?: Date;
  readonly updatedBefore?: Date;
  /** Id of the last one that was seen: the list goes on after it. */
  readonly after?: string;
  readonly statuses?: readonly Exclude<ProviderTransactionStatus, 'unknown'>[];
  readonly customerId?: string;
};

export type NewRefund = {
  readonly transactionId: string;
  readonly reason: string;
  /** Minor units of the transaction's currency, tax included; everything when absent. */
  readonly amount?: bigint;
};

/**
 * What a payment route must be able to do, whoever runs it: card through Paddle, and later cash or bank transfer.
 * One instance speaks for one account of one tenant. Never call it inside a database transaction.
 *
 * Every method throws DomainError: UNAVAILABLE `errors.payment.providerUnavailable` when the provider does not answer (it is unknown then
 * whether a create took place: the next message or reconciliation tells), NOT_FOUND for an id that is not of this account,
 * CONFLICT `errors.payment.providerRefused` when the provider understood and refused.
 */
export interface PaymentProvider {
  readonly name: 'paddle' | 'cash' | 'bank_transfer';
  /** Creates the customer, or finds the one that already has this e-mail. Safe to repeat. */
  createCustomer(input: NewProviderCustomer): Promise<ProviderCustomer>;
  /** Creates a transaction to be paid at its `checkoutUrl`. Not repeated after an unclear failure. */
  createTransaction(input: NewProviderTransaction): Promise<ProviderTransaction>;
  getTransaction(id: string): Promise<ProviderTransaction>;
  /** Every transaction of the account that matches, oldest first, a page at a time. */
  listTransactions(filter?: TransactionFilter): AsyncIterable<ProviderTransaction>;
  /** Every refund and dispute of the account, newest first, a page at a time; `after` as with transactions. */
  listAdjustments(filter?: { readonly after?: string }): AsyncIterable<ProviderAdjustment>;
  /** Asks for money to be given back. The answer is usually `pending_approval`. Not repeated after an unclear failure. */
  createRefund(input: NewRefund): Promise<ProviderAdjustment>;
  /** Address of the provider's own page where a payer changes saved cards and finds its documents; good for a short time, and for that payer only. */
  openPortal(customerId: string): Promise<string>;
}
