import type { ProviderAdjustment, ProviderTransaction } from '../payment-provider';

const text = (minor: bigint): string => minor.toString();
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

interface Head {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: Date;
}

const compose = ({ id, type, occurredAt }: Head, data: object): string => JSON.stringify({ event_id: id, event_type: type, occurred_at: occurredAt.toISOString(), data });

/** A transaction that the provider listed, as the message that never came. `parsePaddleEvent` reads it back. */
export function composeTransactionEvent(head: Head, transaction: ProviderTransaction): string {
  const { totals } = transaction;
  return compose(head, {
    id: transaction.id, status: transaction.status, customer_id: transaction.customerId, subscription_id: transaction.subscriptionId, currency_code: transaction.currency, invoice_number: transaction.invoiceNumber,
    custom_data: transaction.customData, checkout: { url: transaction.checkoutUrl },
    details: {
      totals: totals === null ? null : { subtotal: text(totals.subtotal), tax: text(totals.tax), total: text(totals.total), grand_total: text(totals.grandTotal), fee: totals.fee === null ? null : text(totals.fee) },
      line_items: transaction.lineItems.map(({ id, total }) => ({ id, totals: { total: text(total) } })),
    },
    payments: transaction.payments.map((payment) => ({ status: payment.status, amount: text(payment.amount), error_code: payment.errorCode, captured_at: iso(payment.capturedAt) })),
    created_at: iso(transaction.createdAt), updated_at: iso(transaction.updatedAt), billed_at: iso(transaction.billedAt),
  });
}

/** The same of a refund or dispute. */
export function composeAdjustmentEvent(head: Head, adjustment: ProviderAdjustment): string {
  const { total, tax } = adjustment;
  return compose(head, {
    id: adjustment.id, action: adjustment.action, status: adjustment.status, transaction_id: adjustment.transactionId, customer_id: adjustment.customerId, reason: adjustment.reason, currency_code: adjustment.currency,
    totals: total === null || tax === null ? null : { total: text(total), tax: text(tax) }, created_at: iso(adjustment.createdAt), updated_at: iso(adjustment.updatedAt),
  });
}
