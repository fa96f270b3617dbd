import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { webhookEvents } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { alertAdmins } from './alerts';
import { processEventJob } from './process';

/** The last attempt of an event comes a minute after its first: what has not moved for this long has lost its job. */
const lostAfterMs = 30 * 60_000;
/** An event that waits for its parent longer than this is for a person (P-06). */
const waitsAtMostMs = 24 * 3_600_000;
const atMost = 500;

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** Takes up events whose job is gone, and tells the admins of those that were put aside and that nobody came for within a day. */
export async function sweepInbox(scope: TenantScope, now: Date): Promise<void> {
  const own = eq(webhookEvents.tenantId, scope.tenantId);
  await withTenant(scope, async (tx) => {
    const lost = await tx.select({ id: webhookEvents.id }).from(webhookEvents)
      .where(and(own, inArray(webhookEvents.status, ['received', 'processing', 'failed']), lt(webhookEvents.updatedAt, before(now, lostAfterMs)))).orderBy(asc(webhookEvents.createdAt)).limit(atMost);
    for (const { id } of lost) await enqueue(tx, scope, processEventJob, { eventRowId: id });
    if (lost.length > 0) await tx.update(webhookEvents).set({ updatedAt: now }).where(and(own, inArray(webhookEvents.id, lost.map(({ id }) => id))));
  });
  await withTenant(scope, async (tx) => {
    const waiting = await tx.select({ id: webhookEvents.id, eventId: webhookEvents.eventId }).from(webhookEvents)
      .where(and(own, eq(webhookEvents.status, 'parked'), lt(webhookEvents.processedAt, before(now, waitsAtMostMs)))).orderBy(asc(webhookEvents.createdAt)).limit(atMost);
    for (const event of waiting) await alertAdmins(tx, scope, event, 'payment.event_waiting');
  });
}

export const sweepInboxJob = defineJob({ name: 'webhooks.sweep', payload: turnSchema, retries: 3, run: async (scope) => { await sweepInbox(scope, new Date()); } });
