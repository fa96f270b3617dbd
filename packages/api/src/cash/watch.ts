import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { formatMoney, fullName, latenessOf, todayIn, type Lateness, type LimitsRule } from '@interdomestik/rules';
import { withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { branches, cashCounts, cashDepositItems, cashHandovers, cashReceipts, refunds, user } from '@interdomestik/db/schema';
import { localeOfRow } from '../accounts/new-member';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { isTold, letterheadOf } from '../mails';
import { moneyOf } from '../memberships/service';
import { notify, notifyRole } from '../notifications';
import { ruleOf } from '../settings/rules';
import { openInTill } from './till';

/** Cash that should have moved on: in somebody's hands, handed over and not counted, or counted and not banked. */
type Standing = 'held' | 'uncounted' | 'unbanked';

interface Resting {
  readonly standing: Standing;
  readonly branchId: string;
  /** Who took it; null for what is the branch's. */
  readonly agentId: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly since: Date;
  /** The oldest of it, after which the alarm is named: while that one rests, nobody is told twice. */
  readonly oldestId: string;
}

const total = sql<string>`sum(${cashReceipts.amountMinor})::text`;
const firstOf = (id: Parameters<typeof sql>[1], at: Parameters<typeof sql>[1]) => sql<string>`(array_agg(${id} order by ${at}, ${id}))[1]::text`;

/** What lies counted in each branch, less what was given back to members out of it: that went out of what came first. */
async function restingInTills(tx: Tx, scope: TenantScope): Promise<Resting[]> {
  const counts = await tx.select({ branchId: cashCounts.branchId, currency: cashCounts.currency, minor: cashCounts.countedMinor, since: cashCounts.countedAt, oldestId: cashCounts.handoverId }).from(cashCounts)
    .leftJoin(cashDepositItems, and(eq(cashDepositItems.tenantId, cashCounts.tenantId), eq(cashDepositItems.handoverId, cashCounts.handoverId)))
    .where(and(eq(cashCounts.tenantId, scope.tenantId), eq(cashCounts.outcome, 'confirmed'), isNull(cashDepositItems.id))).orderBy(asc(cashCounts.countedAt), asc(cashCounts.handoverId));
  const given = await tx.select({ branchId: refunds.branchId, currency: refunds.currency, minor: sql<string>`sum(${refunds.amountMinor})::text` }).from(refunds).where(openInTill(scope)).groupBy(refunds.branchId, refunds.currency);
  const gone = new Map(given.map(({ branchId, currency, minor }) => [`${branchId} ${currency}`, BigInt(minor)]));
  const resting = new Map<string, Resting>();
  for (const { minor, ...count } of counts) {
    const key = `${count.branchId} ${count.currency}`;
    const [out, before] = [gone.get(key) ?? 0n, resting.get(key)];
    const left = out >= minor ? 0n : minor - out;
    gone.set(key, out >= minor ? out - minor : 0n);
    if (left > 0n) resting.set(key, before === undefined ? { ...count, standing: 'unbanked', agentId: null, minor: left } : { ...before, minor: before.minor + left });
  }
  return [...resting.values()];
}

async function restingIn(tx: Tx, scope: TenantScope): Promise<Resting[]> {
  const mine = eq(cashReceipts.tenantId, scope.tenantId);
  const held = await tx.select({ branchId: cashReceipts.branchId, agentId: cashReceipts.agentId, currency: cashReceipts.currency, minor: total, since: sql<Date>`min(${cashReceipts.collectedAt})`.mapWith(cashReceipts.collectedAt), oldestId: firstOf(cashReceipts.id, cashReceipts.collectedAt) })
    .from(cashReceipts).where(and(mine, eq(cashReceipts.status, 'collected'))).groupBy(cashReceipts.branchId, cashReceipts.agentId, cashReceipts.currency);
  const uncounted = await tx.select({ branchId: cashHandovers.branchId, agentId: cashHandovers.agentId, currency: cashHandovers.currency, minor: sql<string>`sum(${cashHandovers.amountMinor})::text`, since: sql<Date>`min(${cashHandovers.handedAt})`.mapWith(cashReceipts.collectedAt), oldestId: firstOf(cashHandovers.id, cashHandovers.handedAt) })
    .from(cashHandovers).leftJoin(cashCounts, and(eq(cashCounts.tenantId, cashHandovers.tenantId), eq(cashCounts.handoverId, cashHandovers.id)))
    .where(and(eq(cashHandovers.tenantId, scope.tenantId), isNull(cashCounts.id))).groupBy(cashHandovers.branchId, cashHandovers.agentId, cashHandovers.currency);
  const unbanked = await restingInTills(tx, scope);
  return [
    ...held.map((row): Resting => ({ ...row, standing: 'held', minor: BigInt(row.minor) })),
    ...uncounted.map((row): Resting => ({ ...row, standing: 'uncounted', minor: BigInt(row.minor) })),
    ...unbanked,
  ];
}

const lateAs = (scope: TenantScope, { standing, since }: Resting, { cashDays }: LimitsRule, now: Date): Lateness =>
  latenessOf(todayIn(scope.tenant.timeZone, since), standing === 'held' ? cashDays.handOver : cashDays.toBank, cashDays.escalate, todayIn(scope.tenant.timeZone, now));

const toManagers: Readonly<Record<Standing, string>> = { held: 'cash.agent_overdue', uncounted: 'cash.count_overdue', unbanked: 'cash.bank_overdue' };
const places: Readonly<Record<Standing, string>> = { held: '/cash', uncounted: '/cash?place=toConfirm', unbanked: '/cash?place=branch' };

async function tell(tx: Tx, scope: TenantScope, resting: Resting, late: Exclude<Lateness, 'in_time'>): Promise<void> {
  const { standing, branchId, agentId, oldestId } = resting;
  const [branch] = await tx.select({ name: branches.name }).from(branches).where(and(eq(branches.tenantId, scope.tenantId), eq(branches.id, branchId)));
  const [agent] = agentId === null ? [] : await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName, locale: user.locale, status: user.status }).from(user).where(and(eq(user.tenantId, scope.tenantId), eq(user.id, agentId)));
  const amount = moneyOf(resting.minor, resting.currency);
  const locale = localeOfRow(scope.tenant.defaultLocale);
  const params = { agent: agent === undefined ? '–' : fullName(agent), branch: branch?.name ?? '–', amount: formatMoney(amount, locale) };
  const effectKey = `cash:${oldestId}:${standing}`;
  if (standing === 'held' && agent?.status === 'active') {
    await notify(tx, scope, { userId: agent.id, kind: 'cash.overdue', params: { amount: formatMoney(amount, localeOfRow(agent.locale)) }, href: '/cash', effectKey: `${effectKey}:overdue:agent` });
  }
  await notifyRole(tx, scope, { role: 'branch_manager', branchId }, { kind: toManagers[standing], params, href: places[standing], effectKey: `${effectKey}:overdue` });
  if (late === 'escalated') await notifyRole(tx, scope, { role: 'tenant_admin' }, { kind: 'cash.escalated', params, href: places[standing], effectKey: `${effectKey}:escalated` });
}

/**
 * Tells of cash that rests too long where it is: its holder and the managers of the branch, and when nobody moves it the tenant's admin, by the days of the rule of the branch. Each is told once of the same cash, however
 * often this runs. Gives of how many it told.
 */
export async function watchCash(scope: TenantScope, now: Date): Promise<number> {
  const letterhead = await letterheadOf(scope, now);
  if (!isTold(letterhead, 'cash.overdue', 'in_app')) return 0;
  const late: { resting: Resting; late: Exclude<Lateness, 'in_time'> }[] = [];
  for (const resting of await withTenant(scope, (tx) => restingIn(tx, scope))) {
    const { value } = await ruleOf(scope, 'limits', now, resting.branchId);
    const as = lateAs(scope, resting, value, now);
    if (as !== 'in_time') late.push({ resting, late: as });
  }
  await withTenant(scope, async (tx) => {
    for (const one of late) await tell(tx, scope, one.resting, one.late);
  });
  return late.length;
}

export const watchCashJob = defineJob({
  name: 'cash.watch', payload: turnSchema, retries: 2, run: async (scope) => { await watchCash(scope, new Date()); },
});
