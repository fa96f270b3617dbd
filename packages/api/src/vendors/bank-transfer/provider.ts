import { newId, newReference, notFound, type ReferenceForm } from '@interdomestik/rules';
import type { PaymentProvider, ProviderTransaction } from '../payment-provider';

/** Nothing comes by itself: what a bank knows it says in its statement. */
async function* nothing<T>(): AsyncGenerator<T> {}

/**
 * A transfer to the tenant's own bank account as a way to pay. A transaction is a reference that the payer writes on the order, and the place to pay is our own page with the payment slip. The bank
 * cannot be asked: whether money came is read out of its statements (`bank/`), and a refund is sent by a person who writes down the bank's number of it.
 */
export function createBankTransferProvider({ form }: { readonly form: ReferenceForm }): PaymentProvider {
  return {
    name: 'bank_transfer',
    createCustomer: ({ email, name, locale }) => Promise.resolve({ id: newId(), email, name, locale, status: null }),
    createTransaction: ({ checkoutPage, items, reference }) => {
      const transaction: ProviderTransaction = {
        id: newReference(form), status: 'ready', customerId: null, subscriptionId: null, currency: items[0]?.price.currency ?? null, totals: null, payments: [], lineItems: [], invoiceNumber: null,
        checkoutUrl: checkoutPage ?? null, customData: { reference }, createdAt: null, updatedAt: null, billedAt: null,
      };
      return Promise.resolve(transaction);
    },
    getTransaction: () => Promise.reject(notFound()),
    openPortal: () => Promise.reject(notFound()),
    listTransactions: () => nothing(),
    listAdjustments: () => nothing(),
    createRefund: ({ transactionId, amount, reason }) =>
      Promise.resolve({ id: newReference(form), action: 'refund', status: 'pending_approval', transactionId, customerId: null, reason, currency: null, total: amount ?? null, tax: null, createdAt: null, updatedAt: null }),
  };
}
