import type { ITransactionItemResponse, ITransactionResponse } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { countOf, customDataOf, fieldsOf, isFields, listOf, maybeText, wordOf } from './body';
import type { Fields } from './body';
import { currencyOf, makePrice, makeProduct, productOf } from './catalog';
import { instant, newPaddleId } from './clock';
import { customerOf } from './customers';
import { badField, notFound } from './fault';
import { detailsOf, splitTax } from './totals';
import type { Line } from './totals';

export function transactionOf(account: Account, id: string): ITransactionResponse {
  const transaction = account.get('transactions', id);
  if (!transaction) throw notFound(id);
  return transaction;
}

function lineOf(account: Account, value: unknown): Line {
  const fields = fieldsOf(value, 'items');
  const quantity = countOf(fields, 'quantity', 1);
  if (quantity < 1) throw badField('items.quantity', 'quantity must be at least 1');
  const priceId = maybeText(fields, 'price_id');
  if (priceId !== null) {
    const price = account.get('prices', priceId);
    if (!price) throw notFound(priceId);
    return { price, product: productOf(account, price.product_id), quantity };
  }
  const given = fieldsOf(fields['price'], 'items.price');
  const productId = maybeText(given, 'product_id');
  const product = productId === null ? makeProduct(fieldsOf(given['product'], 'items.price.product'), 'custom') : productOf(account, productId);
  const price = makePrice(given, product.id, 'custom');
  if (quantity < price.quantity.minimum || quantity > price.quantity.maximum) throw badField('items.quantity', 'quantity is outside of the price');
  account.put('products', product.id, product);
  account.put('prices', price.id, price);
  return { price, product, quantity };
}

/** The lines of a stored transaction, to compute it again. */
export function linesOf(account: Account, items: readonly ITransactionItemResponse[]): Line[] {
  return items.flatMap(({ price, quantity }) => {
    const product = price && account.get('products', price.product_id);
    return price && product ? [{ price, product, quantity }] : [];
  });
}

/** Creates a transaction: `ready` when it knows customer and address, otherwise a `draft` whose address the pay page fills in. */
export function createTransaction(account: Account, fields: Fields, base: string): ITransactionResponse {
  const lines = listOf(fields['items'], 'items').map((item) => lineOf(account, item));
  const [first] = lines;
  if (!first) throw badField('items', 'items must not be empty');
  const currency = fields['currency_code'] === undefined ? first.price.unit_price.currency_code : currencyOf(fields, 'currency_code');
  if (lines.some(({ price }) => price.unit_price.currency_code !== currency)) throw badField('items', 'items must have the currency of the transaction');
  const customerId = maybeText(fields, 'customer_id');
  if (customerId !== null) customerOf(account, customerId);
  const addressId = maybeText(fields, 'address_id');
  if (addressId !== null && account.get('addresses', addressId)?.customer_id !== customerId) throw notFound(addressId);
  const ready = customerId !== null && addressId !== null;
  const now = instant();
  const id = newPaddleId('txn');
  const transaction: ITransactionResponse = {
    id,
    status: ready ? 'ready' : 'draft',
    customer_id: customerId,
    address_id: addressId,
    business_id: maybeText(fields, 'business_id'),
    custom_data: customDataOf(fields),
    currency_code: currency,
    origin: 'api',
    subscription_id: null,
    invoice_id: null,
    invoice_number: null,
    collection_mode: wordOf(fields, 'collection_mode', ['automatic', 'manual'], 'automatic'),
    discount_id: null,
    billing_details: null,
    billing_period: null,
    items: lines.map(({ price, quantity }) => ({ price_id: price.id, price, quantity, proration: null })),
    details: detailsOf(lines, currency, account.settings.taxRateBp, false),
    payments: [],
    checkout: { url: `${base}/pay/${id}` },
    created_at: now,
    updated_at: now,
    billed_at: null,
    revised_at: null,
  };
  account.put('transactions', id, transaction);
  account.webhooks.emit('transaction.created', transaction);
  if (ready) account.webhooks.emit('transaction.ready', transaction);
  return transaction;
}

/** Changes what may be changed before payment: custom data and the customer, or gives the transaction up. */
export function updateTransaction(account: Account, id: string, fields: Fields): ITransactionResponse {
  const before = transactionOf(account, id);
  if (before.status !== 'draft' && before.status !== 'ready') throw badField('status', 'the transaction can no longer be changed');
  const status = fields['status'] === undefined ? before.status : wordOf(fields, 'status', ['canceled', 'ready', 'draft'] as const);
  const customerId = 'customer_id' in fields ? maybeText(fields, 'customer_id') : (before.customer_id ?? null);
  if (customerId !== null) customerOf(account, customerId);
  const transaction: ITransactionResponse = {
    ...before,
    status,
    customer_id: customerId,
    custom_data: 'custom_data' in fields ? customDataOf(fields) : (before.custom_data ?? null),
    updated_at: instant(),
  };
  account.put('transactions', id, transaction);
  account.webhooks.emit(status === 'canceled' ? 'transaction.canceled' : 'transaction.updated', transaction);
  return transaction;
}

/** A transaction with what the query's `include` asks for. */
export function withIncluded(account: Account, transaction: ITransactionResponse, include: string | null): ITransactionResponse {
  const wanted = new Set((include ?? '').split(','));
  const customer = transaction.customer_id && wanted.has('customer') ? account.get('customers', transaction.customer_id) : undefined;
  const address = transaction.address_id && wanted.has('address') ? account.get('addresses', transaction.address_id) : undefined;
  const adjustments = wanted.has('adjustment')
    ? [...account.all('adjustments').values()].filter((adjustment) => adjustment.transaction_id === transaction.id)
    : undefined;
  return { ...transaction, ...(customer && { customer }), ...(address && { address }), ...(adjustments && { adjustments }) };
}

/** Where the payer goes back to: given in our own custom data, or nowhere. */
export function returnAddress(transaction: ITransactionResponse, outcome: 'success' | 'cancel'): string | null {
  const data: unknown = transaction.custom_data;
  const value = isFields(data) ? data[`${outcome}_url`] : undefined;
  return typeof value === 'string' && /^https?:\/\//u.test(value) ? value : null;
}

/** Changes what a transaction came to without telling anybody, for reconciliation to find. */
export function alterTotal(account: Account, id: string, total: bigint): ITransactionResponse {
  const before = transactionOf(account, id);
  const { details } = before;
  if (!details?.totals) throw badField('id', 'the transaction has no totals');
  const { subtotal, tax } = splitTax(total, account.settings.taxRateBp);
  const changed = { subtotal: String(subtotal), tax: String(tax), total: String(total), grand_total: String(total), grand_total_tax: String(tax) };
  return account.put('transactions', id, { ...before, details: { ...details, totals: { ...details.totals, ...changed } }, updated_at: instant() });
}
