import PgBoss from 'pg-boss';
import { jobKinds } from './kinds';

/**
 * Makes or upgrades the queue's own tables as the owner of the schema, and a queue for every kind of job. Repeating changes nothing. The
 * worker itself may do none of this: it has the runtime role's rights on rows.
 */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: 'pgboss', supervise: false, schedule: false, max: 2 });
  let failure: Error | undefined;
  boss.on('error', (error) => { failure = error; });
  await boss.start();
  try {
    for (const { name } of jobKinds) await boss.createQueue(name);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failure !== undefined) throw failure;
}
