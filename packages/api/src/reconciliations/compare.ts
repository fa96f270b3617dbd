import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { compareTransaction, isId, paymentStatuses, type DifferenceKind } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { ledgerTransactions, payments } from '@interdomestik/db/schema';
import { moneyOf } from '../memberships/service';
import { composeAdjustmentEvent, composeTransactionEvent } from '../vendors/paddle';
import type { ProviderAdjustment, ProviderTransaction } from '../vendors/payment-provider';
import { adjustmentTypes } from '../webhooks/adjustment';
import { adjustmentKey, historyOf, reversedKey } from '../webhooks/history';
import type { Payment } from '../webhooks/settlement';

/** A message that never came, as it goes into the inbox. Its number follows from what it says, so that it comes once however often it is missed. */
export interface MissedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Date;
  readonly raw: string;
}

/** What the comparison of one of the provider's records came to. */
export interface Compared {
  readonly providerId: string;
  readonly payment: Payment | null;
  readonly told: { readonly minor: bigint | null; readonly currency: string | null };
  readonly missed: MissedEvent | null;
  readonly differs: DifferenceKind | null;
}

const referenceOf = ({ customData }: ProviderTransaction): string | null => (typeof customData['reference'] === 'string' && isId(customData['reference']) ? customData['reference'] : null);

/** Our payments that these of the provider are about, read at once. */
async function paymentsOf(tx: Tx, scope: TenantScope, accountId: string, references: readonly string[], transactionIds: readonly string[]): Promise<Payment[]> {
  if (transactionIds.length === 0) return [];
  return await tx.select().from(payments).where(and(
    eq(payments.tenantId, scope.tenantId), eq(payments.paymentAccountId, accountId),
    or(references.length === 0 ? undefined : inArray(payments.id, [...references]), inArray(payments.providerTransactionId, [...transactionIds])),
  ));
}

/** When the money moved, as far as the provider says; what it last changed otherwise. */
function happenedAt({ payments: attempts, billedAt, updatedAt, createdAt }: ProviderTransaction, now: Date): Date {
  const captured = attempts.flatMap(({ status, capturedAt }) => (status === 'captured' && capturedAt !== null ? [capturedAt] : [])).toSorted((a, b) => b.getTime() - a.getTime());
  return captured[0] ?? billedAt ?? updatedAt ?? createdAt ?? now;
}

function missedTransaction(transaction: ProviderTransaction, now: Date): MissedEvent {
  const { id, status } = transaction;
  // a sale that was given up ends when it was given up, whatever was tried before
  const head = { id: `rec_${id}_${status}`, type: `transaction.${status}`, occurredAt: status === 'completed' ? happenedAt(transaction, now) : (transaction.updatedAt ?? now) };
  return { eventId: head.id, eventType: head.type, occurredAt: head.occurredAt, raw: composeTransactionEvent(head, transaction) };
}

/** Compares transactions of the provider with our payments. */
export async function compareTransactions(tx: Tx, scope: TenantScope, accountId: string, listed: readonly ProviderTransaction[], now: Date): Promise<Compared[]> {
  const own = await paymentsOf(tx, scope, accountId, listed.flatMap((one) => referenceOf(one) ?? []), listed.map(({ id }) => id));
  const [byId, byTransaction] = [new Map(own.map((payment) => [payment.id, payment])), new Map(own.map((payment) => [payment.providerTransactionId, payment]))];
  return listed.map((transaction) => {
    const reference = referenceOf(transaction);
    const payment = (reference === null ? byTransaction.get(transaction.id) : byId.get(reference)) ?? null;
    const { totals, currency, status } = transaction;
    const told = { id: transaction.id, status, currency, total: totals?.grandTotal ?? null, tax: totals?.tax ?? null };
    const verdict = compareTransaction(told, payment === null ? null : {
      status: paymentStatuses.find((one) => one === payment.status) ?? 'pending', isPaid: payment.paidAt !== null, amount: moneyOf(payment.amountMinor, payment.currency), tax: payment.vatMinor,
      providerTransactionId: payment.providerTransactionId,
    });
    return {
      providerId: transaction.id, payment, told: { minor: told.total, currency }, missed: verdict.kind === 'missed' ? missedTransaction(transaction, now) : null, differs: verdict.kind === 'differs' ? verdict.as : null,
    };
  });
}

/** What the ledger holds of an adjustment, in minor units; null when it was never booked. */
async function bookedOf(tx: Tx, scope: TenantScope, payment: Payment, key: string): Promise<bigint | null> {
  const found = (await historyOf(tx, scope, payment)).find(({ eventId }) => eventId === key);
  return found?.kind === 'adjustment' ? found.amount.minor : null;
}

/** Compares refunds and disputes of the provider with what is booked. Only what was approved, or taken back after it was, has moved money. */
export async function compareAdjustments(tx: Tx, scope: TenantScope, accountId: string, listed: readonly ProviderAdjustment[], now: Date): Promise<Compared[]> {
  const moved = listed.flatMap((adjustment) => {
    const type = adjustmentTypes[adjustment.action];
    return type === undefined || (adjustment.status !== 'approved' && adjustment.status !== 'reversed') ? [] : [{ adjustment, type }];
  });
  const own = new Map((await paymentsOf(tx, scope, accountId, [], moved.map(({ adjustment }) => adjustment.transactionId))).map((payment) => [payment.providerTransactionId, payment]));
  const keys = moved.flatMap(({ adjustment, type }) => {
    const payment = own.get(adjustment.transactionId);
    return payment === undefined ? [] : [adjustmentKey(payment, type, adjustment.id), reversedKey(payment, type, adjustment.id)];
  });
  const booked = new Set(keys.length === 0 ? [] : (await tx.select({ key: ledgerTransactions.effectKey }).from(ledgerTransactions)
    .where(and(eq(ledgerTransactions.tenantId, scope.tenantId), sql`${ledgerTransactions.effectKey} = any(${sql.param(keys)}::text[])`))).map(({ key }) => key));
  const compared: Compared[] = [];
  for (const { adjustment, type } of moved) {
    const { id, status, total, currency, updatedAt, createdAt } = adjustment;
    const payment = own.get(adjustment.transactionId) ?? null;
    const key = payment === null ? '' : adjustmentKey(payment, type, id);
    const known = payment !== null && booked.has(key) && (status === 'approved' || booked.has(reversedKey(payment, type, id)));
    const head = { id: `rec_${id}_${status}`, type: 'adjustment.updated', occurredAt: updatedAt ?? createdAt ?? now };
    const altered = known && (await bookedOf(tx, scope, payment, key)) !== total;
    compared.push({
      providerId: id, payment, told: { minor: total, currency },
      missed: payment === null || known ? null : { eventId: head.id, eventType: head.type, occurredAt: head.occurredAt, raw: composeAdjustmentEvent(head, adjustment) },
      differs: payment === null ? 'unknown' : altered ? 'amount' : null,
    });
  }
  return compared;
}
