import { setTimeout as sleep } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import { assertDatabase } from '@interdomestik/db';
import { sealingOfEnvironment } from '../audit/keep-sealing';
import { env } from '../env';
import { failureOf, log } from '../log';
import { ringWhenDue } from './bell';
import { takeTurn } from './heavy';
import { jobKinds, recurringJobs } from './kinds';
import { sendingOptions } from './queue';
import { keepTurning } from './recurring';
import { JobWaits, type RunnableJob } from './runnable';

export interface WorkerOptions {
  /** Connection string of the runtime role; the environment's DATABASE_URL when absent. */
  readonly databaseUrl?: string;
  /** How often the idle queues are asked for work. */
  readonly pollMs?: number;
  /** For so long heavy jobs are left lying, so that what starts beside the worker on the same machine is there first. At once when absent. */
  readonly heavyAfterMs?: number;
}

export interface RunningWorker {
  /** Takes no new work, waits for the running one, and closes its connections. */
  readonly stop: () => Promise<void>;
}

type Failed = { readonly name: string; readonly message: string };

/** What the queue keeps of a failure: no text that could name a person. */
const tellQueue = (error: unknown): Failed =>
  error instanceof Error ? { name: error.name, message: 'messageKey' in error ? String(error.messageKey) : 'see the log' } : { name: 'unknown', message: 'see the log' };

/** How often a queue is asked even when the bell is silent. */
const unaskedSeconds = 15;

/** After this many seconds the jobs that are held back, by a closed tenant or a switch, ask again. */
const askAgainSeconds = 60;

/** Runs a batch side by side; one that fails goes back to its queue alone, one that is held back waits in it as often as it takes. */
export async function runBatch(boss: PgBoss, kind: RunnableJob, jobs: readonly { readonly id: string; readonly data: unknown }[]): Promise<void> {
  await Promise.all(jobs.map(async ({ id, data }) => {
    try {
      await takeTurn(kind.heavy === true, () => kind.work(data));
    } catch (error) {
      if (error instanceof JobWaits) {
        await boss.send(kind.name, data as object, sendingOptions(kind, { delaySeconds: askAgainSeconds }));
        return;
      }
      log.error({ job: kind.name, jobId: id, failure: failureOf(error) }, 'job failed');
      await boss.fail(kind.name, id, tellQueue(error));
    }
  }));
}

/** Makes the queue's client for a process that only works: it makes no tables. */
export function openQueue(databaseUrl: string): PgBoss {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'pgboss', migrate: false, schedule: false, supervise: true, maintenanceIntervalSeconds: 60, max: 4, application_name: 'interdomestik-queue' });
  boss.on('error', (error) => { log.error({ failure: failureOf(error) }, 'queue failed'); });
  return boss;
}

/**
 * Starts working: every kind of job, each with the rights of its own tenant. Throws when the queue's tables are not there yet. A
 * process that is killed loses nothing: its jobs come back after their time.
 */
export async function startWorker(options: WorkerOptions = {}): Promise<RunningWorker> {
  const databaseUrl = options.databaseUrl ?? env.DATABASE_URL;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set: the worker has no queue');
  await assertDatabase();
  const boss = openQueue(databaseUrl);
  await boss.start();
  const workers = new Map<string, string>();
  const takeOn = async (kinds: readonly RunnableJob[]): Promise<void> => {
    for (const kind of kinds.filter(({ name }) => !workers.has(name))) workers.set(kind.name, await boss.work(kind.name, { batchSize: kind.atOnce, pollingIntervalSeconds: unaskedSeconds }, (jobs) => runBatch(boss, kind, jobs)));
  };
  const { heavyAfterMs = 0 } = options;
  const heavyKinds = jobKinds.filter(({ heavy }) => heavy === true);
  await takeOn(jobKinds.filter((kind) => heavyAfterMs === 0 || !heavyKinds.includes(kind)));
  const stopped = new AbortController();
  const rest = async (): Promise<void> => {
    while (!stopped.signal.aborted && heavyKinds.some(({ name }) => !workers.has(name))) {
      await sleep(heavyAfterMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted) await takeOn(heavyKinds).catch((error: unknown) => { log.error({ failure: failureOf(error) }, 'heavy queues not taken on'); });
    }
  };
  const later = rest();
  const bell = ringWhenDue(boss, workers, options.pollMs ?? 500);
  const clockwork = keepTurning(recurringJobs);
  const sealing = sealingOfEnvironment();
  return {
    stop: async () => {
      stopped.abort();
      await later;
      await clockwork.stop();
      await sealing?.stop();
      await bell.stop();
      await boss.stop({ graceful: true, timeout: 25_000 });
    },
  };
}
