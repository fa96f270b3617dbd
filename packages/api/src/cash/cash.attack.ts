import { moneyToJson, newId, todayIn } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';

/** The manager counts one unit less than the agent of the place said; all that is open of the agent. */
async function difference(place: Place) {
  const id = await place.newHandover('waiting');
  const manager = await place.callerOf('manager');
  const handed = (await manager.cash.handovers({ limit: 100, filters: { state: 'waiting' } })).items.find((one) => one.id === id);
  if (handed === undefined) throw new Error('the place has no handover');
  await manager.cash.confirm({ id, counted: moneyToJson({ ...handed.amount, minor: handed.amount.minor - 1n }), note: 'One was missing' });
  const { agent } = place.people;
  const open = (await manager.cash.custody()).holders.find(({ agentId, differences }) => agentId === agent.id && differences.minor !== 0n);
  if (open === undefined) throw new Error('the place has no difference');
  return { agentId: agent.id, branchId: open.branchId, shown: moneyToJson(open.differences), reason: 'Nobody knows', idempotencyKey: newId() };
}


export const cashAttacks: AttacksOn<'cash'> = {
  list: { by: 'agent', input: () => ({}) },
  custody: { by: 'agent' },
  handovers: { by: 'agent', input: () => ({}) },
  deposits: { by: 'manager', input: () => ({}) },
  handOver: { by: 'agent', of: 'person', input: async (place) => ({ ids: [await place.newReceipt()] }), values: ['ids'] },
  confirm: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newHandover('waiting'), counted: { minor: 1n, currency: place.tenant.pack.currencies[0] ?? 'EUR' }, note: 'All that was there' }), values: ['id'] },
  giveBack: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newHandover('waiting'), note: 'There was nothing' }), values: ['id'] },
  bank: { by: 'manager', of: 'branch', input: async (place) => ({ ids: [await place.newHandover('counted')], slip: place.word, depositedOn: todayIn(place.tenant.pack.zone, new Date()) }), values: ['ids'] },
  writeOff: { by: 'admin', of: 'tenant', input: difference, values: ['agentId', 'branchId'] },
};
