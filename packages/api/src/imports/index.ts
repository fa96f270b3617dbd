export { knownPolicies } from '@interdomestik/rules';
export { batchOf, commitBatch, openBatch, tryBatch, tryImport, type NewImport } from './batches';
export { fileEncodings, type ByteSource } from './file-encoding';
export { overTemplate, templateNamed, type ReadingWish } from './reading';
export { undoBatch, type UndoReport } from './undo';
