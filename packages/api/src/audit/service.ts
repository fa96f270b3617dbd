import { and, desc, eq, inArray } from 'drizzle-orm';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, user } from '@interdomestik/db/schema';
import { exactInstant, newestPage, olderThan } from '../lists/keyset';

export interface AuditFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly entity?: string | undefined;
  readonly entityId?: string | undefined;
  readonly actorId?: string | undefined;
}

/** What happened in the tenant, newest first. Names of people are joined in; a deleted actor keeps only the id. */
export async function listAudit(scope: TenantScope, filter: AuditFilter) {
  const rows = await readTenant(scope, (tx) =>
    tx.select({
      id: auditLogs.id, at: exactInstant(auditLogs.at), happenedAt: auditLogs.at, actorKind: auditLogs.actorKind, actorId: auditLogs.actorId,
      action: auditLogs.action, operation: auditLogs.operation, entity: auditLogs.entity, entityId: auditLogs.entityId,
      before: auditLogs.before, after: auditLogs.after, requestId: auditLogs.requestId,
    }).from(auditLogs).where(and(
      eq(auditLogs.tenantId, scope.tenantId),
      filter.entity === undefined ? undefined : eq(auditLogs.entity, filter.entity),
      filter.entityId === undefined ? undefined : eq(auditLogs.entityId, filter.entityId),
      filter.actorId === undefined ? undefined : eq(auditLogs.actorId, filter.actorId),
      olderThan(auditLogs.at, auditLogs.id, filter.cursor),
    )).orderBy(desc(auditLogs.at), desc(auditLogs.id)).limit(filter.limit + 1),
  );
  const page = newestPage(rows, filter.limit);
  const names = await namesOf(scope, page.items.filter(({ actorKind }) => actorKind === 'user').map(({ actorId }) => actorId));
  return { items: page.items.map((item) => ({ ...item, actorName: item.actorId === null ? null : (names.get(item.actorId) ?? null) })), nextCursor: page.nextCursor };
}

async function namesOf(scope: TenantScope, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const people = await readTenant(scope, (tx) =>
    tx.select({ id: user.id, firstName: user.firstName, lastName: user.lastName }).from(user).where(and(eq(user.tenantId, scope.tenantId), inArray(user.id, known))));
  return new Map(people.map((person) => [person.id, `${person.firstName} ${person.lastName}`]));
}
