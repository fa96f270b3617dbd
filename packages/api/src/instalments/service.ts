import { and, asc, desc, eq, type SQL } from 'drizzle-orm';
import { instalmentStatuses, todayIn, type InstalmentStatus, type Locale, type Money } from '@interdomestik/rules';
import { inAction, readTenant, visible, type TenantScope } from '@interdomestik/db';
import { instalments, memberships } from '@interdomestik/db/schema';
import { memberOf, moneyOf } from '../memberships/service';
import { planTitles } from '../plans/service';
import { payingBy } from './due';

export interface InstalmentView {
  readonly id: string;
  readonly number: number;
  readonly dueOn: string;
  readonly amount: Money;
  readonly status: InstalmentStatus;
  /** Due on a day that has passed, of a membership that has begun. */
  readonly overdue: boolean;
  /** The one that is to be paid next. */
  readonly next: boolean;
  readonly paidAt: Date | null;
}

/** The parts of one membership. */
export interface ScheduleView {
  readonly membershipId: string;
  readonly planTitle: string;
  /** How all of them are paid. */
  readonly by: 'cash' | 'card';
  readonly total: Money;
  /** What is still to be paid. */
  readonly left: Money;
  readonly parts: InstalmentView[];
}

const statusOf = (text: string): InstalmentStatus => {
  const status = instalmentStatuses.find((candidate) => candidate === text);
  if (status === undefined) throw new Error('an instalment has an unknown status');
  return status;
};

async function schedulesOf(scope: TenantScope, where: SQL, locale: Locale, now: Date): Promise<ScheduleView[]> {
  const title = await planTitles(scope, locale, now);
  const today = todayIn(scope.tenant.timeZone, now);
  const rows = await readTenant(scope, (tx) =>
    tx.select({ part: instalments, planCode: memberships.planCode }).from(instalments)
      .innerJoin(memberships, and(eq(memberships.tenantId, instalments.tenantId), eq(memberships.id, instalments.membershipId)))
      .where(and(visible(scope, instalments), where)).orderBy(desc(memberships.createdAt), desc(memberships.id), asc(instalments.number)).limit(300));
  return [...new Set(rows.map(({ part }) => part.membershipId))].flatMap((membershipId): ScheduleView[] => {
    const own = rows.filter(({ part }) => part.membershipId === membershipId);
    const [first] = own;
    if (first === undefined) return [];
    const sumOf = (parts: typeof own): Money => moneyOf(parts.reduce((total, { part }) => total + part.amountMinor, 0n), first.part.currency);
    const next = own.find(({ part }) => part.status === 'due')?.part.id;
    const begun = first.part.status === 'paid';
    return [{
      membershipId, planTitle: title(first.planCode), by: payingBy(first.part), total: sumOf(own), left: sumOf(own.filter(({ part }) => part.status === 'due')),
      parts: own.map(({ part }) => ({
        id: part.id, number: part.number, dueOn: part.dueOn, amount: moneyOf(part.amountMinor, part.currency), status: statusOf(part.status),
        overdue: begun && part.status === 'due' && part.dueOn < today, next: part.id === next, paidAt: part.paidAt,
      })),
    }];
  });
}

/** What the member pays in parts, newest membership first. */
export async function myInstalments(scope: TenantScope, locale: Locale, now: Date): Promise<ScheduleView[]> {
  return await schedulesOf(inAction(scope, 'instalments.mine'), eq(instalments.userId, memberOf(scope)), locale, now);
}

/** What one member in reach pays in parts; nothing for anybody else's. */
export async function instalmentsOf(scope: TenantScope, memberId: string, locale: Locale, now: Date): Promise<ScheduleView[]> {
  return await schedulesOf(inAction(scope, 'instalments.ofMember'), eq(instalments.userId, memberId), locale, now);
}
