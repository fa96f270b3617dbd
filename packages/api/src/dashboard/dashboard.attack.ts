import type { AttacksOn } from '../attacks/attack';

export const dashboardAttacks: AttacksOn<'dashboard'> = {
  figures: { by: 'agent', input: () => ({ period: 'year' }) },
  attention: { by: 'agent' },
};
