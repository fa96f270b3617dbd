import type { AttacksOn } from '../attacks/attack';

const reason = 'Looking into an attack';

export const platformAttacks: AttacksOn<'platform'> = {
  me: { by: 'root' },
  tenants: { by: 'root' },
  tenant: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id }), values: ['tenantId'] },
  names: { by: 'root' },
  entries: { by: 'root' },
  entry: {
    by: 'root', values: ['tenantId', 'entryId'],
    input: async (place) => {
      const { entryId } = await (await place.root()).platform.enter({ tenantId: place.tenant.id, reason });
      return { tenantId: place.tenant.id, entryId };
    },
  },
  enter: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'] },
  extend: { by: 'entered', input: () => ({ reason }) },
  leave: { by: 'root' },
  suspend: {
    by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'],
    restore: async (place) => { await (await place.root()).platform.resume({ tenantId: place.tenant.id, reason }); },
  },
  resume: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'] },
};
