import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isDomainError, replayableStatuses } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { webhookEvents } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { defineJob } from '../jobs/registry';
import { logFailure } from '../log';
import { parsePaddleEvent, type PaddleEvent } from '../vendors/paddle';
import { applyAdjustment } from './adjustment';
import { alertAdmins } from './alerts';
import { earlyReasons, nothingFollows, type Outcome, type StoredEvent } from './outcome';
import { prepareSettlement } from './settlement';
import { testEventType } from './test-event';
import { applyTransaction, completeTransaction } from './transaction';

const eventPayload = z.object({ eventRowId: z.uuid() });

/** Attempts before an event is given up; the queue waits longer each time, and a crash counts as an attempt. */
const maxAttempts = 5;

export const processEventJob = defineJob({
  name: 'webhooks.process', payload: eventPayload, retries: maxAttempts + 3,
  run: (scope, { eventRowId }) => processEvent(scope, eventRowId, new Date()),
});

const here = (scope: TenantScope, id: string) => and(eq(webhookEvents.tenantId, scope.tenantId), eq(webhookEvents.id, id));

/** Takes an event out of the inbox; null when it is finished or given up. One that a dead process left half-way is taken again. */
async function claim(scope: TenantScope, id: string, now: Date): Promise<StoredEvent | null> {
  return await withTenant(scope, async (tx) => {
    const [event] = await tx.update(webhookEvents)
      .set({ status: 'processing', attempts: sql`${webhookEvents.attempts} + 1`, updatedAt: now })
      .where(and(here(scope, id), inArray(webhookEvents.status, ['received', 'processing', 'failed'])))
      .returning();
    return event ?? null;
  });
}

/** Memberships are renewed by us and paid sale by sale: what the provider calls a subscription moves nothing here. The payments that it brings come as transactions. */
async function effectOf(tx: Tx, scope: TenantScope, stored: StoredEvent, event: PaddleEvent, now: Date, settle: Awaited<ReturnType<typeof prepareSettlement>>): Promise<Outcome> {
  if (event.kind === 'transaction') return await applyTransaction(tx, scope, stored, event, settle, now);
  if (event.kind === 'adjustment') return await applyAdjustment(tx, scope, stored, event, settle, now);
  if (event.kind === 'subscription') return nothingFollows('subscription');
  return nothingFollows(event.type === testEventType ? 'test' : 'unused');
}

/** Takes up again what was parked because this transaction was not known. Parked events are few, so their texts may be searched. */
async function release(tx: Tx, scope: TenantScope, paymentAccountId: string, transactionId: string): Promise<void> {
  const waiting = await tx.select({ id: webhookEvents.id }).from(webhookEvents)
    .where(and(
      eq(webhookEvents.tenantId, scope.tenantId), eq(webhookEvents.status, 'parked'), eq(webhookEvents.paymentAccountId, paymentAccountId),
      inArray(webhookEvents.reason, [...earlyReasons]), sql`position(${JSON.stringify(transactionId)} in ${webhookEvents.raw}) > 0`,
    ));
  for (const { id } of waiting) await replayEvent(tx, scope, id, new Date());
}

/** Applies an event and marks it, in one transaction: either all of it stands or nothing does. */
async function apply(scope: TenantScope, stored: StoredEvent, now: Date): Promise<void> {
  const event = await completeTransaction(scope, stored, parsePaddleEvent(stored.raw));
  const settle = await prepareSettlement(scope, now);
  await withTenant(scope, async (tx) => {
    // the job may run twice at a time after a long pause; the second one waits here and then finds it finished
    const [open] = await tx.select({ status: webhookEvents.status }).from(webhookEvents).where(here(scope, stored.id)).for('no key update');
    if (open?.status !== 'processing') return;
    const outcome = await effectOf(tx, scope, stored, event, now, settle);
    await tx.update(webhookEvents).set({ status: outcome.kind, reason: outcome.reason ?? null, processedAt: now, updatedAt: now }).where(here(scope, stored.id));
    if (outcome.kind === 'parked') {
      if (outcome.alert) await alertAdmins(tx, scope, stored, 'payment.parked');
    } else if (outcome.release !== undefined) await release(tx, scope, stored.paymentAccountId, outcome.release);
  });
}

/**
 * Works off one event of the inbox: received or failed -> processing -> done, parked, failed or dead. Whatever happens between any two
 * lines, a repeat changes nothing that stands. Throws after a failure, so that the queue tries again, until the event is dead and the
 * admins are told; other events are not held up by it.
 */
export async function processEvent(given: TenantScope, eventRowId: string, now: Date): Promise<void> {
  const scope = inAction(given, 'webhooks.process');
  const stored = await claim(scope, eventRowId, now);
  if (stored === null) return;
  try {
    await apply(scope, stored, now);
  } catch (error) {
    logFailure(scope.requestId, 'webhooks.process', error);
    const dead = stored.attempts >= maxAttempts;
    await withTenant(scope, async (tx) => {
      await tx.update(webhookEvents).set({ status: dead ? 'dead' : 'failed', reason: isDomainError(error) ? error.messageKey : 'errors.internal', updatedAt: now })
        .where(and(here(scope, stored.id), eq(webhookEvents.status, 'processing')));
      if (dead) await alertAdmins(tx, scope, stored, 'payment.event_dead');
    });
    if (!dead) throw error;
  }
}

/** Puts a parked, failed or dead event back to the inbox, with all its attempts before it. True when there was one. */
export async function replayEvent(tx: Tx, scope: TenantScope, eventRowId: string, now: Date): Promise<boolean> {
  const [event] = await tx.update(webhookEvents).set({ status: 'received', attempts: 0, reason: null, updatedAt: now })
    .where(and(here(scope, eventRowId), inArray(webhookEvents.status, [...replayableStatuses]))).returning({ id: webhookEvents.id });
  if (event === undefined) return false;
  await enqueue(tx, scope, processEventJob, { eventRowId: event.id });
  return true;
}
