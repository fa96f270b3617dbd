import { expect, test } from 'vitest';
import { isRoute, nounsWithoutAttacks, routeAttacks, routeFaults, type RouteAttack } from './attacked-routes';
import { repositoryFiles, textOf } from './repository';

test('I-23 every route of the portals has a test that attacks it', () => {
  expect(routeFaults(repositoryFiles().filter(isRoute), routeAttacks, textOf)).toEqual([]);
});

test('I-15 every noun with procedures has attacks beside them', () => {
  expect(nounsWithoutAttacks(repositoryFiles())).toEqual([]);
});

test('goes red on a new route, on one that is gone, on one that does more, and on a test that was renamed', () => {
  const texts: Readonly<Record<string, string>> = { 'apps/admin/src/app/api/x/route.ts': 'export const GET = answer;', 'a.test.ts': "it('I-23 x is refused')" };
  const textAt = (path: string): string => texts[path] ?? '';
  const entry: RouteAttack = { through: 'GET = answer', test: 'a.test.ts', named: 'x is refused' };
  const path = 'apps/admin/src/app/api/x/route.ts';
  expect(routeFaults([path], new Map([[path, entry]]), textAt)).toEqual([]);
  expect(routeFaults([path], new Map(), textAt)).toEqual([`${path} has no attack`]);
  expect(routeFaults([], new Map([[path, entry]]), textAt)).toEqual([`${path} is gone`]);
  expect(routeFaults([path], new Map([[path, { ...entry, through: 'onFetch(' }]]), textAt).join()).toContain('does not go through');
  expect(routeFaults([path], new Map([[path, { ...entry, named: 'y is refused' }]]), textAt).join()).toContain('has no test');
  expect(nounsWithoutAttacks(['packages/api/src/x/router.ts', 'packages/api/src/y/router.ts', 'packages/api/src/y/y.attack.ts'])).toEqual(['x']);
});

test('finds route handlers and API pages wherever they lie, and nothing else', () => {
  const found = ['apps/a/src/app/route.ts', 'apps/a/src/app/(x)/_y/[id]/route.tsx', 'apps/a/src/pages/api/x.ts', 'apps/a/src/app/page.tsx', 'apps/a/src/server/route.ts', 'packages/a/src/app/route.ts'].filter(isRoute);
  expect(found).toEqual(['apps/a/src/app/route.ts', 'apps/a/src/app/(x)/_y/[id]/route.tsx', 'apps/a/src/pages/api/x.ts']);
});
