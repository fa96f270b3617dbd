import { and, asc, desc, eq, max } from 'drizzle-orm';
import { listTenants, withPlatform, type PlatformScope } from '@interdomestik/db';
import { platformAuditLogs, platformSecondFactors, platformSessions, platformUsers } from '@interdomestik/db/schema';
import { newestPage, exactInstant, olderThan } from '../lists/keyset';
import { adminOf } from '../platform/console';

/** Everybody who is, was or is to be a super admin, by name. */
export async function listSuperAdmins(scope: PlatformScope) {
  const { userId } = adminOf(scope);
  const rows = await withPlatform(scope, 'superAdmins.list', async (tx) => {
    const seen = tx.select({ userId: platformSessions.platformUserId, at: max(platformSessions.lastSeenAt).as('at') }).from(platformSessions).groupBy(platformSessions.platformUserId).as('seen');
    return await tx.select({ id: platformUsers.id, name: platformUsers.name, email: platformUsers.email, status: platformUsers.status, confirmedAt: platformSecondFactors.confirmedAt, lastSeenAt: seen.at })
      .from(platformUsers).leftJoin(platformSecondFactors, eq(platformSecondFactors.platformUserId, platformUsers.id)).leftJoin(seen, eq(seen.userId, platformUsers.id))
      .orderBy(asc(platformUsers.name), asc(platformUsers.id));
  });
  return rows.map(({ confirmedAt, ...row }) => ({ ...row, twoSteps: confirmedAt !== null, self: row.id === userId }));
}

type Detail = Readonly<Record<string, string | number | boolean | null>>;

/** What super admins did outside every tenant, newest first, with the names of who did it and to what. */
export async function listTrail(scope: PlatformScope, { cursor, limit, personId }: { cursor?: string | undefined; limit: number; personId?: string | undefined }) {
  const [rows, people, tenants] = await Promise.all([
    withPlatform(scope, 'superAdmins.trail', (tx) =>
      tx.select({
        id: platformAuditLogs.id, at: exactInstant(platformAuditLogs.createdAt), happenedAt: platformAuditLogs.createdAt, personId: platformAuditLogs.platformUserId,
        action: platformAuditLogs.action, subject: platformAuditLogs.subject, detail: platformAuditLogs.detail,
      }).from(platformAuditLogs)
        .where(and(personId === undefined ? undefined : eq(platformAuditLogs.platformUserId, personId), olderThan(platformAuditLogs.createdAt, platformAuditLogs.id, cursor)))
        .orderBy(desc(platformAuditLogs.createdAt), desc(platformAuditLogs.id)).limit(limit + 1)),
    withPlatform(scope, 'superAdmins.trail', (tx) => tx.select({ id: platformUsers.id, name: platformUsers.name }).from(platformUsers)),
    listTenants(),
  ]);
  const names = new Map([...people, ...tenants].map(({ id, name }) => [id, name]));
  const page = newestPage(rows, limit);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ personId: by, subject, detail, ...row }) => ({
      ...row, byName: by === null ? null : (names.get(by) ?? null), subjectName: subject === null || subject === by ? null : (names.get(subject) ?? subject),
      operation: textIn(detail, 'operation'), reason: textIn(detail, 'reason'),
    })),
  };
}

const textIn = (detail: Detail | null, name: string): string | null => (typeof detail?.[name] === 'string' ? detail[name] : null);
