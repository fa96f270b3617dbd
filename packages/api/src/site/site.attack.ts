import type { AttacksOn } from '../attacks/attack';

export const siteAttacks: AttacksOn<'site'> = {
  tenants: { by: 'visitor' },
  current: { by: 'visitor' },
  legalText: { by: 'visitor', input: () => ({ key: 'terms' }) },
};
