import { createHash } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { ApiError, LogLevel, Paddle } from '@paddle/paddle-node-sdk';
import type { CurrencyCode, ListTransactionQueryParameters } from '@paddle/paddle-node-sdk';
import { DomainError, invalid } from '@interdomestik/rules';
import { env } from '../../env';
import type { ApiEnv } from '../../env';
import type { NewProviderCustomer, NewProviderTransaction, NewRefund, PaymentProvider, ProviderTransaction, TransactionFilter } from '../payment-provider';
import { CircuitBreaker } from './breaker';
import { callProvider } from './call';
import type { CallOptions } from './call';
import { environmentOf } from './credentials';
import type { PaddleCredentials } from './credentials';
import { adjustmentOf, customerOf, transactionOf } from './mapping';

/** Currencies of ours that Paddle charges in. It has no MKD. */
export const paddleCurrencies = ['EUR'] as const satisfies readonly CurrencyCode[];

const pageSize = 30;

export type PaddleClientOptions = Partial<Omit<CallOptions, 'breaker'>> & {
  readonly settings?: Pick<ApiEnv, 'APP_ENV' | 'PADDLE_API_BASE'>;
  /** Given by tests; otherwise all clients of one account in this process share one. */
  readonly breaker?: CircuitBreaker;
};

const breakers = new Map<string, CircuitBreaker>();

function sharedBreaker(base: string, apiKey: string): CircuitBreaker {
  const name = `${base} ${createHash('sha256').update(apiKey).digest('hex')}`;
  const breaker = breakers.get(name) ?? new CircuitBreaker(Date.now);
  breakers.set(name, breaker);
  return breaker;
}

function chargeable(currency: string): (typeof paddleCurrencies)[number] {
  const found = paddleCurrencies.find((candidate) => candidate === currency);
  if (found === undefined) throw invalid('currency', 'errors.payment.currencyUnsupported', { currency });
  return found;
}

function listQuery(filter: TransactionFilter): ListTransactionQueryParameters {
  return {
    perPage: pageSize,
    orderBy: 'id[ASC]',
    ...(filter.createdFrom && { 'createdAt[GTE]': filter.createdFrom.toISOString() }),
    ...(filter.createdBefore && { 'createdAt[LT]': filter.createdBefore.toISOString() }),
    ...(filter.updatedFrom && { 'updatedAt[GTE]': filter.updatedFrom.toISOString() }),
    ...(filter.updatedBefore && { 'updatedAt[LT]': filter.updatedBefore.toISOString() }),
    ...(filter.after !== undefined && { after: filter.after }),
    ...(filter.statuses && { status: [...filter.statuses] }),
    ...(filter.customerId !== undefined && { customerId: [filter.customerId] }),
  };
}

function refundLines(transaction: ProviderTransaction, amount: bigint) {
  let left = amount;
  const lines: { itemId: string; type: 'partial'; amount: string }[] = [];
  for (const item of transaction.lineItems) {
    const part = left < item.total ? left : item.total;
    if (part > 0n) lines.push({ itemId: item.id, type: 'partial', amount: part.toString() });
    left -= part;
  }
  if (amount <= 0n || left > 0n) throw invalid('amount', 'errors.payment.refundAmount');
  return lines;
}

/**
 * The provider of one Paddle account. Its environment is explicit; a base address (a simulator) is refused in production.
 * Every call ends within 10 s. Throws PaddleMisconfigured at once for settings that cannot be right.
 */
