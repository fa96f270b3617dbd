import { z } from 'zod';
import { listTenants, resolveScope, withTenant } from '@interdomestik/db';
import { failureOf, log } from '../log';
import { repeat, type Loop } from './loop';
import { enqueue } from './queue';
import type { JobKind } from './registry';

/** What work that comes again and again is told: which turn it is. What there is to do it finds in the rows of its tenant. */
export const turnSchema = z.object({ turn: z.string().max(60) });

export interface Recurring {
  readonly kind: JobKind<typeof turnSchema>;
  /** At most half a day: longer, and the queue has forgotten the turn before it is over. */
  readonly everySeconds: number;
}

const turnAt = ({ everySeconds }: Recurring, now: Date): string => new Date(Math.floor(now.getTime() / (everySeconds * 1000)) * everySeconds * 1000).toISOString();

/**
 * Queues the turn of now of each kind for every open tenant. Any number of workers may do so at once and as often as they like: the queue takes a turn
 * once. Turns that were missed while no worker ran are not made up for. Gives how many tenants could not be asked.
 */
export async function queueTurns(recurring: readonly Recurring[], now: Date): Promise<number> {
  let failed = 0;
  for (const tenant of await listTenants()) {
    try {
      const scope = await resolveScope({ kind: 'job', tenantId: tenant.id, job: 'jobs.turns' });
      if (scope === null) continue;
      await withTenant(scope, async (tx) => {
        for (const one of recurring) await enqueue(tx, scope, one.kind, { turn: turnAt(one, now) }, { turnSeconds: one.everySeconds });
      });
    } catch (error) {
      failed += 1;
      log.error({ failure: failureOf(error) }, 'turns of a tenant not queued');
    }
  }
  return failed;
}

/** Queues turns when they come, from now on until it is stopped; a turn that this process has queued it does not ask for again. */
export function keepTurning(recurring: readonly Recurring[], lookEveryMs = 10_000): Loop {
  const queued = new Set<string>();
  return repeat(lookEveryMs, 'turns not queued', async () => {
    const now = new Date();
    const named = recurring.map((one) => ({ one, name: `${one.kind.name} ${turnAt(one, now)}` }));
    const fresh = named.filter(({ name }) => !queued.has(name));
    if (fresh.length === 0 || (await queueTurns(fresh.map(({ one }) => one), now)) > 0) return;
    queued.clear();
    for (const { name } of named) queued.add(name);
  });
}
