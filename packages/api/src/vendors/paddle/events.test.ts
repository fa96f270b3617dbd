import { isDomainError } from '@interdomestik/rules';
import { describe, expect, it } from 'vitest';
import { parsePaddleEnvelope, parsePaddleEvent } from './events';

const head = { event_id: 'evt_1', event_type: 'transaction.completed', occurred_at: '2026-11-23T10:18:49.621022Z', notification_id: 'ntf_1' };
const totals = {
  subtotal: '1695', discount: '0', tax: '305', total: '2000', credit: '0', balance: '0', grand_total: '2000', grand_total_tax: '305',
  credit_to_balance: '0', fee: '150', earnings: '1545', currency_code: 'EUR',
};
const event = (data: unknown, type = head.event_type) => JSON.stringify({ ...head, event_type: type, data });
const keyOf = (raw: string | Uint8Array) => {
  try {
    parsePaddleEvent(raw);
  } catch (error) {
    return isDomainError(error) ? error.messageKey : 'another error';
  }
  return 'parsed';
};

describe('parsePaddleEvent', () => {
  it('reads a completed transaction with amounts as bigint', () => {
    const parsed = parsePaddleEvent(
      event({
        id: 'txn_1', status: 'completed', customer_id: 'ctm_1', currency_code: 'EUR', custom_data: { reference: 'p1' },
        details: { totals, line_items: [{ id: 'txnitm_1', totals: { total: '2000' } }], tax_rates_used: [] },
        payments: [{ status: 'captured', amount: '2000', captured_at: '2026-11-23T10:18:48Z', method_details: { card: { last4: '4242' } } }],
        invoice_number: '1-10001', billed_at: '2026-11-23T10:18:48Z',
      }),
    );
    expect(parsed).toMatchObject({
      id: 'evt_1', kind: 'transaction', occurredAt: new Date('2026-11-23T10:18:49.621Z'),
      transaction: {
        id: 'txn_1', status: 'completed', customerId: 'ctm_1', currency: 'EUR', customData: { reference: 'p1' },
        totals: { subtotal: 1695n, tax: 305n, total: 2000n, grandTotal: 2000n, fee: 150n },
        payments: [{ status: 'captured', amount: 2000n, errorCode: null }],
        lineItems: [{ id: 'txnitm_1', total: 2000n }],
      },
    });
    expect(JSON.stringify(parsed, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('4242');
  });

  it('reads a thin payload', () => {
    expect(parsePaddleEvent(event({ id: 'txn_1', status: 'ready' }))).toMatchObject({
      kind: 'transaction',
      transaction: { id: 'txn_1', status: 'ready', totals: null, payments: [], customData: {}, customerId: null, currency: null },
    });
    expect(parsePaddleEvent(event({ id: 'adj_1', action: 'refund', transaction_id: 'txn_1' }, 'adjustment.created'))).toMatchObject({
      kind: 'adjustment',
      adjustment: { status: 'unknown', total: null },
    });
  });

  it('keeps a word that it does not know yet apart from those it does', () => {
    expect(parsePaddleEvent(event({ id: 'txn_1', status: 'frozen' }))).toMatchObject({ transaction: { status: 'unknown' } });
    expect(parsePaddleEvent(event({ anything: 1 }, 'payout.paid'))).toMatchObject({ kind: 'other', type: 'payout.paid' });
  });

  it('P-07 refuses what is malformed with one message key', () => {
    const bad = [
      '', '{', '[]', 'null', '{}',
      JSON.stringify({ ...head, data: null }),
      JSON.stringify({ ...head, occurred_at: 'yesterday', data: { id: 'txn_1', status: 'ready' } }),
      event({ status: 'ready' }),
      event({ id: 'txn_1', status: 'completed', details: { totals: { ...totals, total: '20.00' } } }),
      event({ id: 'txn_1', status: 'completed', details: { totals: { ...totals, total: 2000 } } }),
      event({ id: 'txn_1', status: 'completed', details: { totals: { ...totals, total: '9'.repeat(16) } } }),
      event({ id: 'txn_1', status: 'completed', currency_code: 'euro' }),
      event({ id: 'adj_1', action: 'refund' }, 'adjustment.updated'),
    ];
    for (const raw of bad) expect([raw, keyOf(raw)]).toEqual([raw, 'errors.payment.event']);
    expect(keyOf(Uint8Array.from([0x7b, 0xff, 0x7d]))).toBe('errors.payment.event');
  });

  it('P-07 still reads the envelope of an event whose data is poison', () => {
    const raw = event({ id: 'txn_1', status: 'completed', details: { totals: { ...totals, total: 'x' } } });
    expect(parsePaddleEnvelope(raw)).toEqual({ id: 'evt_1', type: 'transaction.completed', occurredAt: new Date('2026-11-23T10:18:49.621Z') });
  });
});
