import { and, eq } from 'drizzle-orm';
import { newId } from '@interdomestik/rules';
import { visible, withTenant, type TenantScope, type Tx } from '@interdomestik/db';
import { documents } from '@interdomestik/db/schema';
import { storagePath, type Storage, type StorageEntity } from '../vendors/storage';

/** Where a document of our own making belongs. */
export interface MadePlace {
  readonly entity: StorageEntity;
  readonly entityId: string;
  readonly userId: string;
  readonly branchId: string;
  readonly fileName: string;
}

/**
 * Stores a PDF that we made. Its row exists before its file does, so that the store never holds a file that no row knows. `keep` runs in the
 * transaction that marks it stored and answers whether this one counts: false when another run was faster, and then the file goes again.
 * Each run has a path of its own, so a run that died half-way stands in nobody's way.
 */
export async function storeMade(
  scope: TenantScope, place: MadePlace, bytes: Uint8Array, storage: Storage, keep: (tx: Tx, document: { readonly id: string; readonly sha256: string }) => Promise<boolean>,
): Promise<void> {
  const id = newId();
  const { tenantId } = scope;
  const path = storagePath({ tenantId, entity: place.entity, entityId: place.entityId, documentId: id, extension: 'pdf' });
  const here = and(visible(scope, documents), eq(documents.id, id));
  await withTenant(scope, async (tx) => {
    await tx.insert(documents).values({
      tenantId, id, userId: place.userId, branchId: place.branchId, entity: place.entity, entityId: place.entityId, path, fileName: place.fileName, mime: 'application/pdf',
      sizeBytes: bytes.length,
    });
  });
  const file = await storage.put({ tenantId, path, fileName: place.fileName, mime: 'application/pdf', bytes });
  const kept = await withTenant(scope, async (tx) => {
    const counts = await keep(tx, { id, sha256: file.sha256 });
    await tx.update(documents).set(
      counts
        ? { status: 'stored', storageKey: file.storageKey, sha256: file.sha256, storedAt: new Date() }
        : { status: 'rejected', rejectReason: 'errors.alreadyDone' },
    ).where(here);
    return counts;
  });
  if (!kept) await storage.remove(file);
}
