import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { signalGroup } from './children';
import { ClearError } from './clear-error';
import { dataDir } from './paths';

interface Held {
  pid: number;
  /** Command lines of the processes that this run started, by process id. */
  children: Record<string, string>;
  /** Whether it started the database server, and so has to stop it. */
  ownsDatabase: boolean;
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function read(file: string): Held | undefined {
  try {
    const held = JSON.parse(readFileSync(file, 'utf8')) as Partial<Held>;
    return typeof held.pid === 'number' ? { pid: held.pid, children: held.children ?? {}, ownsDatabase: held.ownsDatabase === true } : undefined;
  } catch {
    return undefined;
  }
}

/** Ends what a killed launcher left running. A process id that now belongs to something else is not touched. */
function reap(held: Held): void {
  const left = Object.entries(held.children)
    .map(([id, command]) => ({ pid: Number(id), command }))
    .filter(({ pid, command }) => isAlive(pid) && commandOf(pid) === command);
  for (const { pid } of left) signalGroup(pid, 'SIGTERM');
  // their ports are free only when they are gone
  const until = Date.now() + 5000;
  while (left.some(({ pid, command }) => isAlive(pid) && commandOf(pid) === command) && Date.now() < until) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  for (const { pid, command } of left) if (isAlive(pid) && commandOf(pid) === command) signalGroup(pid, 'SIGKILL');
}

/** One running launcher per checkout. */
export interface RunLock {
  /** Remembers a started process, so that the next run can end it when this one is killed. */
  remember: (pid: number) => void;
  /** Whether a killed run had started the database that is found running now. */
  inheritsDatabase: boolean;
  /** Remembers whether this run has to stop the database. */
  rememberDatabase: (owns: boolean) => void;
  release: () => void;
}

/** Takes the checkout's lock. Throws a ClearError when another live launcher holds it; a dead one's lock is taken over. */
export function takeRunLock(file = join(dataDir, 'up.json')): RunLock {
  mkdirSync(dirname(file), { recursive: true });
  const held: Held = { pid: process.pid, children: {}, ownsDatabase: false };
  let inheritsDatabase = false;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(held), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error;
      const other = read(file);
      if (other !== undefined && other.pid !== process.pid && isAlive(other.pid) && commandOf(other.pid).includes('up.mjs')) {
        throw new ClearError(`npm run up already runs in this checkout (process ${other.pid}). Stop it with Ctrl-C in its terminal, or: kill ${other.pid}`);
      }
      if (other !== undefined) reap(other);
      inheritsDatabase = other?.ownsDatabase === true;
      rmSync(file, { force: true });
    }
  }
  return {
    inheritsDatabase,
    rememberDatabase: (owns) => {
      held.ownsDatabase = owns;
      writeFileSync(file, JSON.stringify(held));
    },
    remember: (pid) => {
      held.children[String(pid)] = commandOf(pid);
      writeFileSync(file, JSON.stringify(held));
    },
    release: () => {
      if (existsSync(file) && read(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}
