import type { AttacksOn } from '../attacks/attack';

export const documentsAttacks: AttacksOn<'documents'> = {
  mine: { by: 'member' },
  forEntity: { by: 'member', input: ({ rows }) => ({ entity: 'claim', entityId: rows.claimId }), values: ['entityId'] },
  readUrl: { by: 'member', input: ({ rows }) => ({ id: rows.documentId }), values: ['id'] },
  status: { by: 'member', input: ({ rows }) => ({ id: rows.documentId }), values: ['id'] },
};
