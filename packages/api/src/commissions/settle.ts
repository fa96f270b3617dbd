import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { commissionEarnedLegs, commissionFor, formatMoney, money, netKept, newId, reversalLegs, type Money, type ResolvedRule } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { commissions, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';
import { post } from '../ledger';
import { notify } from '../notifications';
import { ruleOf } from '../settings/rules';
import { earningSale, type EarningSale } from './sale';

type Payment = typeof payments.$inferSelect;

async function paymentOf(tx: Tx, scope: TenantScope, id: string, lock: boolean): Promise<Payment | undefined> {
  const found = tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.id, id)));
  const [payment] = await (lock ? found.for('no key update') : found);
  return payment;
}

/** What has been booked for a payment: for whom, how much in all, and how often. */
async function bookedFor(tx: Tx, scope: TenantScope, paymentId: string) {
  const rows = await tx.select({ agentId: commissions.agentId, minor: commissions.amountMinor, number: commissions.number, approvedAt: commissions.approvedAt, approvedBy: commissions.approvedBy }).from(commissions)
    .where(and(eq(commissions.tenantId, scope.tenantId), eq(commissions.paymentId, paymentId))).orderBy(desc(commissions.number));
  return { last: rows[0], minor: rows.reduce((total, row) => total + row.minor, 0n) };
}

async function tellTakenBack(tx: Tx, scope: TenantScope, agentId: string, amount: Money, effectKey: string): Promise<void> {
  const [row] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId)));
  await notify(tx, scope, { userId: agentId, kind: 'commission.taken_back', params: { amount: formatMoney(amount, localeOfRow(row?.locale ?? scope.tenant.defaultLocale)) }, href: '/commissions?view=account', effectKey: `${effectKey}:told` });
}

/** Books the difference between what the payment earns as it stands and what is booked for it. */
async function bookDifference(tx: Tx, scope: TenantScope, payment: Payment, sale: EarningSale, rule: ResolvedRule<'commissions'>, now: Date): Promise<void> {
  const net = netKept(sale.net, sale.paidMinor, sale.backMinor);
  const { amount, kind, receipt } = commissionFor(rule, { planCode: sale.planCode, kind: sale.kind, net });
  const booked = await bookedFor(tx, scope, payment.id);
  const difference = amount.minor - booked.minor;
  if (difference === 0n) return;
  const first = booked.last === undefined;
  const agentId = booked.last?.agentId ?? sale.agentId;
  const number = (booked.last?.number ?? 0) + 1;
  const effectKey = `payment:${payment.id}:commission:${String(number)}`;
  const occurredAt = first ? (payment.paidAt ?? now) : (payment.lastEventAt ?? now);
  const id = newId();
  await tx.insert(commissions).values({
    tenantId: scope.tenantId, id, branchId: sale.branchId, agentId, paymentId: payment.id, membershipId: sale.membershipId, number, kind, planCode: sale.planCode, netMinor: net.minor, rateBp: rule.value.percentBp[kind],
    amountMinor: difference, currency: payment.currency, receipt, occurredAt, createdAt: now, updatedAt: now,
    // what follows an approved commission needs no approval of its own: it corrects what was approved
    approvedAt: booked.last?.approvedAt === undefined || booked.last.approvedAt === null ? null : now, approvedBy: booked.last?.approvedBy ?? null,
  });
  const size = money(difference < 0n ? -difference : difference, amount.currency);
  await post(tx, scope, {
    kind: difference > 0n ? 'commission_earned' : 'reversal', branchId: sale.branchId, source: { type: 'commission', id }, effectKey, occurredAt,
    legs: difference > 0n ? commissionEarnedLegs(size) : reversalLegs(commissionEarnedLegs(size)), parties: { commissionsPayable: agentId },
  });
  if (difference < 0n) await tellTakenBack(tx, scope, agentId, size, effectKey);
}

/**
 * Makes what is booked for a payment what it earns as it stands: the whole when it is paid, less by what goes back or is disputed, more again when a dispute is won; by the rule that was in force when
 * it was sold. The state decides and not the message, so that it may be asked for any number of times, in any order and by several at once: each difference is booked once. Does nothing for a payment that earns
 * nobody anything.
 */
export async function settleCommission(asker: TenantScope, paymentId: string, now: Date): Promise<void> {
  const scope = inAction(asker, 'commissions.settle');
  const seen = await withTenant(scope, async (tx) => {
    const payment = await paymentOf(tx, scope, paymentId, false);
    return payment === undefined ? null : await earningSale(tx, scope, payment);
  });
  if (seen === null) return;
  const rule = await ruleOf(scope, 'commissions', seen.soldAt);
  await withTenant(scope, async (tx) => {
    // whoever pays back or books for the same payment waits here, and finds what the other one left
    const payment = await paymentOf(tx, scope, paymentId, true);
    const sale = payment === undefined ? null : await earningSale(tx, scope, payment);
    if (payment !== undefined && sale !== null) await bookDifference(tx, scope, payment, sale, rule, now);
  });
}

/** Books what a payment earns or no longer earns. */
export const settleCommissionJob = defineJob({
  name: 'commissions.settle', payload: z.object({ paymentId: z.uuid() }), retries: 10, run: (scope, { paymentId }) => settleCommission(scope, paymentId, new Date()),
});

/** Money of a payment came, went back or is disputed: its commission follows as soon as this is committed. */
export async function followPayment(tx: Tx, scope: TenantScope, paymentId: string): Promise<void> {
  await enqueue(tx, scope, settleCommissionJob, { paymentId });
}
