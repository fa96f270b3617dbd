import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { chartOfAccounts, type PaymentEvent } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { ledgerAccounts, ledgerEntries, ledgerTransactions } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import type { Payment } from './settlement';

export type AdjustmentType = Extract<PaymentEvent, { kind: 'adjustment' }>['type'];

const adjustmentTypes: readonly AdjustmentType[] = ['refund', 'chargeback', 'chargeback_reversal'];

/** The unique key of a booked adjustment; what the ledger remembers of it. */
export const adjustmentKey = (payment: Payment, type: AdjustmentType, adjustmentId: string): string => `payment:${payment.id}:${type}:${adjustmentId}`;
export const reversedKey = (payment: Payment, type: AdjustmentType, adjustmentId: string): string => `${adjustmentKey(payment, type, adjustmentId)}:reversed`;

/**
 * What is known of a payment so far, as events for the reducer of the rules: the payment's own row says whether and when it was paid, the ledger which
 * adjustments were booked. So an event that comes late, twice or in another order meets the same past.
 */
export async function historyOf(tx: Tx, scope: TenantScope, payment: Payment): Promise<PaymentEvent[]> {
  const amount = moneyOf(payment.amountMinor, payment.currency);
  const past: PaymentEvent[] = [];
  if (payment.paidAt !== null) past.push({ eventId: '~paid', occurredAt: payment.paidAt, kind: 'paid', amount });
  if (payment.lastEventAt !== null && payment.paidAt === null) {
    past.push({ eventId: '~last', occurredAt: payment.lastEventAt, kind: payment.status === 'failed' ? 'failed' : 'opened' });
  }
  const booked = await tx.select({ effectKey: ledgerTransactions.effectKey, occurredAt: ledgerTransactions.occurredAt, total: sql<string>`abs(sum(${ledgerEntries.amountMinor}))::text` })
    .from(ledgerTransactions)
    .innerJoin(ledgerEntries, and(eq(ledgerEntries.tenantId, ledgerTransactions.tenantId), eq(ledgerEntries.transactionId, ledgerTransactions.id)))
    .innerJoin(ledgerAccounts, and(eq(ledgerAccounts.tenantId, ledgerEntries.tenantId), eq(ledgerAccounts.id, ledgerEntries.accountId)))
    .where(and(
      eq(ledgerTransactions.tenantId, scope.tenantId), eq(ledgerTransactions.sourceType, 'payment'), eq(ledgerTransactions.sourceId, payment.id),
      inArray(ledgerTransactions.kind, ['card_refund', 'chargeback', 'reversal']), eq(ledgerAccounts.code, chartOfAccounts.providerReceivable.code),
    ))
    .groupBy(ledgerTransactions.effectKey, ledgerTransactions.occurredAt).orderBy(asc(ledgerTransactions.occurredAt));
  for (const { effectKey, occurredAt, total } of booked) {
    const [, , type, adjustmentId, reversed] = effectKey.split(':');
    const known = adjustmentTypes.find((candidate) => candidate === type);
    if (known === undefined || adjustmentId === undefined) continue;
    const status = reversed === undefined ? 'approved' : 'reversed';
    past.push({ eventId: effectKey, occurredAt, kind: 'adjustment', adjustmentId: `${known}:${adjustmentId}`, type: known, status, amount: moneyOf(BigInt(total), payment.currency) });
  }
  return past;
}
