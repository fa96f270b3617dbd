import { and, eq, gt, inArray, ne } from 'drizzle-orm';
import {
  addDays, assertTransition, conflict, formatDate, leavingOf, locales, notFound, todayIn, type DateOnly, type Leaving, type LeavingFacts, type MembershipStatus, type ResolvedRule,
} from '@interdomestik/rules';
import { actAsTenant, inAction, readTenant, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, payments, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import { closePause } from './pauses';
import { membershipStatusOf } from './service';

type Row = typeof memberships.$inferSelect;

const here = (scope: TenantScope, id: string) => and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, id));

/** Whether a later period of the same person is paid for. */
export async function isRenewed(tx: Tx, scope: TenantScope, row: Row): Promise<boolean> {
  const [later] = await tx.select({ id: memberships.id }).from(memberships)
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, row.userId), ne(memberships.id, row.id), eq(memberships.status, 'active'), gt(memberships.endsOn, row.endsOn ?? ''))).limit(1);
  return later !== undefined;
}

async function factsOf(tx: Tx, scope: TenantScope, row: Row): Promise<LeavingFacts> {
  const [gone] = await tx.select({ id: payments.id }).from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, row.id), inArray(payments.status, ['refunded', 'disputed']))).limit(1);
  return {
    status: membershipStatusOf(row.status), period: row.startsOn === null || row.endsOn === null ? null : { start: row.startsOn as DateOnly, end: row.endsOn as DateOnly },
    followed: await isRenewed(tx, scope, row), paid: gone === undefined,
  };
}

export interface LeavingView extends Leaving {
  readonly status: MembershipStatus;
  readonly endsOn: string | null;
}

/** Refuses a membership out of the asker's sight, and gives the scope that writes: what follows a membership is told by the tenant. */
async function withinReach(asker: TenantScope, id: string, action: string): Promise<TenantScope> {
  const [seen] = await readTenant(inAction(asker, action), (tx) => tx.select({ id: memberships.id }).from(memberships).where(and(visible(asker, memberships), eq(memberships.id, id))));
  if (seen === undefined) throw notFound();
  return actAsTenant(asker, action);
}

const leavingNow = (scope: TenantScope, workflows: ResolvedRule<'workflows'>, facts: LeavingFacts, now: Date): Leaving => leavingOf(workflows.value.memberships, facts, todayIn(scope.tenant.timeZone, now), scope.permissions);

/** What the asker may do about the end of a membership. Another's is NOT_FOUND. */
export async function leavingView(asker: TenantScope, id: string, now: Date): Promise<LeavingView> {
  const scope = await withinReach(asker, id, 'memberships.leaving');
  const workflows = await ruleOf(scope, 'workflows', now);
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, id));
    if (row === undefined) throw notFound();
    const facts = await factsOf(tx, scope, row);
    return { status: facts.status, endsOn: row.endsOn, ...leavingNow(scope, workflows, facts, now) };
  });
}

export interface Left {
  readonly status: MembershipStatus;
  readonly endsOn: string | null;
}

interface Told {
  readonly letterhead: Letterhead;
  readonly titles: Readonly<Record<string, (code: string) => string>>;
}

async function tellCanceled(tx: Tx, scope: TenantScope, row: Row, { letterhead, titles }: Told, now: Date): Promise<void> {
  const [person] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, row.userId)));
  if (person === undefined || row.endsOn === null) return;
  const ends = addDays(row.endsOn as DateOnly, -1);
  // it may be called off, taken back and called off again: each time is told
  const effectKey = `membership:${row.id}:canceled:${now.toISOString()}`;
  if (isTold(letterhead, 'membership.canceled', 'in_app')) await notify(tx, scope, { userId: row.userId, kind: 'membership.canceled', params: { until: formatDate(ends) }, href: portalPaths.home, effectKey });
  if (person.email === null || !isTold(letterhead, 'membership.canceled', 'mail')) return;
  const locale = localeOfRow(person.locale);
  await queueMail(tx, scope, {
    template: 'membership-renewal', to: { email: person.email, userId: row.userId }, locale, letterhead, effectKey,
    params: { name: person.firstName, state: 'canceled', plan: titles[locale]?.(row.planCode) ?? row.planCode, ends, until: ends, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.home}` },
  });
}

/**
 * Lets a membership run out without a renewal: it covers what it covered until its last day, and nobody is reminded any more. Whoever asks again is answered as before. Throws NOT_FOUND
 * for one out of the asker's sight, CONFLICT or FORBIDDEN where the tenant's workflow has no such step for them.
 */
export async function cancelMembership(asker: TenantScope, id: string, now: Date): Promise<Left> {
  const scope = await withinReach(asker, id, 'memberships.cancel');
  const [workflows, letterhead, titled] = await Promise.all([ruleOf(scope, 'workflows', now), letterheadOf(scope, now), Promise.all(locales.map(async (locale) => [locale, await planTitles(scope, locale, now)] as const))]);
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, id)).for('no key update');
    if (row === undefined) throw notFound();
    const facts = await factsOf(tx, scope, row);
    if (facts.status === 'canceled') return { status: 'canceled', endsOn: row.endsOn };
    if (!leavingNow(scope, workflows, facts, now).cancel) {
      assertTransition(workflows.value.memberships, row.status, 'canceled', {}, scope.permissions);
      throw conflict('errors.membership.nothingToCancel');
    }
    // it runs out from here on, and covers again until then
    const endsOn = facts.status === 'paused' ? await closePause(tx, scope, row, todayIn(scope.tenant.timeZone, now), now) : row.endsOn;
    await tx.update(memberships).set({ status: 'canceled', canceledAt: now, cancelAskedAt: now, updatedAt: now }).where(here(scope, id));
    await tellCanceled(tx, scope, { ...row, endsOn }, { letterhead, titles: Object.fromEntries(titled) }, now);
    return { status: 'canceled', endsOn };
  });
}

/** Takes a cancellation back while the membership still runs: it is renewed and reminded of as before. Throws CONFLICT once it has ended or its money has gone back; otherwise as `cancelMembership`. */
export async function takeBackCancellation(asker: TenantScope, id: string, now: Date): Promise<Left> {
  const scope = await withinReach(asker, id, 'memberships.takeBack');
  const workflows = await ruleOf(scope, 'workflows', now);
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(here(scope, id)).for('no key update');
    if (row === undefined) throw notFound();
    const facts = await factsOf(tx, scope, row);
    if (facts.status === 'active') return { status: 'active', endsOn: row.endsOn };
    if (!leavingNow(scope, workflows, facts, now).takeBack) {
      assertTransition(workflows.value.memberships, row.status, 'active', { paymentSucceeded: facts.paid }, scope.permissions);
      throw conflict('errors.membership.ended');
    }
    await tx.update(memberships).set({ status: 'active', canceledAt: null, cancelAskedAt: null, updatedAt: now }).where(here(scope, id));
    return { status: 'active', endsOn: row.endsOn };
  });
}
