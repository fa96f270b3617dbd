import { and, eq, inArray } from 'drizzle-orm';
import { withTenant } from '@interdomestik/db';
import { tenantSettings } from '@interdomestik/db/schema';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';
import { layDraft } from './testing';

/** The open draft of the place's branch, the same for every use: what was started of it can be asked for again. */
async function draftAt({ tenant, branch }: Place): Promise<string> {
  const [open] = await withTenant(await systemScopeOf(tenant), (tx) => tx.select({ id: tenantSettings.id }).from(tenantSettings).where(and(
    eq(tenantSettings.tenantId, tenant.id), eq(tenantSettings.kind, 'workflows'), eq(tenantSettings.branchId, branch.id), inArray(tenantSettings.status, ['draft', 'validated', 'approved']),
  )));
  return open?.id ?? (await layDraft(tenant, 'workflows', { triageHours: 5 }, branch.id));
}

const startAt = async (place: Place) => ({ settingId: await draftAt(place), days: 90 });
const trialAt = async (place: Place): Promise<string> => (await (await place.callerOf('admin')).simulation.start(await startAt(place))).id;

export const simulationAttacks: AttacksOn<'simulation'> = {
  start: { by: 'admin', of: 'tenant', input: startAt, values: ['settingId'] },
  cancel: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await trialAt(place) }), values: ['id'] },
  get: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await trialAt(place) }), values: ['id'] },
  list: { by: 'admin', of: 'tenant', quiet: true, input: async (place) => ({ settingId: await draftAt(place) }), values: ['settingId'] },
  rows: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await trialAt(place), figure: 'more' }), values: ['id'] },
};
