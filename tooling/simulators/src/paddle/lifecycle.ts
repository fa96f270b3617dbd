import { randomUUID } from 'node:crypto';
import type { ErrorCode, ITransactionPaymentAttemptResponse, ITransactionResponse } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { instant, newPaddleId } from './clock';
import { createAddress, createCustomer } from './customers';
import { badField } from './fault';
import { startSubscription } from './subscriptions';
import { detailsOf } from './totals';
import { linesOf, transactionOf } from './transactions';

export const paidStatuses = ['paid', 'completed', 'billed'];

function attemptOf(transaction: ITransactionResponse, outcome: { errorCode: ErrorCode } | 'captured', holder: string): ITransactionPaymentAttemptResponse {
  const now = instant();
  const captured = outcome === 'captured';
  return {
    payment_attempt_id: randomUUID(),
    stored_payment_method_id: randomUUID(),
    payment_method_id: newPaddleId('paymtd'),
    amount: transaction.details?.totals?.grand_total ?? '0',
    status: captured ? 'captured' : 'error',
    error_code: captured ? null : outcome.errorCode,
    method_details: {
      type: 'card',
      card: { type: 'visa', last4: captured ? '4242' : '0002', expiry_month: 12, expiry_year: 2035, cardholder_name: holder },
      paypal: null,
      south_korea_local_card: null,
      underlying_details: null,
    },
    created_at: now,
    captured_at: captured ? now : null,
  };
}

function change(account: Account, transaction: ITransactionResponse, changes: Partial<ITransactionResponse>, event: string): ITransactionResponse {
  const changed: ITransactionResponse = { ...transaction, ...changes, updated_at: instant() };
  account.put('transactions', changed.id, changed);
  account.webhooks.emit(event, changed);
  return changed;
}

/** What the checkout asks the payer for before a card is tried: who they are and where. */
function makeReady(account: Account, transaction: ITransactionResponse): ITransactionResponse {
  if (transaction.status !== 'draft') return transaction;
  const customerId = transaction.customer_id ?? createCustomer(account, { email: `${transaction.id}@payer.test` }).id;
  const addressId = transaction.address_id ?? createAddress(account, customerId, { country_code: 'XK' }).id;
  return change(account, transaction, { status: 'ready', customer_id: customerId, address_id: addressId }, 'transaction.ready');
}

function holderOf(account: Account, transaction: ITransactionResponse): string {
  return (transaction.customer_id && account.get('customers', transaction.customer_id)?.name) || 'Test Payer';
}

/**
 * The payer's card is charged: ready, paid, completed, and a subscription when a price recurs. Paying what is already paid changes
 * nothing. Throws ApiFault for a transaction that was given up.
 */
export function pay(account: Account, id: string): ITransactionResponse {
  const given = transactionOf(account, id);
  if (paidStatuses.includes(given.status)) return given;
  if (given.status === 'canceled') throw badField('status', 'the transaction was canceled');
  const ready = makeReady(account, given);
  const payment = attemptOf(ready, 'captured', holderOf(account, ready));
  const paid = change(account, ready, { status: 'paid', payments: [payment, ...ready.payments], billed_at: payment.captured_at ?? null }, 'transaction.paid');
  const subscriptionId = startSubscription(account, paid);
  const number = (account.get('counters', 'invoice')?.value ?? 10_000) + 1;
  account.put('counters', 'invoice', { value: number });
  return change(
    account,
    paid,
    {
      status: 'completed',
      subscription_id: subscriptionId,
      invoice_id: newPaddleId('inv'),
      invoice_number: `9000-${number}`,
      details: detailsOf(
        linesOf(account, paid.items),
        paid.currency_code,
        account.settings.taxRateBp,
        true,
        paid.details?.line_items.map((item) => item.id),
      ),
    },
    'transaction.completed',
  );
}

/** The payer's card is refused; the transaction stays open for another try. */
export function decline(account: Account, id: string, errorCode: ErrorCode = 'declined'): ITransactionResponse {
  const given = transactionOf(account, id);
  if (paidStatuses.includes(given.status) || given.status === 'canceled') return given;
  const ready = makeReady(account, given);
  const payment = attemptOf(ready, { errorCode }, holderOf(account, ready));
  return change(account, ready, { payments: [payment, ...ready.payments] }, 'transaction.payment_failed');
}
