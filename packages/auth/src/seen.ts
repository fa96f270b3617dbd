import { eq, sql } from 'drizzle-orm';
import { inAction, noteSession, withPlatform, type PlatformScope, type TenantScope } from '@interdomestik/db';
import { platformSessions } from '@interdomestik/db/schema';

const everyMs = 5 * 60_000;
const capacity = 20_000;
const seen = new Map<string, number>();

function dueNow(sessionId: string, now: number): boolean {
  if (now - (seen.get(sessionId) ?? 0) < everyMs) return false;
  if (seen.size >= capacity) seen.clear();
  seen.set(sessionId, now);
  return true;
}

/**
 * Notes that a session is in use, at most once in five minutes a process, so that it does not end for being idle and people recognise their own browsers
 * in the list of sessions. Nothing waits for it and nothing fails with it.
 */
export function markSeen(scope: TenantScope, now: number = Date.now()): void {
  const { sessionId } = scope;
  if (sessionId === null || !dueNow(sessionId, now)) return;
  noteSession(inAction(scope, 'auth.seen')).catch(() => seen.delete(sessionId));
}

/** The same for a super admin. */
export function markPlatformSeen(scope: PlatformScope, now: number = Date.now()): void {
  const sessionId = scope.session?.sessionId;
  if (sessionId === undefined || !dueNow(sessionId, now)) return;
  withPlatform(scope, 'auth.seen', (tx) => tx.update(platformSessions).set({ lastSeenAt: sql`now()` }).where(eq(platformSessions.id, sessionId))).catch(() => seen.delete(sessionId));
}
