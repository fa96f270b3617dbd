import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import {
  bankPaidOutLegs, conflict, formatMoney, fullName, newId, newReference, notFound, owedBackLegs, type Money, type ReferenceForm, type RefundInput,
} from '@interdomestik/rules';
import { actAsTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { payments, refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { followPayment } from '../commissions/settle';
import { post } from '../ledger';
import { endCoverage } from '../memberships/coverage';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { portalPaths } from '../site/origins';
import { openJson, SealBroken, sealJson } from '../vendors/secrets';
import { creditWhole, keptLegs, type CashRefundRules } from './in-cash';
import { partsOf, type RefundStanding } from './standing';

type Refund = typeof refunds.$inferSelect;

const accountSchema = z.object({ iban: z.string() });

/** The account that a refund is paid out to; null for another way, and where no key opens it any more. */
export function payoutIban({ payoutAccount, tenantId }: Pick<Refund, 'payoutAccount' | 'tenantId'>): string | null {
  if (payoutAccount === null) return null;
  try {
    return openJson(accountSchema, payoutAccount, tenantId).iban;
  } catch (error) {
    if (error instanceof SealBroken) return null;
    throw error;
  }
}

async function tell(tx: Tx, scope: TenantScope, userId: string, kind: 'payment.refund_by_bank' | 'payment.refunded_bank', amount: Money, effectKey: string): Promise<void> {
  const [member] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  await notify(tx, scope, { userId, kind, params: { amount: formatMoney(amount, localeOfRow(member?.locale ?? scope.tenant.defaultLocale)) }, href: portalPaths.payments, effectKey });
}

/**
 * Gives a membership's fee back by the bank: the membership ends, its invoice is credited and the fee is owed to the member in the books, in one transaction; what the bank then pays out closes it. Gives the credit note's number,
 * null where nothing was invoiced. Part of the transaction that holds the standing's locks. Throws CONFLICT for what was paid in several parts.
 */
export async function giveByBank(tx: Tx, scope: TenantScope, standing: RefundStanding, amount: Money, input: RefundInput, by: string, rules: CashRefundRules, form: ReferenceForm, now: Date): Promise<string | null> {
  const { membership, payments: [payment, ...others] } = standing;
  if (payment === undefined || others.length > 0 || input.iban === undefined) throw conflict('errors.refund.method');
  const legs = owedBackLegs(await keptLegs(tx, scope, payment, await partsOf(tx, scope, membership.id)));
  const refundId = newId();
  await tx.insert(refunds).values({
    tenantId: scope.tenantId, id: refundId, paymentId: payment.id, membershipId: membership.id, userId: payment.userId, branchId: payment.branchId, source: 'bank', amountMinor: payment.amountMinor - payment.refundedMinor, currency: payment.currency,
    status: 'asked', note: input.note, askedBy: by, payoutAccount: sealJson({ iban: input.iban } satisfies z.input<typeof accountSchema>, scope.tenantId), payoutReference: newReference(form), createdAt: now, updatedAt: now,
  });
  await tx.update(payments).set({ status: 'refunded', refundedMinor: payment.amountMinor, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, payment.id)));
  await post(tx, scope, {
    kind: 'credit_note', branchId: payment.branchId, source: { type: 'payment', id: payment.id }, effectKey: `payment:${payment.id}:refund`, occurredAt: now, legs, parties: { creditsOwed: payment.userId },
  });
  await followPayment(tx, scope, payment.id);
  await endCoverage(tx, scope, membership.id, rules.workflows.value, now);
  await tell(tx, scope, membership.userId, 'payment.refund_by_bank', amount, `refund:${refundId}:owed`);
  return await creditWhole(tx, scope, standing, { by, note: input.note }, rules.invoicing, now);
}

/**
 * Pays a refund out to another account than was given; what goes to the bank from now on names that one. Throws NOT_FOUND for one out of sight, CONFLICT once the bank has paid it out and for one that waits for no bank.
 */
export async function correctAccount(asker: TenantScope, id: string, iban: string, now: Date): Promise<void> {
  const scope = actAsTenant(asker, 'refunds.correctAccount');
  await withTenant(scope, async (tx) => {
    const [refund] = await tx.select({ source: refunds.source, status: refunds.status }).from(refunds).where(and(visible(asker, refunds), eq(refunds.id, id))).for('no key update');
    if (refund === undefined) throw notFound();
    if (refund.source !== 'bank' || refund.status !== 'asked') throw conflict('errors.refund.decided');
    await tx.update(refunds).set({ payoutAccount: sealJson({ iban } satisfies z.input<typeof accountSchema>, scope.tenantId), updatedAt: now }).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, id)));
  });
}

const bare = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/gu, '').toUpperCase();

/** Refunds that wait to be paid out and are of exactly this much, the oldest first. */
export async function waitingFor(tx: Tx, scope: TenantScope, amount: Money): Promise<Refund[]> {
  return await tx.select().from(refunds)
    .where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.source, 'bank'), eq(refunds.status, 'asked'), eq(refunds.amountMinor, amount.minor), eq(refunds.currency, amount.currency))).orderBy(asc(refunds.createdAt), asc(refunds.id)).limit(200);
}

/** The refund that money which went out surely is of: the one whose reference it names, or the only one of exactly this much to that account. Null: nobody can be sure. */
export async function paidOutWith(tx: Tx, scope: TenantScope, amount: Money, references: readonly string[], account: string): Promise<string | null> {
  const waiting = await waitingFor(tx, scope, amount);
  const named = waiting.filter(({ payoutReference }) => payoutReference !== null && references.includes(payoutReference));
  const sure = named.length > 0 || account.trim() === '' ? named : waiting.filter((refund) => payoutIban(refund) === bare(account));
  return sure.length === 1 ? (sure[0]?.id ?? null) : null;
}

/** The bank has paid a refund out: it is done, and the books owe it no more. Once; part of the transaction that says so of the movement. Throws NOT_FOUND for one that is not there, CONFLICT for one that waits for no bank or is of another amount. */
export async function closePaidOut(tx: Tx, scope: TenantScope, refundId: string, amount: Money, now: Date): Promise<void> {
  const [refund] = await tx.select().from(refunds).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refundId))).for('no key update');
  if (refund === undefined) throw notFound();
  if (refund.source !== 'bank' || refund.status !== 'asked') throw conflict('errors.refund.decided');
  if (refund.amountMinor !== amount.minor || refund.currency !== amount.currency) throw conflict('errors.refund.amount');
  await tx.update(refunds).set({ status: 'done', doneAt: now, updatedAt: now }).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.id, refundId)));
  await post(tx, scope, {
    kind: 'bank_refund', branchId: refund.branchId, source: { type: 'payment', id: refund.paymentId }, effectKey: `refund:${refund.id}:paid`, occurredAt: now, legs: bankPaidOutLegs(amount), parties: { creditsOwed: refund.userId },
  });
  await tell(tx, scope, refund.userId, 'payment.refunded_bank', amount, `refund:${refund.id}:paid`);
}

/** The same as a person sees them. */
export async function payoutsOf(tx: Tx, scope: TenantScope, amount: Money) {
  const waiting = await waitingFor(tx, scope, amount);
  const people = waiting.length === 0 ? [] : await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, waiting.map(({ userId }) => userId))));
  return waiting.map((refund) => {
    const member = people.find(({ id }) => id === refund.userId);
    return { refundId: refund.id, memberName: member === undefined ? '' : fullName(member), amount: moneyOf(refund.amountMinor, refund.currency), reference: refund.payoutReference ?? '', iban: payoutIban(refund), askedAt: refund.createdAt };
  });
}
