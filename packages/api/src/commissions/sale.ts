import { and, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import { money, reducePayment, saleKindOf, staffRoles, type Currency, type Money } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { instalments, memberships, payments, referralCodes, userRoles } from '@interdomestik/db/schema';
import { historyOf } from '../webhooks/history';

/** The newest earlier purchase of the same member, which says what a later one is. In a list of fields drizzle writes a column without its table, which inside a subquery would mean the inner one. */
export const previousPurchase = sql<{ planCode: string; minor: string } | null>`(select json_build_object('planCode', b.plan_code, 'minor', b.price_minor::text) from memberships b
  where b.tenant_id = ${memberships}.tenant_id and b.user_id = ${memberships}.user_id and b.activated_at < ${memberships}.activated_at order by b.activated_at desc limit 1)`;

/** What a payment is to whoever earns by it. */
export interface EarningSale {
  readonly agentId: string;
  readonly branchId: string;
  readonly membershipId: string;
  readonly planCode: string;
  readonly kind: ReturnType<typeof saleKindOf>;
  /** When it was sold: the rule of that moment decides. */
  readonly soldAt: Date;
  readonly paidMinor: bigint;
  /** The fee without tax, inside what was paid. */
  readonly net: Money;
  /** What has gone back of it, or is disputed. */
  readonly backMinor: bigint;
  readonly lastEventAt: Date | null;
}

type Payment = typeof payments.$inferSelect;
type Membership = Pick<typeof memberships.$inferSelect, 'id' | 'sellerId' | 'referralCodeId' | 'planCode' | 'channel' | 'priceMinor' | 'activatedAt'>;

/**
 * Who earns by a sale. One that names a referral code counts for who handed the code out, any other for its seller, so that one sale is counted once. A member who recommends a friend
 * is rewarded otherwise and earns nothing here.
 */
async function earnerOf(tx: Tx, scope: TenantScope, sale: Membership): Promise<string | null> {
  if (sale.referralCodeId === null) return sale.sellerId;
  const [code] = await tx.select({ userId: referralCodes.userId }).from(referralCodes)
    .innerJoin(userRoles, and(eq(userRoles.tenantId, referralCodes.tenantId), eq(userRoles.userId, referralCodes.userId), inArray(userRoles.role, [...staffRoles])))
    .where(and(eq(referralCodes.tenantId, scope.tenantId), eq(referralCodes.id, sale.referralCodeId))).limit(1);
  return code?.userId ?? null;
}

/** A payment that is no part of the price and follows another one of the same membership renews it. */
async function renews(tx: Tx, scope: TenantScope, payment: Payment, paidAt: Date): Promise<boolean> {
  const [part] = await tx.select({ id: instalments.id }).from(instalments).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.paymentId, payment.id)));
  if (part !== undefined || payment.membershipId === null) return false;
  const [earlier] = await tx.select({ id: payments.id }).from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, payment.membershipId), ne(payments.id, payment.id), isNotNull(payments.paidAt), lt(payments.paidAt, paidAt))).limit(1);
  return earlier !== undefined;
}

/** What a paid payment is to whoever earns by it; null for one that earns nobody anything: not paid, free, brought over from files, or without a seller. */
export async function earningSale(tx: Tx, scope: TenantScope, payment: Payment): Promise<EarningSale | null> {
  const { membershipId, paidAt } = payment;
  if (membershipId === null || paidAt === null || payment.amountMinor <= 0n) return null;
  const [sale] = await tx.select({
    id: memberships.id, sellerId: memberships.sellerId, referralCodeId: memberships.referralCodeId, planCode: memberships.planCode, channel: memberships.channel, priceMinor: memberships.priceMinor, activatedAt: sql<Date | null>`${memberships.activatedAt}`.mapWith(memberships.createdAt),
    previous: previousPurchase,
  }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  if (sale === undefined || sale.channel === 'import' || sale.priceMinor <= 0n) return null;
  const agentId = await earnerOf(tx, scope, sale);
  if (agentId === null) return null;
  const renewal = await renews(tx, scope, payment, paidAt);
  const before = sale.previous === null ? null : { planCode: sale.previous.planCode, minor: BigInt(sale.previous.minor) };
  const currency = payment.currency as Currency;
  const state = reducePayment(await historyOf(tx, scope, payment), currency);
  return {
    agentId, branchId: payment.branchId, membershipId, planCode: sale.planCode, kind: renewal ? 'renewal' : saleKindOf({ planCode: sale.planCode, minor: sale.priceMinor }, before), soldAt: renewal ? paidAt : (sale.activatedAt ?? paidAt),
    paidMinor: payment.amountMinor, net: money(payment.amountMinor - (payment.vatMinor ?? 0n), currency), backMinor: payment.refundedMinor + state.disputed.minor, lastEventAt: payment.lastEventAt,
  };
}
