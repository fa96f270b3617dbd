import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { SealBroken } from './errors';
import { currentKeyRing } from './keys';
import type { KeyRing } from './keys';

const version = 's1';
const nonceBytes = 12;
const tagBytes = 16;
const part = /^[A-Za-z0-9_-]+$/u;

export type SealOptions = {
  readonly keyRing?: KeyRing;
  /** Injected by tests that compare with a known answer; random otherwise. Never use one twice with a key. */
  readonly nonce?: Uint8Array;
};

function boundTo(tenantId: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, tenantId]), 'utf8');
}

/**
 * Encrypts a text for one tenant with AES-256-GCM: `s1.<key id>.<nonce>.<ciphertext + tag>`, base64url.
 * The tenant id is authenticated, so the value opens for no other tenant. Throws InvalidKey.
 */
export function seal(plain: string, tenantId: string, options: SealOptions = {}): string {
  if (tenantId === '') throw new TypeError('a sealed value belongs to a tenant');
  const { current } = options.keyRing ?? currentKeyRing();
  const nonce = options.nonce ?? randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(tenantId, current.id));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [version, current.id, Buffer.from(nonce).toString('base64url'), body.toString('base64url')].join('.');
}

function split(sealed: string): { keyId: string; nonce: Buffer; body: Buffer } {
  const [tag, keyId, nonceText, bodyText, ...rest] = sealed.split('.');
  if (tag !== version || keyId === undefined || nonceText === undefined || bodyText === undefined || rest.length > 0) {
    throw new SealBroken('format');
  }
  if (!part.test(nonceText) || !part.test(bodyText)) throw new SealBroken('format');
  const nonce = Buffer.from(nonceText, 'base64url');
  const body = Buffer.from(bodyText, 'base64url');
  if (nonce.length !== nonceBytes || body.length < tagBytes) throw new SealBroken('format');
  // two spellings of one value would defeat a comparison of sealed texts
  if (nonce.toString('base64url') !== nonceText || body.toString('base64url') !== bodyText) throw new SealBroken('format');
  return { keyId, nonce, body };
}

/** Opens what `seal` made for the same tenant. Throws SealBroken, or InvalidKey when no key is set. */
export function open(sealed: string, tenantId: string, options: Pick<SealOptions, 'keyRing'> = {}): string {
  const { keyId, nonce, body } = split(sealed);
  const key = (options.keyRing ?? currentKeyRing()).byId.get(keyId);
  if (key === undefined) throw new SealBroken('unknownKey');
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: tagBytes });
  decipher.setAAD(boundTo(tenantId, keyId));
  decipher.setAuthTag(body.subarray(body.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, body.length - tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken('tampered');
  }
}

/** True when the value opens only with an older key and should be sealed again. */
export function needsReseal(sealed: string, options: Pick<SealOptions, 'keyRing'> = {}): boolean {
  return split(sealed).keyId !== (options.keyRing ?? currentKeyRing()).current.id;
}

/** Seals a JSON value, e.g. the credentials of a payment account. */
export function sealJson(value: unknown, tenantId: string, options: SealOptions = {}): string {
  return seal(JSON.stringify(value), tenantId, options);
}

/** Opens a sealed JSON value and checks its shape. Throws SealBroken('content') when it is something else. */
export function openJson<T extends z.ZodType>(
  schema: T,
  sealed: string,
  tenantId: string,
  options: Pick<SealOptions, 'keyRing'> = {},
): z.output<T> {
  const text = open(sealed, tenantId, options);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SealBroken('content');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SealBroken('content');
  return parsed.data;
}
