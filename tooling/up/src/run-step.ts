import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { groups, signalGroup } from './children';
import { logDir, repoRoot } from './paths';

/** Runs one command with its output on the terminal and in a log file, and resolves to its exit code. */
export async function runCommand(name: string, args: readonly string[], env: Record<string, string>): Promise<number> {
  mkdirSync(logDir, { recursive: true });
  const log = createWriteStream(join(logDir, `test-${name}.log`));
  const child = spawn(process.execPath, args, { cwd: repoRoot, env, stdio: ['ignore', 'pipe', 'pipe'], detached: groups });
  const forward = (signal: NodeJS.Signals) => (): void => {
    if (child.pid !== undefined) signalGroup(child.pid, signal);
  };
  const [interrupt, terminate] = [forward('SIGINT'), forward('SIGTERM')];
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  child.stdout.on('data', (chunk: Buffer) => {
    log.write(chunk);
    process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    log.write(chunk);
    process.stderr.write(chunk);
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      // a child that a signal ended did not succeed
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', terminate);
    await new Promise((resolve) => log.end(resolve));
  }
}
