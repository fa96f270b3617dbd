import { createHmac } from 'node:crypto';
import { countAttempt, type AttemptLimit } from '@interdomestik/db';
import { rateLimited } from '@interdomestik/rules';
import { env } from '../env';

/**
 * Counts an attempt of somebody at something and throws RATE_LIMITED beyond the limit. The counter is the same for all processes
 * and holds a keyed hash only. Call it outside transactions: a rollback must not give attempts back.
 */
export async function limitAttempts(what: string, who: readonly string[], limit: AttemptLimit): Promise<void> {
  if (env.AUTH_SECRET === undefined) throw new Error('AUTH_SECRET is not set: attempts cannot be counted');
  const key = createHmac('sha256', env.AUTH_SECRET).update(JSON.stringify([what, ...who])).digest('base64url');
  const { allowed, secondsLeft } = await countAttempt(key, limit);
  if (!allowed) throw rateLimited(Math.max(1, Math.ceil(secondsLeft / 60)));
}
