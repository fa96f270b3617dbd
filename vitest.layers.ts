type Layer = 'filters-alone' | 'policies-alone';
const tenants = ['mk', 'ks'] as const;
type Side = (typeof tenants)[number];

/**
 * I-30: the same suites once more with one of the two layers missing that keep tenants and branches apart. `filters-alone` has databases without row
 * level security, `policies-alone` has queries that ask for no tenant and no branch. The control of each proves that its layer is really gone.
 *
 * @param quick whether a part is enough of what is long
 * @param sides whose rows the attack matrix goes for
 */
export function layersAlone(include: readonly string[], maxWorkers: number, quick: boolean, sides: Readonly<Record<Layer, readonly Side[]>> = { 'filters-alone': tenants, 'policies-alone': tenants }) {
  const layer = (name: Layer, without: string) => ({
    test: {
      name,
      provide: { sides: [...sides[name]], quick },
      include: [`packages/db/src/testing/walls/${without}.control.ts`, ...include],
      exclude: ['**/node_modules/**', '**/.data/**'],
      setupFiles: [`packages/db/src/testing/walls/${without}.ts`],
      globalSetup: ['tooling/up/src/testing/global-setup.ts'],
      pool: 'forks' as const,
      // some of all suites replace a module, which only holds where nothing else was loaded before
      isolate: !quick,
      maxWorkers,
      testTimeout: 60_000,
      hookTimeout: 120_000,
    },
  });
  return [layer('filters-alone', 'policies-off'), layer('policies-alone', 'filters-off')];
}
