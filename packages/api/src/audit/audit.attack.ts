import type { AttacksOn } from '../attacks/attack';

export const auditAttacks: AttacksOn<'audit'> = {
  state: { by: 'admin', wide: 'a trail is sealed and checked as one' },
  list: { by: 'admin', of: 'tenant', quiet: true, input: ({ rows }) => ({ filters: { entityId: rows.claimId } }), values: ['filters.entityId'] },
};
