import { v7, validate } from 'uuid'

const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Fills a buffer with random bytes; injected by tests, `crypto.getRandomValues` otherwise. */
export type Entropy = (bytes: Uint8Array) => Uint8Array

const systemEntropy: Entropy = (bytes) => crypto.getRandomValues(bytes)

/** A new row id: uuid v7, so ids made later sort later. */
export function newId(): string {
  return v7()
}

/** True for a canonical lower-case uuid of any version. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value === value.toLowerCase() && validate(value)
}

/** A secret token of `bytes` random bytes, base64url (16 bytes = 128 bits). */
export function randomToken(bytes = 32, entropy: Entropy = systemEntropy): string {
  const raw = entropy(new Uint8Array(bytes))
  return btoa(String.fromCharCode(...raw)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/**
 * A code that people read out: `length` characters without look-alikes (no 0 O 1 I L U).
 * Each character is uniform: bytes beyond the last whole multiple are thrown away.
 */
export function randomCode(length: number, entropy: Entropy = systemEntropy): string {
  const ceiling = 256 - (256 % codeAlphabet.length)
  let code = ''
  while (code.length < length) {
    for (const byte of entropy(new Uint8Array(length * 2))) {
      if (byte < ceiling && code.length < length) code += codeAlphabet.charAt(byte % codeAlphabet.length)
    }
  }
  return code
}
