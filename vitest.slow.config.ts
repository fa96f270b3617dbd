import { defineConfig } from 'vitest/config';
import { layersAlone } from './vitest.layers.ts';

/** Kills, a million rows, load, restore: minutes a test, one after the other so that their figures mean something. After them in full what the quick run tries in part, and every suite of the API with one layer missing. */
export default defineConfig({
  test: {
    fileParallelism: false,
    projects: [
      {
        test: {
          name: 'slow',
          include: ['{apps,packages,tooling}/**/*.slow.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/.next/**', '**/.data/**'],
          globalSetup: ['tooling/up/src/testing/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 1_200_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: 'whole',
          // the quick run tries a part of what these list
          include: ['packages/api/src/attacks/{canaries,interference,mass-assignment,matrix}.int.test.ts', 'packages/api/src/http/{logged,naughty}.int.test.ts', 'packages/api/src/webhooks/{order,crash}.int.test.ts', 'packages/db/src/guards/isolation.int.test.ts'],
          globalSetup: ['tooling/up/src/testing/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      ...layersAlone(['packages/api/src/**/*.int.test.ts'], 1, false),
    ],
  },
});
