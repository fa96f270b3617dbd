import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const firstPort = 15_000;
const portCount = 10_000;

/** `product`: writes as safely as in production and keeps what it has. `tests`: made for the test run and thrown away, so it never waits for a disk. */
export type EmbeddedPurpose = 'product' | 'tests';

/** Where one checkout keeps a database server. */
export interface EmbeddedPaths {
  readonly repoRoot: string;
  readonly purpose: EmbeddedPurpose;
  /** Ignored by git, or in memory; deleting it deletes the database. */
  readonly home: string;
  readonly data: string;
  readonly log: string;
  readonly lock: string;
  readonly secrets: string;
  readonly port: string;
  /** Says that roles and the database exist, and by which version of the bootstrap. */
  readonly ready: string;
  readonly hash: string;
}

const memory = '/dev/shm';
const memoryNeeded = 2 * 1024 ** 3;

/** A folder of ours that lies in memory, or '' where there is none, too small a one, or its name was taken by another user. A test run clones two hundred databases. */
function memoryFolder(hash: string): string {
  if (process.platform !== 'linux' || !existsSync(memory)) return '';
  const folder = join(memory, `idm-tests-${userInfo().uid}-${hash}`);
  const { bavail, bsize } = statfsSync(memory);
  if (!existsSync(folder)) {
    if (bavail * bsize < memoryNeeded) return '';
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const found = lstatSync(folder);
  return found.isDirectory() && (found.uid === userInfo().uid || userInfo().uid === 0) ? folder : '';
}

/** The paths of a checkout. The checkout's real path decides, so that a link to it finds the same server. */
export function embeddedPaths(repoRoot: string, purpose: EmbeddedPurpose = 'product'): EmbeddedPaths {
  const root = realpathSync(repoRoot);
  const data = join(root, '.data');
  const hash = createHash('sha256').update(purpose === 'product' ? root : `${root} ${purpose}`).digest('hex').slice(0, 12);
  const inMemory = purpose === 'tests' ? memoryFolder(hash) : '';
  const home = purpose === 'product' ? data : inMemory === '' ? join(data, 'postgres-tests') : inMemory;
  return {
    repoRoot: root,
    purpose,
    home,
    data: join(home, 'postgres'),
    log: join(data, 'logs', purpose === 'product' ? 'postgres.log' : 'postgres-tests.log'),
    lock: join(data, purpose === 'product' ? 'postgres.lock' : 'postgres-tests.lock'),
    secrets: join(home, 'postgres-secrets.json'),
    port: join(home, 'postgres-port'),
    ready: join(home, 'postgres-ready'),
    hash,
  };
}

/** The checkout that this file belongs to. */
export function findRepoRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'turbo.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no turbo.json above packages/db: the checkout is incomplete');
    folder = parent;
  }
  return folder;
}

/**
 * A folder of our own for the server's socket, short because a socket's path may have about 100 characters. Returns
 * '' (no socket, TCP only) on Windows and where the name was taken by another user.
 */
export function socketFolder(paths: EmbeddedPaths): string {
  if (process.platform === 'win32') return '';
  const base = existsSync('/tmp') ? '/tmp' : tmpdir();
  const folder = join(base, `idm-${userInfo().uid}-${paths.hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const ours = found.isDirectory() && (found.uid === userInfo().uid || userInfo().uid === 0);
  return ours && folder.length < 80 ? folder : '';
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

function storedPort(paths: EmbeddedPaths): number | undefined {
  if (!existsSync(paths.port)) return undefined;
  const port = Number(readFileSync(paths.port, 'utf8'));
  return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : undefined;
}

/**
 * The port of this checkout's server: the one it had before when that is free, else the next free one after a number
 * drawn from the checkout's path. Below the range from which the system draws ports for outgoing connections.
 */
export async function choosePort(paths: EmbeddedPaths): Promise<number> {
  const preferred = storedPort(paths) ?? firstPort + (Number.parseInt(paths.hash.slice(0, 8), 16) % portCount);
  for (let step = 0; step < 200; step += 1) {
    const port = firstPort + ((preferred - firstPort + step + portCount) % portCount);
    if (await isFree(port)) {
      writeFileSync(paths.port, `${port}\n`);
      return port;
    }
  }
  throw new Error(`no free port among 200 from ${preferred} on 127.0.0.1 for Postgres`);
}
