import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { childEnv } from '../env';
import { mutants } from './mutation/mutants';

interface Line { readonly unchanged?: { readonly failed: number; readonly passed: number }; readonly number?: number; readonly file?: string; readonly from?: string; readonly to?: string; readonly found?: number; readonly killed?: boolean }

async function runAll(): Promise<Line[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(dirname(fileURLToPath(import.meta.url)), 'mutation', 'run.ts')], { env: childEnv(), stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('{')) lines.push(JSON.parse(line) as Line);
  return lines;
}

it('I-30 the guards notice at least nine of ten changes to the code between a request and the rows', async () => {
  const [first, ...rest] = await runAll();
  expect(first?.unchanged?.failed).toBe(0);
  expect(first?.unchanged?.passed).toBeGreaterThan(60);
  expect(rest).toHaveLength(mutants.length);
  expect(rest.filter(({ found }) => found !== 1).map(({ file, from }) => `${file ?? ''} has no longer once: ${from ?? ''}`)).toEqual([]);
  const alive = rest.filter(({ killed }) => killed !== true);
  const killed = rest.length - alive.length;
  process.stdout.write(`I-30: ${String(killed)} of ${String(rest.length)} mutants killed (${((100 * killed) / rest.length).toFixed(0)} %)\n${alive.map(({ file, from, to }) => `  alive: ${file ?? ''}: ${from ?? ''} -> ${to ?? ''}\n`).join('')}`);
  expect(killed / rest.length).toBeGreaterThanOrEqual(0.9);
}, 3_600_000);
