import { describe, expect, it } from 'vitest';
import type { ProviderAdjustment, ProviderTransaction } from '../payment-provider';
import { composeAdjustmentEvent, composeTransactionEvent } from './compose';
import { parsePaddleEvent } from './events';

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 10, 30, 0, 123));
const head = { id: 'rec_txn_1_completed', type: 'transaction.completed', occurredAt: at(1) };

describe('P-10 a message that was missed is read as the one that came', () => {
  it('a transaction with everything, and one with nothing', () => {
    const full: ProviderTransaction = {
      id: 'txn_1', status: 'completed', customerId: 'ctm_1', subscriptionId: null, currency: 'EUR', totals: { subtotal: 1695n, tax: 305n, total: 2000n, grandTotal: 2000n, fee: 150n },
      payments: [{ status: 'captured', amount: 2000n, errorCode: null, capturedAt: at(2) }], lineItems: [{ id: 'item_1', total: 2000n }], invoiceNumber: '74-1', checkoutUrl: 'http://localhost/pay',
      customData: { reference: 'payment-1' }, createdAt: at(1), updatedAt: at(2), billedAt: at(2),
    };
    const thin: ProviderTransaction = { ...full, customerId: null, totals: null, payments: [], lineItems: [], invoiceNumber: null, checkoutUrl: null, customData: {}, createdAt: null, updatedAt: null, billedAt: null };
    for (const transaction of [full, thin]) expect(parsePaddleEvent(composeTransactionEvent(head, transaction))).toEqual({ ...head, kind: 'transaction', transaction });
  });

  it('an adjustment', () => {
    const adjustment: ProviderAdjustment = { id: 'adj_1', action: 'refund', status: 'approved', transactionId: 'txn_1', customerId: 'ctm_1', reason: 'asked', currency: 'EUR', total: 500n, tax: 76n, createdAt: at(3), updatedAt: at(4) };
    const told = { ...head, type: 'adjustment.updated' };
    expect(parsePaddleEvent(composeAdjustmentEvent(told, adjustment))).toEqual({ ...told, kind: 'adjustment', adjustment });
  });
});
