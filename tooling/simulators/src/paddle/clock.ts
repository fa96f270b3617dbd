import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

let lastMs = 0;
let lastMicros = 0;

/** An id in the provider's shape, a word and 26 characters, that sorts by the time it was made. */
export function newPaddleId(prefix: string): string {
  lastMs = Math.max(Date.now(), lastMs + 1);
  let time = '';
  for (let left = lastMs, index = 0; index < 10; index += 1, left = Math.floor(left / 32)) time = alphabet.charAt(left % 32) + time;
  let tail = '';
  for (const byte of randomBytes(16)) tail += alphabet.charAt(byte % 32);
  return `${prefix}_${time}${tail}`;
}

/** Now with microseconds, always later than the time before. */
export function instant(): string {
  lastMicros = Math.max(Date.now() * 1000, lastMicros + 1);
  const micros = String(lastMicros % 1_000_000).padStart(6, '0');
  return `${new Date(Math.floor(lastMicros / 1000)).toISOString().slice(0, 19)}.${micros}Z`;
}
