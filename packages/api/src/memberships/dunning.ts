import { and, asc, desc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { addDays, daysBetween, graceOf, todayIn, type DateOnly, type Locale, type Money } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope } from '@interdomestik/db';
import { instalments, memberships, payments } from '@interdomestik/db/schema';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { memberOf, moneyOf } from './service';

/**
 * What a member owes an answer to, the most urgent first. `failed`: a card was refused and its sale still waits. `past_due`: the period is over, and the renewal can be paid until the last day of grace. `overdue`: a part is late.
 * `lapsed`: the grace is over, not long ago.
 */
export type Dunning =
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly paymentId: string; readonly amount: Money }
  | { readonly kind: 'past_due'; readonly planTitle: string; readonly until: DateOnly }
  | { readonly kind: 'overdue'; readonly dueOn: DateOnly; readonly amount: Money }
  | { readonly kind: 'lapsed'; readonly planTitle: string; readonly endedOn: DateOnly };

/** What the member portal reminds of on every page. */
export async function dunningOf(scope: TenantScope, locale: Locale, now: Date): Promise<Dunning> {
  const userId = memberOf(scope);
  const [title, { value: products }] = await Promise.all([planTitles(scope, locale, now), ruleOf(scope, 'products', now)]);
  const today = todayIn(scope.tenant.timeZone, now);
  const { latest, failed, overdue } = await withTenant(inAction(scope, 'memberships.dunning'), async (tx) => {
    const [refused] = await tx.select({ id: payments.id, minor: payments.amountMinor, currency: payments.currency }).from(payments)
      .innerJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId), eq(memberships.status, 'pending')))
      .leftJoin(instalments, and(eq(instalments.tenantId, payments.tenantId), eq(instalments.paymentId, payments.id)))
      .where(and(visible(scope, payments), eq(payments.userId, userId), eq(payments.method, 'card'), eq(payments.status, 'failed'), isNull(payments.replacedAt), or(isNull(instalments.status), eq(instalments.status, 'due'))))
      .orderBy(desc(payments.createdAt)).limit(1);
    const [row] = await tx.select({ status: memberships.status, planCode: memberships.planCode, endsOn: memberships.endsOn }).from(memberships)
      .where(and(visible(scope, memberships), eq(memberships.userId, userId), isNotNull(memberships.endsOn))).orderBy(desc(memberships.endsOn), desc(memberships.id)).limit(1);
    const [late] = await tx.select({ dueOn: instalments.dueOn, minor: instalments.amountMinor, currency: instalments.currency }).from(instalments)
      .innerJoin(memberships, and(eq(memberships.tenantId, instalments.tenantId), eq(memberships.id, instalments.membershipId), eq(memberships.status, 'active')))
      .where(and(visible(scope, instalments), eq(instalments.userId, userId), eq(instalments.status, 'due'), lt(instalments.dueOn, today))).orderBy(asc(instalments.dueOn)).limit(1);
    return { latest: row, failed: refused, overdue: late };
  });
  if (failed !== undefined) return { kind: 'failed', paymentId: failed.id, amount: moneyOf(failed.minor, failed.currency) };
  const end = (latest?.endsOn ?? null) as DateOnly | null;
  const { until } = end === null ? { until: today } : graceOf(end, products);
  if (latest?.status === 'past_due' && end !== null && today < until) return { kind: 'past_due', planTitle: title(latest.planCode), until: addDays(until, -1) };
  if (overdue !== undefined) return { kind: 'overdue', dueOn: overdue.dueOn as DateOnly, amount: moneyOf(overdue.minor, overdue.currency) };
  // what lapsed long ago is nobody's news any more
  if (latest?.status === 'lapsed' && end !== null && daysBetween(until, today) <= products.graceDays) return { kind: 'lapsed', planTitle: title(latest.planCode), endedOn: addDays(end, -1) };
  return { kind: 'none' };
}
