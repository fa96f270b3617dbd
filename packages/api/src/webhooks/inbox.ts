import { and, asc, count, desc, eq, inArray, like } from 'drizzle-orm';
import { fullName, hiddenValue, newId, notFound, webhookStatuses, withoutPeople, type EventTopic, type WebhookStatus } from '@interdomestik/rules';
import { inAction, readTenant, scopeFor, visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs, paymentAccounts, user, webhookEvents } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';
import { aboutOf } from './about';
import { replayEvent } from './process';

const columns = {
  id: webhookEvents.id, eventId: webhookEvents.eventId, eventType: webhookEvents.eventType, status: webhookEvents.status, reason: webhookEvents.reason, attempts: webhookEvents.attempts,
  occurredAt: webhookEvents.occurredAt, createdAt: webhookEvents.createdAt, processedAt: webhookEvents.processedAt, accountName: paymentAccounts.name,
} as const;

/** Longest text of a message that is shown; a provider's own are far below. */
const shownAtMost = 60_000;

function statusOf(text: string): WebhookStatus {
  const status = webhookStatuses.find((one) => one === text);
  if (status === undefined) throw new Error('an event of the inbox has an unknown status');
  return status;
}

const ofAccount = and(eq(paymentAccounts.tenantId, webhookEvents.tenantId), eq(paymentAccounts.id, webhookEvents.paymentAccountId));

export interface EventListInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** The provider's own number of an event. */
  readonly search?: string | undefined;
  readonly filters?: { readonly status?: readonly WebhookStatus[] | undefined; readonly topic?: EventTopic | undefined; readonly accountId?: string | undefined } | undefined;
}

/** The inbox, newest first. */
export async function listEvents(scope: TenantScope, input: EventListInput) {
  const { status, topic, accountId } = input.filters ?? {};
  const rows = await readTenant(inAction(scope, 'webhooks.list'), (tx) =>
    tx.select({ ...columns, at: exactInstant(webhookEvents.createdAt) }).from(webhookEvents).innerJoin(paymentAccounts, ofAccount)
      .where(and(
        visible(scope, webhookEvents), olderThan(webhookEvents.createdAt, webhookEvents.id, input.cursor),
        status === undefined ? undefined : inArray(webhookEvents.status, [...status]), topic === undefined ? undefined : like(webhookEvents.eventType, `${topic}.%`),
        accountId === undefined ? undefined : eq(webhookEvents.paymentAccountId, accountId), input.search === undefined ? undefined : eq(webhookEvents.eventId, input.search),
      ))
      .orderBy(desc(webhookEvents.createdAt), desc(webhookEvents.id)).limit(input.limit + 1));
  const page = newestPage(rows, input.limit);
  return { nextCursor: page.nextCursor, items: page.items.map((row) => ({ ...row, status: statusOf(row.status) })) };
}

/** How many events wait for somebody, by where they stand; and the accounts that events come for. */
export async function inboxStanding(scope: TenantScope) {
  const acting = inAction(scope, 'webhooks.standing');
  const rows = await readTenant(acting, (tx) =>
    tx.select({ status: webhookEvents.status, events: count() }).from(webhookEvents)
      .where(and(visible(scope, webhookEvents), inArray(webhookEvents.status, ['failed', 'dead', 'parked']))).groupBy(webhookEvents.status));
  const accounts = await readTenant(acting, (tx) =>
    tx.select({ id: paymentAccounts.id, name: paymentAccounts.name }).from(paymentAccounts).where(and(visible(scope, paymentAccounts), eq(paymentAccounts.provider, 'paddle'))).orderBy(asc(paymentAccounts.name)));
  const of = (status: WebhookStatus): number => rows.find((row) => row.status === status)?.events ?? 0;
  return { failed: of('failed'), dead: of('dead'), parked: of('parked'), accounts };
}

/** The message in an even hand; without what it says of people for a reader who may not see them. */
function payloadOf(raw: string, seesPeople: boolean): string {
  let text: string;
  try {
    const message: unknown = JSON.parse(raw);
    text = JSON.stringify(seesPeople ? message : withoutPeople(message), null, 2);
  } catch {
    text = seesPeople ? raw : hiddenValue;
  }
  return text.length > shownAtMost ? `${text.slice(0, shownAtMost)} …` : text;
}

/** Who put an event back to work, newest first. Of a super admin only the kind is told. */
async function replaysOf(tx: Tx, scope: TenantScope, eventRowId: string) {
  const rows = await tx.select({ at: auditLogs.at, actorKind: auditLogs.actorKind, actorId: auditLogs.actorId }).from(auditLogs)
    .where(and(eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.entity, 'webhook_events'), eq(auditLogs.entityId, eventRowId))).orderBy(desc(auditLogs.at)).limit(20);
  const ids = rows.flatMap(({ actorKind, actorId }) => (actorKind === 'user' && actorId !== null ? [actorId] : []));
  const people = ids.length === 0 ? [] : await tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, ids)));
  return rows.map(({ at, actorKind, actorId }) => {
    const person = people.find(({ id }) => id === actorId);
    return { at, actorKind, by: person === undefined ? null : fullName(person) };
  });
}

/** One event with its message, what it is about in our own rows, and who put it back to work. Another tenant's is NOT_FOUND. */
export async function readEvent(scope: TenantScope, id: string) {
  const acting = inAction(scope, 'webhooks.get');
  const [event] = await readTenant(acting, (tx) =>
    tx.select({ ...columns, raw: webhookEvents.raw, paymentAccountId: webhookEvents.paymentAccountId }).from(webhookEvents).innerJoin(paymentAccounts, ofAccount)
      .where(and(visible(scope, webhookEvents), eq(webhookEvents.id, id))));
  if (event === undefined) throw notFound();
  const seesPeople = scopeFor(scope, 'members.read')?.reach.kind === 'tenant';
  const { raw, paymentAccountId, ...told } = event;
  const [replays, about] = await withTenant(acting, async (tx) => [await replaysOf(tx, scope, id), await aboutOf(tx, scope, { raw, paymentAccountId }, seesPeople)] as const);
  return { ...told, status: statusOf(told.status), payload: payloadOf(raw, seesPeople), masked: !seesPeople, replays, ...about };
}

/**
 * Puts an event that has stopped back to work, on record with who asked. For one that is under way or done already it does nothing, so that asking twice
 * is asking once. Throws NOT_FOUND for another tenant's.
 */
export async function replayStopped(scope: TenantScope, id: string, now: Date): Promise<{ readonly replayed: boolean }> {
  const acting = inAction(scope, 'webhooks.replay');
  return await withTenant(acting, async (tx) => {
    const [event] = await tx.select({ status: webhookEvents.status, reason: webhookEvents.reason }).from(webhookEvents).where(and(visible(scope, webhookEvents), eq(webhookEvents.id, id))).for('no key update');
    if (event === undefined) throw notFound();
    if (!(await replayEvent(tx, acting, id, now))) return { replayed: false };
    await tx.insert(auditLogs).values({
      tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: acting.action, requestId: scope.requestId, operation: 'EVENT_REPLAYED',
      entity: 'webhook_events', entityId: id, before: event, after: { status: 'received' },
    });
    return { replayed: true };
  });
}
