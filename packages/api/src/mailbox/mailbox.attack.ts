import type { AttacksOn } from '../attacks/attack';

// a demonstration shows its mails to everybody on the tenant's host; with a mail server there is no such page
export const mailboxAttacks: AttacksOn<'mailbox'> = {
  list: { by: 'visitor' },
  get: { by: 'visitor', of: 'bearer', input: ({ rows }) => ({ id: rows.mailId }), values: ['id'] },
};
