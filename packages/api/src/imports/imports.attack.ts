import type { AttacksOn } from '../attacks/attack';
import { readImport, sentImport, takenImport } from './testing';

export const importsAttacks: AttacksOn<'imports'> = {
  start: { by: 'admin', input: ({ word }) => ({ kind: 'members', name: `${word}.csv` }) },
  addPiece: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await sentImport(place), position: 1, data: 'eA==' }), values: ['id'] },
  read: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await sentImport(place) }), values: ['id'] },
  repair: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await readImport(place), repairs: [{ kind: 'cell', record: 3, field: 'plan', value: 'Базик' }, { kind: 'replace', field: 'plan', find: 'Златен', by: 'Базик', where: 'whole' }] }), values: ['id'] },
  try: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await readImport(place) }), values: ['id'] },
  commit: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await readImport(place) }), values: ['id'] },
  undo: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await takenImport(place) }), values: ['id'] },
  list: { by: 'admin' },
  get: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await readImport(place) }), values: ['id'] },
  lines: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await takenImport(place), only: 'rejected' }), values: ['id'] },
  pair: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await takenImport(place), record: 2 }), values: ['id'] },
  decide: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await takenImport(place), record: 2, decision: 'different' }), values: ['id'] },
  errors: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await takenImport(place) }), values: ['id'] },
  templates: { by: 'admin', input: () => ({ kind: 'members' }) },
  saveTemplate: { by: 'admin', of: 'tenant', input: async (place) => ({ id: await readImport(place), name: place.word }), values: ['id'] },
};
