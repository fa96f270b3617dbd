import { expect, test } from 'vitest';
import { codeFaults } from './banned-code';
import { sources } from './repository';
import { report, source } from './source';

test('no banned code', () => {
  expect(report(sources().flatMap(codeFaults))).toBe('');
});

test.each([
  ['env-in-one-place', 'const x = process.env.HOME;'],
  ['env-in-one-place', "const x = process.env['HOME'];"],
  ['env-in-one-place', 'const { HOME } = process.env;'],
  ['env-in-one-place', 'const x = globalThis.process.env;'],
  ['env-in-one-place', "import { env } from 'node:process';"],
  ['no-raw-sql', 'db.execute(sql.raw(text));'],
  ['no-raw-sql', 'db.execute(drizzle.sql.raw(text));'],
  ['no-raw-sql', 'const { execute } = db; execute(sql`${sql.raw(text)}`);'],
  ['no-type-hole', 'const x = y as any;'],
  ['no-type-hole', '// @ts-ignore\nconst x = y;'],
  ['no-type-hole', '/* @ts-expect-error it is wrong */\nconst x = y;'],
  ['no-skipped-test', "it.skip('x', () => {});"],
  ['no-skipped-test', "test.only('x', () => {});"],
  ['no-skipped-test', "describe.skip('x', () => {});"],
  ['no-skipped-test', "it.todo('x');"],
  ['no-skipped-test', "test.skipIf(true)('x', () => {});"],
  ['no-skipped-test', "test.concurrent.only('x', () => {});"],
  ['no-skipped-test', "test.skip.each([1])('x', () => {});"],
  ['no-skipped-test', "test('x', { skip: true }, () => {});"],
  ['no-skipped-test', "test('x', (ctx) => ctx.skip());"],
  ['mock-apart', "vi.mock('x', { spy: true });"],
  ['no-promise-comment', '// TO' + 'DO: later'],
  ['ids-on-both-sides', 'const key = useRef(window.crypto.randomUUID());'],
  ['ids-on-both-sides', 'const key = crypto.randomUUID();'],
])('goes red: %s %s', (rule, text) => {
  const path = rule === 'env-in-one-place' ? 'packages/api/src/a.ts' : rule === 'ids-on-both-sides' ? 'apps/admin/src/a.tsx' : 'packages/api/src/a.int.test.ts';
  expect(report(codeFaults(source(path, text)))).toContain(`[${rule}]`);
});

test.each([
  ['packages/api/src/a.mocked.int.test.ts', "vi.mock('x', { spy: true });"],
  ['packages/api/src/a.test.ts', 'spawn(command, { env: process.env });'],
  ['packages/api/src/env.ts', 'export const home = process.env.HOME;'],
  ['packages/api/src/a.ts', 'const x = sql`select ${id}`; const y = rows.map((row) => row.only);'],
  ['packages/api/src/a.ts', 'const x = y as unknown as Row; pager.skip(3);'],
  ['packages/api/src/a.ts', '// check-allow no-raw-sql: a constant of this file\ndb.execute(sql.raw(text));'],
])('stays green: %s %s', (path, text) => {
  expect(report(codeFaults(source(path, text)))).toBe('');
});

test('an escape holds for its own rule only', () => {
  const text = '// check-allow no-type-hole: wrong rule\ndb.execute(sql.raw(text));';
  expect(report(codeFaults(source('packages/api/src/a.ts', text)))).toContain('[no-raw-sql]');
});
