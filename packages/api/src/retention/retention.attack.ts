import type { AttacksOn } from '../attacks/attack';

export const retentionAttacks: AttacksOn<'retention'> = {
  report: { by: 'admin', wide: 'counts what is over its time in the whole tenant' },
};
