import PgBoss from 'pg-boss';
import { jobKinds } from './kinds';

/**
 * Over failed jobs alone, by their tenant: the console counts them. On the partitioned table it reaches every queue, also one that is
 * made later.
 */
const failedByTenant = (['job', 'archive'] as const).map((table) => `create index if not exists ${table}_failed_by_tenant on pgboss.${table} ((data->>'tenantId')) where state = 'failed'`);

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
    for (const index of failedByTenant) await boss.getDb().executeSql(index, []);
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failure !== undefined) throw failure;
}
