import { and, asc, eq, isNotNull, ne, notInArray, or } from 'drizzle-orm';
import { readTenant, withTenant, type TenantScope } from '@interdomestik/db';
import { documents } from '@interdomestik/db/schema';
import type { Storage } from '../vendors/storage';

/** Papers of the books: kept as long as the tax law says. */
const taxPapers = ['invoice', 'receipt', 'deposit', 'payout'];

const going = ({ tenantId }: TenantScope, userId: string) => and(eq(documents.tenantId, tenantId), eq(documents.userId, userId), notInArray(documents.entity, taxPapers), or(isNotNull(documents.storageKey), ne(documents.fileName, '–')));

/** How many files of the person would go. */
export async function filesThatGo(scope: TenantScope, userId: string): Promise<number> {
  return await readTenant(scope, (tx) => tx.$count(documents, and(going(scope, userId), isNotNull(documents.storageKey))));
}

/**
 * Removes a person's files from the bucket, and after each what its row says of it. First the file, then the row: a row that still knows its file after a stop is found again, and removing a file that is gone is no
 * error.
 */
export async function eraseFiles(scope: TenantScope, userId: string, storage: Storage): Promise<number> {
  const rows = await readTenant(scope, (tx) => tx.select({ id: documents.id, path: documents.path, storageKey: documents.storageKey }).from(documents).where(going(scope, userId)).orderBy(asc(documents.id)));
  for (const { id, path, storageKey } of rows) {
    if (storageKey !== null) await storage.remove({ tenantId: scope.tenantId, path, storageKey });
    await withTenant(scope, (tx) => tx.update(documents).set({ storageKey: null, fileName: '–', sha256: null, status: 'rejected', rejectReason: 'errors.document.erased' }).where(and(eq(documents.tenantId, scope.tenantId), eq(documents.id, id))).then(() => undefined));
  }
  return rows.length;
}
