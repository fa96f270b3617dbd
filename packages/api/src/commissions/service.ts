import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import { commissionFor, currencySchema, money, moneySchema, netKept, saleKindOf, sum, todayIn, type Money } from '@interdomestik/rules';
import { actAsTenant, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, payments, referralCodes } from '@interdomestik/db/schema';
import { personOf } from '../accounts/profile';
import { ruleOf } from '../settings/rules';
import { previousPurchase } from './sale';

/** More sales than anybody makes in a month. */
const perMonth = 1_000;

/**
 * The sales that a person earns by. A sale that names a referral code counts for who handed the code out, any other for its seller, so that
 * one sale is counted once. What was brought over from files was sold before and earns nothing here, and what is free
 * was not sold.
 */
async function earnedBy(tx: Tx, scope: TenantScope, userId: string): Promise<SQL | undefined> {
  const codes = await tx.select({ id: referralCodes.id }).from(referralCodes).where(and(eq(referralCodes.tenantId, scope.tenantId), eq(referralCodes.userId, userId)));
  const sold = and(isNull(memberships.referralCodeId), eq(memberships.sellerId, userId));
  return and(
    eq(memberships.tenantId, scope.tenantId), ne(memberships.channel, 'import'), isNotNull(memberships.activatedAt), gt(memberships.priceMinor, 0n),
    codes.length === 0 ? sold : or(sold, inArray(memberships.referralCodeId, codes.map(({ id }) => id))),
  );
}

const monthOf = (scope: TenantScope): SQL<string> => sql<string>`to_char(${memberships.activatedAt} at time zone ${scope.tenant.timeZone}, 'YYYY-MM')`;

async function salesIn(tx: Tx, scope: TenantScope, earned: SQL | undefined, month: string) {
  // all payments of a sale together: one that is paid in parts has several
  const paid = tx.select({
    amountMinor: sql<bigint | null>`sum(${payments.amountMinor})::bigint`.mapWith(payments.amountMinor).as('amount_minor'),
    vatMinor: sql<bigint | null>`sum(${payments.vatMinor})::bigint`.mapWith(payments.amountMinor).as('vat_minor'),
    refundedMinor: sql<bigint | null>`sum(${payments.refundedMinor})::bigint`.mapWith(payments.amountMinor).as('refunded_minor'),
  }).from(payments).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, memberships.id), isNotNull(payments.paidAt))).as('paid');
  return await tx.select({
    id: memberships.id, soldAt: sql<Date>`${memberships.activatedAt}`.mapWith(memberships.createdAt), planCode: memberships.planCode, branchId: memberships.branchId, priceMinor: memberships.priceMinor, currency: memberships.currency,
    receipt: memberships.receipt, byCode: sql<boolean>`${memberships.referralCodeId} is not null`, previous: previousPurchase,
    paidMinor: paid.amountMinor, vatMinor: paid.vatMinor, refundedMinor: paid.refundedMinor,
  }).from(memberships)
    .leftJoinLateral(paid, sql`true`)
    .where(and(earned, sql`${monthOf(scope)} = ${month}`))
    .orderBy(desc(memberships.activatedAt), desc(memberships.id)).limit(perMonth);
}

type Sale = Awaited<ReturnType<typeof salesIn>>[number];

/** The fee without tax, as the sale's own receipt froze it; for sales without one what was paid less its tax. */
function netOf({ receipt, priceMinor, vatMinor, currency }: Sale): Money {
  const frozen = moneySchema.safeParse((receipt as { outcome?: { net?: unknown } } | null)?.outcome?.net);
  return frozen.success ? frozen.data : money(priceMinor - (vatMinor ?? 0n), currencySchema.parse(currency));
}

function totalOf(amounts: readonly Money[]): Money[] {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].toSorted();
  return currencies.map((currency) => sum(amounts.filter((amount) => amount.currency === currency), currency));
}

/**
 * What the caller sold in one month, and what the rule in force on the day of each sale says it earns: expected amounts, before approval and
 * payout. Plans, days and amounts only: a promoter learns that somebody joined, never who. Throws FORBIDDEN for a super admin, who sells nothing.
 */
export async function ownSales(scope: TenantScope, input: { month?: string | undefined }, now: Date) {
  const userId = personOf(scope);
  const month = input.month ?? todayIn(scope.tenant.timeZone, now).slice(0, 7);
  const found = await withTenant(actAsTenant(scope, 'commissions.own'), async (tx) => {
    const earned = await earnedBy(tx, scope, userId);
    return {
      sales: await salesIn(tx, scope, earned, month),
      months: await tx.select({ month: monthOf(scope).as('month'), count: sql<number>`count(*)::int` }).from(memberships).where(earned).groupBy(sql`1`).orderBy(sql`1 desc`).limit(24),
    };
  });
  const sales = await Promise.all(found.sales.map(async (sale) => {
    const { id, soldAt, planCode, byCode, priceMinor } = sale;
    const rule = await ruleOf(scope, 'commissions', soldAt, sale.branchId);
    const paidMinor = sale.paidMinor ?? priceMinor;
    const whole = paidMinor > priceMinor ? paidMinor : priceMinor;
    // of a price in parts only what has come earns
    const net = netKept(netOf(sale), whole, (sale.refundedMinor ?? 0n) + whole - paidMinor);
    const before = sale.previous === null ? null : { planCode: sale.previous.planCode, minor: BigInt(sale.previous.minor) };
    const { amount, kind } = commissionFor(rule, { planCode, kind: saleKindOf({ planCode, minor: priceMinor }, before), net });
    return { id, soldAt, planCode, kind, byCode, net, expected: amount, rateBp: rule.value.percentBp[kind], refunded: (sale.refundedMinor ?? 0n) > 0n };
  }));
  const { value: rule } = await ruleOf(scope, 'commissions', now);
  return {
    month, months: found.months, sales, expected: totalOf(sales.map(({ expected }) => expected)),
    minimumPayout: rule.minimumPayout.filter(({ currency }) => currency === scope.tenant.currency),
  };
}
