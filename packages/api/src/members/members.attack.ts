import type { AttacksOn } from '../attacks/attack';

export const membersAttacks: AttacksOn<'members'> = {
  list: { by: 'agent', of: 'branch', quiet: true, input: ({ branch, word }) => ({ search: word, filters: { branchId: branch.id } }), values: ['search', 'filters.branchId'] },
  get: { by: 'agent', input: ({ rows }) => ({ id: rows.memberId }), values: ['id'] },
  updateContact: {
    by: 'manager', values: ['id'],
    input: ({ people, word }) => ({ id: people.otherMember.id, firstName: word, lastName: 'Krasniqi', phone: null, email: people.otherMember.email, address: `${word} 3`, city: 'Prizren' }),
  },
};
