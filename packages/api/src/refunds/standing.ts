import { and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import {
  refundRefusal, refundUntil, sum, todayIn, type DateOnly, type Money, type ProductsRule, type RefundFacts, type RefundOrigin, type RefundRefusal,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { cashReceipts, claims, instalments, memberships, paymentAccounts, payments, refunds } from '@interdomestik/db/schema';
import { inTill } from '../cash/till';
import { moneyOf } from '../memberships/service';

export type Membership = typeof memberships.$inferSelect;
export type Payment = typeof payments.$inferSelect;
export type Receipt = typeof cashReceipts.$inferSelect;

/** A membership with all that was paid for it and what became of that. */
export interface RefundStanding {
  readonly membership: Membership;
  /** Paid, with something left of it; the oldest first. */
  readonly payments: readonly Payment[];
  readonly receipts: readonly Receipt[];
  readonly facts: RefundFacts;
  readonly method: 'card' | 'cash' | 'bank_transfer' | null;
}

async function claimStates(tx: Tx, scope: TenantScope, membership: Membership): Promise<string[]> {
  const found = await tx.selectDistinct({ status: claims.status }).from(claims)
    .where(and(eq(claims.tenantId, scope.tenantId), eq(claims.userId, membership.userId), or(eq(claims.membershipId, membership.id), isNull(claims.membershipId))));
  return found.map(({ status }) => status);
}

/** Reads where a membership's money stands; with `lock` its payments, then itself and its receipts are held, in the order in which the provider's messages hold them. Null for an unknown one. */
export async function refundStanding(tx: Tx, scope: TenantScope, membershipId: string, lock: boolean): Promise<RefundStanding | null> {
  const paid = tx.select().from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, membershipId), isNotNull(payments.paidAt))).orderBy(asc(payments.paidAt), asc(payments.id));
  const all = await (lock ? paid.for('no key update') : paid);
  const own = tx.select().from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  const [membership] = await (lock ? own.for('no key update') : own);
  if (membership === undefined) return null;
  const left = all.filter(({ amountMinor, refundedMinor, status }) => amountMinor > refundedMinor && status !== 'disputed');
  const ids = left.map(({ id }) => id);
  const of = tx.select().from(cashReceipts).where(and(eq(cashReceipts.tenantId, scope.tenantId), inArray(cashReceipts.paymentId, ids))).orderBy(asc(cashReceipts.id));
  const receipts = ids.length === 0 ? [] : await (lock ? of.for('no key update') : of);
  const open = await tx.select({ id: refunds.id }).from(refunds).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.membershipId, membershipId), eq(refunds.status, 'asked'))).limit(1);
  const methods = [...new Set(left.map(({ method }) => method))];
  const method = methods.length === 1 && (methods[0] === 'card' || methods[0] === 'cash' || methods[0] === 'bank_transfer') ? methods[0] : null;
  const firstPaid = all[0]?.paidAt ?? null;
  // cash of years before us is in no receipt of ours, and its sale in no ledger
  const known = membership.channel !== 'import' && method !== null && (method !== 'cash' ? left.every(({ providerTransactionId }) => providerTransactionId !== null) : receipts.length === left.length);
  return {
    membership, payments: left, receipts, method,
    facts: { paidOn: firstPaid === null ? null : todayIn(scope.tenant.timeZone, firstPaid), known, asked: open.length > 0, left: left.length > 0, upgraded: membership.cutEndsOn !== null, claims: await claimStates(tx, scope, membership) },
  };
}

/** What is given back: all that is left of every payment; null where nothing is. */
export function amountLeft({ payments: paid }: RefundStanding): Money | null {
  const [first] = paid;
  if (first === undefined) return null;
  return sum(paid.map(({ amountMinor, refundedMinor, currency }) => moneyOf(amountMinor - refundedMinor, currency)), moneyOf(0n, first.currency).currency);
}

export interface RefundOffer {
  readonly refusal: RefundRefusal | null;
  readonly method: 'card' | 'cash' | 'bank_transfer' | null;
  readonly amount: Money | null;
  /** Last day on which it is given back. */
  readonly until: DateOnly | null;
  /** Whose cash it can come from, or the bank; nothing for a card. */
  readonly from: readonly RefundOrigin[];
}

/** Whether the tenant has a bank account of that currency, whose statements will show what it paid out. */
async function paysByBank(tx: Tx, scope: TenantScope, { currency }: Money): Promise<boolean> {
  const own = and(eq(paymentAccounts.tenantId, scope.tenantId), eq(paymentAccounts.provider, 'bank_transfer'), eq(paymentAccounts.currency, currency));
  return (await tx.select({ id: paymentAccounts.id }).from(paymentAccounts).where(own).limit(1)).length > 0;
}

/** What can be given back of a membership today, and whose cash is there for it. */
export async function offerOf(tx: Tx, scope: TenantScope, standing: RefundStanding, products: ProductsRule, now: Date): Promise<RefundOffer> {
  const { facts, membership, method, receipts } = standing;
  const amount = amountLeft(standing);
  const refusal = refundRefusal(facts, todayIn(scope.tenant.timeZone, now), products);
  const from: RefundOrigin[] = [];
  if (refusal === null && method === 'cash' && amount !== null) {
    // of cash that was credited in part, some went out of a branch: its hands and the receipt are not one sum any more
    if (receipts.every(({ status }) => status === 'collected') && standing.payments.every(({ refundedMinor }) => refundedMinor === 0n)) from.push('collector');
    if ((await inTill(tx, scope, membership.branchId, amount.currency)).minor >= amount.minor) from.push('branch');
  }
  // one order to the bank is one payment: what was paid in parts goes back in cash
  if (refusal === null && (method === 'cash' || method === 'bank_transfer') && standing.payments.length === 1 && amount !== null && (await paysByBank(tx, scope, amount))) from.push('bank');
  return { refusal, method, amount, until: facts.paidOn === null ? null : refundUntil(facts.paidOn, products), from };
}

/** The parts by which a membership is paid; none where it was paid at once. */
export async function partsOf(tx: Tx, scope: TenantScope, membershipId: string) {
  return await tx.select().from(instalments).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.membershipId, membershipId))).orderBy(asc(instalments.number));
}
