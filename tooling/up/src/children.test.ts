import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Children, errorIn } from './children';
import { isAlive } from './run-lock';

const folder = mkdtempSync(join(tmpdir(), 'children-'));
const node = (script: string) => ({ file: process.execPath, args: ['-e', script], cwd: folder, env: { PATH: '' } });

describe('errorIn', () => {
  test.each([
    ['{"level":30,"msg":"error counter is 0"}', undefined],
    ['{"level":50,"msg":"payment lost","err":{"message":"no row"}}', 'payment lost: no row'],
    ['Error: listen EADDRINUSE 3000', 'Error: listen EADDRINUSE 3000'],
    ['    at Error (file.ts:1)', undefined],
    ['ready on 3000', undefined],
    [' ⨯ something broke', '⨯ something broke'],
  ])('%s', (line, shown) => {
    expect(errorIn(line)).toBe(shown);
  });
});

test('logs, shows errors, and ends the whole group', async () => {
  const errors: string[] = [];
  const children = new Children(folder, (name, line) => errors.push(`${name}: ${line}`));
  const script = `
    const { spawn } = require('node:child_process');
    const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log('inner ' + inner.pid);
    console.error('Error: shown');
    setInterval(() => {}, 1000);`;
  const running = await children.start('outer', node(script));
  await expect.poll(() => readFileSync(running.logFile, 'utf8'), { timeout: 5000 }).toContain('Error: shown');
  const inner = Number(/inner (\d+)/u.exec(readFileSync(running.logFile, 'utf8'))?.[1]);
  expect(isAlive(inner)).toBe(true);
  await children.stopAll();
  expect(running.hasEnded()).toBe(true);
  await expect.poll(() => isAlive(inner), { timeout: 5000 }).toBe(false);
  expect(errors).toEqual(['outer: Error: shown']);
});

test('a process that ends by itself is a failure that quotes its log', async () => {
  const children = new Children(folder, () => undefined);
  await children.start('short', node("console.log('last words'); process.exit(3)"));
  await expect(children.failure()).rejects.toThrow(/short ended by itself \(exit code 3\)[^]*last words/u);
});

test('a process that ignores the request is made to end', async () => {
  const children = new Children(folder, () => undefined);
  const running = await children.start('deaf', node("process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"));
  await expect.poll(() => readFileSync(running.logFile, 'utf8'), { timeout: 5000 }).toContain('up');
  await children.stopAll(200);
  expect(await running.ended).toBe('signal SIGKILL');
});

test('a missing program is one clear line', async () => {
  const children = new Children(folder, () => undefined);
  await expect(children.start('nothing', { ...node(''), file: '/no/such/program' })).rejects.toThrow('nothing could not be started');
});
