import { and, desc, eq, inArray, isNotNull, isNull, not } from 'drizzle-orm';
import { conflict, newId, periodOfMonths, quote, renewalPeriod, type Currency, type DateOnly, type Period, type Quote, type QuoteRules, type Renewal, type SaleChannel } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { branches, memberships, payments, user } from '@interdomestik/db/schema';
import { cancelDue } from '../instalments/settle';
import { factsAbout } from '../plans/pricing';
import { givenBackUnbegun } from './activate';
import { releaseCoupon } from './coupons';

type Row = typeof memberships.$inferSelect;

/** The newest paid period of a person, and a further sale that was begun; it waits for its payment by card or transfer where it has one. The person's row is locked where `lock` says so: of two tabs one goes first. */
export async function standingOfPerson(tx: Tx, scope: TenantScope, userId: string, today: DateOnly, lock: boolean) {
  const who = tx.select({
    firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale, address: user.address, birthDate: user.birthDate, city: user.city, branchId: user.branchId, agentId: user.agentId, status: user.status, branchCode: branches.code,
  }).from(user).leftJoin(branches, and(eq(branches.tenantId, user.tenantId), eq(branches.id, user.branchId))).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  const [person] = await (lock ? who.for('no key update', { of: user }) : who);
  const rows = await tx.select().from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, userId), isNotNull(memberships.endsOn), not(givenBackUnbegun(today))))
    .orderBy(desc(memberships.endsOn), desc(memberships.id)).limit(1);
  const [pending] = await tx.select({
    id: memberships.id, paymentId: payments.id, method: payments.method, planCode: memberships.planCode, people: memberships.people, addonCodes: memberships.addonCodes, upgradedFrom: memberships.upgradedFrom, priceMinor: memberships.priceMinor, createdAt: memberships.createdAt,
  }).from(memberships)
    .leftJoin(payments, and(eq(payments.tenantId, memberships.tenantId), eq(payments.membershipId, memberships.id), inArray(payments.method, ['card', 'bank_transfer']), isNull(payments.replacedAt)))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, userId), eq(memberships.status, 'pending'))).limit(1);
  return { person, latest: rows[0], pending };
}

export type StandingOfPerson = Awaited<ReturnType<typeof standingOfPerson>>;
export type Person = NonNullable<StandingOfPerson['person']>;

export const daysOf = (row: Row): Period => ({ start: row.startsOn as DateOnly, end: row.endsOn as DateOnly });

/** What is wished of the next period; what is left out stays as it was. */
export interface NextWish {
  readonly planCode?: string | undefined;
  readonly people?: number | undefined;
  readonly addons?: readonly string[] | undefined;
}

/** Where and in which money it is sold. */
export interface SoldHow {
  readonly channel: SaleChannel;
  readonly currency: Currency;
}

/** What a plan, its people and its add-ons are taken from where nothing else is wished. */
export type Before = Pick<Row, 'planCode' | 'people' | 'addonCodes'>;

/** What is wished of the next period; what is left out stays as it was. */
export interface NextWish {
  readonly planCode?: string | undefined;
  readonly people?: number | undefined;
  readonly addons?: readonly string[] | undefined;
}

/** Where and in which money it is sold. */
export interface SoldHow {
  readonly channel: SaleChannel;
  readonly currency: Currency;
}

/** The answer to a wish: what it costs, or null where the plan is not sold so. */
export function quoteNext(rules: QuoteRules, person: Person, before: Before | undefined, wish: NextWish, how: SoldHow & { readonly today: DateOnly; readonly returning: boolean }): Quote | null {
  const { channel, currency, today, returning } = how;
  const { plans, addons: offered } = rules.products.value;
  const plan = plans.find(({ code }) => code === (wish.planCode ?? before?.planCode));
  if (plan === undefined || !plan.channels.includes(channel) || !plan.prices.some((price) => price.currency === currency)) return null;
  const sold = (code: string) => offered.some((addon) => addon.code === code && addon.plans.includes(plan.code) && addon.channels.includes(channel) && addon.prices.some((price) => price.currency === currency));
  return quote(rules, {
    planCode: plan.code, channel, currency, on: today, people: wish.people ?? Math.min(before?.people ?? 1, plan.peopleLimit ?? Number.POSITIVE_INFINITY), addons: wish.addons ?? (before?.addonCodes ?? []).filter(sold),
    facts: factsAbout({ birthDate: (person.birthDate as DateOnly | null) ?? undefined, city: person.city ?? undefined, branchCode: person.branchCode, returning }, today),
  });
}

/** When a period bought today runs: from the old end when it comes in time, else from today, with the days between as a gap. */
export const periodAfter = (latest: Row | undefined, today: DateOnly, months: number): Renewal =>
  latest === undefined ? { period: periodOfMonths(today, months), gap: null } : renewalPeriod(daysOf(latest), today, months);

/** What is sold; the person's branch and the rest of the row follow from who buys. */
export type SoldMembership = Pick<Row, 'sellerId' | 'planCode' | 'addonCodes' | 'people' | 'channel' | 'priceMinor' | 'currency' | 'upgradedFrom' | 'receipt'>;

/**
 * Opens a sale to somebody whose row is locked: a new membership that waits for its payment, or the one that waits already, which is then sold anew. What was to be paid for it so far is not to
 * be paid any more, its coupon is free again, and it has no parts.
 */
export async function openSale(tx: Tx, scope: TenantScope, { person, pending }: StandingOfPerson, userId: string, sold: SoldMembership, now: Date): Promise<{ readonly membershipId: string; readonly branchId: string }> {
  const branchId = person?.branchId ?? null;
  if (branchId === null) throw conflict('errors.tryAgain');
  if (pending === undefined) {
    const membershipId = newId();
    await tx.insert(memberships).values({ tenantId: scope.tenantId, id: membershipId, userId, branchId, ...sold, createdAt: now, updatedAt: now });
    return { membershipId, branchId };
  }
  await releaseCoupon(tx, scope, pending.id, now);
  await cancelDue(tx, scope, pending.id, now);
  await tx.update(payments).set({ replacedAt: now, updatedAt: now }).where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, pending.id), isNull(payments.paidAt), isNull(payments.replacedAt)));
  await tx.update(memberships).set({ ...sold, branchId, createdAt: now, updatedAt: now }).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, pending.id)));
  return { membershipId: pending.id, branchId };
}
