import { expect, test } from 'vitest';
import { duplicates, lockFaults, type LockEntry } from './lock-file';
import { textOf } from './repository';

const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, LockEntry> };

test('the lock file is complete for every platform and names no host', () => {
  expect(lockFaults(packages)).toEqual([]);
});

test('what must be there once is there once', () => {
  expect(duplicates(packages)).toEqual([]);
});

const locked = { version: '1.0.0', integrity: 'sha512-x' };
test.each([
  [{ 'node_modules/turbo': { ...locked, optionalDependencies: { '@turbo/darwin-arm64': '1.0.0' } } }, 'names @turbo/darwin-arm64, which has no entry'],
  [{ 'apps/member': { devDependencies: { vite: '8' } } }, 'names vite, which has no entry'],
  [{ 'node_modules/a': { ...locked, resolved: 'https://host.example/a.tgz' } }, 'names where it was downloaded'],
  [{ 'node_modules/a': { version: '1.0.0' } }, 'no integrity'],
])('goes red: %j', (sample, message) => {
  expect(lockFaults(sample).join()).toContain(message);
});

test('finds an entry where Node would: in the package, then above it', () => {
  const sample = { 'node_modules/a': { ...locked, dependencies: { b: '1', c: '1' } }, 'node_modules/a/node_modules/b': { ...locked, dependencies: { c: '1' } }, 'node_modules/c': locked };
  expect(lockFaults(sample)).toEqual([]);
});

test('goes red on a second copy', () => {
  expect(duplicates({ 'node_modules/zod': locked, 'node_modules/a/node_modules/zod': locked })).toEqual(['zod']);
});
