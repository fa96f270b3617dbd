import { defineConfig } from 'vitest/config';
import { layersAlone } from './vitest.layers.ts';

const elsewhere = ['**/node_modules/**', '**/.next/**', '**/.data/**'];
const database = '**/*.int.test.{ts,tsx}';
const mocked = '**/*.mocked.int.test.{ts,tsx}';
const slow = '**/*.slow.test.{ts,tsx}';

/**
 * Kinds of test, told apart by file name, so that each runs alone: `npx vitest run --project unit packages/rules`.
 * - unit: pure, no server. `*.test.ts`
 * - int: real Postgres as the runtime role. `*.int.test.ts`
 * - int-mocked: the same with a library watched or replaced, which only holds where nothing else was loaded before. `*.mocked.int.test.ts`
 * - checks: the repository's own rules, in tooling/checks.
 * - filters-alone, policies-alone: some of the int tests again with one layer missing; all of them are in vitest.slow.config.ts.
 * Tests that take minutes are `*.slow.test.ts` and belong to vitest.slow.config.ts.
 */
export default defineConfig({
  test: {
    // every kind of test has a server of its own; what one of them has made of a source is good for all
    experimental: { fsModuleCache: true },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,tooling}/**/*.test.{ts,tsx}'],
          exclude: [...elsewhere, database, slow, 'tooling/checks/**'],
          pool: 'forks',
          maxWorkers: 2,
          // loading the rules for every file anew took three times as long as the tests
          isolate: false,
          // a paper takes half a second on an idle machine
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          include: [`{apps,packages,tooling}/${database}`],
          exclude: [...elsewhere, mocked],
          globalSetup: ['tooling/up/src/testing/global-setup.ts'],
          provide: { quick: true },
          pool: 'forks',
          // loading the product for every file anew took half as long as the tests; `useWorld` gives each file a database and forgets what was remembered
          isolate: false,
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'int-mocked',
          include: [`{apps,packages,tooling}/${mocked}`],
          exclude: elsewhere,
          globalSetup: ['tooling/up/src/testing/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'checks',
          pool: 'forks',
          maxWorkers: 2,
          isolate: false,
          include: ['tooling/checks/src/**/*.test.ts'],
          exclude: [...elsewhere, slow],
          testTimeout: 90_000,
        },
      },
      ...layersAlone(['packages/api/src/attacks/matrix.int.test.ts', 'packages/api/src/leads/*.int.test.ts', 'packages/api/src/ledger/*.int.test.ts'], 2, true, { 'filters-alone': ['mk'], 'policies-alone': ['ks'] }),
    ],
  },
});
