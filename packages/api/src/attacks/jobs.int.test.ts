import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { withTenant } from '@interdomestik/db';
import { enqueue } from '../jobs/queue';
import { jobKinds } from '../jobs/kinds';
import { adminSql, systemScopeOf, useWorld, type TestTenant } from '../testing';
import { changedBetween, fingerprint } from './fingerprint';
import { buildPlaces, type Places } from './ground';
import { jobAttacks } from './jobs';
import { ofNothing } from './values';

const world = useWorld();
let places: Places;

beforeAll(async () => {
  places = await buildPlaces(world.current);
}, 60_000);

/** What lies in the queue when the tenant itself sends a job of that kind: sealed by the product's own hand. */
async function sealed(tenant: TestTenant, name: string, payload: unknown): Promise<Record<string, unknown>> {
  const scope = await systemScopeOf(tenant);
  const kind = { name, payload: z.unknown(), retries: 1, run: () => Promise.resolve() };
  await withTenant(scope, (tx) => enqueue(tx, scope, kind, payload));
  const [job] = await adminSql(world.current.database.adminUrl, 'select data from pgboss.job where name = $1 order by created_on desc limit 1', [name]);
  return job?.['data'] as Record<string, unknown>;
}

const lie = () => fingerprint(world.current.database);
const refusalOf = (work: Promise<void>): Promise<string | null> => work.then(() => null, (error: unknown) => (error instanceof Error ? `${error.name} ${error.message}` : String(error)));
const emptied = (payload: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, ofNothing(value)]));

it('I-27 every kind of job has an attack, and none is left of what is gone', () => {
  expect(jobKinds.map(({ name }) => name).toSorted()).toEqual(Object.keys(jobAttacks).toSorted());
});

describe.each(jobKinds.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  it('I-27 with another tenant, other rows or from another queue is refused and changes nothing', async () => {
    const { mkA, ksA } = places;
    const payload = await jobAttacks[name]?.(mkA) ?? {};
    const data = await sealed(mkA.tenant, name, payload);
    const other = await sealed(mkA.tenant, jobKinds.find((candidate) => candidate.name !== name)?.name ?? '', payload);
    const before = await lie();
    for (const altered of [{ ...data, tenantId: ksA.tenant.id }, { ...data, tenantId: 'tenant_of_nobody' }, { ...data, payload: emptied(payload) }, { ...data, seal: '' }, { ...data, seal: undefined }, other]) {
      expect(await refusalOf(kind.work(altered))).toMatch(/altered in the queue|ZodError/u);
    }
    expect(changedBetween(before, await lie())).toEqual([]);
  });

  it('I-27 I-13 sent by one tenant for the other’s rows finds what it finds for rows of nothing; its own tenant’s are real', async () => {
    const { mkA, ksA } = places;
    const payload = await jobAttacks[name]?.(mkA) ?? {};
    const foreign = await sealed(ksA.tenant, name, payload);
    const nothing = await sealed(ksA.tenant, name, emptied(payload));
    const own = await sealed(mkA.tenant, name, payload);
    const before = await lie();
    expect(await refusalOf(kind.work(foreign))).toBe(await refusalOf(kind.work(nothing)));
    expect(changedBetween(before, await lie())).toEqual([]);
    // its outcome may be that the store or the provider does not answer: what counts is that it found its rows and touched nobody else's
    await refusalOf(kind.work(own));
    const changed = changedBetween(before, await lie());
    expect(changed.filter((key) => key.includes(mkA.tenant.id))).not.toEqual([]);
    expect(changed.filter((key) => !key.includes(mkA.tenant.id))).toEqual([]);
  });
});
