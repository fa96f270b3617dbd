import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { adopt, env } from './env';
import { localSecrets } from './local-secrets';
import { dataDir, repoRoot } from './paths';
import { hookFile } from './schema';
import { localEnv } from './stack-env';

/** Runs a command of packages/db with what a local run of it needs: the checkout's secrets and what follows a migration. */
const [command = '', ...rest] = process.argv.slice(2);
adopt(localEnv({ secrets: localSecrets(), ports: env.ports(), appEnv: env.appEnv(), rootDomain: env.rootDomain() }));
const follows = (command === 'migrate' || command === 'reset') && existsSync(join(repoRoot, hookFile)) ? ['--hook', join(repoRoot, hookFile)] : [];
const cli = join(repoRoot, 'packages/db/src/cli.ts');
process.argv = [process.execPath, cli, command, ...rest, ...follows];
await import(pathToFileURL(cli).href);
// the heads of chains that went with the old database would look like a cut tail
if (command === 'reset' && (process.exitCode ?? 0) === 0) rmSync(join(dataDir, 'audit'), { recursive: true, force: true });
