import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeRunLock } from './run-lock';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
const started: number[] = [];
afterAll(() => started.forEach((pid) => process.kill(pid, 'SIGKILL')));

test('the lock is one per checkout and goes away on release', () => {
  const file = join(folder, 'free.json');
  const lock = takeRunLock(file);
  expect(existsSync(file)).toBe(true);
  lock.release();
  expect(existsSync(file)).toBe(false);
});

test('a live launcher keeps its lock', async () => {
  const file = join(folder, 'held.json');
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'up.mjs'], { stdio: 'ignore' });
  await new Promise((resolve) => other.once('spawn', resolve));
  started.push(Number(other.pid));
  writeFileSync(file, JSON.stringify({ pid: other.pid, children: {} }));
  expect(() => takeRunLock(file)).toThrow(`already runs in this checkout (process ${String(other.pid)})`);
});

test('a dead launcher loses its lock, and so does a broken file', () => {
  const file = join(folder, 'stale.json');
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, children: {} }));
  takeRunLock(file).release();
  writeFileSync(file, '{');
  takeRunLock(file).release();
  expect(existsSync(file)).toBe(false);
});

test('what a killed launcher left running is ended; a reused process id is not touched', async () => {
  const file = join(folder, 'left.json');
  const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 999)'], { stdio: 'ignore', detached: true });
  await Promise.all([orphan, stranger].map((child) => new Promise((resolve) => child.once('spawn', resolve))));
  started.push(Number(stranger.pid));
  const ended = new Promise((resolve) => orphan.once('exit', (_code, signal) => resolve(signal)));
  const command = `${process.execPath} -e setInterval(() => {}, 1000)`;
  const children = { [String(orphan.pid)]: command, [String(stranger.pid)]: command };
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, children, ownsDatabase: true }));
  const lock = takeRunLock(file);
  expect(lock.inheritsDatabase).toBe(true);
  lock.release();
  expect(await ended).toBe('SIGTERM');
  expect(stranger.exitCode).toBeNull();
  expect(stranger.signalCode).toBeNull();
});
