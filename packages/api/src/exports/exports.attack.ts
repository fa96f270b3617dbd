import type { AttacksOn } from '../attacks/attack';

export const exportsAttacks: AttacksOn<'exports'> = {
  begin: { by: 'manager', of: 'branch', values: ['filters.branchId'], input: (place) => ({ list: 'members', filters: { branchId: place.branch.id } }) },
};
