import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logDir } from '@interdomestik/up';

/** A process that the benchmark has started. */
export interface Child {
  readonly stop: () => Promise<void>;
}

/** Starts a TypeScript file as a process of its own; what it says goes to `.data/logs/bench-<name>.log`. */
export function startChild(name: string, cwd: string, file: string, variables: Record<string, string>): Child {
  mkdirSync(logDir, { recursive: true });
  const log = createWriteStream(join(logDir, `bench-${name}.log`));
  const child = spawn(process.execPath, ['--import', 'tsx', file], { cwd, env: variables, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Waits until a request succeeds. Throws after the time, naming the log. */
export async function untilAnswered(name: string, ask: () => Promise<boolean>, seconds = 60): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    if (await ask().catch(() => false)) return;
    await sleep(150);
  }
  throw new Error(`${name} did not answer within ${seconds} s; its log is .data/logs/bench-${name}.log`);
}
