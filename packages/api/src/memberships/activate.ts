import { and, asc, desc, eq, gt, inArray, isNotNull, ne, not, sql, type SQL } from 'drizzle-orm';
import {
  addMonths, assertTransition, coveredStatuses, formatNumber, newId, notFound, parseNumberPattern, partsOf, periodOfMonths, randomToken, renewalPeriod, soldBy, systemPermissions, todayIn,
  type DateOnly, type Period, type ResolvedRule, type RuleReceipt,
} from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { cards, familyMembers, memberships, user } from '@interdomestik/db/schema';
import { takeNumber } from '../numbering';
import { ruleOf } from '../settings/rules';
import { endReplaced } from './replace';

/** The rules that an activation needs, read before its transaction. */
export interface ActivationRules {
  readonly invoicing: ResolvedRule<'invoicing'>;
  readonly workflows: ResolvedRule<'workflows'>;
}

export async function activationRules(scope: TenantScope, now: Date): Promise<ActivationRules> {
  const [invoicing, workflows] = await Promise.all([ruleOf(scope, 'invoicing', now), ruleOf(scope, 'workflows', now)]);
  return { invoicing, workflows };
}

export interface Activation {
  readonly memberNumber: string;
  readonly period: Period;
  /** True when an earlier period was prolonged. */
  readonly renewed: boolean;
  readonly cardCode: string;
}

type Membership = typeof memberships.$inferSelect;

const asDay = (text: string): DateOnly => text as DateOnly;

/** Months that a quote's receipt sold, as it was frozen; a year when the receipt does not say. */
export function monthsOf(receipt: unknown): number {
  const outcome = (receipt as RuleReceipt | null)?.outcome as { start?: unknown; end?: unknown } | null | undefined;
  if (typeof outcome?.start !== 'string' || typeof outcome.end !== 'string') return 12;
  const { start, end } = outcome;
  for (let months = 1; months <= 60; months += 1) if (addMonths(asDay(start), months) >= asDay(end)) return months;
  return 12;
}

/** Of a period that was paid for early and given back before it began nothing is continued. */
export const givenBackUnbegun = (today: DateOnly): SQL => and(eq(memberships.status, 'canceled'), gt(memberships.startsOn, today)) ?? sql`false`;

/** The newest period of this person that still runs or has run, beside the one that is being activated. */
async function earlierPeriod(tx: Tx, scope: TenantScope, membership: Membership, today: DateOnly): Promise<Period | null> {
  const [row] = await tx.select({ startsOn: memberships.startsOn, endsOn: memberships.endsOn }).from(memberships)
    .where(and(
      eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, membership.userId), ne(memberships.id, membership.id),
      inArray(memberships.status, [...coveredStatuses, 'paused']), not(givenBackUnbegun(today)),
    ))
    .orderBy(desc(memberships.endsOn)).limit(1);
  return row?.startsOn && row.endsOn ? { start: asDay(row.startsOn), end: asDay(row.endsOn) } : null;
}

function periodFor(membership: Membership, earlier: Period | null, today: DateOnly, months: number): { period: Period; renewed: boolean } {
  if (membership.startsOn !== null && membership.endsOn !== null) {
    const old = { start: asDay(membership.startsOn), end: asDay(membership.endsOn) };
    const next = renewalPeriod(old, today, months);
    return { period: next.gap === null ? { start: old.start, end: next.period.end } : next.period, renewed: true };
  }
  if (earlier !== null && earlier.end > today) return { period: periodOfMonths(earlier.end, months), renewed: true };
  return { period: periodOfMonths(today, months), renewed: false };
}

