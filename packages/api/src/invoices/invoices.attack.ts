import type { AttacksOn } from '../attacks/attack';

export const invoicesAttacks: AttacksOn<'invoices'> = {
  mine: { by: 'member' },
  list: { by: 'agent', input: ({ word }) => ({ search: word }), values: ['search'], of: 'branch', quiet: true },
  get: { by: 'member', input: ({ rows }) => ({ id: rows.invoiceId }), values: ['id'] },
};
