import { runtimePool } from './pools';

/** How many attempts, in how long. */
export interface AttemptLimit {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What a counter said. */
export interface AttemptCount {
  readonly allowed: boolean;
  readonly count: number;
  /** Seconds until the window ends. */
  readonly secondsLeft: number;
}

const key = /^[A-Za-z0-9_-]{16,100}$/u;

// one statement, so that parallel attempts in several processes each get their own number
const add = `
  insert into rate_limits as r (key, count, window_ends_at) values ($1, 1, now() + make_interval(secs => $2))
  on conflict (key) do update set
    count = case when r.window_ends_at <= now() then 1 else least(r.count + 1, 1000000) end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning count, greatest(0, ceil(extract(epoch from window_ends_at - now())))::int as seconds_left`;

const sweep = `
  delete from rate_limits where key in (select key from rate_limits where window_ends_at < now() - interval '1 hour' limit 500 for update skip locked)`;

let counted = 0;

/**
 * Counts an attempt and says whether it is still within the limit. Count first, then try: parallel attempts cannot slip through.
 * `hashedKey` must be a keyed hash: the table holds no address and no e-mail. The counter is the same for all processes.
 */
export async function countAttempt(hashedKey: string, { limit, windowSeconds }: AttemptLimit): Promise<AttemptCount> {
  if (!key.test(hashedKey)) throw new Error('a rate limit needs a hashed key');
  const { rows } = await runtimePool().query<{ count: number; seconds_left: number }>(add, [hashedKey, windowSeconds]);
  counted += 1;
  if (counted % 1000 === 0) await runtimePool().query(sweep);
  const row = rows[0];
  if (row === undefined) throw new Error('the counter gave no answer');
  return { allowed: row.count <= limit, count: row.count, secondsLeft: row.seconds_left };
}

/** Takes one counted attempt back, for an attempt that turned out to be right. */
export async function forgiveAttempt(hashedKey: string): Promise<void> {
  await runtimePool().query('update rate_limits set count = greatest(count - 1, 0) where key = $1', [hashedKey]);
}

/** Forgets a counter, after the person has proven to be the right one. */
export async function forgetAttempts(hashedKey: string): Promise<void> {
  await runtimePool().query('delete from rate_limits where key = $1', [hashedKey]);
}
