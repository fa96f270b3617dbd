import type { AttacksOn } from '../attacks/attack';

export const reportsAttacks: AttacksOn<'reports'> = {
  takings: { by: 'manager', input: () => ({ from: '2026-01-01', to: '2027-12-31', groupBy: 'branch' }) },
};
