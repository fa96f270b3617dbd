import { and, eq } from 'drizzle-orm';
import { bankHeldLegs, compare, formatMoney, isZero, notFound, smallerOf, subtract, zero, type Money } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { bankLines, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { post } from '../ledger';
import { isTold } from '../mails';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { portalPaths } from '../site/origins';
import { heldFor, lockHeld, settleTransfer, type Payment, type TransferRules } from './settle';

export type BankLine = typeof bankLines.$inferSelect;

export const ofLine = (scope: TenantScope, id: string) => and(eq(bankLines.tenantId, scope.tenantId), eq(bankLines.id, id));

/** A payment by transfer of this tenant, locked. Anything else is NOT_FOUND. */
export async function lockTransfer(tx: Tx, scope: TenantScope, paymentId: string): Promise<Payment> {
  const [payment] = await tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, paymentId), eq(payments.method, 'bank_transfer'))).for('no key update');
  if (payment === undefined) throw notFound();
  return payment;
}

/** Whether money may still pay for it: it is not paid, and no other sale stands in its place. */
const isOpen = ({ paidAt, replacedAt }: Payment): boolean => paidAt === null && replacedAt === null;

/** What is still to come of a payment; nothing once it is paid. */
export async function missingOf(tx: Tx, scope: TenantScope, payment: Payment): Promise<Money> {
  const gross = moneyOf(payment.amountMinor, payment.currency);
  return isOpen(payment) ? subtract(gross, await heldFor(tx, scope, payment)) : zero(gross.currency);
}

async function keep(tx: Tx, scope: TenantScope, line: BankLine, payment: Payment, held: Money, now: Date): Promise<void> {
  await post(tx, scope, {
    kind: 'bank_held', branchId: payment.branchId, source: { type: 'bank_line', id: line.id }, effectKey: `bank_line:${line.id}:held`, occurredAt: now, legs: bankHeldLegs(held),
  });
}

async function tellMissing(tx: Tx, scope: TenantScope, line: BankLine, payment: Payment, missing: Money, { letterhead }: TransferRules): Promise<void> {
  if (!isTold(letterhead, 'payment.failed', 'in_app')) return;
  const [person] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, payment.userId)));
  const locale = localeOfRow(person?.locale ?? scope.tenant.defaultLocale);
  await notify(tx, scope, {
    userId: payment.userId, kind: 'payment.transfer_part', params: { amount: formatMoney(moneyOf(line.amountMinor, line.currency), locale), missing: formatMoney(missing, locale) }, href: portalPaths.paid(payment.id), effectKey: `bank_line:${line.id}:part`,
  });
}

/**
 * Takes a movement as money of a sale: with what was kept before it pays the whole price, or is kept until the rest comes; what is over, and all of what comes for a sale that is paid, is kept for its payer. Exactly
 * the price activates, and nothing below it does. Part of the transaction that holds the line's lock; the payment is locked here, after it, in this order everywhere. `by` null: its reference said so.
 */
export async function assignLine(tx: Tx, scope: TenantScope, line: BankLine, paymentId: string, by: string | null, rules: TransferRules, now: Date): Promise<'booked' | 'held'> {
  const payment = await lockTransfer(tx, scope, paymentId);
  const arrived = moneyOf(line.amountMinor, line.currency);
  if (line.currency !== payment.currency || line.amountMinor <= 0n) throw notFound();
  const missing = await missingOf(tx, scope, payment);
  const completes = isOpen(payment) && compare(arrived, missing) >= 0;
  const over = completes ? subtract(arrived, missing) : arrived;
  if (completes) {
    for (const { id } of await lockHeld(tx, scope, payment.id)) await tx.update(bankLines).set({ status: 'booked', heldMinor: 0n, updatedAt: now }).where(ofLine(scope, id));
    await settleTransfer(tx, scope, payment, arrived, rules, now);
  } else {
    await keep(tx, scope, line, payment, over, now);
    if (isOpen(payment)) await tellMissing(tx, scope, line, payment, subtract(missing, smallerOf(arrived, missing)), rules);
  }
  const status = isZero(over) ? 'booked' : 'held';
  await tx.update(bankLines).set({ status, reason: null, paymentId: payment.id, heldMinor: over.minor, decidedBy: by, decidedAt: now, updatedAt: now }).where(ofLine(scope, line.id));
  return status;
}
