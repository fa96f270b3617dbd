import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const staffAttacks: AttacksOn<'staff'> = {
  list: { by: 'manager', of: 'branch', quiet: true, input: ({ branch }) => ({ filters: { branchId: branch.id } }), values: ['filters.branchId'] },
  get: { by: 'manager', of: 'branch', input: ({ people }) => ({ id: people.agent.id }), values: ['id'] },
  history: { by: 'manager', of: 'branch', input: ({ people }) => ({ id: people.agent.id }), values: ['id'] },
  ownPosts: { by: 'agent' },
  actAs: { by: 'agent', of: 'person', input: async (place) => ({ roleId: (await place.scopeOf('agent')).post?.id ?? '' }), values: ['roleId'] },
  grantPermission: { by: 'manager', of: 'branch', input: async (place) => ({ id: (await place.newColleague()).id, permission: 'claims.handle', branchId: place.branch.id }), values: ['id', 'branchId'] },
  withdrawPermission: {
    by: 'manager', of: 'branch', values: ['id', 'grantId'],
    input: async (place) => {
      const { id } = await place.newColleague();
      const manager = await place.callerOf('manager');
      await manager.staff.grantPermission({ id, permission: 'claims.handle', branchId: place.branch.id });
      const [grant] = (await manager.staff.get({ id })).grants;
      return { id, grantId: grant?.id ?? '' };
    },
  },
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
