import type { AttacksOn } from '../attacks/attack';

const reason = 'Looked after by nobody any more';

export const transfersAttacks: AttacksOn<'transfers'> = {
  list: { by: 'manager', input: () => ({}) },
  waiting: { by: 'manager' },
  targets: { by: 'agent', wide: 'the names of the branches are public in the tenant' },
  request: {
    by: 'manager', of: 'seller', values: ['memberId', 'toBranchId', 'toAgentId'],
    input: async (place) => ({ memberId: await place.newMember(), toBranchId: place.branch.id, toAgentId: place.people.otherAgent.id, reason }),
  },
  approve: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newTransfer() }), values: ['id'] },
  reject: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newTransfer(), note: reason }), values: ['id'] },
  withdraw: { by: 'agent', of: 'seller', input: async (place) => ({ id: await place.newTransfer() }), values: ['id'] },
};
