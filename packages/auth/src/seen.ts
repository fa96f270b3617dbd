import { and, eq, sql } from 'drizzle-orm';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { sessions } from '@interdomestik/db/schema';

const everyMs = 5 * 60_000;
const capacity = 20_000;
const seen = new Map<string, number>();

/**
 * Notes that a session is in use, at most once in five minutes a process, so that people recognise their own browsers in the
 * list of sessions. Nothing waits for it and nothing fails with it.
 */
export function markSeen(scope: TenantScope, now: number = Date.now()): void {
  const { sessionId, tenantId } = scope;
  if (sessionId === null || now - (seen.get(sessionId) ?? 0) < everyMs) return;
  if (seen.size >= capacity) seen.clear();
  seen.set(sessionId, now);
  withTenant(inAction(scope, 'auth.seen'), (tx) => tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(and(eq(sessions.tenantId, tenantId), eq(sessions.id, sessionId)))).catch(() => seen.delete(sessionId));
}
