import { erasureRequests, user, userRoles } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { withTenant } from '@interdomestik/db';
import type { AttacksOn } from '../attacks/attack';
import type { Place } from '../attacks/place';
import { systemScopeOf } from '../testing';

/** Somebody new at the place, of whom nothing is known but a name. */
async function newcomer({ tenant, branch, word }: Place): Promise<string> {
  const id = newId();
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(user).values({ tenantId: tenant.id, id, branchId: branch.id, firstName: word, lastName: 'Leaving', locale: 'en' });
    await tx.insert(userRoles).values({ tenantId: tenant.id, id: newId(), userId: id, role: 'member', branchId: null });
  });
  return id;
}

/** A wish of somebody new at the place; with `letter` one that was carried out. */
export async function wishAt(place: Place, status: 'open' | 'approved' | 'done' = 'open'): Promise<string> {
  const id = newId();
  const userId = await newcomer(place);
  const now = new Date();
  await withTenant(await systemScopeOf(place.tenant), (tx) => tx.insert(erasureRequests).values({
    tenantId: place.tenant.id, id, userId, branchId: place.branch.id, status, askedBy: userId, note: place.word, dueOn: '2027-01-01', decidedAt: status === 'open' ? null : now, doneAt: status === 'done' ? now : null,
    letter: status === 'done' ? { on: '2026-12-01', memberNumber: null, claims: 0, files: 0, kept: [], law: 'Law' } : null,
  }).then(() => undefined));
  return id;
}

export const erasuresAttacks: AttacksOn<'erasures'> = {
  mine: { by: 'member' },
  ask: {
    by: 'member', input: () => ({ note: '' }),
    // the place's member has asked: the next call of the same place begins anew
    restore: async (place) => { await (await place.callerOf('member')).erasures.withdraw(); },
  },
  withdraw: { by: 'member', input: async (place) => { await (await place.callerOf('member')).erasures.ask({ note: '' }); } },
  askFor: { by: 'manager', of: 'branch', input: async (place) => ({ memberId: await newcomer(place), note: 'By letter' }), values: ['memberId'] },
  list: { by: 'admin', input: () => ({}) },
  approve: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await wishAt(place) }), values: ['id'] },
  refuse: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await wishAt(place), answer: 'A claim is open' }), values: ['id'] },
  letter: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await wishAt(place, 'done') }), values: ['id'] },
};
