import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { databaseUrls, findRepoRoot, overTcp, recreateDatabase, startEmbedded, statusEmbedded, stopEmbedded } from './embedded';
import { readEnv } from './env';
import { migrate, type AfterMigrateHook, type MigrateResult } from './migrate';

const usage = `Usage:
  url owner|app|platform|backup   print the connection string (and nothing else)
  migrate [--dry-run] [--hook F]  apply the migrations; F exports afterMigrate: ((ownerUrl) => Promise<void>)[]
  reset [--hook F]                throw the embedded database away and migrate a new one (development only)
  start | stop | status           the embedded server`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const hookModule = z.object({ afterMigrate: z.array(z.custom<AfterMigrateHook>((value) => typeof value === 'function')) });
async function hooksOf(path: string | undefined): Promise<readonly AfterMigrateHook[]> {
  if (path === undefined) return [];
  const loaded: unknown = await import(pathToFileURL(resolve(path)).href);
  return hookModule.parse(loaded).afterMigrate;
}

function tell(result: MigrateResult, dryRun: boolean): void {
  const verb = dryRun ? 'would apply' : 'applied';
  say(result.applied.length === 0 ? 'migrations: nothing to do' : `migrations ${verb}: ${result.applied.join(', ')}`);
  if (result.access.length > 0) say(`access: ${result.access.length} statements${dryRun ? ' for the tables of today' : ''}`);
  if (dryRun) for (const statement of result.access) say(`  ${statement};`);
  for (const warning of result.warnings) say(`warning: ${warning}`);
}

async function runMigrate(dryRun: boolean, hook: string | undefined): Promise<void> {
  const urls = await databaseUrls();
  tell(await migrate({ ownerUrl: urls.owner, dryRun, hooks: await hooksOf(hook), log: say }), dryRun);
}

async function runReset(hook: string | undefined): Promise<void> {
  const { appEnv, databaseUrl } = readEnv();
  if (appEnv !== 'development' && appEnv !== 'test' && appEnv !== 'demo-local') throw new Error(`reset refuses to run with APP_ENV=${appEnv}: it deletes everything`);
  if (databaseUrl !== undefined) throw new Error('reset refuses to run with DATABASE_URL set: it deletes the embedded database only');
  const server = await recreateDatabase({ repoRoot: findRepoRoot() });
  tell(await migrate({ ownerUrl: server.ownerUrl, hooks: await hooksOf(hook), log: say }), false);
}

function isRole(word: string | undefined): word is 'owner' | 'app' | 'platform' | 'backup' {
  return word === 'owner' || word === 'app' || word === 'platform' || word === 'backup';
}

async function runUrl(role: string | undefined): Promise<void> {
  if (!isRole(role)) throw new Error('url needs one of: owner, app, platform, backup');
  const urls = await databaseUrls();
  say(readEnv().databaseUrl === undefined ? overTcp(urls[role]) : urls[role]);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, hook: { type: 'string' } },
  });
  const [command, argument] = positionals;
  const repoRoot = findRepoRoot();
  switch (command) {
    case 'url': return await runUrl(argument);
    case 'migrate': return await runMigrate(values['dry-run'], values.hook);
    case 'reset': return await runReset(values.hook);
    case 'start': {
      const server = await startEmbedded({ repoRoot });
      return say(`Postgres ${server.reused ? 'already runs' : 'started'} on 127.0.0.1:${server.port}`);
    }
    case 'stop': return say((await stopEmbedded({ repoRoot })) ? 'Postgres stopped' : 'Postgres was not running');
    case 'status': {
      const status = statusEmbedded({ repoRoot });
      return say(status.running ? `Postgres runs on 127.0.0.1:${status.port}, process ${status.pid}` : 'Postgres is not running');
    }
    default: throw new Error(usage);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
