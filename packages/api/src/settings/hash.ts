import { createHash } from 'node:crypto';
import { canonicalJson } from '@interdomestik/rules';

/** SHA-256 of a rule document, the same for the same document however its names are ordered and its amounts written. */
export const documentHash = (document: unknown): string => createHash('sha256').update(canonicalJson(document)).digest('hex');
