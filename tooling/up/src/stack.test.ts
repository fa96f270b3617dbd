import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, isTaken } from './ports';
import { isAlive } from './run-lock';
import { startStack, type StackOptions } from './stack';

const fake = join(import.meta.dirname, 'testing/fake-stack');
const places = { simulators: join(fake, 'simulators'), worker: join(fake, 'worker'), member: join(fake, 'member'), admin: join(fake, 'admin') };

async function options(extra: Record<string, string> = {}): Promise<StackOptions & { pids: number[]; errors: string[]; ready: string[] }> {
  const ports = { member: await freePort(), admin: await freePort(), paddle: await freePort(), uploadthing: await freePort() };
  const [pids, errors, ready]: [number[], string[], string[]] = [[], [], []];
  return {
    mode: 'dev',
    ports,
    places,
    env: { MEMBER_PORT: String(ports.member), ADMIN_PORT: String(ports.admin), PADDLE_SIM_PORT: String(ports.paddle), UPLOADTHING_SIM_PORT: String(ports.uploadthing), DATABASE_OWNER_URL: 'secret', ...extra },
    logDir: mkdtempSync(join(tmpdir(), 'stack-')),
    onError: (name, line) => errors.push(`${name}: ${line}`),
    onStart: (pid) => pids.push(pid),
    onReady: (name) => ready.push(name),
    pids,
    errors,
    ready,
  };
}

test('starts all parts, waits for their health, keeps the owner login away from the apps, and stops all', async () => {
  const given = await options();
  const stack = await startStack(given);
  expect(given.ready.toSorted()).toEqual(['admin', 'member']);
  expect(given.pids).toHaveLength(4);
  const answer = await (await fetch(`${stack.addresses.member}/api/health`)).json();
  expect(answer).toEqual({ args: ['--dev'], owner: false, mode: 'development' });
  expect(readdirSync(given.logDir).toSorted()).toEqual(['admin.log', 'member.log', 'simulators.log', 'worker.log']);
  await stack.stop();
  expect(given.pids.filter(isAlive)).toEqual([]);
  expect(await isTaken(given.ports.member)).toBe(false);
}, 30_000);

test('a part that fails during the start is named with its log, and nothing is left running', async () => {
  const given = await options({ FAKE_BROKEN: 'yes' });
  await expect(startStack(given)).rejects.toThrow(/worker ended by itself[^]*the worker has no queue/u);
  expect(given.pids.filter(isAlive)).toEqual([]);
}, 30_000);

test('an abort during the start leaves nothing running', async () => {
  const stop = new AbortController();
  const given = await options();
  const starting = startStack({ ...given, signal: stop.signal });
  await expect.poll(() => given.pids.length, { timeout: 10_000 }).toBeGreaterThan(1);
  stop.abort();
  await expect(starting).rejects.toThrow('Stopped.');
  expect(given.pids.filter(isAlive)).toEqual([]);
}, 30_000);
