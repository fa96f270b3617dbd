import { and, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import { addDays, membershipYear, resumedOn, type DateOnly } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { membershipPauses, memberships } from '@interdomestik/db/schema';

type Membership = typeof memberships.$inferSelect;

const ofMembership = (scope: TenantScope, id: string) => and(eq(membershipPauses.tenantId, scope.tenantId), eq(membershipPauses.membershipId, id));

/** Days of pauses of a person in the membership year that a day lies in. */
export async function daysPaused(tx: Tx, scope: TenantScope, row: Pick<Membership, 'userId' | 'startsOn'>, today: DateOnly): Promise<number> {
  if (row.startsOn === null) return 0;
  const [used] = await tx.select({ days: sql<number>`coalesce(sum(${membershipPauses.endsOn} - ${membershipPauses.startsOn}), 0)::int` }).from(membershipPauses)
    .where(and(eq(membershipPauses.tenantId, scope.tenantId), eq(membershipPauses.userId, row.userId), gte(membershipPauses.startsOn, membershipYear(row.startsOn as DateOnly, today))));
  return used?.days ?? 0;
}

/** Days that pauses have added at the end of a membership. */
export async function daysAdded(tx: Tx, scope: TenantScope, membershipId: string): Promise<number> {
  const [added] = await tx.select({ days: sql<number>`coalesce(sum(${membershipPauses.endsOn} - ${membershipPauses.startsOn}), 0)::int` }).from(membershipPauses)
    .where(and(ofMembership(scope, membershipId), eq(membershipPauses.prolongs, true)));
  return added?.days ?? 0;
}

/** The pause that lasts; null: none does. */
export async function openPause(tx: Tx, scope: TenantScope, membershipId: string) {
  const [pause] = await tx.select().from(membershipPauses).where(and(ofMembership(scope, membershipId), isNull(membershipPauses.resumedAt))).for('no key update');
  return pause ?? null;
}

/** Whether a day lies in a pause of a person. The scope decides whose are seen. */
export async function isInPause(tx: Tx, scope: TenantScope, userId: string, on: DateOnly): Promise<boolean> {
  const [pause] = await tx.select({ id: membershipPauses.id }).from(membershipPauses)
    .where(and(eq(membershipPauses.tenantId, scope.tenantId), eq(membershipPauses.userId, userId), lte(membershipPauses.startsOn, on), sql`${membershipPauses.endsOn} > ${on}`)).limit(1);
  return pause !== undefined;
}

/**
 * Ends the pause of a membership on a day, whatever becomes of it then: days that were promised and are not paused come off its end again, unless a later period that is paid for begins there. Gives the end of the
 * membership. The caller holds the membership's lock and writes its status.
 */
export async function closePause(tx: Tx, scope: TenantScope, row: Membership, on: DateOnly, now: Date, followed = false): Promise<DateOnly> {
  const endsOn = row.endsOn as DateOnly;
  const pause = await openPause(tx, scope, row.id);
  if (pause === null) return endsOn;
  const { end, shorter } = resumedOn({ start: pause.startsOn as DateOnly, end: pause.endsOn as DateOnly, prolongs: pause.prolongs }, on);
  await tx.update(membershipPauses).set({ endsOn: end, resumedAt: now, updatedAt: now }).where(and(eq(membershipPauses.tenantId, scope.tenantId), eq(membershipPauses.id, pause.id)));
  const ends = followed ? endsOn : addDays(endsOn, -shorter);
  await tx.update(memberships).set({ endsOn: ends, updatedAt: now }).where(and(eq(memberships.tenantId, scope.tenantId), eq(memberships.id, row.id)));
  return ends;
}
