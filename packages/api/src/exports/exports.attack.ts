import type { AttacksOn } from '../attacks/attack';

export const exportsAttacks: AttacksOn<'exports'> = {
  begin: { by: 'manager', of: 'branch', input: () => ({ list: 'members' }) },
};
