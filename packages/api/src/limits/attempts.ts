import { createHmac } from 'node:crypto';
import { countAttempt, forgetAttempts, type AttemptLimit } from '@interdomestik/db';
import { rateLimited } from '@interdomestik/rules';
import { env } from '../env';

function keyOf(what: string, who: readonly string[]): string {
  if (env.AUTH_SECRET === undefined) throw new Error('AUTH_SECRET is not set: attempts cannot be counted');
  return createHmac('sha256', env.AUTH_SECRET).update(JSON.stringify([what, ...who])).digest('base64url');
}

/**
 * Counts an attempt of somebody at something and throws RATE_LIMITED beyond the limit. The counter is the same for all processes
 * and holds a keyed hash only. Call it outside transactions: a rollback must not give attempts back.
 */
export async function limitAttempts(what: string, who: readonly string[], limit: AttemptLimit): Promise<void> {
  const { allowed, secondsLeft } = await countAttempt(keyOf(what, who), limit);
  if (!allowed) throw rateLimited(Math.max(1, Math.ceil(secondsLeft / 60)));
}

/** Begins to count anew, after the person has proven to be the right one. */
export async function forgetAttemptsAt(what: string, who: readonly string[]): Promise<void> {
  await forgetAttempts([keyOf(what, who)]);
}
