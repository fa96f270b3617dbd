import { expect, test } from 'vitest';
import { doorFaults, doorKeepers } from './platform-door';
import { repositoryFiles, textOf } from './repository';

test('I-28 the files that reach the platform’s database role are a list with a reason each', () => {
  expect(doorFaults(repositoryFiles(), doorKeepers, textOf)).toEqual([]);
  expect([...doorKeepers.values()].filter((reason) => reason.length < 15)).toEqual([]);
});

test('I-28 goes red on a new way through the door and on one that is gone; tests make their worlds through it', () => {
  const texts: Readonly<Record<string, string>> = {
    'packages/api/src/x/a.ts': 'await withPlatform(scope, action, fn)',
    'packages/api/src/x/b.ts': "resolveScope({ kind: 'console', tenantId, sessionId })",
    'apps/admin/src/app/page.tsx': 'platformDoor()',
    'packages/api/src/x/c.ts': 'withTenant(scope, fn)',
    'packages/api/src/x/d.int.test.ts': 'withPlatform(',
    'packages/api/src/testing/world.ts': 'withPlatform(',
  };
  const faults = doorFaults(Object.keys(texts), new Map([['packages/api/src/x/c.ts', 'gone']]), (path) => texts[path] ?? '');
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['packages/api/src/x/a.ts', 'packages/api/src/x/b.ts', 'apps/admin/src/app/page.tsx', 'packages/api/src/x/c.ts']);
});
