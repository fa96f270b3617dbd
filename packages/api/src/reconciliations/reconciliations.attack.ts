import { and, eq, inArray } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { reconciliationDifferences, reconciliations } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';

/** A run of the place's tenant that has just begun and has found something wrong with a payment of the place; what was under way before has ended. */
export async function runAt({ tenant, rows, word }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.update(reconciliations).set({ status: 'failed' }).where(and(eq(reconciliations.tenantId, tenant.id), inArray(reconciliations.status, ['queued', 'running'])));
    await tx.insert(reconciliations).values({ tenantId: tenant.id, id, paymentAccountId: tenant.card.id, until: new Date(), found: 1 });
    await tx.insert(reconciliationDifferences).values({
      tenantId: tenant.id, id: newId(), paymentAccountId: tenant.card.id, reconciliationId: id, kind: 'amount', providerId: `txn_${word}_${id}`, paymentId: rows.paymentId, toldMinor: 1n, toldCurrency: 'EUR', oursMinor: 2n, oursCurrency: 'EUR',
    });
  });
  return id;
}

const wide = 'the accounts of a country take the money of all its branches';

export const reconciliationsAttacks: AttacksOn<'reconciliations'> = {
  list: { by: 'admin', wide },
  differences: { by: 'admin', wide, input: () => ({}) },
  start: {
    by: 'admin', of: 'tenant', values: ['accountId'],
    input: async (place) => {
      const { tenant } = place;
      await withTenant(await systemScopeOf(tenant), async (tx) => {
        await tx.update(reconciliations).set({ status: 'failed' }).where(and(eq(reconciliations.tenantId, tenant.id), inArray(reconciliations.status, ['queued', 'running'])));
      });
      return { accountId: tenant.card.id, whole: true };
    },
  },
};
