import { createHmac } from 'node:crypto';
import { canonicalAuditRow, unmistakable, type AuditText } from '@interdomestik/rules';
import { env } from '../env';
import { InvalidKey, parseKeyRing, type KeyRing, type SealKey } from '../vendors/secrets';

let ring: KeyRing | undefined;

/** The keys that seal the audit trail: the first seals, all of them check. Throws InvalidKey when AUDIT_KEY is absent or malformed. */
export function auditKeyRing(): KeyRing {
  if (env.AUDIT_KEY === undefined) throw new InvalidKey('AUDIT_KEY is not set');
  ring ??= parseKeyRing(env.AUDIT_KEY, 'AUDIT_KEY');
  return ring;
}

/** Everything a seal says but its own code; instants as text with microseconds, as the database writes them. */
export interface SealText {
  readonly tenantId: string;
  readonly number: number;
  readonly firstSeq: number;
  readonly rowIds: readonly string[];
  readonly rowMacs: readonly string[];
  readonly previousMac: string;
  readonly uptoTx: string;
  readonly uptoAt: string;
  readonly uptoId: string;
  readonly seenUntil: string | null;
  readonly knownUntil: string | null;
  readonly sealedAt: string;
}

const macOf = (key: SealKey, text: string): string => createHmac('sha256', key.bytes).update(text, 'utf8').digest('base64url');

/** Code of a row at its place in the trail: another text and another place each give another one. */
export const rowMac = (key: SealKey, seq: number, row: AuditText): string => macOf(key, unmistakable(['audit-place/1', String(seq), canonicalAuditRow(row)]));

/** Code of a seal, over its rows, their order and the seal before. */
export const sealMac = (key: SealKey, seal: SealText): string => macOf(key, unmistakable([
  'audit-seal/1', seal.tenantId, String(seal.number), String(seal.firstSeq), key.id, seal.previousMac, seal.uptoTx, seal.uptoAt, seal.uptoId, seal.seenUntil, seal.knownUntil, seal.sealedAt,
  String(seal.rowIds.length), ...seal.rowIds, ...seal.rowMacs,
]));

/** Code of a line in the file outside the database. */
export const anchorMac = (key: SealKey, parts: readonly string[]): string => macOf(key, unmistakable(['audit-anchor/1', key.id, ...parts]));
