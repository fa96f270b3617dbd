import type { AttacksOn } from '../attacks/attack';
import { transferAt } from '../bank/bank.attack';

export const paymentsAttacks: AttacksOn<'payments'> = {
  mine: { by: 'member' },
  checkout: { by: 'member', input: async (place) => ({ paymentId: await place.newOpenPayment() }), values: ['paymentId'] },
  portal: { by: 'member' },
  status: { by: 'member', input: ({ rows }) => ({ paymentId: rows.paymentId }), values: ['paymentId'] },
  slip: { by: 'agent', of: 'seller', wide: 'the slip says the bank account and the words of the whole tenant', input: async (place) => ({ paymentId: (await transferAt(place)).paymentId }), values: ['paymentId'] },
  slipFile: { by: 'agent', of: 'seller', wide: 'the slip says the bank account and the words of the whole tenant', input: async (place) => ({ paymentId: (await transferAt(place)).paymentId }), values: ['paymentId'] },
  overlay: { by: 'visitor' },
  list: { by: 'agent', input: () => ({ filters: { status: ['succeeded', 'pending'] } }) },
};
