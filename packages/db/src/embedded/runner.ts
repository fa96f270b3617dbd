import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnv } from '../env';
import { binariesIn, findBinaries, type Binaries } from './binaries';
import type { EmbeddedPaths } from './paths';

/** How the server's programs are run: Postgres refuses to run as root. */
export type RunMode = 'plain' | 'userns' | 'user';

/** Runs the server's programs as a user they accept. */
export interface Runner {
  readonly mode: RunMode;
  readonly binaries: Binaries;
  /** The data folder; outside the checkout only where the unprivileged user cannot reach the checkout. */
  readonly data: string;
  readonly log: string;
  /** Gives files to the user that runs the server. */
  own(path: string): void;
  /** Runs a program to its end; throws its last lines when it fails. */
  run(program: string, args: readonly string[], timeoutMs?: number): Promise<string>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const mapped = ['-U', '--map-user=65534', '--map-group=65534'];

function namespacesWork(binaries: Binaries): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('unshare', [...mapped, binaries.postgres, '--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

function unprivilegedAccount(): Account {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody', 'node', 'daemon']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    const uid = Number(fields?.[2]);
    const gid = Number(fields?.[3]);
    if (uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error('Postgres refuses to run as root, user namespaces are forbidden and no unprivileged user was found: run as a normal user or set DATABASE_URL');
}

// The unprivileged user must be able to enter every folder on the way.
function reachable(path: string): boolean {
  let folder = existsSync(path) ? path : dirname(path);
  for (;;) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    const parent = dirname(folder);
    if (parent === folder) return true;
    folder = parent;
  }
}

function give(path: string, account: Account): void {
  if (!existsSync(path)) return;
  const found = lstatSync(path);
  if (found.uid === account.uid && found.gid === account.gid) return;
  if (found.isDirectory()) {
    for (const name of readdirSync(path)) give(join(path, name), account);
  }
  lchownSync(path, account.uid, account.gid);
}

// Copied once per version; the marker is written last, so that a cut copy is made again.
function copyBinaries(from: Binaries, to: string): Binaries {
  const marker = join(to, '.source');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== from.root) {
    rmSync(to, { recursive: true, force: true });
    cpSync(from.root, to, { recursive: true, verbatimSymlinks: true });
    writeFileSync(marker, from.root);
  }
  return binariesIn(to);
}

function runWith(prefix: readonly string[], account: Account | undefined, cwd: string): Runner['run'] {
  return async (program, args, timeoutMs = 120_000) => {
    const [command = program, ...rest] = [...prefix, program, ...args];
    return await new Promise((resolve, reject) => {
      const options = { env: childEnv(), cwd, timeout: timeoutMs, windowsHide: true, ...account };
      const child = execFile(command, rest, options, (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout);
          return;
        }
        const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-6).join(' | ');
        reject(new Error(`${program.split(/[\\/]/u).at(-1) ?? program} failed: ${words === '' ? error.message : words}`, { cause: error }));
      });
      child.stdin?.end();
    });
  };
}

/** Decides how to run the server here; `force` is for tests of the ways this machine would not choose. */
export function makeRunner(paths: EmbeddedPaths, force?: RunMode): Runner {
  const found = findBinaries();
  const root = typeof process.getuid === 'function' && process.getuid() === 0;
  const mode: RunMode = force ?? (!root ? 'plain' : namespacesWork(found) ? 'userns' : 'user');
  if (mode !== 'user') {
    const self: Account | undefined = root ? { uid: 0, gid: 0 } : undefined;
    return {
      mode,
      binaries: found,
      data: paths.data,
      log: paths.log,
      own: (path) => {
        if (self !== undefined) give(path, self);
      },
      run: runWith(mode === 'userns' ? ['unshare', ...mapped] : [], undefined, paths.home),
    };
  }
  const account = unprivilegedAccount();
  const outside = join('/var/tmp', `interdomestik-${paths.hash}`);
  const inside = reachable(paths.home);
  const home = inside ? paths.home : outside;
  mkdirSync(home, { recursive: true, mode: 0o755 });
  chmodSync(home, 0o755);
  // Whoever deleted `.data` wanted a new database, and its passwords went with it.
  if (!inside && !existsSync(paths.secrets)) rmSync(join(home, 'postgres'), { recursive: true, force: true });
  return {
    mode,
    binaries: reachable(found.root) ? found : copyBinaries(found, join(outside, 'native')),
    data: join(home, 'postgres'),
    log: join(home, 'logs', 'postgres.log'),
    own: (path) => {
      give(path, account);
    },
    run: runWith([], account, '/'),
  };
}
