import type { AttacksOn } from '../attacks/attack';
import { enrolInputOf } from '../testing';

export const enrolmentsAttacks: AttacksOn<'enrolments'> = {
  plans: { by: 'agent' },
  quote: { by: 'agent', input: () => ({ planCode: 'asistenca', method: 'cash' }) },
  enrol: { by: 'agent', of: 'seller', input: async (place) => enrolInputOf(place.tenant, { firstName: place.word, leadId: await place.newLead() }), values: ['leadId'] },
};
