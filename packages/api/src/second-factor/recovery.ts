import { createHash, randomBytes } from 'node:crypto';
import { recoveryAlphabet } from '@interdomestik/rules';

/** How many codes a person holds for the day when the app is lost. */
export const recoveryCodeCount = 10;

const length = 16;

function newCode(): string {
  let code = '';
  while (code.length < length) {
    // 30 letters: bytes beyond the last whole round would prefer the first ones
    for (const byte of randomBytes(length * 2)) if (byte < 240 && code.length < length) code += recoveryAlphabet[byte % recoveryAlphabet.length];
  }
  return code;
}

/** New codes of 78 random bits each, in groups of four as they are written down. */
export const newRecoveryCodes = (): string[] => Array.from({ length: recoveryCodeCount }, () => newCode().replaceAll(/(.{4})(?=.)/gu, '$1-'));

/** What is kept of a code. Its person is part of it, and 78 bits need no slow hash. */
export function recoveryHash(realm: string, userId: string, code: string): string {
  return createHash('sha256').update(JSON.stringify(['recovery', realm, userId, code.replaceAll('-', '')])).digest('base64url');
}
