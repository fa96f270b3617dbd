import { createHmac } from 'node:crypto';
import { countAttempts, forgetAttempts, forgiveAttempts, isRemembered, remember } from '@interdomestik/db';
import { rateLimited } from '@interdomestik/rules';
import { authEnv } from './env';

/** How many wrong passwords of one account are heard from one address, and in how long: a rule of the tenant, or this. */
export interface SignInRule {
  readonly attempts: number;
  readonly windowMinutes: number;
}

export const defaultSignInRule: SignInRule = { attempts: 5, windowMinutes: 15 };

/** Wrong passwords in the same time before no more are heard, beyond those of one account from one address. */
export const signInLimits = {
  /** For one account from every address that it never signed in from: strangers who share the work. */
  account: 30,
  /** For one address over all accounts: an office behind one address fits in. */
  address: 60,
  /** For all accounts from every address that they never signed in from. */
  everywhere: 3000,
} as const;

const knownForSeconds = 30 * 86_400;

const hashed = (...words: string[]): string => createHmac('sha256', authEnv().secret).update(words.join('\u0000')).digest('base64url');

/** The counters of an account at an address, by their hashed keys. The account is named by realm (tenant or console) and e-mail, whether or not it exists. */
export function signInKeys(realm: string, email: string, address: string) {
  return {
    pair: hashed('sign-in', 'pair', realm, email, address),
    account: hashed('sign-in', 'account', realm, email),
    address: hashed('sign-in', 'address', address),
    everywhere: hashed('sign-in', 'everywhere'),
    known: hashed('sign-in', 'known', realm, email, address),
  };
}

/** The counters of one attempt to sign in. */
export interface SignInCounters {
  /** True for the attempt that reached the limit of its account: the one to write down. */
  readonly justLocked: boolean;
  readonly secondsLeft: number | null;
  /** The password was right: the account starts anew, everybody's counters get this attempt back, and the address is known from now on. */
  readonly clear: () => Promise<void>;
}

/**
 * Counts an attempt before its password is looked at. `secondsLeft` is null while it may go on.
 *
 * What strangers do cannot lock the owner out: at an address that the account signed in from within thirty days, only the wrong passwords of that
 * address count. Nothing here asks whether the account exists, so a lockout tells nobody anything.
 */
export async function countSignIn(realm: string, email: string, address: string, rule: SignInRule): Promise<SignInCounters> {
  const keys = signInKeys(realm, email, address);
  const limits = [
    { hashedKey: keys.pair, limit: rule.attempts }, { hashedKey: keys.address, limit: signInLimits.address }, { hashedKey: keys.account, limit: signInLimits.account }, { hashedKey: keys.everywhere, limit: signInLimits.everywhere },
  ];
  const [known, counters] = await Promise.all([isRemembered(keys.known), countAttempts(limits, rule.windowMinutes * 60)]);
  const over = (known ? counters.slice(0, 2) : counters).filter((counter) => !counter.allowed);
  const [pair, , account] = counters;
  return {
    justLocked: pair?.count === rule.attempts + 1 || account?.count === signInLimits.account + 1,
    secondsLeft: over.length === 0 ? null : Math.max(...over.map((counter) => counter.secondsLeft)),
    clear: async () => {
      await Promise.all([forgiveAttempts([keys.address, keys.everywhere]), welcome(realm, email, address)]);
    },
  };
}

/**
 * Takes back what wrong passwords did to an account, for somebody at this address who has just proven to be its owner, by the password or by the mailbox.
 * The address counts as the account's own for thirty days.
 */
export async function welcome(realm: string, email: string, address: string): Promise<void> {
  const { pair, account, known } = signInKeys(realm, email, address);
  await Promise.all([forgetAttempts([pair, account]), remember(known, knownForSeconds)]);
}

/** The refusal of an attempt over the limit. */
export function lockedOut(secondsLeft: number): Error {
  return rateLimited(Math.max(1, Math.ceil(secondsLeft / 60)));
}
