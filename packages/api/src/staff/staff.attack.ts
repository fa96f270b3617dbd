import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const staffAttacks: AttacksOn<'staff'> = {
  list: { by: 'manager', of: 'branch', quiet: true, input: ({ branch }) => ({ filters: { branchId: branch.id } }), values: ['filters.branchId'] },
  invite: {
    by: 'manager', of: 'branch', values: ['branchId'],
    input: ({ branch, word }) => ({ email: `${newId()}@${word.toLowerCase()}.example`, firstName: word, lastName: 'Rexhepi', role: 'agent', branchId: branch.id }),
  },
  resendInvitation: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague('agent', 'invited')).id }), values: ['id'] },
  disable: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague()).id }), values: ['id'] },
  enable: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague('agent', 'disabled')).id }), values: ['id'] },
  grantRole: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague()).id, role: 'promoter', branchId: place.branch.id }), values: ['id', 'branchId'] },
  revokeRole: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague()).id, role: 'agent', branchId: place.branch.id }), values: ['id', 'branchId'] },
};
