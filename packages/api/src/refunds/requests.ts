import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import {
  conflict, equals, formatMoney, fullName, newId, notFound, parseOrThrow, refundAskInput, refundRefusal, refundRequestStatuses, refundUntil, todayIn, type DateOnly, type Money, type RefundAskInput, type RefundRequestStatus,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, refundRequests, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { staffOf } from '../cash/cashier';
import { once } from '../idempotency';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { memberOf, moneyOf } from '../memberships/service';
import { notify, notifyRole } from '../notifications';
import { ruleOf } from '../settings/rules';
import { portalPaths } from '../site/origins';
import { askProvider, withinReach } from './give';
import { amountLeft, refundStanding } from './standing';

type Request = typeof refundRequests.$inferSelect;

const statusOf = (text: string): RefundRequestStatus => {
  const status = refundRequestStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('a wish has an unknown status');
  return status;
};

/** What a member can have back of a membership, and what became of the wish. */
export interface OwnRefund {
  readonly membershipId: string;
  readonly planCode: string;
  /** Null: it cannot be asked for. */
  readonly amount: Money | null;
  readonly until: DateOnly | null;
  /** It goes back by itself, without anybody's look. */
  readonly atOnce: boolean;
  /** The provider has been asked and has still to answer. */
  readonly underWay: boolean;
  readonly request: { readonly status: RefundRequestStatus; readonly amount: Money; readonly at: Date; readonly answer: string | null } | null;
}

async function lastRequest(tx: Tx, scope: TenantScope, membershipId: string): Promise<Request | undefined> {
  const [row] = await tx.select().from(refundRequests).where(and(eq(refundRequests.tenantId, scope.tenantId), eq(refundRequests.membershipId, membershipId))).orderBy(desc(refundRequests.createdAt), desc(refundRequests.id)).limit(1);
  return row;
}

/** The own memberships of which something can be asked back, or was. */
export async function ownRefunds(asker: TenantScope, now: Date): Promise<OwnRefund[]> {
  const me = memberOf(asker);
  const scope = actAsTenant(asker, 'refunds.mine');
  const { value: products } = await ruleOf(scope, 'products', now);
  const today = todayIn(scope.tenant.timeZone, now);
  return await withTenant(scope, async (tx) => {
    const own = await tx.select({ id: memberships.id, planCode: memberships.planCode }).from(memberships)
      .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, me), isNotNull(memberships.activatedAt))).orderBy(desc(memberships.createdAt)).limit(3);
    const found: OwnRefund[] = [];
    for (const { id, planCode } of own) {
      const standing = await refundStanding(tx, scope, id, false);
      if (standing === null) continue;
      const request = await lastRequest(tx, scope, id);
      const open = request?.status === 'open';
      const may = !open && products.refunds.asking !== 'nobody' && refundRefusal(standing.facts, today, products) === null;
      if (!may && request === undefined) continue;
      found.push({
        membershipId: id, planCode, amount: may ? amountLeft(standing) : null, until: standing.facts.paidOn === null ? null : refundUntil(standing.facts.paidOn, products), underWay: standing.facts.asked,
        atOnce: products.refunds.asking === 'at_once' && standing.method === 'card',
        request: request === undefined ? null : { status: statusOf(request.status), amount: moneyOf(request.amountMinor, request.currency), at: request.createdAt, answer: request.answer },
      });
    }
    return found;
  });
}

async function tellAsked(tx: Tx, scope: TenantScope, request: Pick<Request, 'id' | 'userId' | 'amountMinor' | 'currency'>): Promise<void> {
  const [member] = await tx.select({ firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, request.userId)));
  const amount = formatMoney(moneyOf(request.amountMinor, request.currency), localeOfRow(scope.tenant.defaultLocale));
  await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'payment.refund_requested', params: { member: member === undefined ? '–' : fullName(member), amount }, href: '/payments/refunds', effectKey: `refund_request:${request.id}` });
}

/**
 * A member asks for the fee of a membership back. Where the tenant's rule says so and a card gives it back, it is on its way at once; otherwise it waits for the branch. Once for each key, and one at a time. Throws NOT_FOUND for
 * a membership that is not the own, CONFLICT with the reason where nothing is given back, `errors.refund.requested` while one waits, `errors.refund.amount` for another amount than was shown.
 */
