import type { AttacksOn } from '../attacks/attack';

export const documentsAttacks: AttacksOn<'documents'> = {
  mine: { by: 'member' },
  forEntity: { by: 'member', input: ({ rows }) => ({ entity: 'claim', entityId: rows.claimId }), values: ['entityId'] },
  // the signed address of a minute names the file to the store
  readUrl: { by: 'member', input: ({ rows }) => ({ id: rows.documentId }), values: ['id'], shows: ['storage_key'] },
  status: { by: 'member', input: ({ rows }) => ({ id: rows.documentId }), values: ['id'] },
};
