import type { AttacksOn } from '../attacks/attack';

export const plansAttacks: AttacksOn<'plans'> = {
  list: { by: 'visitor' },
  quote: { by: 'visitor', input: () => ({ planCode: 'asistenca' }) },
  ways: { by: 'visitor' },
};
