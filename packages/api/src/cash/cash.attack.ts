import type { AttacksOn } from '../attacks/attack';

export const cashAttacks: AttacksOn<'cash'> = {
  list: { by: 'agent', input: () => ({}) },
  handOver: { by: 'agent', of: 'person', input: async (place) => ({ ids: [await place.newReceipt()] }), values: ['ids'] },
  confirm: { by: 'manager', of: 'seller', input: async (place) => ({ ids: [await place.newReceipt()] }), values: ['ids'] },
  bank: { by: 'manager', of: 'seller', input: async (place) => ({ ids: [await place.newReceipt('confirmed')], slip: place.word }), values: ['ids'] },
};
