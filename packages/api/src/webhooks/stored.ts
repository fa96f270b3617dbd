/** How many are remembered, and for how long: a provider repeats itself within minutes, and the inbox is kept for months. */
const atMost = 20_000;
const forMs = 10 * 60_000;

const stored = new Map<string, number>();
const underWay = new Map<string, Promise<void>>();

const keyOf = (tenantId: string, accountId: string, eventId: string): string => `${tenantId} ${accountId} ${eventId}`;

/** Forgets what was stored: for tests, whose databases come and go. */
export function forgetStored(): void {
  stored.clear();
  underWay.clear();
}

/**
 * Runs `store` for a message unless this process knows that it is stored: repeats of one that has been committed ask the database nothing, and repeats of one that is being stored wait for it instead of for its row. Only what
 * was committed is remembered, so a failure is tried again by the next repeat; another process, or this one when it has forgotten, finds the row.
 */
export async function storedOnce(message: { readonly tenantId: string; readonly accountId: string; readonly eventId: string }, now: Date, store: () => Promise<void>): Promise<void> {
  const key = keyOf(message.tenantId, message.accountId, message.eventId);
  const since = stored.get(key);
  if (since !== undefined && now.getTime() - since < forMs) return;
  const running = underWay.get(key);
  if (running !== undefined) return await running;
  const work = store();
  underWay.set(key, work);
  try {
    await work;
    stored.delete(key);
    stored.set(key, now.getTime());
    // a map keeps its order: the first is the oldest
    const [oldest] = stored.keys();
    if (stored.size > atMost && oldest !== undefined) stored.delete(oldest);
  } finally {
    underWay.delete(key);
  }
}
