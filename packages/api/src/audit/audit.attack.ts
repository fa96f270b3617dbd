import type { AttacksOn } from '../attacks/attack';

export const auditAttacks: AttacksOn<'audit'> = {
  state: { by: 'admin', wide: 'a trail is sealed and checked as one' },
  list: { by: 'admin', of: 'tenant', quiet: true, input: ({ rows, branch, people }) => ({ filters: { entityId: rows.claimId, branchId: branch.id, actorId: people.agent.id } }), values: ['filters.entityId', 'filters.branchId', 'filters.actorId'] },
};
