import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as every authenticator app has it: SHA-1, 6 digits, 30 seconds. */
const stepSeconds = 30;
const digits = 6;
/** Steps before and after the present one that count, for clocks that are not quite right. */
const tolerance = 1;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
}

function fromBase32(text: string): Buffer {
  let bits = 0;
  let held = 0;
  const bytes: number[] = [];
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value === -1) throw new Error('a secret that is no base32');
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

/** A new secret of 160 bits, base32. */
export const newSecret = (): string => toBase32(randomBytes(20));

/** The time step of an instant. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / stepSeconds);

/** The code of a secret in one time step. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** The step whose code this is, of those that count now and come after the last one used; null when it is none of them. Always looks at all. */
export function stepOf(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const present = stepAt(now);
  const given = Buffer.from(code);
  let found: number | null = null;
  for (let step = present - tolerance; step <= present + tolerance; step += 1) {
    const expected = Buffer.from(codeAt(secret, step));
    if (expected.length === given.length && timingSafeEqual(expected, given) && step > (lastStep ?? -1)) found ??= step;
  }
  return found;
}

/** The earliest code that is still good, for demo accounts; null until the next step begins. */
export function nextGoodCode(secret: string, now: Date, lastStep: number | null): string | null {
  const present = stepAt(now);
  const step = Math.max(present, (lastStep ?? -1) + 1);
  return step <= present + tolerance ? codeAt(secret, step) : null;
}

/** The address behind the QR code, as authenticator apps read it. */
export function otpauthUri(secret: string, issuer: string, account: string): string {
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: String(digits), period: String(stepSeconds) });
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?${query.toString().replaceAll('+', '%20')}`;
}
