import { and, count, eq, isNotNull, isNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { assertUsesLeft, conflict, isDomainError, newId, type ProductsRule, type Quote } from '@interdomestik/rules';
import { inAction, readTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { couponRedemptions, memberships } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';

const daySeconds = 24 * 3600;
const ofSale = (scope: TenantScope, membershipId: string) => and(eq(couponRedemptions.tenantId, scope.tenantId), eq(couponRedemptions.membershipId, membershipId));
const usesOf = (scope: TenantScope, code: string) => and(eq(couponRedemptions.tenantId, scope.tenantId), eq(couponRedemptions.code, code), isNull(couponRedemptions.releasedAt));

/** Sales with the same coupon go one after the other from here to the end of the transaction, so that the last use is one. */
async function lockCoupon(tx: Tx, scope: TenantScope, code: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`coupon:${scope.tenantId}:${code}`}, 0))`);
}

const counted = (tx: Tx, scope: TenantScope, code: string) => tx.select({ value: count() }).from(couponRedemptions).where(usesOf(scope, code));

async function countUses(tx: Tx, scope: TenantScope, code: string): Promise<number> {
  const [used] = await counted(tx, scope, code);
  return used?.value ?? 0;
}

/** Throws INVALID `errors.coupon.usedUp` for a coupon without a use left: told early, while nothing is bought. `scope` must reach the tenant. */
export async function assertCouponFree(scope: TenantScope, coupon: Quote['coupon']): Promise<void> {
  if (coupon === null || coupon.maxUses === null) return;
  const [used] = await readTenant(scope, (tx) => counted(tx, scope, coupon.code));
  assertUsesLeft(coupon, used?.value ?? 0);
}

export interface CouponSale {
  readonly membershipId: string;
  readonly userId: string;
  readonly branchId: string;
  readonly coupon: Quote['coupon'];
  /** Days that the sale may wait for its payment, after which the coupon is free again; null for one that is paid already. */
  readonly holdDays: number | null;
}

/**
 * Uses up a coupon for a sale, in the sale's own transaction. Throws INVALID `errors.coupon.usedUp` when it has no use left or this person has
 * used it; of two that take the last use at the same moment one succeeds.
 */
export async function redeemCoupon(tx: Tx, scope: TenantScope, { membershipId, userId, branchId, coupon, holdDays }: CouponSale): Promise<void> {
  if (coupon === null) return;
  const { code, money, maxUses } = coupon;
  await lockCoupon(tx, scope, code);
  assertUsesLeft({ maxUses }, await countUses(tx, scope, code));
  const [own] = await tx.select({ value: count() }).from(couponRedemptions).where(and(usesOf(scope, code), eq(couponRedemptions.userId, userId)));
  assertUsesLeft({ maxUses: 1 }, own?.value ?? 0);
  await tx.insert(couponRedemptions).values({ tenantId: scope.tenantId, id: newId(), code, membershipId, userId, branchId, amountMinor: money.minor, currency: money.currency });
  if (holdDays !== null) await enqueue(tx, scope, releaseCouponJob, { membershipId }, { delaySeconds: holdDays * daySeconds });
}

/** Frees the coupon of a sale that came to nothing. One that is paid keeps it. */
export async function releaseCoupon(tx: Tx, scope: TenantScope, membershipId: string, now: Date): Promise<void> {
  const [sale] = await tx.select({ status: memberships.status }).from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId))).for('no key update');
  if (sale?.status !== 'pending') return;
  await tx.update(couponRedemptions).set({ releasedAt: now }).where(and(ofSale(scope, membershipId), isNull(couponRedemptions.releasedAt)));
}

/** Uses the coupon of a sale again, whatever is left of it: its price was agreed and its money is here. */
export async function keepCoupon(tx: Tx, scope: TenantScope, membershipId: string): Promise<void> {
  const other = alias(couponRedemptions, 'other');
  const another = tx.select({ id: other.id }).from(other)
    .where(and(eq(other.tenantId, scope.tenantId), eq(other.code, couponRedemptions.code), eq(other.userId, couponRedemptions.userId), isNull(other.releasedAt)));
  await tx.update(couponRedemptions).set({ releasedAt: null }).where(and(ofSale(scope, membershipId), isNotNull(couponRedemptions.releasedAt), notExists(another)));
}

/**
 * Before a sale that waited too long is opened for payment again: its coupon is taken once more, when it has a use left. Throws CONFLICT `errors.coupon.usedUp`
 * when others were faster, because its price holds with the coupon only.
 */
export async function retakeCoupon(tx: Tx, scope: TenantScope, membershipId: string, products: ProductsRule): Promise<void> {
  const [released] = await tx.select({ code: couponRedemptions.code }).from(couponRedemptions).where(and(ofSale(scope, membershipId), isNotNull(couponRedemptions.releasedAt)));
  if (released === undefined) return;
  await lockCoupon(tx, scope, released.code);
  try {
    // a coupon that the rules have dropped meanwhile is still good for whom it was promised to
    assertUsesLeft({ maxUses: products.coupons.find(({ code }) => code === released.code)?.maxUses ?? null }, await countUses(tx, scope, released.code));
  } catch (error) {
    throw isDomainError(error) ? conflict(error.messageKey) : error;
  }
  await keepCoupon(tx, scope, membershipId);
}

/** Frees the coupon of a sale that nobody has paid in time; one that was paid, or is paid later, keeps it. */
export const releaseCouponJob = defineJob({
  name: 'memberships.releaseCoupon', payload: z.object({ membershipId: z.uuid() }), retries: 8,
  run: async (scope, { membershipId }) => {
    await withTenant(inAction(scope, 'memberships.releaseCoupon'), (tx) => releaseCoupon(tx, scope, membershipId, new Date()));
  },
});
