import { newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const leadsAttacks: AttacksOn<'leads'> = {
  list: { by: 'agent', of: 'seller', quiet: true, input: ({ people }) => ({ filters: { ownerId: people.agent.id } }), values: ['filters.ownerId'] },
  get: { by: 'agent', of: 'seller', input: ({ rows }) => ({ id: rows.leadId }), values: ['id'] },
  create: {
    by: 'manager', of: 'branch', values: ['ownerId'],
    input: async ({ newColleague, word }) => ({ firstName: word, lastName: 'Gashi', email: `${newId()}@${word.toLowerCase()}.example`, source: 'agent', ownerId: (await newColleague()).id }),
  },
  move: { by: 'agent', of: 'seller', input: async (place) => ({ id: await place.newLead(), to: 'contacted', note: place.word }), values: ['id'] },
  myReferral: { by: 'agent' },
};
