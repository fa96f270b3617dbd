import type { AttacksOn } from '../attacks/attack';
import { lossOf } from '../attacks/place';

export const claimsAttacks: AttacksOn<'claims'> = {
  eligibility: { by: 'member' },
  start: { by: 'member', input: () => ({ category: 'property' }) },
  saveDraft: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newDraft(), counterparty: place.word }), values: ['id'] },
  submit: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newDraft(), ...lossOf(place) }), values: ['id'] },
  mine: { by: 'member' },
  get: { by: 'member', input: ({ rows }) => ({ id: rows.claimId }), values: ['id'] },
  list: { by: 'agent', input: ({ word }) => ({ search: word }), values: ['search'], of: 'branch', quiet: true },
  move: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newClaim(), to: 'verification', note: place.word }), values: ['id'] },
  handlers: { by: 'manager', of: 'branch', input: ({ rows }) => ({ id: rows.claimId }), values: ['id'] },
  assign: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newClaim(), handlerId: place.people.manager.id }), values: ['id', 'handlerId'] },
  note: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newClaim(), text: place.word, visibleToMember: true }), values: ['id'] },
  recordOutcome: { by: 'manager', of: 'branch', input: async (place) => ({ id: await place.newClaim(), noFeeReason: `${place.word} gave nothing` }), values: ['id'] },
  agree: { by: 'member', of: 'person', input: async (place) => ({ id: await place.newClaim(), to: 'fee' }), values: ['id'] },
};
