import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ClearError } from './clear-error';

export interface Command {
  /** Program and arguments; by default Node with TypeScript loaded. */
  file: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** What it says when it is ready; without it, it counts as ready at once. */
  readyLine?: string;
}

export interface Running {
  name: string;
  pid: number;
  logFile: string;
  /** Settles when the process has ended, with what it ended by. */
  ended: Promise<string>;
  hasEnded: () => boolean;
  /** Resolves when it has said its `readyLine`. */
  ready: Promise<void>;
}

/** Where a child can lead a process group of its own. */
export const groups = process.platform !== 'win32';
const trouble = /\b(error|fatal|uncaught|unhandled|exception|EADDRINUSE|ECONNREFUSED)\b|⨯/iu;

/** What of a child's output line the terminal should see: an error's text, or nothing. Structured log lines speak by level. */
export function errorIn(line: string): string | undefined {
  if (line.startsWith('{')) {
    try {
      const entry = JSON.parse(line) as { level?: unknown; msg?: unknown; err?: { message?: unknown } };
      if (typeof entry.level === 'number') {
        if (entry.level < 50) return undefined;
        const cause = typeof entry.err?.message === 'string' ? `: ${entry.err.message}` : '';
        return `${typeof entry.msg === 'string' ? entry.msg : 'error'}${cause}`;
      }
    } catch {
      // not a log entry after all: judged as plain text below
    }
  }
  return trouble.test(line) && !/^\s+at /u.test(line) ? line.trim() : undefined;
}

/** Node running a TypeScript entry file, as one process, so that a signal reaches it and nothing is left behind. */
export function typeScript(cwd: string, entry: string, env: Record<string, string>, args: readonly string[] = []): Command {
  return { file: process.execPath, args: ['--import', 'tsx', entry, ...args], cwd, env };
}

/** Node running a part as its build made it: one file, which starts in a third of the time. */
export function built(cwd: string, file: string, env: Record<string, string>): Command {
  return { file: process.execPath, args: [file], cwd, env };
}

/** The last lines of a log, for the moment when its process has failed. */
export function tail(logFile: string, lines = 20): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).map((line) => `    ${line}`).join('\n');
}

/** Signals a child's whole group (Next and turbo start processes of their own); a child that is gone already is fine. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(groups ? -pid : pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The processes of one run: their logs, their errors on the terminal, and their common end. */
export class Children {
  private readonly running = new Map<string, { child: ChildProcess; info: Running }>();
  private stopping = false;

  /**
   * @param logDir folder of the log files, one a process
   * @param onError called with each line that a process reports as an error
   * @param onStart called with each new process id
   */
  constructor(
    private readonly logDir: string,
    private readonly onError: (name: string, line: string) => void,
    private readonly onStart: (pid: number) => void = () => undefined,
  ) {
    mkdirSync(logDir, { recursive: true });
  }

  /** Starts a process in its own group. Throws a ClearError when the program does not exist. */
  async start(name: string, command: Command): Promise<Running> {
    const logFile = join(this.logDir, `${name}.log`);
    const log = createWriteStream(logFile);
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: groups,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(new ClearError(`${name} could not be started: ${error.message}`)));
    });
    const { pid } = child;
    if (pid === undefined) throw new ClearError(`${name} could not be started.`);
    let isReady = (): void => undefined;
    const ready = command.readyLine === undefined ? Promise.resolve() : new Promise<void>((resolve) => { isReady = resolve; });
    const read = (stream: Readable): void => {
      createInterface({ input: stream }).on('line', (line) => {
        if (command.readyLine !== undefined && line.includes(command.readyLine)) isReady();
        log.write(`${line}\n`);
        const error = this.stopping ? undefined : errorIn(line);
        if (error !== undefined) this.onError(name, error);
      });
    };
    read(child.stdout);
    read(child.stderr);
    let over = false;
    const ended = new Promise<string>((resolve) => {
      child.once('close', (code, by) => {
        over = true;
        this.running.delete(name);
        // its last words are quoted from there
        log.end(() => resolve(by === null ? `exit code ${code ?? 0}` : `signal ${by}`));
      });
    });
    const info: Running = { name, pid, logFile, ended, hasEnded: () => over, ready };
    this.running.set(name, { child, info });
    this.onStart(pid);
    return info;
  }

  /** Rejects with the tail of its log as soon as one of the processes ends by itself; never settles otherwise. */
  async failure(): Promise<never> {
    const first = [...this.running.values()].map(async ({ info }) => ({ info, how: await info.ended }));
    const { info, how } = await (first.length === 0 ? new Promise<never>(() => undefined) : Promise.race(first));
    if (this.stopping) return new Promise<never>(() => undefined);
    throw new ClearError(`${info.name} ended by itself (${how}). The end of ${info.logFile}:\n${tail(info.logFile)}`);
  }

  /** Asks every process group to end, and makes it end after the grace time in milliseconds. */
  async stopAll(graceMs = 8000): Promise<void> {
    this.stopping = true;
    const all = [...this.running.values()].map(({ info }) => info);
    for (const info of all) signalGroup(info.pid, 'SIGTERM');
    const timer = setTimeout(() => {
      for (const info of all) if (!info.hasEnded()) signalGroup(info.pid, 'SIGKILL');
    }, graceMs);
    await Promise.all(all.map((info) => info.ended));
    clearTimeout(timer);
  }
}
