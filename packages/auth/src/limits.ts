import { createHmac } from 'node:crypto';
import { countAttempt, forgetAttempts, forgiveAttempt } from '@interdomestik/db';
import { rateLimited } from '@interdomestik/rules';
import { authEnv } from './env';

const minutes = 15;
const windowSeconds = minutes * 60;

/** Wrong passwords in a quarter of an hour before no more are heard. */
export const signInLimits = {
  /** For one account from one address: who forgot a password needs no more. */
  pair: 5,
  /** For one account from everywhere: so wide that a stranger at one address cannot lock the owner out. */
  account: 30,
  /** For one address over all accounts: an office behind one address fits in. */
  address: 60,
} as const;

const hashed = (...words: string[]): string => createHmac('sha256', authEnv().secret).update(words.join('\u0000')).digest('base64url');

/** The counters of one attempt to sign in. */
export interface SignInCounters {
  /** True for the attempt that reached the limit: the one to write down. */
  readonly justLocked: boolean;
  readonly secondsLeft: number | null;
  /** The password was right: the account starts anew, the address gets this attempt back. */
  readonly clear: () => Promise<void>;
}

/**
 * Counts an attempt before its password is looked at. `secondsLeft` is null while it may go on. The account is named by realm (tenant or console) and
 * e-mail, whether or not it exists, so that a lockout tells nobody anything.
 */
export async function countSignIn(realm: string, email: string, address: string): Promise<SignInCounters> {
  const keys = {
    pair: hashed('sign-in', 'pair', realm, email, address),
    account: hashed('sign-in', 'account', realm, email),
    address: hashed('sign-in', 'address', address),
  };
  const [pair, account, whole] = await Promise.all([
    countAttempt(keys.pair, { limit: signInLimits.pair, windowSeconds }),
    countAttempt(keys.account, { limit: signInLimits.account, windowSeconds }),
    countAttempt(keys.address, { limit: signInLimits.address, windowSeconds }),
  ]);
  const over = [pair, account, whole].filter((counter) => !counter.allowed);
  return {
    justLocked: pair.count === signInLimits.pair + 1 || account.count === signInLimits.account + 1,
    secondsLeft: over.length === 0 ? null : Math.max(...over.map((counter) => counter.secondsLeft)),
    clear: async () => {
      await Promise.all([forgetAttempts(keys.pair), forgetAttempts(keys.account), forgiveAttempt(keys.address)]);
    },
  };
}

/** The refusal of an attempt over the limit. */
export function lockedOut(secondsLeft: number): Error {
  return rateLimited(Math.max(1, Math.ceil(secondsLeft / 60)));
}
