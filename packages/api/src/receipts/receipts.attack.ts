import { withTenant } from '@interdomestik/db';
import { receiptChecks, receiptDifferences } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';

/** A check of the place's tenant that has found something wrong with a claim of the place. */
async function checkAt({ tenant, branch, rows }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(receiptChecks).values({ tenantId: tenant.id, id, status: 'done', checked: 1, differing: 1, finishedAt: new Date() });
    await tx.insert(receiptDifferences).values({ tenantId: tenant.id, id: newId(), checkId: id, branchId: branch.id, entity: 'claim', entityId: rows.claimId, decision: 'fee', stored: { outcome: { fee: null } }, recomputed: null });
  });
  return id;
}

export const receiptsAttacks: AttacksOn<'receipts'> = {
  list: { by: 'admin', wide: 'the receipts of the whole tenant are looked at in one go' },
  get: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await checkAt(place) }), values: ['id'] },
  start: { by: 'admin' },
};
