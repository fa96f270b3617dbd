import { todayIn } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';

export const cashAttacks: AttacksOn<'cash'> = {
  list: { by: 'agent', input: () => ({}) },
  custody: { by: 'agent' },
  handovers: { by: 'agent', input: () => ({}) },
  deposits: { by: 'manager', input: () => ({}) },
  handOver: { by: 'agent', of: 'person', input: async (place) => ({ ids: [await place.newReceipt()] }), values: ['ids'] },
  confirm: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newHandover('waiting'), counted: { minor: 1n, currency: place.tenant.pack.currencies[0] ?? 'EUR' }, note: 'All that was there' }), values: ['id'] },
  giveBack: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newHandover('waiting'), note: 'There was nothing' }), values: ['id'] },
  bank: { by: 'manager', of: 'branch', input: async (place) => ({ ids: [await place.newHandover('counted')], slip: place.word, depositedOn: todayIn(place.tenant.pack.zone, new Date()) }), values: ['ids'] },
};
