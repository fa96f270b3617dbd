import type { AttacksOn } from '../attacks/attack';

const reason = 'Looking into an attack';

export const platformAttacks: AttacksOn<'platform'> = {
  me: { by: 'root' },
  tenants: { by: 'root' },
  entries: { by: 'root' },
  enter: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id, reason }), values: ['tenantId'] },
  leave: { by: 'root' },
  suspend: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id }), values: ['tenantId'], restore: async (place) => { await (await place.root()).platform.resume({ tenantId: place.tenant.id }); } },
  resume: { by: 'root', input: ({ tenant }) => ({ tenantId: tenant.id }), values: ['tenantId'] },
};
