import type { AttacksOn } from '../attacks/attack';

export const commissionsAttacks: AttacksOn<'commissions'> = {
  own: { by: 'agent', input: () => ({}) },
};
