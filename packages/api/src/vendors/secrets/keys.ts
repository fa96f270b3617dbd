import { createHash } from 'node:crypto';
import { env } from '../../env';
import { InvalidKey } from './errors';

const keyBytes = 32;

export type SealKey = { readonly id: string; readonly bytes: Buffer };

/** The key that seals, and all keys that may still open. */
export type KeyRing = { readonly current: SealKey; readonly byId: ReadonlyMap<string, SealKey> };

function parseKey(text: string, name: string): SealKey {
  const bytes = Buffer.from(text, 'base64');
  // Buffer drops what is not base64, so a typing error would silently make another key
  if (bytes.length !== keyBytes || bytes.toString('base64') !== text) {
    throw new InvalidKey(`${name}: each key must be base64 of exactly 32 bytes`);
  }
  const id = createHash('sha256').update('interdomestik seal key id').update(bytes).digest('hex').slice(0, 8);
  return { id, bytes };
}

/**
 * Reads `newest,older,...`: the first key seals, every key opens. To rotate, put a new key in front, reseal, then drop the old one.
 * Throws InvalidKey.
 */
export function parseKeyRing(text: string, name = 'ENCRYPTION_KEY'): KeyRing {
  const keys = text.split(',').map((part) => parseKey(part.trim(), name));
  const [current] = keys;
  if (current === undefined) throw new InvalidKey(`${name} is empty`);
  const byId = new Map(keys.map((key) => [key.id, key]));
  if (byId.size !== keys.length) throw new InvalidKey(`${name} names one key twice`);
  return { current, byId };
}

let ring: KeyRing | undefined;

/** The key ring of this process. Throws InvalidKey when ENCRYPTION_KEY is absent or malformed. */
export function currentKeyRing(): KeyRing {
  if (env.ENCRYPTION_KEY === undefined) throw new InvalidKey('ENCRYPTION_KEY is not set');
  ring ??= parseKeyRing(env.ENCRYPTION_KEY);
  return ring;
}
