import { hash, verify, type Options } from '@node-rs/argon2';
import { rateLimited } from '@interdomestik/rules';
import { welcome } from './limits';

/** Parameters of every new hash; at a sign-in an older, weaker one is replaced. */
export const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Algorithm.Argon2id; the package exports it as a const enum, which isolated modules cannot read
const options: Options = { ...parameters, algorithm: 2 };

const maxRunning = 4;
const maxWaiting = 100;
const maxLength = 256;

let running = 0;
const waiting: (() => void)[] = [];

/** At most four hashes at once: each takes 19 MiB and a core. Throws RATE_LIMITED when too many wait already. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxRunning) {
    if (waiting.length >= maxWaiting) throw rateLimited(1);
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

// a phone writes an accent as one sign, a keyboard perhaps as two; also wide and narrow letters are the same to whoever types them
const written = (password: string): string => password.normalize('NFKC');

/** Hashes a new password with argon2id, whole and in one spelling. Throws RATE_LIMITED when too many hashes wait. Never call it inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  return await inTurn(() => hash(written(password), options));
}

// made once a process, so that a missing person costs the same as a wrong password
let dummy: Promise<string> | null = null;

/**
 * True when the password belongs to the hash. A null hash takes the same time and is false, so that nobody learns who has an
 * account. Throws RATE_LIMITED when too many hashes wait.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hash('nobody has this password', options);
  const against = stored ?? (await dummy);
  const right = await inTurn(() => verify(against, written(password.slice(0, maxLength + 1))).catch(() => false));
  return right && stored !== null && password.length <= maxLength;
}

/** True when a hash was made with weaker parameters than those of today. */
export function needsRehash(stored: string): boolean {
  const found = /^\$argon2id\$v=\d+\$m=(\d+),t=(\d+),p=(\d+)\$/u.exec(stored);
  if (found === null) return true;
  return Number(found[1]) < parameters.memoryCost || Number(found[2]) < parameters.timeCost || Number(found[3]) < parameters.parallelism;
}

/** What the API's context takes of this package. */
export const passwords = { hash: hashPassword, verify: verifyPassword, welcome } as const;
