import { newId } from '@interdomestik/rules';
import { type TenantScope, type Tx } from '@interdomestik/db';
import { auditLogs } from '@interdomestik/db/schema';

export const importOperations = ['IMPORT', 'IMPORT_UNDO', 'IMPORT_REVIEW'] as const;

/** Puts on record who asked for what with an import: the rows themselves are written by a job, or by nobody yet. Counts and words only, nothing of a person. */
export async function noteInTrail(tx: Tx, scope: TenantScope, operation: (typeof importOperations)[number], batchId: string, after: Readonly<Record<string, string | number>>): Promise<void> {
  await tx.insert(auditLogs).values({
    tenantId: scope.tenantId, id: newId(), at: new Date(), actorKind: scope.actor.kind, actorId: scope.actor.id, action: scope.action, requestId: scope.requestId, operation, entity: 'import_batches', entityId: batchId, branchId: null, before: null, after,
  });
}
