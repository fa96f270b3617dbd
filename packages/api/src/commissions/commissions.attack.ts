import { newId, todayIn } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const commissionsAttacks: AttacksOn<'commissions'> = {
  own: { by: 'agent', input: () => ({}) },
  account: { by: 'agent' },
  entries: { by: 'agent', input: () => ({}) },
  payouts: { by: 'agent', input: () => ({}) },
  people: { by: 'admin' },
  approve: {
    by: 'admin', of: 'tenant', quiet: true, values: ['agentIds'],
    input: async (place) => {
      await place.newCommission('pending');
      return { agentIds: [place.people.agent.id], until: new Date() };
    },
  },
  payOut: {
    by: 'admin', of: 'tenant', values: ['agentIds'],
    input: async (place) => {
      await place.newCommission('approved');
      return { agentIds: [place.people.agent.id], paidOn: todayIn(place.tenant.pack.zone, new Date()), until: new Date(), idempotencyKey: newId() };
    },
  },
};
