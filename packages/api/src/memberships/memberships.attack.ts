import { moneyToJson, newId } from '@interdomestik/rules';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';

/** A member of the agent, and the cash that the next period costs. */
async function sold(place: Place) {
  const memberId = await place.newMember();
  const { offer } = await (await place.callerOf('agent')).memberships.deskOffer({ memberId });
  if (offer === null) throw new Error('the place has nobody to renew');
  return { memberId, amountTendered: moneyToJson(offer.price.total) };
}

export const membershipsAttacks: AttacksOn<'memberships'> = {
  mine: { by: 'member' },
  renewal: { by: 'member' },
  renew: { by: 'member', input: () => ({ idempotencyKey: newId() }) },
  upgradeOffer: { by: 'member' },
  upgrade: { by: 'member', input: async (place) => ({ planCode: await place.newStepUp(), idempotencyKey: newId() }) },
  deskOffer: { by: 'agent', of: 'seller', input: ({ rows }) => ({ memberId: rows.memberId }), values: ['memberId'] },
  sellAtDesk: { by: 'agent', of: 'seller', input: async (place) => ({ ...(await sold(place)), idempotencyKey: newId() }), values: ['memberId'] },
  dunning: { by: 'member' },
  pausing: { by: 'member', input: ({ rows }) => ({ id: rows.membershipId }), values: ['id'] },
  pause: {
    by: 'member', input: async (place) => ({ id: await place.membershipAs('active'), days: 7 }), values: ['id'],
    restore: async ({ rows, callerOf }) => { await (await callerOf('member')).memberships.resume({ id: rows.membershipId }); },
  },
  resume: { by: 'member', input: async (place) => ({ id: await place.membershipAs('paused') }), values: ['id'] },
  leaving: { by: 'member', input: ({ rows }) => ({ id: rows.membershipId }), values: ['id'] },
  cancel: { by: 'member', input: async (place) => ({ id: await place.membershipAs('active') }), values: ['id'] },
  takeBack: { by: 'member', input: async (place) => ({ id: await place.membershipAs('canceled') }), values: ['id'] },
  family: { by: 'member' },
  addFamilyMember: { by: 'member', input: ({ word }) => ({ firstName: word, lastName: 'Krasniqi', relation: 'child', birthDate: '2015-05-05' }) },
  removeFamilyMember: { by: 'member', input: async (place) => ({ id: await place.newFamilyMember() }), values: ['id'] },
  whyPrice: { by: 'member', input: ({ rows }) => ({ id: rows.membershipId }), values: ['id'] },
};
