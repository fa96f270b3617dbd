import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleOf } from '@interdomestik/db/testing';
import { useWorld } from '../testing';
import { actorsAgainst, type Actor } from './actors';
import { procedures } from './ask';
import { duel, type Report } from './duel';
import { attacks } from './entries';
import { fileAttacks } from './files';
import { idsOf, secretValues } from './fingerprint';
import { buildPlaces, type Places } from './ground';
import type { Place } from './place';
import { jobAttacks } from './jobs';
import { learnSecrets } from './secrets';

type Side = 'mk' | 'ks';
declare module 'vitest' {
  interface ProvidedContext {
    readonly sides?: readonly Side[];
  }
}

const world = useWorld();
let places: Places;
const actors = new Map<string, readonly Actor[]>();
const reports: Report[] = [];
const none: ReadonlySet<string> = new Set();
// other tenants and branches build theirs meanwhile; what stands here now is what must stay hidden
const hidden = new Map<string, { readonly tenant: ReadonlySet<string>; readonly branch: ReadonlySet<string> }>();

// which test attacks each of them is the list of tooling/checks/src/attacked-routes.ts
const apps = join(import.meta.dirname, '../../../../apps');
const routes = readdirSync(apps).flatMap((app) => readdirSync(join(apps, app, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => /(?:^|\/)route\.tsx?$/u.test(path)));

// the runs with one layer missing attack one of the two each: both tenants have the same entries. The quick run goes for one of them with each procedure, and with a layer missing for some
const sides: readonly Side[] = inject('sides') ?? ['mk', 'ks'];
const victimOf = (side: Side): Place => (side === 'mk' ? places.mkA : places.ksA);

beforeAll(async () => {
  const { database } = world.current;
  places = await buildPlaces(world.current);
  const { mkA, mkB, ksA, ksB } = places;
  actors.set('mk', await actorsAgainst(mkA, mkB, ksA));
  actors.set('ks', await actorsAgainst(ksA, ksB, mkA));
  for (const side of sides) {
    const { tenant, branch } = victimOf(side);
    hidden.set(side, { tenant: await idsOf(database, tenant.id), branch: await idsOf(database, tenant.id, branch.id) });
  }
  learnSecrets(await secretValues(database));
}, 60_000);

afterAll(() => {
  const faults = reports.flatMap((report) => report.faults);
  const total = reports.reduce((sum, report) => sum + report.attacks, 0);
  // oxlint-disable-next-line no-console -- whoever runs the tests is told how much was tried
  console.log([
    `attack matrix: ${String(attacks.size)} procedures x ${String(actors.get('mk')?.length ?? 0)} actors = ${String(total)} attacks`,
    `${String(routes.length)} routes`, `${String(Object.keys(jobAttacks).length)} jobs`, `${String(Object.keys(fileAttacks).length)} files; ${String(faults.length)} leaks`,
  ].join(', '));
});

describe('the matrix', () => {
  it('I-15 I-23 has an entry for every procedure, and none for what is gone', () => {
    expect(Object.keys(procedures).filter((path) => !attacks.has(path))).toEqual([]);
    expect([...attacks.keys()].filter((path) => !Object.hasOwn(procedures, path))).toEqual([]);
  });

  it('S-18 every procedure says its permission and the shape of its answer', () => {
    expect(Object.entries(procedures).filter(([, { _def }]) => _def.meta === undefined || _def.output === undefined).map(([path]) => path)).toEqual([]);
  });
});

describe.each(sides)('the other side and the next branch against %s', (side) => {
  it.each(sampleOf([...attacks.keys()], inject('sides') === undefined ? 2 : 9, sides.indexOf(side)))('I-13 I-15 I-29 S-18 %s', async (path) => {
    const attack = attacks.get(path);
    if (attack === undefined) throw new Error('no entry');
    const report = await duel(path, attack, {
      world: world.current, victim: victimOf(side), actors: actors.get(side) ?? [],
      hiddenFrom: ({ standing }) => (standing === 'otherTenant' ? hidden.get(side)?.tenant : standing === 'otherBranch' ? hidden.get(side)?.branch : none) ?? none,
    });
    reports.push(report);
    expect(report.faults).toEqual([]);
  });
});

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it('I-13 somebody else’s row takes as long as none, threefold at most', () => {
  const theirs = median(reports.flatMap(({ times }) => times.theirs));
  const nothing = median(reports.flatMap(({ times }) => times.nothing));
  expect(theirs / nothing).toBeGreaterThan(1 / 3);
  expect(theirs / nothing).toBeLessThan(3);
});
