import PgBoss from 'pg-boss';
import { jobKinds } from '../jobs/kinds';
import { openQueue, runBatch } from '../jobs/worker';

/** Runs statements as the administrator of a test database: to look and to break behind the product's back. */
export async function adminSql(adminUrl: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  if (opened?.url !== adminUrl) {
    await closeAdmin();
    const boss = new PgBoss({ connectionString: adminUrl, max: 1 });
    const db = boss.getDb() as unknown as AdminDb;
    // a test may end every connection of its database; the next question opens one again
    boss.on('error', () => { if (opened?.db === db) opened = null; });
    await db.open();
    opened = { url: adminUrl, db };
  }
  return (await opened.db.executeSql(text, values)).rows;
}

interface AdminDb {
  open(): Promise<void>;
  close(): Promise<void>;
  executeSql(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

// one connection stays open: a new one reads the catalogue anew, which takes longer than most questions
let opened: { readonly url: string; readonly db: AdminDb } | null = null;

/** Closes the connection of `adminSql`; before its database is thrown away. */
export async function closeAdmin(): Promise<void> {
  const { db } = opened ?? {};
  opened = null;
  await db?.close();
}

/**
 * Works off what lies in the queues now, as the worker would, and gives the number of jobs run. With `retries` also those that wait for
 * another attempt; jobs of a later day stay. With `only` other kinds are left where they lie.
 */
export async function runJobs(database: { appUrl: string; adminUrl: string }, options: { retries?: boolean; only?: readonly string[] } = {}): Promise<number> {
  const boss = openQueue(database.appUrl);
  let count = 0;
  await boss.start();
  try {
    for (let found = true; found; ) {
      found = false;
      if (options.retries === true) await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where state = 'retry'`);
      for (const kind of jobKinds.filter(({ name }) => options.only?.includes(name) ?? true)) {
        const jobs = await boss.fetch(kind.name, { batchSize: 100 });
        if (jobs.length === 0) continue;
        found = true;
        count += jobs.length;
        await runBatch(boss, kind, jobs);
        await boss.complete(kind.name, jobs.map(({ id }) => id));
      }
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  return count;
}
