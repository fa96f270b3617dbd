import { and, asc, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import {
  conflict, forbidden, isCovered, isCurrency, membershipStatuses, money, newId, notFound, readReceipt, soldBy, todayIn,
  type DateOnly, type FamilyMemberInput, type Locale, type MembershipStatus, type Money, type Plan, type ProductsRule,
} from '@interdomestik/rules';
import { sayReceipt } from '@interdomestik/i18n';
import { inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { familyMembers, instalments, memberships, payments } from '@interdomestik/db/schema';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';

type Row = typeof memberships.$inferSelect;

/** Statuses as the table's check allows them. */
export const membershipStatusOf = (text: string): MembershipStatus => {
  const status = membershipStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a membership has an unknown status');
  return status;
};

/** An amount from its two columns. */
export function moneyOf(minor: bigint, currency: string): Money {
  if (!isCurrency(currency)) throw new Error('a row has an unknown currency');
  return money(minor, currency);
}

/** The member behind a scope of the member portal. Staff have no membership of their own there. */
export function memberOf(scope: TenantScope): string {
  if (scope.reach.kind !== 'self') throw forbidden();
  return scope.reach.userId;
}

export interface MembershipView {
  readonly id: string;
  readonly planCode: string;
  readonly planTitle: string;
  readonly status: MembershipStatus;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly price: Money;
  readonly createdAt: Date;
}

function viewOf(row: Row, title: (code: string) => string): MembershipView {
  return {
    id: row.id, planCode: row.planCode, planTitle: title(row.planCode), status: membershipStatusOf(row.status), startsOn: row.startsOn,
    endsOn: row.endsOn, price: moneyOf(row.priceMinor, row.currency), createdAt: row.createdAt,
  };
}

/** True when the membership covers a loss of today. */
export function coversToday(row: Pick<Row, 'status' | 'startsOn' | 'endsOn'>, today: DateOnly): boolean {
  if (row.startsOn === null || row.endsOn === null) return false;
  return isCovered({ status: membershipStatusOf(row.status), period: { start: row.startsOn as DateOnly, end: row.endsOn as DateOnly } }, today);
}

/** The own membership that counts now, earlier ones, and a payment that is still to be made. */
export async function myMemberships(scope: TenantScope, locale: Locale, now: Date) {
  const userId = memberOf(scope);
  const [title, products] = await Promise.all([planTitles(scope, locale, now), ruleOf(scope, 'products', now)]);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(inAction(scope, 'memberships.mine'), async (tx) => {
    const rows = await tx.select().from(memberships).where(and(visible(scope, memberships), eq(memberships.userId, userId))).orderBy(desc(memberships.createdAt), desc(memberships.id)).limit(50);
    const current = rows.find((row) => coversToday(row, today)) ?? rows.find(({ status }) => status !== 'expired' && status !== 'lapsed') ?? rows[0];
    const family = current === undefined ? [] : await familyOf(tx, scope, current.id);
    const [pending] = await tx.select({ paymentId: payments.id, checkoutUrl: payments.checkoutUrl, minor: payments.amountMinor, currency: payments.currency, status: payments.status, method: payments.method, expiresOn: payments.expiresOn })
      .from(payments).innerJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId), eq(memberships.status, 'pending')))
      .leftJoin(instalments, and(eq(instalments.tenantId, payments.tenantId), eq(instalments.paymentId, payments.id)))
      // a membership that waits for it: a further part waits for its day, and what was paid in another way is not paid again
      .where(and(visible(scope, payments), eq(payments.userId, userId), inArray(payments.method, ['card', 'bank_transfer']), isNull(payments.replacedAt), or(isNull(instalments.number), eq(instalments.number, 1))))
      .orderBy(desc(payments.createdAt), desc(payments.id)).limit(1);
    const waiting = pending !== undefined && (pending.status === 'pending' || pending.status === 'failed');
    return {
      current: current === undefined ? null : {
        ...viewOf(current, title), peopleLimit: peopleLimitOf(current, products.value),
        people: family.map(({ id, firstName, lastName, relation }) => ({ id, firstName, lastName, relation })),
      },
      history: rows.filter((row) => row.id !== current?.id).map((row) => viewOf(row, title)),
      pendingPayment: waiting ? { paymentId: pending.paymentId, checkoutUrl: pending.checkoutUrl, amount: moneyOf(pending.minor, pending.currency), failed: pending.status === 'failed', method: pending.method === 'bank_transfer' ? ('bank_transfer' as const) : ('card' as const), expiresOn: pending.expiresOn } : null,
    };
  });
}

