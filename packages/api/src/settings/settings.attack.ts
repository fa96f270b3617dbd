import type { AttacksOn } from '../attacks/attack';

export const settingsAttacks: AttacksOn<'settings'> = {
  rules: { by: 'admin' },
};
