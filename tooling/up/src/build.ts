import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { groups, signalGroup, tail } from './children';
import { ClearError } from './clear-error';
import { inherited } from './env';
import { logDir, repoRoot } from './paths';

export interface BuildResult {
  /** True when every app's output came from the cache. */
  cached: boolean;
  seconds: number;
}

/** Environment of turbo and next: no telemetry, and no NODE_ENV that would mark the build as a test's. */
export function buildEnv(): Record<string, string> {
  return { ...inherited(), TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
}

/** Builds both apps through turbo, which skips what has not changed. Throws a ClearError with the log's end. */
export async function buildApps(signal?: AbortSignal): Promise<BuildResult> {
  mkdirSync(logDir, { recursive: true });
  const logFile = join(logDir, 'build.log');
  const log = createWriteStream(logFile);
  const began = performance.now();
  const turbo = join(repoRoot, 'node_modules/turbo/bin/turbo');
  const child = spawn(process.execPath, [turbo, 'run', 'build', '--output-logs=new-only'], {
    cwd: repoRoot,
    env: buildEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: groups,
  });
  signal?.addEventListener('abort', () => child.pid !== undefined && child.exitCode === null && signalGroup(child.pid, 'SIGTERM'), { once: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log.write(chunk);
      text += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await new Promise((resolve) => log.end(resolve));
  if (code !== 0) throw new ClearError(`The build failed. The end of ${logFile}:\n${tail(logFile, 60)}`);
  return { cached: text.includes('FULL TURBO'), seconds: (performance.now() - began) / 1000 };
}
