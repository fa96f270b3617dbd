import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const membershipsAttacks: AttacksOn<'memberships'> = {
  mine: { by: 'member' },
  renewal: { by: 'member' },
  renew: { by: 'member', input: () => ({ idempotencyKey: newId() }) },
  leaving: { by: 'member', input: ({ rows }) => ({ id: rows.membershipId }), values: ['id'] },
  cancel: { by: 'member', input: async (place) => ({ id: await place.membershipAs('active') }), values: ['id'] },
  takeBack: { by: 'member', input: async (place) => ({ id: await place.membershipAs('canceled') }), values: ['id'] },
  family: { by: 'member' },
  addFamilyMember: { by: 'member', input: ({ word }) => ({ firstName: word, lastName: 'Krasniqi', relation: 'child', birthDate: '2015-05-05' }) },
  removeFamilyMember: { by: 'member', input: async (place) => ({ id: await place.newFamilyMember() }), values: ['id'] },
  whyPrice: { by: 'member', input: ({ rows }) => ({ id: rows.membershipId }), values: ['id'] },
};
