import { expect, test } from 'vitest';
import { repositoryFiles, textOf } from './repository';
import { matrix, matrixFaults, rootFaults, type Workspace } from './task-matrix';

const scriptsOf = (path: string): Record<string, string> => (JSON.parse(textOf(path)) as { scripts?: Record<string, string> }).scripts ?? {};

function workspaces(): Workspace[] {
  const files = repositoryFiles();
  return files
    .flatMap((file) => /^((?:apps|packages|tooling)\/[^/]+)\/package\.json$/u.exec(file)?.[1] ?? [])
    .map((path) => ({ path, scripts: scriptsOf(`${path}/package.json`), files: files.filter((file) => file.startsWith(`${path}/`)) }));
}

test('every workspace has the tasks that it must have', () => {
  expect(workspaces().flatMap(matrixFaults)).toEqual([]);
});

test('the matrix names no workspace that does not exist', () => {
  const paths = workspaces().map(({ path }) => path);
  expect(Object.keys(matrix).filter((path) => !paths.includes(path))).toEqual([]);
});

test('every command of the README exists', () => {
  expect(rootFaults(scriptsOf('package.json'))).toEqual([]);
});

test('goes red on a package without a typecheck, without tests, without a tsconfig, on an app without a build', () => {
  const files = ['packages/new/tsconfig.json', 'packages/new/src/a.test.ts'];
  const scripts = { typecheck: 'tsc --noEmit' };
  expect(matrixFaults({ path: 'packages/new', scripts, files })).toEqual([]);
  expect(matrixFaults({ path: 'packages/new', scripts: {}, files }).join()).toContain('needs the script "typecheck"');
  expect(matrixFaults({ path: 'packages/new', scripts: { typecheck: 'true' }, files }).join()).toContain('needs the script "typecheck"');
  expect(matrixFaults({ path: 'packages/new', scripts, files: files.slice(0, 1) }).join()).toContain('has no test');
  expect(matrixFaults({ path: 'packages/new', scripts, files: files.slice(1) }).join()).toContain('has no tsconfig.json');
  expect(matrixFaults({ path: 'apps/member', scripts, files }).join()).toContain('"build": "next build && ');
  expect(rootFaults({})).toContain('up');
});
