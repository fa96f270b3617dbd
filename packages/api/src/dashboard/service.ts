import { and, count, eq, gte, inArray, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Money } from '@interdomestik/rules';
import { inAction, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { cashReceipts, claims, memberships, payments } from '@interdomestik/db/schema';
import { isOverdue } from '../claims/view';
import { moneyOf } from '../memberships/service';

export const dashboardPeriods = { month: 30, quarter: 90, year: 365 } as const;
export type DashboardPeriod = keyof typeof dashboardPeriods;

interface Span {
  readonly from: Date;
  readonly to: Date;
}

const openClaim = ['submitted', 'verification', 'evaluation', 'negotiation', 'court'];
const received = ['succeeded', 'partly_refunded', 'refunded', 'disputed'];

const during = (column: AnyPgColumn, span: Span): SQL | undefined => and(gte(column, span.from), lt(column, span.to));

async function takings(tx: Tx, scope: TenantScope, span: Span): Promise<{ total: Money[]; byMethod: { method: string; amount: Money }[] }> {
  const rows = await tx.select({ method: payments.method, currency: payments.currency, minor: sql<string>`sum(${payments.amountMinor} - ${payments.refundedMinor})::text` })
    .from(payments).where(and(visible(scope, payments), inArray(payments.status, received), during(payments.paidAt, span)))
    .groupBy(payments.method, payments.currency).orderBy(payments.currency, payments.method);
  const totals = new Map<string, bigint>();
  for (const row of rows) totals.set(row.currency, (totals.get(row.currency) ?? 0n) + BigInt(row.minor));
  return {
    total: [...totals].map(([currency, minor]) => moneyOf(minor, currency)),
    byMethod: rows.map((row) => ({ method: row.method, amount: moneyOf(BigInt(row.minor), row.currency) })),
  };
}

async function counted(tx: Tx, table: typeof memberships | typeof claims, where: SQL | undefined): Promise<number> {
  const [row] = await tx.select({ value: count() }).from(table).where(where);
  return row?.value ?? 0;
}

/**
 * The six figures of the scope's reach with the period before, and two series by week or month. Every figure counts rows that the
 * same person finds in the list behind it.
 */
export async function dashboardFigures(scope: TenantScope, period: DashboardPeriod, now: Date) {
  const length = dashboardPeriods[period] * 86_400_000;
  const current: Span = { from: new Date(now.getTime() - length), to: now };
  const before: Span = { from: new Date(now.getTime() - 2 * length), to: current.from };
  return await withTenant(inAction(scope, 'dashboard.figures'), async (tx) => {
    const activeAt = (moment: Date) => and(
      visible(scope, memberships), isNotNull(memberships.activatedAt), lt(memberships.activatedAt, moment),
      sql`${memberships.endsOn} > (${moment.toISOString()}::timestamptz at time zone ${scope.tenant.timeZone})::date`,
      sql`${memberships.startsOn} <= (${moment.toISOString()}::timestamptz at time zone ${scope.tenant.timeZone})::date`,
    );
    const newMembers = (span: Span) => and(visible(scope, memberships), during(memberships.activatedAt, span));
    const open = and(visible(scope, claims), inArray(claims.status, openClaim));
    const bucket: 'day' | 'week' | 'month' = period === 'year' ? 'month' : period === 'quarter' ? 'week' : 'day';
    const [active, activeBefore, joined, joinedBefore, money, moneyBefore, openClaims, overdue, submitted, submittedBefore, custody, joinedSeries, moneySeries] = await Promise.all([
      counted(tx, memberships, activeAt(current.to)),
      counted(tx, memberships, activeAt(before.to)),
      counted(tx, memberships, newMembers(current)),
      counted(tx, memberships, newMembers(before)),
      takings(tx, scope, current),
      takings(tx, scope, before),
      counted(tx, claims, open),
      counted(tx, claims, and(open, isOverdue(now))),
      counted(tx, claims, and(visible(scope, claims), during(claims.submittedAt, current))),
      counted(tx, claims, and(visible(scope, claims), during(claims.submittedAt, before))),
      tx.select({ currency: cashReceipts.currency, minor: sql<string>`sum(${cashReceipts.amountMinor})::text`, receipts: count() }).from(cashReceipts)
        .where(and(visible(scope, cashReceipts), isNull(cashReceipts.bankedAt))).groupBy(cashReceipts.currency).orderBy(cashReceipts.currency),
      seriesOf(tx, scope, memberships.activatedAt, memberships, and(visible(scope, memberships), during(memberships.activatedAt, current)), bucket),
      moneySeriesOf(tx, scope, current, bucket),
    ]);
    return {
      period, bucket,
      activeMembers: { value: active, before: activeBefore },
      newMembers: { value: joined, before: joinedBefore },
      takings: { total: money.total, before: moneyBefore.total, byMethod: money.byMethod },
      claims: { open: openClaims, overdue, submitted, submittedBefore },
      cashInCustody: { total: custody.map((row) => moneyOf(BigInt(row.minor), row.currency)), receipts: custody.reduce((sum, row) => sum + row.receipts, 0) },
      joinedSeries, moneySeries,
    };
  });
}

const bucketOf = (scope: TenantScope, column: AnyPgColumn, bucket: string) =>
  sql<string>`to_char(date_trunc(${bucket}, ${column} at time zone ${scope.tenant.timeZone}), 'YYYY-MM-DD')`;

async function seriesOf(tx: Tx, scope: TenantScope, column: AnyPgColumn, table: typeof memberships, where: SQL | undefined, bucket: string) {
  return await tx.select({ day: bucketOf(scope, column, bucket).as('day'), value: count() }).from(table).where(where).groupBy(sql`1`).orderBy(sql`1`);
}

async function moneySeriesOf(tx: Tx, scope: TenantScope, span: Span, bucket: string) {
  const rows = await tx.select({ day: bucketOf(scope, payments.paidAt, bucket).as('day'), currency: payments.currency, minor: sql<string>`sum(${payments.amountMinor} - ${payments.refundedMinor})::text` })
    .from(payments).where(and(visible(scope, payments), inArray(payments.status, received), during(payments.paidAt, span)))
    .groupBy(sql`1`, payments.currency).orderBy(sql`1`, payments.currency);
  return rows.map((row) => ({ day: row.day, amount: moneyOf(BigInt(row.minor), row.currency) }));
}

/** What of the own work waits: for the head of the dashboard. */
export async function attention(scope: TenantScope, now: Date) {
  return await withTenant(inAction(scope, 'dashboard.attention'), async (tx) => {
    const [cash, pendingPayments, overdue] = await Promise.all([
      tx.select({ value: count() }).from(cashReceipts).where(and(visible(scope, cashReceipts), eq(cashReceipts.status, 'collected'))),
      tx.select({ value: count() }).from(payments).where(and(visible(scope, payments), eq(payments.status, 'pending'))),
      counted(tx, claims, and(visible(scope, claims), isOverdue(now))),
    ]);
    return { cashToHandOver: cash[0]?.value ?? 0, pendingPayments: pendingPayments[0]?.value ?? 0, overdueClaims: overdue };
  });
}
