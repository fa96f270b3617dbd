import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { addDays, coveredStatuses, formatDate, formatMoney, fullName, locales, todayIn, type DateOnly } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { instalments, memberships, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { isTold, letterheadOf, queueMail, type Letterhead } from '../mails';
import { moneyOf } from '../memberships/service';
import { notify } from '../notifications';
import { planTitles } from '../plans/service';
import { portalOrigin, portalPaths } from '../site/origins';
import { payingBy } from './due';
import { countParts, type InstalmentRow } from './settle';
import { partTitle } from './words';

const pageSize = 200;

/** Parts of which somebody is to be told: they come near and nobody has said so, or their day has passed unseen. */
function toTell(scope: TenantScope, today: DateOnly, days: number) {
  return and(
    eq(instalments.tenantId, scope.tenantId), eq(instalments.status, 'due'), gt(instalments.number, 1),
    or(
      and(gte(instalments.dueOn, today), lte(instalments.dueOn, addDays(today, days)), isNull(instalments.remindedAt)),
      and(lt(instalments.dueOn, today), isNull(instalments.overdueAt)),
    ),
  );
}

/** The member, with whoever looks after them and works here. */
async function peopleOf(tx: Tx, scope: TenantScope, part: InstalmentRow) {
  const [row] = await tx.select({ firstName: user.firstName, lastName: user.lastName, email: user.email, locale: user.locale, agentId: user.agentId, planCode: memberships.planCode }).from(memberships)
    .innerJoin(user, and(eq(user.tenantId, memberships.tenantId), eq(user.id, memberships.userId)))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, part.membershipId), inArray(memberships.status, [...coveredStatuses])));
  if (row === undefined) return null;
  const [agent] = row.agentId === null ? [] : await tx.select({ id: user.id, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, row.agentId), eq(user.status, 'active')));
  return { ...row, locale: localeOfRow(row.locale), agent: agent === undefined ? null : { id: agent.id, locale: localeOfRow(agent.locale) } };
}

interface Telling {
  readonly letterhead: Letterhead;
  readonly titles: Readonly<Record<string, (code: string) => string>>;
  readonly today: DateOnly;
  readonly days: number;
  readonly now: Date;
}

/** Tells of one part and marks it, both or neither. One that somebody pays at this moment waits for the next turn; of a membership that does not run nobody is told. */
async function tellOf(scope: TenantScope, id: string, { letterhead, titles, today, days, now }: Telling): Promise<boolean> {
  return await withTenant(scope, async (tx) => {
    const [part] = await tx.select().from(instalments).where(and(toTell(scope, today, days), eq(instalments.id, id))).for('no key update', { skipLocked: true });
    const people = part === undefined ? null : await peopleOf(tx, scope, part);
    if (part === undefined || people === null) return false;
    const overdue = part.dueOn < today;
    await tx.update(instalments).set(overdue ? { overdueAt: now, updatedAt: now } : { remindedAt: now, updatedAt: now }).where(and(eq(instalments.tenantId, scope.tenantId), eq(instalments.id, part.id)));
    const event = overdue ? 'instalment.overdue' as const : 'instalment.due' as const;
    const amount = moneyOf(part.amountMinor, part.currency);
    const due = formatDate(part.dueOn as DateOnly);
    const effectKey = `instalment:${part.id}:${overdue ? 'overdue' : 'due'}:${part.dueOn}`;
    if (isTold(letterhead, event, 'in_app')) {
      await notify(tx, scope, { userId: part.userId, kind: event, params: { amount: formatMoney(amount, people.locale), due }, href: portalPaths.payments, effectKey });
      if (people.agent !== null) await notify(tx, scope, {
        userId: people.agent.id, kind: overdue ? 'instalment.member_overdue' : 'instalment.member_due', href: `/members/${part.userId}`, effectKey: `${effectKey}:agent`,
        params: { member: fullName(people), amount: formatMoney(amount, people.agent.locale), due },
      });
    }
    if (people.email === null || !isTold(letterhead, event, 'mail')) return true;
    const title = titles[people.locale]?.(people.planCode) ?? people.planCode;
    await queueMail(tx, scope, {
      template: 'instalment-reminder', to: { email: people.email, userId: part.userId }, locale: people.locale, letterhead, effectKey,
      params: {
        name: people.firstName, part: partTitle(people.locale, title, { number: part.number, parts: await countParts(tx, scope, part.membershipId) }), amount, due: part.dueOn as DateOnly, overdue,
        way: payingBy(part), url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.payments}`,
      },
    });
    return true;
  });
}

async function nextPage(scope: TenantScope, { today, days }: Telling, after: string | null): Promise<string[]> {
  const rows = await withTenant(scope, (tx) => tx.select({ id: instalments.id }).from(instalments)
    .where(and(toTell(scope, today, days), after === null ? undefined : gt(instalments.id, after))).orderBy(asc(instalments.id)).limit(pageSize));
  return rows.map(({ id }) => id);
}

/**
 * Tells members, and whoever looks after them, of parts that come near and of parts that are late, each once; gives of how many. It may run twice, stop
 * anywhere and run beside itself.
 */
export async function remindInstalments(scope: TenantScope, now: Date): Promise<number> {
  const letterhead = await letterheadOf(scope, now);
  const titles = Object.fromEntries(await Promise.all(locales.map(async (locale) => [locale, await planTitles(scope, locale, now)] as const)));
  const telling: Telling = { letterhead, titles, today: todayIn(scope.tenant.timeZone, now), days: letterhead.notifications.instalmentReminderDays, now };
  let told = 0;
  for (let after: string | null = null; ;) {
    const ids = await nextPage(scope, telling, after);
    for (const id of ids) if (await tellOf(scope, id, telling)) told += 1;
    if (ids.length < pageSize) return told;
    after = ids.at(-1) ?? null;
  }
}

export const remindInstalmentsJob = defineJob({
  name: 'instalments.remind', payload: turnSchema, retries: 3, atOnce: 2,
  run: async (scope) => { await remindInstalments(scope, new Date()); },
});
