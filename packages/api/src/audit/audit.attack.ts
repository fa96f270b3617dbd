import type { AttacksOn } from '../attacks/attack';

export const auditAttacks: AttacksOn<'audit'> = {
  list: { by: 'admin', of: 'tenant', quiet: true, input: ({ rows }) => ({ filters: { entityId: rows.claimId } }), values: ['filters.entityId'] },
};
