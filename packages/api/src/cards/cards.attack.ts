import type { AttacksOn } from '../attacks/attack';

export const cardsAttacks: AttacksOn<'cards'> = {
  mine: { by: 'member' },
  verify: { by: 'visitor', of: 'bearer', quiet: true, input: ({ rows }) => ({ code: rows.cardCode }), values: ['code'] },
};
