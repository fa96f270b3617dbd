import { and, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import { addDays, coveredStatuses, nextStates, systemPermissions, type DateOnly, type WorkflowsRule } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { memberships, payments, refunds } from '@interdomestik/db/schema';

type Row = typeof memberships.$inferSelect;

const here = (scope: TenantScope, id: string) => and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, id));

/** True when something that was paid for a membership went back, is disputed, or was asked for. */
export async function isMoneyGone(tx: Tx, scope: TenantScope, membershipId: string): Promise<boolean> {
  const [gone] = await tx.select({ id: payments.id }).from(payments)
    .where(and(eq(payments.tenantId, scope.tenantId), eq(payments.membershipId, membershipId), inArray(payments.status, ['refunded', 'partly_refunded', 'disputed']))).limit(1);
  const [asked] = await tx.select({ id: refunds.id }).from(refunds).where(and(eq(refunds.tenantId, scope.tenantId), eq(refunds.membershipId, membershipId), eq(refunds.status, 'asked'))).limit(1);
  return gone !== undefined || asked !== undefined;
}

/** Whether the membership that this one takes the place of still runs, with its money here; also true for one that takes nobody's. */
export async function upgradeStands(tx: Tx, scope: TenantScope, membershipId: string, today: DateOnly): Promise<boolean> {
  const [sale] = await tx.select({ from: memberships.upgradedFrom, startsOn: memberships.startsOn }).from(memberships).where(here(scope, membershipId));
  if (sale === undefined || sale.from === null || sale.startsOn !== null) return true;
  const [old] = await tx.select().from(memberships).where(here(scope, sale.from)).for('no key update');
  return old !== undefined && stands(old, today) && !(await isMoneyGone(tx, scope, old.id));
}

const stands = (old: Row, today: DateOnly): boolean => coveredStatuses.some((status) => status === old.status) && old.endsOn !== null && old.endsOn > today && old.cutEndsOn === null;

/** Whether the tenant's workflow ends a membership whose period is over, from where it stands. */
export const mayBeReplaced = (workflows: WorkflowsRule, from: string): boolean =>
  nextStates(workflows.memberships, from, { periodEnded: true }, systemPermissions).some((next) => next.to === 'expired' && next.allowed);

const mayRunAgain = (workflows: WorkflowsRule): boolean => nextStates(workflows.memberships, 'expired', { paymentSucceeded: true }, systemPermissions).some((next) => next.to === 'active' && next.allowed);

/**
 * Ends a membership on the day on which a bigger plan takes its place, remembering where it would have ended. It keeps its first day; one that began today overlaps its successor by that day. Part of the
 * transaction that activates the successor.
 */
export async function endReplaced(tx: Tx, scope: TenantScope, id: string, on: DateOnly, now: Date): Promise<void> {
  const [old] = await tx.select().from(memberships).where(here(scope, id)).for('no key update');
  if (old === undefined || old.startsOn === null || old.cutEndsOn !== null) return;
  const shortest = addDays(old.startsOn as DateOnly, 1);
  await tx.update(memberships).set({ status: 'expired', endsOn: on > shortest ? on : shortest, cutEndsOn: old.endsOn, updatedAt: now }).where(here(scope, id));
}

/** Takes `endReplaced` back when the successor's money goes back: it runs to its own end again, called off as it was. One whose own money is gone, or whose end has come, stays ended, and so it is where the tenant's workflow has no such step. */
export async function restoreReplaced(tx: Tx, scope: TenantScope, id: string, workflows: WorkflowsRule, today: DateOnly, now: Date): Promise<void> {
  const [old] = await tx.select().from(memberships).where(here(scope, id)).for('no key update');
  if (old === undefined || old.cutEndsOn === null || !mayRunAgain(workflows) || (await isMoneyGone(tx, scope, old.id))) return;
  const status = old.cutEndsOn <= today ? 'expired' : old.cancelAskedAt === null ? 'active' : 'canceled';
  await tx.update(memberships).set({ status, endsOn: old.cutEndsOn, cutEndsOn: null, updatedAt: now }).where(here(scope, id));
}

/** The membership that took this one's place; null: none did. */
export async function successorOf(tx: Tx, scope: TenantScope, id: string): Promise<Row | null> {
  const [row] = await tx.select().from(memberships).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.upgradedFrom, id), inArray(memberships.status, [...coveredStatuses, 'paused']))).limit(1);
  return row ?? null;
}

/** Changes of plan that nobody paid since `before` are not to be paid any more: their unused part has become smaller. Gives how many. */
export async function dropStaleUpgrades(tx: Tx, scope: TenantScope, before: Date, now: Date): Promise<number> {
  const stale = tx.select({ id: memberships.id }).from(memberships)
    .where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.status, 'pending'), isNotNull(memberships.upgradedFrom), lt(memberships.createdAt, before)));
  const dropped = await tx.update(payments).set({ replacedAt: now, updatedAt: now })
    .where(and(eq(payments.tenantId, scope.tenantId), inArray(payments.membershipId, stale), isNull(payments.paidAt), isNull(payments.replacedAt))).returning({ id: payments.id });
  return dropped.length;
}