export function createPaddleClient(credentials: PaddleCredentials, options: PaddleClientOptions = {}): PaymentProvider {
  const environment = environmentOf(credentials, options.settings ?? env);
  const paddle = new Paddle(credentials.apiKey, { environment, logLevel: LogLevel.none });
  const call: CallOptions = {
    breaker: options.breaker ?? sharedBreaker(environment, credentials.apiKey),
    timeoutMs: options.timeoutMs ?? 10_000,
    attempts: options.attempts ?? 3,
    now: options.now ?? Date.now,
    sleep: options.sleep ?? ((ms) => sleepFor(ms)),
    random: options.random ?? Math.random,
  };
  const repeatable = <T>(run: () => Promise<T>) => callProvider(call, true, run);
  const once = <T>(run: () => Promise<T>) => callProvider(call, false, run);

  /** The customer that a refusal named, or else the one that is listed with the e-mail. */
  async function findCustomer(email: string, refusal: ApiError) {
    const named = /\bctm_[a-z0-9]{26}\b/u.exec(refusal.detail)?.[0];
    const found = named === undefined ? await repeatable(() => paddle.customers.list({ email: [email] }).next()) : [await repeatable(() => paddle.customers.get(named))];
    const customer = found.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase());
    if (customer === undefined) throw new DomainError('UNAVAILABLE', 'errors.payment.providerUnavailable', { cause: refusal });
    if (customer.status === 'active') return customer;
    return repeatable(() => paddle.customers.update(customer.id, { status: 'active' }));
  }

  async function getTransaction(id: string): Promise<ProviderTransaction> {
    return transactionOf(await repeatable(() => paddle.transactions.get(id)));
  }

  return {
    name: 'paddle',

    async createCustomer({ email, name, locale }: NewProviderCustomer) {
      const answer = await repeatable(async () => {
        try {
          return await paddle.customers.create({ email, name, locale });
        } catch (error) {
          if (error instanceof ApiError && error.code === 'customer_already_exists') return error;
          throw error;
        }
      });
      return customerOf(answer instanceof ApiError ? await findCustomer(email, answer) : answer);
    },

    async createTransaction(input: NewProviderTransaction) {
      const [first] = input.items;
      if (first === undefined) throw invalid('items', 'errors.tooFew');
      const currencyCode = chargeable(first.price.currency);
      const items = input.items.map(({ name, description, price, quantity = 1 }) => {
        if (price.currency !== currencyCode) throw invalid('items', 'errors.money.currencyMismatch');
        if (price.minor <= 0n) throw invalid('items', 'errors.tooSmall');
        return {
          quantity,
          price: {
            name,
            description,
            taxMode: 'internal' as const,
            unitPrice: { amount: price.minor.toString(), currencyCode },
            quantity: { minimum: quantity, maximum: quantity },
            product: { name, description, taxCategory: 'standard' as const },
          },
        };
      });
      const created = await once(() =>
        paddle.transactions.create({
          items,
          customerId: input.customerId,
          currencyCode,
          collectionMode: 'automatic',
          customData: { reference: input.reference, success_url: input.returnTo.success, cancel_url: input.returnTo.cancel },
          ...(input.checkoutPage !== undefined && { checkout: { url: input.checkoutPage } }),
        }),
      );
      return transactionOf(created);
    },

    getTransaction,

    async *listTransactions(filter: TransactionFilter = {}) {
      const pages = paddle.transactions.list(listQuery(filter));
      while (pages.hasMore) {
        const page = await repeatable(() => pages.next());
        for (const transaction of page) yield transactionOf(transaction);
      }
    },

    async *listAdjustments({ after } = {}) {
      const pages = paddle.adjustments.list({ perPage: pageSize, orderBy: 'id[DESC]', ...(after !== undefined && { after }) });
      while (pages.hasMore) {
        const page = await repeatable(() => pages.next());
        for (const adjustment of page) yield adjustmentOf(adjustment);
      }
    },

    async openPortal(customerId: string) {
      return (await repeatable(() => paddle.customerPortalSessions.create(customerId, []))).urls.general.overview;
    },

    async createRefund({ transactionId, reason, amount }: NewRefund) {
      const base = { action: 'refund', transactionId, reason, taxMode: 'internal' } as const;
      if (amount === undefined) return adjustmentOf(await once(() => paddle.adjustments.create({ ...base, type: 'full' })));
      const items = refundLines(await getTransaction(transactionId), amount);
      return adjustmentOf(await once(() => paddle.adjustments.create({ ...base, type: 'partial', items })));
    },
  };
}
