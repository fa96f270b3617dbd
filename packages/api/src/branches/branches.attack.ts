import type { AttacksOn } from '../attacks/attack';

// a branch is the tenant's and no place's: every branch may know its name
const branch = { name: 'Annex', city: 'Prizren', address: 'Rr. e Re 2', phone: undefined };

export const branchesAttacks: AttacksOn<'branches'> = {
  list: { by: 'manager' },
  get: { by: 'manager', of: 'branch', input: (place) => ({ id: place.branch.id }), values: ['id'] },
  create: { by: 'admin', input: ({ word }) => ({ ...branch, code: `${word.toLowerCase()}-new` }) },
  update: { by: 'admin', of: 'tenant', input: async (place) => ({ ...branch, id: await place.newBranch() }), values: ['id'] },
  holdings: { by: 'admin', of: 'tenant', input: (place) => ({ id: place.branch.id }), values: ['id'] },
  close: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await place.newBranch(), targetBranchId: await place.newBranch(), leaving: [] }), values: ['id', 'targetBranchId'] },
  reopen: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await place.newBranch() }), values: ['id'] },
};
