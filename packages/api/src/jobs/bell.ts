import type PgBoss from 'pg-boss';
import { repeat, type Loop } from './loop';

// one look at an index per queue, however many jobs wait
const dueQueues = `
  select q.name from unnest($1::text[]) as q(name)
  where exists (select from pgboss.job j where j.name = q.name and j.state < 'active' and j.start_after <= now())`;

/**
 * Asks for all queues at once which have work that is due, and wakes the workers of those alone. Left to themselves a dozen queues ask the
 * database a dozen times as often for nothing.
 *
 * @param workers id of the worker by the name of its queue; may grow
 */
export function ringWhenDue(boss: PgBoss, workers: ReadonlyMap<string, string>, everyMs: number): Loop {
  return repeat(everyMs, 'queues not read', async () => {
    const { rows } = await boss.getDb().executeSql(dueQueues, [[...workers.keys()]]);
    for (const { name } of rows as { name: string }[]) {
      const id = workers.get(name);
      if (id !== undefined) boss.notifyWorker(id);
    }
  });
}
