import { setTimeout as sleep } from 'node:timers/promises';
import { ruleOf } from '@interdomestik/api';
import { closeDatabase, connectDatabase, resolveScope } from '@interdomestik/db';
import { env } from './env';

/** A process that only reads: it decides by the rules all the time, and says when a new version decides. Ended by a signal. */
await connectDatabase({ appUrl: env.databaseUrl(), max: 1, applicationName: 'interdomestik-bench-watcher' });
const scope = await resolveScope({ kind: 'visitor', slug: env.tenant() });
if (scope === null) throw new Error('no such tenant');
const state = { running: true, version: -1 };
process.once('SIGTERM', () => { state.running = false; });
while (state.running) {
  const { version } = await ruleOf(scope, 'limits', new Date());
  if (version !== state.version) process.stdout.write(`${String(version)} ${String(Date.now())}\n`);
  state.version = version;
  await sleep(10);
}
await closeDatabase();
