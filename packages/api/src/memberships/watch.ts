import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import {
  addDays, formatDate, locales, nextStates, standingOf, systemPermissions, todayIn, type DateOnly, type MembershipStatus, type NotificationEvent, type ProductsRule, type StandingNews, type WorkflowsRule,
} from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { memberships, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { planTitles } from '../plans/service';
import { ruleOf } from '../settings/rules';
import { portalOrigin, portalPaths } from '../site/origins';
import { isRenewed } from './leave';
import { resumeDue } from './pause';
import { dropStaleUpgrades } from './replace';
import { membershipStatusOf } from './service';

type Row = typeof memberships.$inferSelect;

const pageSize = 200;
const daySeconds = 24 * 3600;
const watched: readonly MembershipStatus[] = ['active', 'past_due', 'canceled'];

interface Watch {
  readonly products: ProductsRule;
  readonly workflows: WorkflowsRule;
  readonly letterhead: Letterhead;
  readonly titles: Readonly<Record<string, (code: string) => string>>;
  readonly today: DateOnly;
  readonly now: Date;
}

/** Memberships whose end is near or over. */
const nearEnd = (scope: TenantScope, { letterhead, today }: Watch) => and(
  eq(memberships.tenantId, scope.tenantId), inArray(memberships.status, [...watched]), lte(memberships.endsOn, addDays(today, Math.max(0, ...letterhead.notifications.renewalReminderDays) + 1)),
);

async function tellOf(tx: Tx, scope: TenantScope, row: Row, news: StandingNews, { letterhead, titles }: Watch): Promise<void> {
  const [person] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale, status: user.status }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, row.userId)));
  if (person === undefined || person.status !== 'active') return;
  const locale = localeOfRow(person.locale);
  const event: NotificationEvent = `membership.${news.kind}`;
  const effectKey = `membership:${row.id}:${row.endsOn ?? ''}:${news.kind}:${String(news.step)}`;
  const ends = addDays(row.endsOn as DateOnly, -1);
  const until = news.kind === 'past_due' ? news.until : ends;
  if (isTold(letterhead, event, 'in_app')) {
    await notify(tx, scope, { userId: row.userId, kind: event, params: { days: news.kind === 'renewal_due' ? news.daysLeft : 0, until: formatDate(until) }, href: portalPaths.renew, effectKey });
  }
  if (person.email === null || !isTold(letterhead, event, 'mail')) return;
  await queueMail(tx, scope, {
    template: 'membership-renewal', to: { email: person.email, userId: row.userId }, locale, letterhead, effectKey,
    params: { name: person.firstName, state: news.kind, plan: titles[locale]?.(row.planCode) ?? row.planCode, ends, until, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.renew}` },
  });
}

/** Brings one membership to where its dates put it and tells what is to be told of it, both or neither. True when anything was to be done. */
async function watchOne(scope: TenantScope, id: string, watch: Watch): Promise<boolean> {
  return await withTenant(scope, async (tx) => {
    const [row] = await tx.select().from(memberships).where(and(nearEnd(scope, watch), eq(memberships.id, id))).for('no key update', { skipLocked: true });
    if (row?.startsOn === undefined || row.startsOn === null || row.endsOn === null) return false;
    const { to, tell } = standingOf(
      { status: membershipStatusOf(row.status), period: { start: row.startsOn as DateOnly, end: row.endsOn as DateOnly }, renewed: await isRenewed(tx, scope, row), free: row.priceMinor === 0n },
      watch.today, { products: watch.products, notifications: watch.letterhead.notifications },
    );
    if (to === null && tell === null) return false;
    if (to !== null && !(await moveTo(tx, scope, row, to, watch))) return false;
    if (tell !== null) await tellOf(tx, scope, row, tell, watch);
    return true;
  });
}

/**
 * Takes the step of the tenant's workflow that leads there, by way of grace where it knows no direct one, and to lapsed where it knows no quiet end. False where it knows none of these, and
 * staff decide.
 */
async function moveTo(tx: Tx, scope: TenantScope, row: Row, to: MembershipStatus, { workflows, now }: Watch): Promise<boolean> {
  const gates = { periodEnded: true, graceEnded: to !== 'past_due' };
  const leads = (from: string, next: string): boolean => nextStates(workflows.memberships, from, gates, systemPermissions).some((step) => step.to === next && step.allowed);
  const reached = (to === 'expired' ? [to, 'lapsed' as const] : [to]).find((end) => leads(row.status, end) || (leads(row.status, 'past_due') && leads('past_due', end)));
  if (reached === undefined) return false;
  await tx.update(memberships).set({ status: reached, updatedAt: now }).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, row.id)));
  return true;
}

/**
 * Takes up memberships whose pause is over, brings to mind that memberships end, each reminder once, and moves those whose period or grace is over to where the tenant's rules put them; gives of how many. It may run twice, stop
 * anywhere and run beside itself.
 */
export async function watchMemberships(scope: TenantScope, now: Date): Promise<number> {
  const [letterhead, products, workflows, invoicing, titled] = await Promise.all([
    letterheadOf(scope, now), ruleOf(scope, 'products', now), ruleOf(scope, 'workflows', now), ruleOf(scope, 'invoicing', now), Promise.all(locales.map(async (locale) => [locale, await planTitles(scope, locale, now)] as const)),
  ]);
  // by then so many days are used that the difference is another one
  const stale = new Date(now.getTime() - invoicing.value.paymentTermDays * daySeconds * 1000);
  await withTenant(scope, (tx) => dropStaleUpgrades(tx, scope, stale, now));
  const watch: Watch = { letterhead, products: products.value, workflows: workflows.value, titles: Object.fromEntries(titled), today: todayIn(scope.tenant.timeZone, now), now };
  let done = await resumeDue(scope, watch.today, now);
  for (let after: string | null = null; ;) {
    const last: string | null = after;
    const rows: { id: string }[] = await withTenant(scope, (tx) => tx.select({ id: memberships.id }).from(memberships)
      .where(and(nearEnd(scope, watch), last === null ? undefined : gt(memberships.id, last))).orderBy(asc(memberships.id)).limit(pageSize));
    for (const { id } of rows) if (await watchOne(scope, id, watch)) done += 1;
    if (rows.length < pageSize) return done;
    after = rows.at(-1)?.id ?? null;
  }
}

export const watchMembershipsJob = defineJob({
  name: 'memberships.watch', payload: turnSchema, retries: 3, atOnce: 2,
  run: async (scope) => { await watchMemberships(scope, new Date()); },
});
