import { defineConfig } from 'vitest/config';

/** Kills, a million rows, load, restore: minutes a test, one after the other so that their figures mean something. */
export default defineConfig({
  test: {
    name: 'slow',
    include: ['{apps,packages,tooling}/**/*.slow.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/.next/**', '**/.data/**'],
    globalSetup: ['tooling/up/src/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
  },
});
