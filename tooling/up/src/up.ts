import { buildApps } from './build';
import { explain } from './clear-error';
import { openDatabase, type Database } from './database';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { logDir } from './paths';
import { refuseTakenPorts } from './ports';
import { elapsed, say, step } from './progress';
import { takeRunLock, type RunLock } from './run-lock';
import { migrateDatabase, seedDatabase } from './schema';
import { startStack, type Stack } from './stack';
import { stackEnv } from './stack-env';
import { welcome } from './welcome';

const mode = process.argv.includes('--dev') ? 'dev' : 'start';

let lock: RunLock | undefined;
let opening: Promise<Database> | undefined;
let starting: Promise<Stack> | undefined;
let isReady = false;
let ending = false;
const stopping = new AbortController();

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  stopping.abort();
  // what is in the middle of its start is waited for, so that nothing stays behind; its failure has been told already
  const stack = await starting?.catch(() => undefined);
  await stack?.stop();
  const database = await opening?.catch(() => undefined);
  await database?.stop();
  lock?.release();
  process.exit(code);
}

function endOn(signal: NodeJS.Signals): void {
  process.on(signal, () => {
    if (ending) return;
    // a person who pressed Ctrl-C sees ^C in front of the cursor
    console.log('');
    say('up', 'stopping ...');
    void end(isReady ? 0 : 130);
  });
}

async function main(): Promise<void> {
  const ports = env.ports();
  lock = takeRunLock();
  await refuseTakenPorts({ ...ports });
  const secrets = localSecrets();

  // a first build takes the longest, so the database is made ready beside it
  const built =
    mode === 'dev'
      ? Promise.resolve()
      : step('build', 'building both apps', () => buildApps(stopping.signal), (result) => (result.cached ? 'up to date' : `both apps built in ${result.seconds.toFixed(1)} s`));
  built.catch(() => undefined);

  const database = await step('database', 'starting', () => (opening = openDatabase(lock?.inheritsDatabase)), (opened) => opened.description);
  lock.rememberDatabase(database.owned);
  const launch = adopt(stackEnv({ secrets, ports, database: database.logins, appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
  await step('migrations', 'bringing the schema up to date', () => migrateDatabase(database.logins.owner, { marked: database.embedded }), (line) => line);
  await step('seed', 'filling the demo tenants', () => seedDatabase(database.logins), (line) => line);
  await built;
  if (ending) return;

  starting = startStack({
    mode,
    ports,
    env: launch,
    logDir,
    onError: (name, line) => say(name, line),
    onStart: (pid) => lock?.remember(pid),
    signal: stopping.signal,
    onReady: (name, address) => say(name, `answers on ${address}`),
  });
  const started = await starting;
  isReady = true;
  console.log(await welcome(started.addresses));
  say('up', `ready after ${elapsed().trim()} s. Logs: .data/logs. Ctrl-C stops everything.`);
  await started.failure();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) endOn(signal);
try {
  await main();
} catch (error) {
  if (!ending) console.error(explain(error));
  await end(1);
}
