/** Why: an address that no test attacks is the one that leaks. The procedures have their matrix (packages/api/src/attacks); this is the rest of the doors. */
export interface RouteAttack {
  /** What the route hands every request to; stands in its source, so that a route that begins to do something itself falls out of the list. */
  readonly through: string;
  /** The test file that attacks it, and words of the name of one of its tests. */
  readonly test: string;
  readonly named: string;
}

const both = (path: string, attack: RouteAttack): [string, RouteAttack][] => ['member', 'admin'].map((app) => [`apps/${app}/src/app/api/${path}/route.ts`, attack]);
const member = (path: string, attack: RouteAttack): [string, RouteAttack] => [`apps/member/src/app/api/${path}/route.ts`, attack];

/** Every route of the portals with the test that attacks it (I-23). */
export const routeAttacks: ReadonlyMap<string, RouteAttack> = new Map([
  ...both('trpc/[trpc]', { through: 'onFetch(trpcHandler)', test: 'packages/api/src/attacks/matrix.int.test.ts', named: 'I-13 I-15 I-29' }),
  ...both('documents/[id]', { through: '.documents.readUrl({ id })', test: 'packages/api/src/attacks/files.int.test.ts', named: 'I-26 a stored file' }),
  ...both('auth/[...nextauth]', { through: 'authOptions(', test: 'packages/auth/src/options.int.test.ts', named: 'I-20 session.update changes nothing' }),
  ...both('health', { through: 'healthHandler', test: 'tooling/e2e/src/attacks/headers.ts', named: 'without a database nothing of our insides is told' }),
  ...both('uploadthing', { through: 'createUploadRoute({ app, identify })', test: 'packages/api/src/attacks/files.int.test.ts', named: 'I-23 I-26 the upload route' }),
  ['apps/admin/src/app/api/exports/[ticket]/route.ts', { through: 'createExportRoute({ app, identify, passwords })', test: 'packages/api/src/exports/exports.int.test.ts', named: 'I-23 M-14 the door to a list' }],
  member('my-data/[ticket]', { through: 'createDownloadRoute({ app, identify, passwords })', test: 'packages/api/src/privacy/own-data.int.test.ts', named: 'I-23 the door to one’s own data' }),
  member('webhooks/paddle/[account]', { through: 'paddleWebhookRoute(', test: 'packages/api/src/webhooks/receive.int.test.ts', named: 'is refused by signature, time or account' }),
]);

/** Files that answer an address themselves: route handlers, and what the older router calls API pages. */
export const isRoute = (path: string): boolean => /^apps\/[^/]+\/src\/(?:app\/(?:.*\/)?route\.[jt]sx?|pages\/api\/.+\.[jt]sx?)$/u.test(path);

/** What is wrong between the routes that exist and the list. `textOf` gives a file's text. */
export function routeFaults(routes: readonly string[], list: ReadonlyMap<string, RouteAttack>, textOf: (path: string) => string): string[] {
  const unlisted = routes.filter((path) => !list.has(path)).map((path) => `${path} has no attack`);
  const wrong = [...list].flatMap(([path, { through, test, named }]) => {
    if (!routes.includes(path)) return [`${path} is gone`];
    return [
      ...(textOf(path).includes(through) ? [] : [`${path} does not go through ${through}`]),
      ...(textOf(test).includes(named) ? [] : [`${test} has no test "${named}" for ${path}`]),
    ];
  });
  return [...unlisted, ...wrong];
}

/** Nouns of the API with procedures and without attacks. */
export function nounsWithoutAttacks(files: readonly string[]): string[] {
  const nouns = files.flatMap((path) => /^packages\/api\/src\/([^/]+)\/router\.ts$/u.exec(path)?.[1] ?? []);
  return nouns.filter((noun) => !files.includes(`packages/api/src/${noun}/${noun}.attack.ts`));
}
