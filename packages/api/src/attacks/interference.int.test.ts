import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { forgetTenants } from '@interdomestik/db';
import { sampleOf } from '@interdomestik/db/testing';
import { encodeCursor } from '@interdomestik/rules';
import { forgetRules } from '../settings/rules';
import { useWorld } from '../testing';
import { actorsAgainst, type Actor } from './actors';
import { ask, procedures } from './ask';
import { attacks } from './entries';
import { fingerprint } from './fingerprint';
import { buildPlaces, type Places } from './ground';
import type { Place } from './place';
import { deleteRows, doEverything, doubleRows, type Target } from './upheaval';

const world = useWorld();
let places: Places;
/** Those who change, and those who must not notice. */
let changers: Map<Place, readonly Actor[]>;
let observers: { readonly tenant: readonly Actor[]; readonly branch: readonly Actor[] };

const queries = sampleOf([...attacks].filter(([path, attack]) => procedures[path]?._def.type === 'query' && attack.by !== 'root' && attack.by !== 'entered'), 9);

beforeAll(async () => {
  places = await buildPlaces(world.current);
  const { mkA, mkB, ksA, ksB } = places;
  const [atMkA, atMkB, atKsA, atKsB] = [await actorsAgainst(mkA, mkB, ksA), await actorsAgainst(mkB, mkA, ksA), await actorsAgainst(ksA, ksB, mkA), await actorsAgainst(ksB, ksA, mkA)];
  changers = new Map([[mkA, atMkA], [mkB, atMkB], [ksA, atKsA]]);
  const here = (actors: readonly Actor[]) => actors.filter(({ standing }) => standing === 'here');
  // an admin sees both branches, and visitors none
  const inBranch = here(atKsB).filter(({ role }) => role !== null && role !== 'tenant_admin');
  observers = { tenant: [...here(atKsA), ...inBranch], branch: inBranch };
}, 60_000);

afterEach(() => {
  vi.useRealTimers();
});

type Call = { readonly actor: Actor; readonly path: string; readonly input: unknown };

/** Every query as everybody, with inputs that are the asker's own; lists also by one row a page and after a row of somebody else's. */
async function callsOf(actors: readonly Actor[], foreignRow: string, branches: boolean): Promise<Call[]> {
  const calls: Call[] = [];
  const cursor = encodeCursor({ sort: '-createdAt', values: [new Date().toISOString()], id: foreignRow });
  const inputs = new Map<string, unknown>();
  for (const actor of actors) {
    const home = actor.home ?? places.ksA;
    for (const [path, attack] of queries.filter(([, { wide }]) => !branches || wide === undefined)) {
      const key = `${home.word} ${path}`;
      if (!inputs.has(key)) inputs.set(key, await attack.input?.(home));
      const input = inputs.get(key);
      calls.push({ actor, path, input });
      if (typeof input === 'object' && path.endsWith('.list')) calls.push(...[{}, { limit: 1 }, { cursor }, { search: 'zz' }].map((change) => ({ actor, path, input: { ...change } })));
    }
  }
  return calls;
}

/** The answers as they go over the wire, at one moment of the clock and with nothing remembered. */
async function sweep(calls: readonly Call[], now: Date): Promise<string[]> {
  vi.useFakeTimers({ toFake: ['Date'], now });
  forgetTenants();
  forgetRules(places.ksA.tenant.id);
  const told: string[] = [];
  for (const { actor, path, input } of calls) told.push(`${path} to ${actor.name}: ${(await ask(actor, path, input)).body}`);
  vi.useRealTimers();
  return told;
}

interface Noticed {
  readonly differing: string[];
  readonly compared: number;
}

/** Sweeps, then sweeps again after each change; gives the answers that differ from the ones before it, and how many were compared. */
async function noticed(actors: readonly Actor[], changed: Place, changes: readonly (() => Promise<unknown>)[]): Promise<Noticed> {
  const calls = await callsOf(actors, changed.rows.memberId, actors === observers.branch);
  const now = new Date();
  // some answers make their row at the first call: a referral code
  await sweep(calls, now);
  let before = await sweep(calls, now);
  const differing: string[] = [];
  for (const change of changes) {
    const lay = await fingerprint(world.current.database);
    await change();
    // what changes nothing would prove nothing
    expect(await fingerprint(world.current.database)).not.toEqual(lay);
    const after = await sweep(calls, now);
    differing.push(...before.flatMap((told, index) => (told === after[index] ? [] : [`${told.slice(0, 400)}\n  became ${(after[index] ?? '').slice(0, 400)}`])));
    before = after;
  }
  return { differing, compared: before.length };
}

const done = async (place: Place) => expect(await doEverything(place, changers.get(place) ?? [])).toEqual([]);
const doubled = (target: Target) => () => doubleRows(world.current.database, target);
const emptied = (target: Target) => () => deleteRows(world.current.database, target);

it('I-14 every query of one tenant stays the same to the byte while everything that people can do is done in the other, its rows double, and all are lost', async () => {
  const whole: Target = { tenantId: places.mkA.tenant.id };
  const everything = async () => {
    for (const place of sampleOf([places.mkA, places.mkB], 2)) await done(place);
  };
  const { differing, compared } = await noticed(observers.tenant, places.mkA, [everything, doubled(whole), emptied(whole)]);
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(queries.length * 5);
}, 240_000);

it('I-14 I-29 every query of one branch stays the same to the byte while everything is done in the next, its rows double, and all are lost', async () => {
  const next: Target = { tenantId: places.ksA.tenant.id, branchId: places.ksA.branch.id };
  const { differing, compared } = await noticed(observers.branch, places.ksA, [() => done(places.ksA), doubled(next), emptied(next)]);
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(queries.length);
}, 240_000);
