import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './lock';

// Greater than any process number that a kernel gives.
const unusedPid = 2_147_483_646;

/** A server that runs. */
export interface Running {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
}

type Found = Running & {
  /** False while it starts or stops. */
  readonly ready: boolean;
};

// postmaster.pid: pid, data folder, start time, port, socket folder, address, shared memory, state.
function readPidFile(data: string): Found | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const ready = lines[7]?.trim() === 'ready';
    return { pid: Number(lines[0]), port: Number(lines[3]), socketDir: lines[4]?.trim() ?? '', ready };
  } catch {
    return undefined;
  }
}

// After a crash or a reboot the number may belong to another program, or to another checkout's server, which must neither
// be trusted nor stopped. The data folder stands in the command line.
function servesData(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const listing = `/proc/${pid}/cmdline`;
  const words = existsSync(listing) ? readFileSync(listing, 'utf8') : spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout;
  return words.includes('postgres') && words.includes(data);
}

/** The server that runs on a data folder, if any. A file left by a dead server counts as none. */
export function findRunning(data: string): Found | undefined {
  const found = readPidFile(data);
  return found !== undefined && servesData(found.pid, data) ? found : undefined;
}

/** Makes the file of a dead server harmless to the next start. Only for a folder on which nothing runs. */
export function disownStalePidFile(data: string): void {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return;
  // Postgres refuses to start while the number in it belongs to any living process. Removing the file would also remove
  // its guard against survivors of a killed server that still write to the data: so only the number is replaced.
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^-?\d+/u, String(unusedPid)));
}
