import type { Adjustment, Customer, Transaction } from '@paddle/paddle-node-sdk';
import { DomainError } from '@interdomestik/rules';
import { providerAdjustmentStatuses, providerTransactionStatuses } from '../payment-provider';
import type { ProviderAdjustment, ProviderCustomer, ProviderTransaction } from '../payment-provider';

function minor(text: string): bigint {
  if (!/^-?\d{1,15}$/u.test(text)) throw new DomainError('UNAVAILABLE', 'errors.payment.providerUnavailable', { cause: new Error('amount of a provider is no integer') });
  return BigInt(text);
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

function known<T extends string>(words: readonly T[], word: string): T | 'unknown' {
  return words.find((candidate) => candidate === word) ?? 'unknown';
}

/** The SDK's transaction as our own type. */
export function transactionOf(given: Transaction): ProviderTransaction {
  const totals = given.details?.totals;
  const customData: Readonly<Record<string, unknown>> = given.customData === null ? {} : { ...given.customData };
  return {
    id: given.id,
    status: known(providerTransactionStatuses, given.status),
    customerId: given.customerId,
    subscriptionId: given.subscriptionId,
    currency: given.currencyCode,
    totals: totals
      ? {
          subtotal: minor(totals.subtotal),
          tax: minor(totals.tax),
          total: minor(totals.total),
          grandTotal: minor(totals.grandTotal),
          fee: totals.fee === null ? null : minor(totals.fee),
        }
      : null,
    payments: given.payments.map((payment) => ({
      status: payment.status,
      amount: minor(payment.amount),
      errorCode: payment.errorCode,
      capturedAt: dateOf(payment.capturedAt),
    })),
    lineItems: (given.details?.lineItems ?? []).flatMap((item) => (item.totals ? [{ id: item.id, total: minor(item.totals.total) }] : [])),
    invoiceNumber: given.invoiceNumber,
    checkoutUrl: given.checkout?.url ?? null,
    customData,
    createdAt: dateOf(given.createdAt),
    updatedAt: dateOf(given.updatedAt),
    billedAt: dateOf(given.billedAt),
  };
}

/** The SDK's adjustment as our own type. */
export function adjustmentOf(given: Adjustment): ProviderAdjustment {
  return {
    id: given.id,
    action: given.action,
    status: known(providerAdjustmentStatuses, given.status),
    transactionId: given.transactionId,
    customerId: given.customerId,
    reason: given.reason,
    currency: given.currencyCode,
    total: minor(given.totals.total),
    tax: minor(given.totals.tax),
    createdAt: dateOf(given.createdAt),
    updatedAt: dateOf(given.updatedAt),
  };
}

/** The SDK's customer as our own type. */
export function customerOf(given: Customer): ProviderCustomer {
  return { id: given.id, email: given.email, name: given.name, locale: given.locale, status: given.status };
}