/**
 * People that a membership covers, the member included; null where nobody counts them. What was paid for stands; only a membership whose sale did not
 * say asks the plan of today.
 */
export function peopleLimitOf(row: Pick<Row, 'planCode' | 'receipt'>, products: ProductsRule): number | null {
  const { people } = soldBy(row.receipt);
  if (people !== undefined) return people;
  const plan: Plan | undefined = products.plans.find(({ code }) => code === row.planCode);
  return plan === undefined ? 1 : plan.peopleLimit;
}

async function familyOf(tx: Tx, scope: TenantScope, membershipId: string) {
  return await tx.select({
    id: familyMembers.id, firstName: familyMembers.firstName, lastName: familyMembers.lastName, birthDate: familyMembers.birthDate, relation: familyMembers.relation,
  }).from(familyMembers).where(and(visible(scope, familyMembers), eq(familyMembers.membershipId, membershipId))).orderBy(asc(familyMembers.createdAt), asc(familyMembers.id));
}

/** The own membership that people can be added to; the row is locked so that two tabs cannot pass the limit together. */
async function ownCurrent(tx: Tx, scope: TenantScope, today: DateOnly, lock: boolean): Promise<Row | null> {
  const query = tx.select().from(memberships).where(and(visible(scope, memberships), eq(memberships.userId, memberOf(scope)))).orderBy(desc(memberships.createdAt), desc(memberships.id)).limit(20);
  const rows = await (lock ? query.for('no key update') : query);
  return rows.find((row) => coversToday(row, today)) ?? null;
}

/** The people beside the member, and how many the plan covers, the member included. */
export async function listFamily(scope: TenantScope, now: Date) {
  const products = await ruleOf(scope, 'products', now);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(inAction(scope, 'memberships.family'), async (tx) => {
    const current = await ownCurrent(tx, scope, today, false);
    if (current === null) return { membershipId: null, peopleLimit: null, people: [] };
    return { membershipId: current.id, peopleLimit: peopleLimitOf(current, products.value), people: await familyOf(tx, scope, current.id) };
  });
}

/** Adds a person to the own membership. Throws CONFLICT when it is not in force or the plan covers no more people. */
export async function addFamilyMember(scope: TenantScope, input: FamilyMemberInput, now: Date): Promise<string> {
  const products = await ruleOf(scope, 'products', now);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(inAction(scope, 'memberships.addFamilyMember'), async (tx) => {
    const current = await ownCurrent(tx, scope, today, true);
    if (current === null) throw conflict('errors.membership.notActive');
    const peopleLimit = peopleLimitOf(current, products.value);
    const people = await familyOf(tx, scope, current.id);
    if (peopleLimit !== null && people.length + 1 >= peopleLimit) throw conflict('errors.membership.peopleLimit');
    const id = newId();
    await tx.insert(familyMembers).values({
      tenantId: scope.tenantId, id, membershipId: current.id, userId: current.userId, branchId: current.branchId,
      firstName: input.firstName, lastName: input.lastName, relation: input.relation, birthDate: input.birthDate ?? null,
    });
    return id;
  });
}

/** Takes a person off the own membership. Throws NOT_FOUND for anybody else's. */
export async function removeFamilyMember(scope: TenantScope, id: string): Promise<void> {
  await withTenant(inAction(scope, 'memberships.removeFamilyMember'), async (tx) => {
    const gone = await tx.delete(familyMembers).where(and(visible(scope, familyMembers), eq(familyMembers.userId, memberOf(scope)), eq(familyMembers.id, id))).returning({ id: familyMembers.id });
    if (gone.length === 0) throw notFound();
  });
}

/** Why a membership costs what it costs: the rule, the lines of the price and how it came about, in words, as frozen at the sale. */
export async function whyPrice(scope: TenantScope, id: string, locale: Locale) {
  const [row] = await readTenant(scope, (tx) =>
    tx.select({ receipt: memberships.receipt, minor: memberships.priceMinor, currency: memberships.currency }).from(memberships).where(and(visible(scope, memberships), eq(memberships.id, id))));
  if (row === undefined) throw notFound();
  const receipt = readReceipt(row.receipt);
  const said = receipt === null ? { lines: [], steps: [] } : sayReceipt(receipt, locale, { zone: scope.tenant.timeZone });
  return {
    price: moneyOf(row.minor, row.currency), rule: receipt === null ? null : { kind: receipt.kind, version: receipt.version, source: receipt.source },
    lines: [...said.lines], steps: [...said.steps],
  };
}
