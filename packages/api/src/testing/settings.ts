import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context';
import { env } from '../env';

/** Settings that services refuse to work without; worth nothing outside tests. */
export function useTestSettings(more: Partial<typeof env> = {}): void {
  Object.assign(env, { APP_ENV: 'test', AUTH_SECRET: 'only-for-tests-'.repeat(3), ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'), AUDIT_KEY: Buffer.alloc(32, 5).toString('base64') }, more);
}

const derive = (password: string, salt: string) =>
  new Promise<Buffer>((resolve, reject) => scrypt(password, salt, 32, { N: 1024 }, (error, key) => (error === null ? resolve(key) : reject(error))));

/** Quick hashing for tests; the product's own belongs to the sign-in package, which this one may not know. */
export const testPasswords: Context['passwords'] = {
  hash: async (password) => {
    const salt = randomBytes(8).toString('hex');
    return `${salt}$${(await derive(password, salt)).toString('hex')}`;
  },
  verify: async (hash, password) => {
    const [salt = '', key = ''] = (hash ?? '').split('$');
    const expected = Buffer.from(key, 'hex');
    const given = await derive(password, salt);
    return expected.length === given.length && timingSafeEqual(expected, given);
  },
  welcome: () => Promise.resolve(),
};
