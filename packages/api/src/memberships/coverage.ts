import { and, eq } from 'drizzle-orm';
import { addDays, addMonths, nextStates, systemPermissions, todayIn, type DateOnly, type WorkflowsRule } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { memberships } from '@interdomestik/db/schema';
import { cancelDue, restoreDue } from '../instalments/settle';
import { monthsOf } from './activate';
import { closePause, daysAdded } from './pauses';
import { endReplaced, restoreReplaced, successorOf } from './replace';
import { rewardedDays } from './rewards';

const here = (scope: TenantScope, id: string) => and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, id));

const mayMove = (workflows: WorkflowsRule, from: string, to: string): boolean =>
  nextStates(workflows.memberships, from, { paymentSucceeded: to === 'active' }, systemPermissions).some((next) => next.to === to && next.allowed);

/**
 * Ends a membership whose money went back, also one that was called off before: cancelled, with its period cut to today, and nothing of it due any more. What it took the place of runs again, and what took its place ends with it. Where the tenant's workflow has no such step it stays as it
 * is, and staff decide. `scope` reaches the tenant.
 */
export async function endCoverage(tx: Tx, scope: TenantScope, membershipId: string, workflows: WorkflowsRule, now: Date): Promise<void> {
  const [row] = await tx.select().from(memberships).where(here(scope, membershipId)).for('no key update');
  if (row?.cutEndsOn !== undefined && row.cutEndsOn !== null) {
    // its unused part paid for what took its place, which has nothing to stand on now
    const successor = await successorOf(tx, scope, membershipId);
    if (successor !== null) await endCoverage(tx, scope, successor.id, workflows, now);
    return;
  }
  if (row === undefined || row.startsOn === null || (row.status !== 'canceled' && !mayMove(workflows, row.status, 'canceled'))) return;
  const today = todayIn(scope.tenant.timeZone, now);
  // a period holds at least one day, also of a membership that was given back on its first
  if (row.status === 'paused') await closePause(tx, scope, row, today, now);
  const shortest = addDays(row.startsOn as DateOnly, 1);
  const endsOn = today > shortest ? today : shortest;
  await tx.update(memberships).set({ status: 'canceled', canceledAt: row.canceledAt ?? now, endsOn: row.endsOn !== null && row.endsOn < endsOn ? row.endsOn : endsOn, updatedAt: now }).where(here(scope, membershipId));
  await cancelDue(tx, scope, membershipId, now);
  if (row.upgradedFrom !== null) await restoreReplaced(tx, scope, row.upgradedFrom, workflows, today, now);
}

/** Takes `endCoverage` back when the money stays after all: active again, or called off as it was, for the months that were sold and the days that friends and pauses have brought, with what is still due of it. */
export async function restoreCoverage(tx: Tx, scope: TenantScope, sale: { membershipId: string; receipt: unknown }, workflows: WorkflowsRule, now: Date): Promise<void> {
  const [row] = await tx.select().from(memberships).where(here(scope, sale.membershipId)).for('no key update');
  if (row?.cutEndsOn !== undefined && row.cutEndsOn !== null) {
    const successor = await successorOf(tx, scope, sale.membershipId);
    if (successor !== null) await restoreCoverage(tx, scope, { membershipId: successor.id, receipt: successor.receipt }, workflows, now);
    return;
  }
  if (row === undefined || row.startsOn === null || row.status !== 'canceled' || !mayMove(workflows, 'canceled', 'active')) return;
  const calledOff = row.cancelAskedAt !== null;
  const endsOn = addDays(addMonths(row.startsOn as DateOnly, monthsOf(sale.receipt)), (await rewardedDays(tx, scope, sale.membershipId)) + (await daysAdded(tx, scope, sale.membershipId)));
  await tx.update(memberships).set({ ...(calledOff ? {} : { status: 'active', canceledAt: null }), endsOn, updatedAt: now }).where(here(scope, sale.membershipId));
  if (row.upgradedFrom !== null) await endReplaced(tx, scope, row.upgradedFrom, row.startsOn as DateOnly, now);
  await restoreDue(tx, scope, sale.membershipId, now);
}
