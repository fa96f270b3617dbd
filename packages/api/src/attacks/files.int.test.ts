import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { createUploadRoute } from '../documents/upload';
import { memoryStorage, useTestSettings, useWorld } from '../testing';
import { parseStoragePath, requireTenantPath, storageEntities, type StorageEntity } from '../vendors/storage';
import { actorsAgainst, type Actor } from './actors';
import { duel } from './duel';
import type { Attack } from './attack';
import { fileAttacks, storeFile, type StoredFile } from './files';
import { changedBetween, fingerprint, idsOf } from './fingerprint';
import { buildPlaces, type Places } from './ground';

const world = useWorld();
let places: Places;
let actors: readonly Actor[];
let ofTenant: ReadonlySet<string>;
const stored = new Map<StorageEntity, StoredFile>();

beforeAll(async () => {
  places = await buildPlaces(world.current);
  const { mkA, mkB, ksA } = places;
  actors = await actorsAgainst(mkA, mkB, ksA);
  for (const entity of storageEntities) stored.set(entity, await storeFile(mkA, entity));
  ofTenant = await idsOf(world.current.database, mkA.tenant.id);
}, 60_000);

it('I-26 every kind of stored file has an attack, and none is left of what is gone', () => {
  expect(Object.keys(fileAttacks).toSorted()).toEqual([...storageEntities].toSorted());
});

describe.each([...storageEntities])('%s', (entity) => {
  const by = fileAttacks[entity].by;
  const calls: readonly (readonly [string, Attack])[] = [
    ['documents.readUrl', { by, values: ['id'], input: () => ({ id: stored.get(entity)?.id }) }],
    ['documents.status', { by, values: ['id'], input: () => ({ id: stored.get(entity)?.id }) }],
  ];

  it.each(calls)('I-26 a stored file is there for its own people alone: %s', async (path, attack) => {
    const report = await duel(path, attack, { world: world.current, victim: places.mkA, actors, hiddenFrom: ({ standing }) => (standing === 'otherTenant' ? ofTenant : new Set()) });
    expect(report.faults).toEqual([]);
    expect(report.attacks).toBeGreaterThan(10);
  });

  it('I-26 a path of one tenant is nothing to another, however it is spelled', () => {
    const { path } = stored.get(entity) ?? { path: '' };
    const { mkA: { tenant: mine }, ksA: { tenant: other } } = places;
    expect(requireTenantPath(path, mine.id)).toMatchObject({ tenantId: mine.id, entity });
    expect(() => requireTenantPath(path, other.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND', messageKey: 'errors.notFound' }));
    const root = `pii/tenants/${other.id}`;
    const up = path.replace('pii/tenants/', '');
    for (const forged of [`${root}/../${up}`, `${root}/%2e%2e/${up}`, `${root}/..%2f${up}`, `/${path}`, `${path}/`, path.toUpperCase(), path.replaceAll('/', '//'), path.replaceAll('/', '\\'), `${path}\0.jpg`, `${path}?x=.jpg`, path.replace('pii', 'PII'), path.replace(mine.id, `${other.id}/../${mine.id}`), root, `${root}/`]) {
      expect(parseStoragePath(forged)).toBeNull();
      for (const tenant of [mine, other]) expect(() => requireTenantPath(forged, tenant.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
  });
});

interface Asked {
  readonly entity: string;
  readonly entityId: string;
}

/** The upload route as a browser asks it for a grant; status and body of the answer. */
async function askUpload(actor: Actor, { entity, entityId }: Asked): Promise<string> {
  const route = createUploadRoute({ app: actor.app, identify: () => Promise.resolve(actor.identity), storage: memoryStorage() });
  const answer = await route(new Request('http://attack.localhost:3000/api/uploadthing?actionType=upload&slug=document', {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-uploadthing-package': 'attack', 'x-uploadthing-version': '7.7.4', host: 'attack.localhost:3000' },
    body: JSON.stringify({ files: [{ name: 'photo.jpg', size: 1000, type: 'image/jpeg', lastModified: 1 }], input: { entity, entityId, kind: 'photos' } }),
  }));
  return `${String(answer.status)} ${await answer.text()}`;
}

describe.each([...storageEntities])('uploads to a %s', (entity) => {
  it('I-23 I-26 the upload route gives strangers what ids of nothing get, and writes nothing', async () => {
    useTestSettings({ UPLOADTHING_INGEST_URL: 'http://127.0.0.1:9', UPLOADTHING_API_URL: 'http://127.0.0.1:9', UPLOADTHING_IS_DEV: 'false', UPLOADTHING_CALLBACK_URL: 'http://attack.localhost:3000/api/uploadthing' });
    const { by, entityId, uploaded } = fileAttacks[entity];
    const theirs = { entity, entityId: entityId(places.mkA) };
    const before = await fingerprint(world.current.database);
    const reaches = (actor: Actor): boolean => uploaded && actor.standing === 'here' && (entity === 'deposit' ? ['manager', 'admin'] : ['member', 'manager', 'admin']).includes(actor.who ?? '');
    const strangers = actors.filter((actor) => !reaches(actor));
    for (const actor of strangers) {
      const told = await askUpload(actor, theirs);
      expect([actor.name, told]).toEqual([actor.name, await askUpload(actor, { entity, entityId: newId() })]);
      expect(told).toMatch(/^40[34] .*errors\.(?:notFound|forbidden|unauthenticated)/u);
    }
    expect(strangers.length).toBeGreaterThan(15);
    expect(changedBetween(before, await fingerprint(world.current.database))).toEqual([]);
    const owner = actors.find(({ who, standing }) => who === by && standing === 'here');
    if (!uploaded || owner === undefined) return;
    // the row is real: whose it is is granted a place, or gets as far as the store that nobody runs
    await askUpload(owner, theirs);
    expect(changedBetween(before, await fingerprint(world.current.database))).toContain(`documents of ${places.mkA.tenant.id} in ${places.mkA.branch.id}`);
  });
});
