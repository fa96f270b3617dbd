import { eq } from 'drizzle-orm';
import { assertOutsideTransaction, readTenant, resolveScope } from '@interdomestik/db';
import { featureFlags as rows } from '@interdomestik/db/schema';
import { failureOf, log } from '../log';

/** So long an answer is taken as it is; so long it is still given while the next one is fetched; so long it stands in when none can be fetched. */
const freshForMs = 10_000;
const usableForMs = 20_000;
const standsInForMs = 600_000;
/** A database that just failed is not asked again by every request. */
const askAgainAfterMs = 1_000;

interface Known {
  readonly at: number;
  /** What somebody has set; what is missing was never touched. */
  readonly set: ReadonlyMap<string, boolean>;
}

// keyed by tenant; switches only, never a row about a person
const known = new Map<string, Known>();
const asking = new Map<string, Promise<Known>>();
const failedAt = new Map<string, number>();

async function ask(tenantId: string): Promise<Known> {
  const scope = await resolveScope({ kind: 'job', tenantId, job: 'flags.read' });
  if (scope === null) throw new Error('the tenant of a switch is closed');
  const found = await readTenant(scope, (tx) => tx.select({ key: rows.key, enabled: rows.enabled }).from(rows).where(eq(rows.tenantId, scope.tenantId)));
  const answer = { at: Date.now(), set: new Map(found.map(({ key, enabled }) => [key, enabled])) };
  known.set(tenantId, answer);
  failedAt.delete(tenantId);
  return answer;
}

async function askOnce(tenantId: string): Promise<Known> {
  const running = asking.get(tenantId) ?? ask(tenantId).catch((error: unknown) => {
    failedAt.set(tenantId, Date.now());
    log.warn({ failure: failureOf(error) }, 'switches not read');
    throw error;
  }).finally(() => asking.delete(tenantId));
  asking.set(tenantId, running);
  return await running;
}

/**
 * What is set of a tenant's switches. A change is seen within 20 s in every process and at once in the one that made it; a warm call sends no query. When the
 * database does not answer, the last answer stands in for ten minutes; then it throws.
 */
export async function flagsSet(tenantId: string): Promise<ReadonlyMap<string, boolean>> {
  assertOutsideTransaction();
  const before = known.get(tenantId);
  const age = before === undefined ? Infinity : Date.now() - before.at;
  if (before !== undefined && age < freshForMs) return before.set;
  const resting = Date.now() - (failedAt.get(tenantId) ?? -Infinity) < askAgainAfterMs;
  if (before !== undefined && age < usableForMs) {
    if (!resting) askOnce(tenantId).catch(() => undefined);
    return before.set;
  }
  const standIn = before !== undefined && age < standsInForMs ? before.set : null;
  if (resting && standIn !== null) return standIn;
  try {
    if (resting) throw new Error('the switches could not be read a moment ago');
    return (await askOnce(tenantId)).set;
  } catch (error) {
    if (standIn === null) throw error;
    return standIn;
  }
}

/** Drops what is remembered of a tenant's switches; after one was set in this process. */
export function forgetFlags(tenantId: string): void {
  known.delete(tenantId);
  failedAt.delete(tenantId);
}
