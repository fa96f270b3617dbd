import { failureOf, log, requireProductionSettings } from '@interdomestik/api';
import { startWorker } from '@interdomestik/api/jobs';

requireProductionSettings(undefined, { seals: true });

// the queue marks finished jobs without waiting; a lost connection there costs a repeat of the job, not the process
process.on('unhandledRejection', (error) => {
  log.error({ failure: failureOf(error) }, 'unhandled rejection');
});

// the portals start beside it: they are waited for, papers are not
const worker = await startWorker({ heavyAfterMs: 10_000 });
log.info({}, 'worker is ready');

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ failure: failureOf(error) }, 'worker did not stop cleanly');
        process.exit(1);
      },
    );
  });
}
