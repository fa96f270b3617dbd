import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidKey, SealBroken } from './errors';
import { parseKeyRing } from './keys';
import { needsReseal, open, openJson, seal, sealJson } from './seal';

const oldKey = Buffer.alloc(32, 7).toString('base64');
const newKey = Buffer.alloc(32, 9).toString('base64');
const ring = parseKeyRing(oldKey);
const golden = 's1.cd1c5200.AAECAwQFBgcICQoL.Y6OIAHRCvDBViMf3wCV5-ZxiLNl5IDLiKlP5TuEW';

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof SealBroken) return error.reason;
    throw error;
  }
  return 'opened';
}

describe('seal', () => {
  it('gives the known answer for a known key, nonce and tenant', () => {
    const nonce = Uint8Array.from({ length: 12 }, (_, index) => index);
    expect(seal('{"apiKey":"k"}', 'tenant_ks', { keyRing: ring, nonce })).toBe(golden);
    expect(open(golden, 'tenant_ks', { keyRing: ring })).toBe('{"apiKey":"k"}');
  });

  it('is plain AES-256-GCM over the documented additional data', () => {
    const nonce = Buffer.alloc(12, 1);
    const cipher = createCipheriv('aes-256-gcm', ring.current.bytes, nonce);
    cipher.setAAD(Buffer.from(`["s1","${ring.current.id}","tenant_mk"]`));
    const body = Buffer.concat([cipher.update('x'), cipher.final(), cipher.getAuthTag()]);
    expect(seal('x', 'tenant_mk', { keyRing: ring, nonce })).toBe(
      `s1.${ring.current.id}.${nonce.toString('base64url')}.${body.toString('base64url')}`,
    );
  });

  it('opens what it sealed and never repeats itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('tenant_mk', 'tenant_ks'), (text, tenant) => {
        const sealed = seal(text, tenant, { keyRing: ring });
        expect(open(sealed, tenant, { keyRing: ring })).toBe(text);
        expect(seal(text, tenant, { keyRing: ring })).not.toBe(sealed);
      }),
    );
  });

  it('opens for no other tenant', () => {
    const sealed = seal('secret', 'tenant_ks', { keyRing: ring });
    expect(reasonOf(() => open(sealed, 'tenant_mk', { keyRing: ring }))).toBe('tampered');
    expect(reasonOf(() => open(sealed, '', { keyRing: ring }))).toBe('tampered');
    expect(() => seal('secret', '', { keyRing: ring })).toThrow(TypeError);
  });

  it('refuses every change of a single character', () => {
    const sealed = seal('secret', 'tenant_ks', { keyRing: ring });
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
      expect(reasonOf(() => open(changed, 'tenant_ks', { keyRing: ring }))).not.toBe('opened');
    }
    for (const bad of ['', 's1', sealed.slice(0, -1), `${sealed}.x`, `${sealed}=`, sealed.replace('s1.', 's2.')]) {
      expect(reasonOf(() => open(bad, 'tenant_ks', { keyRing: ring }))).not.toBe('opened');
    }
  });

  it('rotates: a new key seals, the old one still opens until it is dropped', () => {
    const sealed = seal('secret', 'tenant_ks', { keyRing: ring });
    const both = parseKeyRing(`${newKey}, ${oldKey}`);
    expect(open(sealed, 'tenant_ks', { keyRing: both })).toBe('secret');
    expect(needsReseal(sealed, { keyRing: both })).toBe(true);
    const again = seal('secret', 'tenant_ks', { keyRing: both });
    expect(needsReseal(again, { keyRing: both })).toBe(false);
    expect(reasonOf(() => open(sealed, 'tenant_ks', { keyRing: parseKeyRing(newKey) }))).toBe('unknownKey');
  });

  it('refuses keys of a wrong size, spelling or number', () => {
    const bad = ['', 'abc', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), `${oldKey},`, `${oldKey},${oldKey}`, `!${oldKey}`];
    for (const text of bad) expect(() => parseKeyRing(text)).toThrow(InvalidKey);
  });

  it('checks the shape of sealed JSON', () => {
    const credentials = z.object({ apiKey: z.string() });
    const sealed = sealJson({ apiKey: 'k' }, 'tenant_ks', { keyRing: ring });
    expect(openJson(credentials, sealed, 'tenant_ks', { keyRing: ring })).toEqual({ apiKey: 'k' });
    expect(reasonOf(() => openJson(z.array(z.string()), sealed, 'tenant_ks', { keyRing: ring }))).toBe('content');
    expect(reasonOf(() => openJson(credentials, seal('no json', 'tenant_ks', { keyRing: ring }), 'tenant_ks', { keyRing: ring }))).toBe('content');
  });
});
