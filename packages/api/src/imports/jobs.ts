import { isDomainError } from '@interdomestik/rules';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { importBatches } from '@interdomestik/db/schema';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineJob } from '../jobs/registry';
import { commitBatch, tryBatch } from './batches';
import { undoBatch } from './undo';

const payload = z.object({ batchId: z.uuid() });
// keeps a processor busy, and goes on where it stopped
const long = { payload, retries: 20, atOnce: 1, expireSeconds: 3_600, heavy: false, asks: 'imports.run' } as const;

/** What is refused today is refused tomorrow: it is written down for whoever looks, and not tried again. */
async function orNote(scope: TenantScope, batchId: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    // asked for twice: what was asked for is done, or another process is at it
    if (error.messageKey === 'errors.import.finished' || error.messageKey === 'errors.import.elsewhere') return;
    await withTenant(scope, async (tx) => {
      await tx.update(importBatches).set({ errorKey: error.messageKey, updatedAt: new Date() }).where(and(eq(importBatches.tenantId, scope.tenantId), eq(importBatches.id, batchId)));
    });
  }
}

export const tryImportJob = defineJob({ ...long, name: 'imports.try', run: async (scope, { batchId }) => { await orNote(scope, batchId, () => tryBatch(scope, batchId)); } });
export const runImportJob = defineJob({ ...long, name: 'imports.run', run: async (scope, { batchId }) => { await orNote(scope, batchId, () => commitBatch(scope, batchId)); } });
export const undoImportJob = defineJob({ ...long, name: 'imports.undo', run: async (scope, { batchId }) => { await orNote(scope, batchId, () => undoBatch(scope, batchId)); } });
