import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const instalmentsAttacks: AttacksOn<'instalments'> = {
  mine: { by: 'member' },
  pay: { by: 'member', input: async (place) => ({ id: await place.newInstalment('card') }), values: ['id'] },
  ofMember: { by: 'agent', input: ({ rows }) => ({ memberId: rows.memberId }), values: ['memberId'], of: 'seller', quiet: true },
  collect: { by: 'agent', of: 'seller', input: async (place) => ({ id: await place.newInstalment('cash'), amountTendered: { minor: '1000', currency: place.tenant.pack.currencies[0] ?? 'EUR' }, idempotencyKey: newId() }), values: ['id'] },
  sendLink: { by: 'agent', of: 'seller', input: async (place) => ({ id: await place.newInstalment('card') }), values: ['id'] },
};
