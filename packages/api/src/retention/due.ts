import { and, eq, exists, gte, inArray, isNotNull, isNull, lt, ne, not, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { instantOf, type DateOnly, type RetentionKind } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import {
  cashReceipts, claims, idempotencyKeys, importBatches, importLines, importPieces, instalments, leads, mails, memberships, notifications, refundRequests, refunds, sessions, user, userRoles, userTokens, webhookEvents,
} from '@interdomestik/db/schema';

/** What is over its time, of each kind: one condition for the trial and for the job. */
export interface Due {
  readonly people: SQL;
  readonly claims: SQL;
  readonly leads: SQL;
  readonly mails: SQL;
  readonly notifications: SQL;
  readonly sessions: SQL;
  readonly tokens: SQL;
  readonly events: SQL;
  readonly keys: SQL;
  readonly pieces: SQL;
  readonly lines: SQL;
}

const all = (...parts: (SQL | undefined)[]): SQL => and(...parts) ?? sql`false`;

/**
 * The conditions by the first kept day of each kind, in the tenant's own time. A person is over when no membership has run since that day, none waits, nothing is open or owed, and the person works nowhere here; a claim when it has been closed for that
 * long; events of the provider only once they are worked off.
 */
export function dueSince(tx: Tx, { tenantId, tenant }: TenantScope, from: Readonly<Record<RetentionKind, DateOnly>>): Due {
  const before = (kind: RetentionKind): Date => instantOf(from[kind], tenant.timeZone);
  const theirs = (table: { readonly tenantId: AnyPgColumn; readonly userId: AnyPgColumn }): SQL => all(eq(table.tenantId, tenantId), eq(table.userId, user.id));
  const none = (query: Parameters<typeof exists>[0]): SQL => not(exists(query));
  const batches = tx.select({ id: importBatches.id }).from(importBatches).where(and(eq(importBatches.tenantId, tenantId), inArray(importBatches.status, ['done', 'partly_undone', 'undone']), lt(importBatches.finishedAt, before('workings'))));
  return {
    people: all(
      eq(user.tenantId, tenantId), isNull(user.erasedAt), lt(user.createdAt, before('people')),
      exists(tx.select({ one: sql`1` }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), eq(userRoles.userId, user.id), eq(userRoles.role, 'member')))),
      none(tx.select({ one: sql`1` }).from(userRoles).where(and(eq(userRoles.tenantId, tenantId), eq(userRoles.userId, user.id), ne(userRoles.role, 'member')))),
      none(tx.select({ one: sql`1` }).from(memberships).where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, user.id), or(eq(memberships.status, 'pending'), gte(memberships.endsOn, from.people))))),
      none(tx.select({ one: sql`1` }).from(claims).where(and(eq(claims.tenantId, tenantId), eq(claims.userId, user.id), or(notInArray(claims.status, ['draft', 'resolved', 'rejected']), gte(claims.updatedAt, before('claims')))))),
      none(tx.select({ one: sql`1` }).from(instalments).where(and(theirs(instalments), eq(instalments.status, 'due')))),
      none(tx.select({ one: sql`1` }).from(refunds).where(and(theirs(refunds), or(eq(refunds.status, 'asked'), eq(refunds.source, 'owed'))))),
      none(tx.select({ one: sql`1` }).from(refundRequests).where(and(theirs(refundRequests), eq(refundRequests.status, 'open')))),
      none(tx.select({ one: sql`1` }).from(cashReceipts).where(and(theirs(cashReceipts), eq(cashReceipts.status, 'collected')))),
    ),
    claims: all(
      eq(claims.tenantId, tenantId), inArray(claims.status, ['resolved', 'rejected']), lt(sql`coalesce(${claims.stageSince}, ${claims.updatedAt})`, before('claims')),
      or(ne(claims.description, ''), ne(claims.counterparty, ''), isNotNull(claims.noFeeReason)),
    ),
    leads: all(eq(leads.tenantId, tenantId), isNull(leads.userId), lt(leads.updatedAt, before('leads')), ne(leads.firstName, '–')),
    mails: all(eq(mails.tenantId, tenantId), ne(mails.status, 'queued'), lt(mails.createdAt, before('messages'))),
    notifications: all(eq(notifications.tenantId, tenantId), lt(notifications.createdAt, before('messages'))),
    sessions: all(eq(sessions.tenantId, tenantId), lt(sessions.expiresAt, before('sessions'))),
    tokens: all(eq(userTokens.tenantId, tenantId), lt(userTokens.expiresAt, before('sessions'))),
    events: all(eq(webhookEvents.tenantId, tenantId), inArray(webhookEvents.status, ['done', 'dead']), lt(webhookEvents.createdAt, before('events')), ne(webhookEvents.raw, '{}')),
    keys: all(eq(idempotencyKeys.tenantId, tenantId), lt(idempotencyKeys.createdAt, before('workings'))),
    pieces: all(eq(importPieces.tenantId, tenantId), inArray(importPieces.batchId, batches)),
    lines: all(eq(importLines.tenantId, tenantId), inArray(importLines.batchId, batches), or(isNotNull(importLines.cells), isNotNull(importLines.traits), isNotNull(importLines.before), isNotNull(importLines.problems), isNotNull(importLines.number))),
  };
}