export async function askRefund(asker: TenantScope, raw: RefundAskInput, now: Date): Promise<{ readonly status: 'open' | 'granted' }> {
  const input = parseOrThrow(refundAskInput, raw);
  const me = memberOf(asker);
  const scope = await withinReach(asker, input.membershipId, 'refunds.ask');
  const { value: products } = await ruleOf(scope, 'products', now);
  const { idempotencyKey, ...payload } = input;
  return await withTenant(scope, (tx) => once(tx, scope, { operation: 'refunds.ask', key: idempotencyKey, payload }, async () => {
    const standing = await refundStanding(tx, scope, input.membershipId, true);
    if (standing === null || standing.membership.userId !== me) throw notFound();
    if (products.refunds.asking === 'nobody') throw conflict('errors.refund.notAsked');
    const refusal = refundRefusal(standing.facts, todayIn(scope.tenant.timeZone, now), products);
    if (refusal !== null) throw conflict(`errors.refund.${refusal}`);
    const amount = amountLeft(standing);
    if (amount === null || !equals(amount, input.shown)) throw conflict('errors.refund.amount');
    const atOnce = products.refunds.asking === 'at_once' && standing.method === 'card';
    const request = { tenantId: scope.tenantId, id: newId(), membershipId: standing.membership.id, userId: me, branchId: standing.membership.branchId, amountMinor: amount.minor, currency: amount.currency, note: input.note };
    const [made] = await tx.insert(refundRequests).values({ ...request, status: atOnce ? 'granted' : 'open', decidedAt: atOnce ? now : null, createdAt: now, updatedAt: now }).onConflictDoNothing().returning({ id: refundRequests.id });
    if (made === undefined) throw conflict('errors.refund.requested');
    if (atOnce) await askProvider(tx, scope, standing, input.note, me, now);
    else await tellAsked(tx, scope, request);
    return { status: atOnce ? ('granted' as const) : ('open' as const) };
  }));
}

/** Declines a wish and tells the member why. Declining it again does nothing. Throws NOT_FOUND for one out of sight, CONFLICT for one that was granted. */
export async function declineRequest(asker: TenantScope, input: { readonly id: string; readonly answer: string }, now: Date): Promise<void> {
  const by = staffOf(asker);
  const scope = actAsTenant(asker, 'refunds.decline');
  await withTenant(scope, async (tx) => {
    const [request] = await tx.select().from(refundRequests).where(and(visible(asker, refundRequests), eq(refundRequests.id, input.id))).for('no key update');
    if (request === undefined) throw notFound();
    if (request.status === 'granted') throw conflict('errors.refund.granted');
    if (request.status === 'declined') return;
    await tx.update(refundRequests).set({ status: 'declined', decidedBy: by, decidedAt: now, answer: input.answer, updatedAt: now }).where(and(eq(refundRequests.tenantId, scope.tenantId), eq(refundRequests.id, request.id)));
    const [member] = await tx.select({ locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, request.userId)));
    const amount = formatMoney(moneyOf(request.amountMinor, request.currency), localeOfRow(member?.locale ?? scope.tenant.defaultLocale));
    await notify(tx, scope, { userId: request.userId, kind: 'payment.refund_declined', params: { amount, answer: input.answer }, href: portalPaths.payments, effectKey: `refund_request:${request.id}:declined` });
  });
}

/** Wishes in reach, newest first; those that wait, or all. */
export async function listRequests(asker: TenantScope, input: { readonly cursor?: string | undefined; readonly limit: number; readonly filters?: { readonly status?: readonly RefundRequestStatus[] | undefined } | undefined }) {
  const status = input.filters?.status;
  const rows = await readTenant(inAction(asker, 'refunds.requests'), (tx) =>
    tx.select({ request: refundRequests, at: exactInstant(refundRequests.createdAt), id: refundRequests.id, firstName: user.firstName, lastName: user.lastName, memberId: user.id }).from(refundRequests)
      .leftJoin(user, and(visible(asker, user), eq(user.id, refundRequests.userId)))
      .where(and(visible(asker, refundRequests), status === undefined ? undefined : inArray(refundRequests.status, [...status]), olderThan(refundRequests.createdAt, refundRequests.id, input.cursor)))
      .orderBy(desc(refundRequests.createdAt), desc(refundRequests.id)).limit(input.limit + 1));
  const { items, nextCursor } = newestPage(rows, input.limit);
  return {
    nextCursor,
    items: items.map(({ request, firstName, lastName, memberId }) => ({
      id: request.id, membershipId: request.membershipId, memberId, memberName: firstName === null || lastName === null ? null : fullName({ firstName, lastName }), amount: moneyOf(request.amountMinor, request.currency), note: request.note,
      status: statusOf(request.status), createdAt: request.createdAt, decidedAt: request.decidedAt, answer: request.answer,
    })),
  };
}
