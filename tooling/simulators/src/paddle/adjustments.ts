import type { AdjustmentAction, AdjustmentStatus, IAdjustmentResponse, ITransactionResponse } from '@paddle/paddle-node-sdk';
import type { Account } from './account';
import { fieldsOf, listOf, minorOf, textOf, wordOf } from './body';
import type { Fields } from './body';
import { instant, newPaddleId } from './clock';
import { ApiFault, badField, notFound } from './fault';
import { splitTax } from './totals';
import { transactionOf } from './transactions';

const counted: readonly AdjustmentStatus[] = ['pending_approval', 'approved'];

/** Minor units of a line that refunds have not yet taken. */
function leftOf(account: Account, transaction: ITransactionResponse, itemId: string): bigint {
  const line = transaction.details?.line_items.find((item) => item.id === itemId);
  if (!line) throw badField('items.item_id', `${itemId} is not an item of the transaction`);
  let left = BigInt(line.totals?.total ?? '0');
  for (const adjustment of account.all('adjustments').values()) {
    if (adjustment.transaction_id !== transaction.id || !counted.includes(adjustment.status)) continue;
    for (const item of adjustment.items) if (item.item_id === itemId) left -= BigInt(item.totals?.total ?? '0');
  }
  return left;
}

type Part = { readonly itemId: string; readonly amount: bigint; readonly full: boolean };

function partsOf(account: Account, transaction: ITransactionResponse, fields: Fields): Part[] {
  const lines = transaction.details?.line_items ?? [];
  if (wordOf(fields, 'type', ['full', 'partial'] as const, 'partial') === 'full') {
    return lines.map(({ id }) => ({ itemId: id, amount: leftOf(account, transaction, id), full: true }));
  }
  return listOf(fields['items'], 'items').map((value) => {
    const item = fieldsOf(value, 'items');
    const itemId = textOf(item, 'item_id');
    const left = leftOf(account, transaction, itemId);
    const full = wordOf(item, 'type', ['full', 'partial'] as const) === 'full';
    const amount = full ? left : minorOf(item, 'amount');
    if (amount > left) throw new ApiFault(400, 'adjustment_amount_above_remaining_allowed', `only ${left} is left of ${itemId}`, 'items.amount');
    return { itemId, amount, full };
  });
}

function build(account: Account, transaction: ITransactionResponse, action: AdjustmentAction, status: AdjustmentStatus, reason: string, parts: readonly Part[]): IAdjustmentResponse {
  const customerId = transaction.customer_id;
  const amounts = parts.map(({ amount }) => splitTax(amount, account.settings.taxRateBp));
  const total = amounts.reduce((sum, one) => sum + one.total, 0n);
  const tax = amounts.reduce((sum, one) => sum + one.tax, 0n);
  if (!customerId || total <= 0n) throw new ApiFault(400, 'adjustment_no_remaining_amount', 'nothing is left to be given back');
  const now = instant();
  return {
    id: newPaddleId('adj'),
    action,
    type: parts.every(({ full }) => full) ? 'full' : 'partial',
    transaction_id: transaction.id,
    subscription_id: transaction.subscription_id ?? null,
    customer_id: customerId,
    reason,
    credit_applied_to_balance: false,
    currency_code: transaction.currency_code,
    status,
    items: parts.map(({ itemId, amount, full }, index) => ({
      id: newPaddleId('adjitm'),
      item_id: itemId,
      type: full ? 'full' : 'partial',
      amount: String(amount),
      proration: null,
      totals: { subtotal: String(amounts[index]?.subtotal ?? 0n), tax: String(amounts[index]?.tax ?? 0n), total: String(amount) },
    })),
    totals: {
      subtotal: String(total - tax),
      tax: String(tax),
      total: String(total),
      fee: '0',
      earnings: String(total - tax),
      currency_code: transaction.currency_code,
      retained_fee: '0',
    },
    payout_totals: null,
    created_at: now,
    updated_at: now,
  };
}

/** Refund or credit of a completed transaction. A refund waits for approval, which comes by itself after the account's delay. */
export function createAdjustment(account: Account, fields: Fields, later: (ms: number, run: () => void) => void): IAdjustmentResponse {
  const transaction = transactionOf(account, textOf(fields, 'transaction_id'));
  const action = wordOf(fields, 'action', ['refund', 'credit'] as const);
  if (transaction.status !== 'completed') {
    throw new ApiFault(400, 'adjustment_transaction_invalid_status_for_refund', 'only a completed transaction can be given back', 'transaction_id');
  }
  const parts = partsOf(account, transaction, fields).filter(({ amount }) => amount > 0n);
  const adjustment = build(account, transaction, action, action === 'refund' ? 'pending_approval' : 'approved', textOf(fields, 'reason'), parts);
  account.put('adjustments', adjustment.id, adjustment);
  account.webhooks.emit('adjustment.created', adjustment);
  const { refundApprovalMs } = account.settings;
  if (adjustment.status === 'pending_approval' && refundApprovalMs !== null) later(refundApprovalMs, () => decideAdjustment(account, adjustment.id, 'approved'));
  return adjustment;
}

/** Approves or rejects a refund that waits; any other is left as it is. */
export function decideAdjustment(account: Account, id: string, status: 'approved' | 'rejected' | 'reversed'): IAdjustmentResponse {
  const before = account.get('adjustments', id);
  if (!before) throw notFound(id);
  if (before.status === status || (before.status !== 'pending_approval' && status !== 'reversed')) return before;
  const adjustment: IAdjustmentResponse = { ...before, status, updated_at: instant() };
  account.put('adjustments', id, adjustment);
  account.webhooks.emit('adjustment.updated', adjustment);
  return adjustment;
}

/** Takes up the refunds that a former process left waiting for their approval. */
export function resumeApprovals(account: Account, later: (ms: number, run: () => void) => void): void {
  const { refundApprovalMs } = account.settings;
  if (refundApprovalMs === null) return;
  for (const { id, status } of account.all('adjustments').values()) {
    if (status === 'pending_approval') later(refundApprovalMs, () => decideAdjustment(account, id, 'approved'));
  }
}

/** The payer's bank takes everything back. */
export function chargeBack(account: Account, transactionId: string): IAdjustmentResponse {
  const transaction = transactionOf(account, transactionId);
  const parts = partsOf(account, transaction, { type: 'full' }).filter(({ amount }) => amount > 0n);
  const adjustment = build(account, transaction, 'chargeback', 'approved', 'chargeback', parts);
  account.put('adjustments', adjustment.id, adjustment);
  account.webhooks.emit('adjustment.created', adjustment);
  return adjustment;
}
