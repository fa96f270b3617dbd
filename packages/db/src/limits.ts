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

// one statement, so that parallel attempts in several processes each get their own number; always in one order, so that none waits for another in a circle
const add = `
  insert into rate_limits as r (key, count, window_ends_at)
  select k, 1, now() + make_interval(secs => $2) from unnest($1::text[]) k order by k
  on conflict (key) do update set
    count = case when r.window_ends_at <= now() then 1 else least(r.count + 1, 1000000) end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning key, count, greatest(0, ceil(extract(epoch from window_ends_at - now())))::int as seconds_left`;

const sweep = `
  delete from rate_limits where key in (select key from rate_limits where window_ends_at < now() - interval '1 hour' limit 500 for update skip locked)`;

let counted = 0;

const assertHashed = (hashedKeys: readonly string[]): void => {
  if (!hashedKeys.every((one) => key.test(one))) throw new Error('a rate limit needs a hashed key');
};

/**
 * Counts one attempt under several keys at once, in one round trip; what each counter says comes in the order of `limits`. Count first, then try:
 * parallel attempts cannot slip through. Keys must be keyed hashes: the table holds no address and no e-mail. The counters are the same for all processes.
 */
export async function countAttempts(limits: readonly { readonly hashedKey: string; readonly limit: number }[], windowSeconds: number): Promise<AttemptCount[]> {
  const keys = limits.map(({ hashedKey }) => hashedKey);
  assertHashed(keys);
  const { rows } = await runtimePool().query<{ key: string; count: number; seconds_left: number }>(add, [keys, windowSeconds]);
  counted += 1;
  if (counted % 1000 === 0) await runtimePool().query(sweep);
  return limits.map(({ hashedKey, limit }) => {
    const row = rows.find((one) => one.key === hashedKey);
    if (row === undefined) throw new Error('the counter gave no answer');
    return { allowed: row.count <= limit, count: row.count, secondsLeft: row.seconds_left };
  });
}

/** `countAttempts` for one key. */
export async function countAttempt(hashedKey: string, { limit, windowSeconds }: AttemptLimit): Promise<AttemptCount> {
  const [counter] = await countAttempts([{ hashedKey, limit }], windowSeconds);
  if (counter === undefined) throw new Error('the counter gave no answer');
  return counter;
}

/** Takes one counted attempt back under each key, for an attempt that turned out to be right. */
export async function forgiveAttempts(hashedKeys: readonly string[]): Promise<void> {
  await runtimePool().query('update rate_limits set count = greatest(count - 1, 0) where key in (select key from rate_limits where key = any($1) order by key for update)', [hashedKeys]);
}

/** Forgets counters, after the person has proven to be the right one. */
export async function forgetAttempts(hashedKeys: readonly string[]): Promise<void> {
  await runtimePool().query('delete from rate_limits where key in (select key from rate_limits where key = any($1) order by key for update)', [hashedKeys]);
}

/** Keeps a key in mind for a while, from now on. */
export async function remember(hashedKey: string, seconds: number): Promise<void> {
  assertHashed([hashedKey]);
  await runtimePool().query(
    'insert into rate_limits as r (key, count, window_ends_at) values ($1, 1, now() + make_interval(secs => $2)) on conflict (key) do update set window_ends_at = excluded.window_ends_at', [hashedKey, seconds]);
}

/** Whether a key is still kept in mind. */
export async function isRemembered(hashedKey: string): Promise<boolean> {
  const { rows } = await runtimePool().query('select from rate_limits where key = $1 and window_ends_at > now()', [hashedKey]);
  return rows.length > 0;
}
