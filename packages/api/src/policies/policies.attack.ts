import type { AttacksOn } from '../attacks/attack';
import { policyOf } from '../attacks/place';

export const policiesAttacks: AttacksOn<'policies'> = {
  list: { by: 'member' },
  add: { by: 'member', input: ({ word }) => policyOf(word) },
  update: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newPolicy(), policy: policyOf(place.word) }), values: ['id'] },
  remove: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newPolicy() }), values: ['id'] },
};
