import type { AttacksOn } from '../attacks/attack';

export const flagsAttacks: AttacksOn<'flags'> = {
  off: { by: 'visitor', wide: 'a switch is the whole tenant\'s, so everybody of it is told the same' },
  list: { by: 'admin', wide: 'a switch is the whole tenant\'s, so everybody of it is told the same' },
  set: { by: 'admin', input: () => ({ key: 'mails.send', on: true, note: 'Mails may leave again' }) },
};