/** A renewal covers the people that the period before it covered, until the member says otherwise. */
async function carryFamily(tx: Tx, scope: TenantScope, membership: Membership): Promise<void> {
  const mine = (id: string) => and(eq(familyMembers.tenantId, scope.tenantId), eq(familyMembers.membershipId, id));
  const [before] = await tx.select({ id: memberships.id }).from(memberships)
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, membership.userId), ne(memberships.id, membership.id), isNotNull(memberships.endsOn))).orderBy(desc(memberships.endsOn)).limit(1);
  if (before === undefined || (await tx.select({ id: familyMembers.id }).from(familyMembers).where(mine(membership.id)).limit(1)).length > 0) return;
  const { people: covered } = soldBy(membership.receipt);
  const people = (await tx.select().from(familyMembers).where(mine(before.id)).orderBy(asc(familyMembers.createdAt), asc(familyMembers.id)))
    // a smaller plan takes those along who were named first
    .slice(0, covered === undefined || covered === null ? undefined : covered - 1);
  if (people.length === 0) return;
  await tx.insert(familyMembers).values(people.map(({ firstName, lastName, birthDate, relation }) => ({
    tenantId: scope.tenantId, id: newId(), membershipId: membership.id, userId: membership.userId, branchId: membership.branchId, firstName, lastName, birthDate, relation,
  })));
}

async function numberOf(tx: Tx, scope: TenantScope, userId: string, rule: ActivationRules['invoicing'], today: DateOnly): Promise<string> {
  const [person] = await tx.select({ memberNumber: user.memberNumber }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId))).for('no key update');
  if (person === undefined) throw notFound();
  if (person.memberNumber !== null) return person.memberNumber;
  const pattern = rule.value.memberPattern;
  const { year } = partsOf(today);
  const n = await takeNumber(tx, scope, 'member', parseNumberPattern(pattern).perYear ? year : 0);
  const memberNumber = formatNumber(pattern, { country: scope.tenant.countryCode, year, n });
  await tx.update(user).set({ memberNumber, updatedAt: new Date() }).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  return memberNumber;
}

/** The code of a membership's card; made when it has none. 128 random bits, since whoever knows it sees whether the card holds. */
async function cardOf(tx: Tx, scope: TenantScope, membership: Membership): Promise<string> {
  const [made] = await tx.insert(cards)
    .values({ tenantId: scope.tenantId, id: newId(), membershipId: membership.id, userId: membership.userId, branchId: membership.branchId, code: randomToken(16) })
    .onConflictDoNothing().returning({ code: cards.code });
  if (made !== undefined) return made.code;
  const [card] = await tx.select({ code: cards.code }).from(cards).where(and(eq(cards.tenantId, scope.tenantId), eq(cards.membershipId, membership.id)));
  if (card === undefined) throw new Error('a membership has no card');
  return card.code;
}

/**
 * Makes a membership active for `months`, because its payment has succeeded or its price is nothing: period from today in the
 * tenant's zone (a renewal continues the old one, a bigger plan ends it today), member number at the first time, card. The caller has made sure that this
 * payment is counted once, and `scope` reaches the tenant. Throws CONFLICT when the workflow has no such step.
 */
export async function activateMembership(tx: Tx, scope: TenantScope, input: { membershipId: string; months: number; now: Date }, rules: ActivationRules): Promise<Activation> {
  const [membership] = await tx.select().from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, input.membershipId))).for('no key update');
  if (membership === undefined) throw notFound();
  if (membership.status !== 'active') {
    // the step is taken because money arrived, whoever carries the message
    const permissions = new Set([...scope.permissions, ...systemPermissions]);
    assertTransition(rules.workflows.value.memberships, membership.status, 'active', { paymentSucceeded: true }, permissions);
  }
  const today = todayIn(scope.tenant.timeZone, input.now);
  const replaces = membership.startsOn === null ? membership.upgradedFrom : null;
  if (replaces !== null) await endReplaced(tx, scope, replaces, today, input.now);
  const { period, renewed } = replaces === null ? periodFor(membership, await earlierPeriod(tx, scope, membership, today), today, input.months) : { period: periodOfMonths(today, input.months), renewed: true };
  await tx.update(memberships)
    .set({ status: 'active', startsOn: period.start, endsOn: period.end, activatedAt: membership.activatedAt ?? input.now, canceledAt: null, cancelAskedAt: null, updatedAt: input.now })
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membership.id)));
  if (membership.startsOn === null) await carryFamily(tx, scope, membership);
  const cardCode = await cardOf(tx, scope, membership);
  const memberNumber = await numberOf(tx, scope, membership.userId, rules.invoicing, today);
  return { memberNumber, period, renewed, cardCode };
}
