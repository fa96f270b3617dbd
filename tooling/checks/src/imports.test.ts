import { expect, test } from 'vitest';
import { importFaults, importsOf, table } from './imports';
import { repositoryFiles, sources, textOf } from './repository';
import { report, source } from './source';

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function declaredIn(workspace: string): Set<string> {
  const root = JSON.parse(textOf('package.json')) as Manifest;
  const own = JSON.parse(textOf(`${workspace}/package.json`)) as Manifest;
  return new Set([own.name, ...Object.keys({ ...root.devDependencies, ...own.dependencies, ...own.devDependencies })]);
}

test('every import keeps to the table', () => {
  const workspaces = new Map(Object.keys(table).map((workspace) => [workspace, declaredIn(workspace)]));
  const findings = sources().flatMap((file) => {
    const declared = workspaces.get(file.path.split('/').slice(0, 2).join('/'));
    return declared === undefined ? [] : importFaults(file, declared);
  });
  expect(report(findings)).toBe('');
});

test('every workspace is in the table', () => {
  const workspaces = repositoryFiles().flatMap((path) => /^((?:apps|packages|tooling)\/[^/]+)\/package\.json$/u.exec(path)?.[1] ?? []);
  expect(workspaces.filter((workspace) => table[workspace] === undefined)).toEqual(['tooling/typescript']);
});

const all = new Set(['next', 'react', 'next-auth', '@interdomestik/db', '@interdomestik/api', '@interdomestik/ui', '@interdomestik/rules', 'drizzle-orm', 'uploadthing', '@trpc/server', 'zod', 'lodash']);
test.each([
  ['packages/api/src/claims/service.ts', "import { headers } from 'next/headers';", 'may not import next'],
  ['packages/api/src/trpc.ts', "import { getToken } from 'next-auth/jwt';", 'may not import next-auth'],
  ['packages/api/src/trpc.ts', "export { cache } from 'react';", 'may not import react'],
  ['packages/api/src/trpc.ts', "const x = await import('next');", 'may not import next'],
  ['apps/member/src/app/page.tsx', "import { eq } from 'drizzle-orm';", 'may not import drizzle-orm'],
  ['apps/member/src/app/page.tsx', "import { withTenant } from '@interdomestik/db';", 'may not import @interdomestik/db'],
  ['apps/admin/src/app/page.tsx', "import { UTApi } from 'uploadthing/server';", 'may not import uploadthing/server'],
  ['packages/api/src/claims/service.ts', "import { TRPCError } from '@trpc/server';", 'a service knows no transport'],
  ['packages/api/src/claims/service-submit.ts', "import { TRPCError } from '@trpc/server';", 'a service knows no transport'],
  ['packages/api/src/claims/service.ts', "import { paymentsRouter } from '../payments/router';", 'imports the router of payments'],
  ['packages/ui/src/button.tsx', "import { x } from '@interdomestik/rules';", 'may not import @interdomestik/rules'],
  ['packages/rules/src/money/index.ts', "import { readFileSync } from 'node:fs';", 'rules are pure'],
  ['packages/rules/src/money/index.ts', "import { x } from 'lodash';", 'small pure libraries only'],
  ['packages/db/src/seed/index.ts', "import { x } from '@interdomestik/api';", 'may not import @interdomestik/api'],
  ['packages/api/src/claims/service.ts', "import { x } from '../../../db/src/tenant';", 'reaches into packages/db by path'],
  ['packages/api/src/claims/service.ts', "import { x } from 'left-pad';", 'left-pad is not a dependency'],
])('goes red: %s %s', (path, text, message) => {
  expect(report(importFaults(source(path, text), all))).toContain(message);
});

test.each([
  ['packages/api/src/root.ts', "import { claimsRouter } from './claims/router';"],
  ['packages/api/src/claims/router.ts', "import { submitClaim } from './service';"],
  ['packages/api/src/claims/service.ts', "import { takeNumber } from '../numbering/service';"],
  ['apps/member/src/upload.ts', "import type { FileRouter } from 'uploadthing/server';"],
  ['packages/rules/src/money/money.test.ts', "import { readFileSync } from 'node:fs';"],
  ['apps/member/src/app/page.tsx', "// check-allow import-table: a sample with a reason\nimport { eq } from 'drizzle-orm';"],
])('stays green: %s %s', (path, text) => {
  expect(report(importFaults(source(path, text), all))).toBe('');
});

test('an escape without a reason is a finding', () => {
  const file = source('apps/member/src/a.ts', "// check-allow import-table\nimport { eq } from 'drizzle-orm';");
  expect(report(importFaults(file, all))).toContain('the escape needs a reason');
});

test('sees every way to import', () => {
  const text = "import 'a'; import b from 'b'; export * from 'c'; export { d } from 'd'; const e = import('e'); const f = require('f');";
  expect(importsOf(source('x.ts', text)).map(({ specifier }) => specifier)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
