import type { AttacksOn } from '../attacks/attack';

// a demonstration shows its mails to everybody on the tenant's host; with a mail server there is no such page
export const mailboxAttacks: AttacksOn<'mailbox'> = {
  list: { by: 'visitor', wide: 'a demonstration has one mailbox a tenant' },
  get: { by: 'visitor', of: 'bearer', input: ({ rows }) => ({ id: rows.mailId }), values: ['id'] },
};
