import { and, desc, eq, gt } from 'drizzle-orm';
import { addDays, formatDate, newId, soldBy, todayIn, type DateOnly } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { memberships, referralCodes, referralRewards, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { isTold, queueMail, type Letterhead } from '../mails';
import { notify } from '../notifications';
import { portalOrigin, portalPaths } from '../site/origins';

/** The newest running membership of a person, locked. Days are added at its end, also when another one still comes before it. */
async function runningOf(tx: Tx, scope: TenantScope, userId: string, today: DateOnly) {
  const [row] = await tx.select({ id: memberships.id, branchId: memberships.branchId, endsOn: memberships.endsOn }).from(memberships)
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.userId, userId), eq(memberships.status, 'active'), gt(memberships.endsOn, today)))
    .orderBy(desc(memberships.endsOn)).limit(1).for('no key update');
  return row;
}

/** Days that were added to a membership for friends who joined. */
export async function rewardedDays(tx: Tx, scope: TenantScope, membershipId: string): Promise<number> {
  const rows = await tx.select({ days: referralRewards.days }).from(referralRewards).where(and(eq(referralRewards.tenantId, scope.tenantId), eq(referralRewards.prolongedId, membershipId)));
  return rows.reduce((total, { days }) => total + days, 0);
}

/**
 * Thanks the member by whose code a friend joined, now that the friend has paid: the running membership is prolonged by the days that the friend's receipt
 * promised, once for each friend, and the member is told. A member without a running membership has nothing to prolong. `scope` reaches the tenant.
 */
export async function rewardReferrer(tx: Tx, scope: TenantScope, membershipId: string, letterhead: Letterhead, now: Date): Promise<void> {
  const [sale] = await tx.select({ userId: memberships.userId, receipt: memberships.receipt, referrerId: referralCodes.userId }).from(memberships)
    .innerJoin(referralCodes, and(eq(referralCodes.tenantId, memberships.tenantId), eq(referralCodes.id, memberships.referralCodeId)))
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, membershipId)));
  const days = sale === undefined ? 0 : soldBy(sale.receipt).rewardDays;
  if (sale === undefined || days === 0 || sale.referrerId === sale.userId) return;
  const running = await runningOf(tx, scope, sale.referrerId, todayIn(scope.tenant.timeZone, now));
  if (running === undefined || running.endsOn === null) return;
  const made = await tx.insert(referralRewards)
    .values({ tenantId: scope.tenantId, id: newId(), membershipId, userId: sale.referrerId, branchId: running.branchId, prolongedId: running.id, days })
    .onConflictDoNothing().returning({ id: referralRewards.id });
  if (made.length === 0) return;
  const endsOn = addDays(running.endsOn as DateOnly, days);
  await tx.update(memberships).set({ endsOn, updatedAt: now }).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, running.id)));
  await tellReferrer(tx, scope, { membershipId, userId: sale.referrerId, days, endsOn }, letterhead);
}

async function tellReferrer(tx: Tx, scope: TenantScope, reward: { membershipId: string; userId: string; days: number; endsOn: DateOnly }, letterhead: Letterhead): Promise<void> {
  const { membershipId, userId, days } = reward;
  const [person] = await tx.select({ firstName: user.firstName, email: user.email, locale: user.locale }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, userId)));
  if (person === undefined) return;
  // a period ends before its end; people read the last day that counts
  const lastDay = addDays(reward.endsOn, -1);
  if (isTold(letterhead, 'referral.rewarded', 'in_app')) {
    await notify(tx, scope, { userId, kind: 'referral.rewarded', params: { days, until: formatDate(lastDay) }, href: portalPaths.home, effectKey: `membership:${membershipId}:reward` });
  }
  if (person.email === null || !isTold(letterhead, 'referral.rewarded', 'mail')) return;
  await queueMail(tx, scope, {
    template: 'referral-reward', to: { email: person.email, userId }, locale: localeOfRow(person.locale), letterhead, effectKey: `membership:${membershipId}:reward-mail`,
    params: { name: person.firstName, days, until: lastDay, url: `${portalOrigin(scope.tenant, 'member')}${portalPaths.home}` },
  });
}
