import { and, asc, eq, gt, isNotNull, isNull, ne, or } from 'drizzle-orm';
import { readTenant, type TenantScope } from '@interdomestik/db';
import { commissions, memberships, payments } from '@interdomestik/db/schema';
import { turnSchema } from '../jobs/recurring';
import { defineJob } from '../jobs/registry';
import { settleCommission } from './settle';

const days = 8;
const pageSize = 200;

/** Payments of the last days that somebody may earn by and for which nothing is booked. */
async function unsettled(scope: TenantScope, now: Date, after: string | null): Promise<string[]> {
  const rows = await readTenant(scope, (tx) => tx.select({ id: payments.id }).from(payments)
    .innerJoin(memberships, and(eq(memberships.tenantId, payments.tenantId), eq(memberships.id, payments.membershipId)))
    .leftJoin(commissions, and(eq(commissions.tenantId, payments.tenantId), eq(commissions.paymentId, payments.id)))
    .where(and(
      eq(payments.tenantId, scope.tenantId), isNotNull(payments.paidAt), gt(payments.paidAt, new Date(now.getTime() - days * 86_400_000)), isNull(commissions.id), ne(memberships.channel, 'import'),
      or(isNotNull(memberships.sellerId), isNotNull(memberships.referralCodeId)), after === null ? undefined : gt(payments.id, after),
    )).orderBy(asc(payments.id)).limit(pageSize));
  return rows.map(({ id }) => id);
}

/** Settles what came in while nobody said so, once; a second run finds nothing to do. */
export async function catchUpCommissions(scope: TenantScope, now: Date): Promise<void> {
  for (let after: string | null = null; ;) {
    const ids = await unsettled(scope, now, after);
    for (const id of ids) await settleCommission(scope, id, now);
    if (ids.length < pageSize) return;
    after = ids.at(-1) ?? null;
  }
}

export const catchUpCommissionsJob = defineJob({
  name: 'commissions.catchUp', payload: turnSchema, retries: 3, run: async (scope) => { await catchUpCommissions(scope, new Date()); },
});
