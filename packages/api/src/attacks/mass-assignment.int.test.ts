import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { sampleOf } from '@interdomestik/db/testing';
import { adminSql, useWorld } from '../testing';
import { actorsAgainst, rightful, type Actor } from './actors';
import { ask, procedures } from './ask';
import { attacks } from './entries';
import { changedBetween, fingerprint, tenantTables } from './fingerprint';
import { buildPlaces, type Places } from './ground';

const world = useWorld();
let places: Places;
let actors: readonly Actor[];

/** Values that stand nowhere: one of them in any row was taken from an input. */
const planted = { userId: newId(), actorId: newId(), agentId: newId(), createdBy: newId(), role: 'role-of-an-attacker', status: 'status-of-an-attacker', createdAt: '2001-02-03T04:05:06.000Z', price: 8_765_432_109 };

beforeAll(async () => {
  places = await buildPlaces(world.current);
  actors = await actorsAgainst(places.ksA, places.ksB, places.mkA);
}, 60_000);

/** Names that a procedure takes: who may set them is what its own tests and the matrix are about. */
function taken(schema: unknown): string[] {
  const { shape, options } = (schema ?? {}) as { readonly shape?: object; readonly options?: readonly unknown[] };
  return shape !== undefined ? Object.keys(shape) : (options ?? []).flatMap(taken);
}

/** What nobody may set, beside what the procedure takes: another tenant and branch that are real, and values that would be found again. */
function withExtras(path: string, input: unknown): Record<string, unknown> {
  const own = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const names = new Set([...Object.keys(own), ...(procedures[path]?._def.inputs ?? []).flatMap(taken)]);
  const { mkA, ksB } = places;
  const extras: Record<string, unknown> = {
    ...planted, tenantId: mkA.tenant.id, tenant_id: mkA.tenant.id, branchId: ksB.branch.id, branch_id: ksB.branch.id, user_id: planted.userId, actor_id: planted.actorId, roles: [planted.role],
    permissions: ['settings.write'], isAdmin: true, priceMinor: planted.price, amountMinor: planted.price, created_at: planted.createdAt, emailVerifiedAt: planted.createdAt, passwordHash: planted.role,
  };
  return { ...Object.fromEntries(Object.entries(extras).filter(([name]) => !names.has(name))), ...own };
}

const marks = [planted.userId, planted.actorId, planted.agentId, planted.createdBy, planted.role, planted.status, '2001-02-03', String(planted.price)];

/** Tables with a row that holds one of the planted values, wherever in it. */
async function plantedIn(): Promise<string[]> {
  const looks = tenantTables.map(({ name }) => `select '${name}' as "table" from "${name}" t where ${marks.map((_, index) => `position($${String(index + 1)} in t::text) > 0`).join(' or ')} group by 1`);
  return (await adminSql(world.current.database.adminUrl, looks.join(' union all '), marks)).map(({ table }) => String(table));
}

it('I-16 the search finds a planted value', async () => {
  const { adminUrl } = world.current.database;
  await adminSql(adminUrl, 'update leads set note = $1 where id = $2', [planted.role, places.ksA.rows.leadId]);
  expect(await plantedIn()).toContain('leads');
  await adminSql(adminUrl, "delete from audit_logs where after::text like '%of-an-attacker%' or before::text like '%of-an-attacker%'");
  await adminSql(adminUrl, "update leads set note = '' where id = $1", [places.ksA.rows.leadId]);
  await adminSql(adminUrl, "delete from audit_logs where after::text like '%of-an-attacker%' or before::text like '%of-an-attacker%'");
  expect(await plantedIn()).toEqual([]);
});

describe('I-16 what nobody may set is passed over or refused, never stored', () => {
  const changing = [...attacks].filter(([path, { by }]) => procedures[path]?._def.type === 'mutation' && by !== 'root' && by !== 'entered').map(([path]) => path);

  it.each(sampleOf(changing, 5))('I-16 %s', async (path) => {
    const attack = attacks.get(path);
    if (attack === undefined) throw new Error('no entry');
    const input = await attack.input?.(places.ksA);
    const before = await fingerprint(world.current.database);
    const answer = await ask(rightful(actors, attack), path, withExtras(path, input));
    // a strict input may refuse them; then the same call without them succeeds
    if (answer.code === 'INVALID') expect((await ask(rightful(actors, attack), path, input)).code).toBeNull();
    else expect([answer.code, answer.messageKey]).toEqual([null, null]);
    await attack.restore?.(places.ksA);
    const elsewhere = (key: string): boolean => key.includes(places.mkA.tenant.id) || key.includes(places.ksB.branch.id);
    expect(changedBetween(before, await fingerprint(world.current.database), elsewhere)).toEqual([]);
    expect(await plantedIn()).toEqual([]);
  });
});

describe('I-16 queries do not look elsewhere because an input says so', () => {
  const asking = [...attacks].filter(([path, { by }]) => procedures[path]?._def.type === 'query' && by !== 'root' && by !== 'entered').map(([path]) => path);

  it.each(sampleOf(asking, 5))('I-16 %s', async (path) => {
    const attack = attacks.get(path);
    if (attack === undefined) throw new Error('no entry');
    const input = await attack.input?.(places.ksA);
    const actor = rightful(actors, attack);
    const plain = await ask(actor, path, input);
    const answer = await ask(actor, path, withExtras(path, input));
    expect(plain.code).toBeNull();
    if (answer.code !== 'INVALID') expect(shapeOf(answer.body)).toEqual(shapeOf(plain.body));
  });
});

/** An answer without the moment at which it was given. */
const shapeOf = (body: string): string => body.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'then');
