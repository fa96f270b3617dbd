import { and, eq, gt } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import type { TenantScope, Tx } from '@interdomestik/db';
import { auditLogs } from '@interdomestik/db/schema';

/** Looking again within this time is the same look. */
const sameLookMs = 3_600_000;

/**
 * Writes down that somebody who works here opened a member's record, or a claim in full: once in an hour for each person and record. What members open is their own. The entry is part of the transaction that reads:
 * where it cannot be written, nothing is shown.
 */
export async function recordOpening(tx: Tx, scope: TenantScope, record: { readonly entity: 'user' | 'claims'; readonly id: string; readonly branchId: string | null }, now: Date = new Date()): Promise<void> {
  if (scope.reach.kind === 'self' || scope.actor.id === null) return;
  const [seen] = await tx.select({ id: auditLogs.id }).from(auditLogs).where(and(
    eq(auditLogs.tenantId, scope.tenantId), eq(auditLogs.entity, record.entity), eq(auditLogs.entityId, record.id), gt(auditLogs.at, new Date(now.getTime() - sameLookMs)),
    eq(auditLogs.operation, 'OPENED'), eq(auditLogs.actorId, scope.actor.id),
  )).limit(1);
  if (seen !== undefined) return;
  await tx.insert(auditLogs).values({
    tenantId: scope.tenantId, id: newId(), at: now, actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation: 'OPENED', entity: record.entity,
    entityId: record.id, branchId: record.branchId, before: null, after: null,
  });
}
