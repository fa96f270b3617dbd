import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import { clearanceServices } from '@interdomestik/rules';
import { inAction, withTenant, type TenantScope } from '@interdomestik/db';
import { invoiceClearances } from '@interdomestik/db/schema';
import { enqueue } from '../jobs/queue';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { clearanceOf } from './provider';
import { queueWaiting } from './queue';
import { renderClearedJob } from './render';

/** What nobody has touched for so long has lost its job, or the service was down for longer than its tries. */
const lostAfterMs = 2 * 3_600_000;
const atMost = 200;

/** Takes up what is not decided, and copies of cleared documents that were not made. Where no service can be asked, nothing is queued. May run as often as it likes. */
export async function watchClearances(given: TenantScope, now: Date): Promise<number> {
  const scope = inAction(given, 'clearances.watch');
  const reachable = await Promise.all(clearanceServices.map((service) => clearanceOf(scope, service)));
  const before = new Date(now.getTime() - lostAfterMs);
  return await withTenant(scope, async (tx) => {
    const bare = await tx.select({ id: invoiceClearances.id }).from(invoiceClearances)
      .where(and(eq(invoiceClearances.tenantId, scope.tenantId), eq(invoiceClearances.status, 'cleared'), isNull(invoiceClearances.documentId), lt(invoiceClearances.updatedAt, before))).limit(atMost);
    for (const { id } of bare) await enqueue(tx, scope, renderClearedJob, { clearanceId: id });
    if (bare.length > 0) await tx.update(invoiceClearances).set({ updatedAt: now }).where(and(eq(invoiceClearances.tenantId, scope.tenantId), inArray(invoiceClearances.id, bare.map(({ id }) => id))));
    return bare.length + (reachable.some((provider) => provider !== null) ? await queueWaiting(tx, scope, before, now) : 0);
  });
}

export const watchClearancesJob = defineJob({ name: 'clearances.watch', payload: turnSchema, retries: 3, run: async (scope) => { await watchClearances(scope, new Date()); } });
