import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
const as = async (person: TestPerson, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const policy = { kind: 'vehicle_casco' as const, insurer: 'Siguria', policyNumber: 'AK-1', startsOn: '01.01.2026', endsOn: '31.12.2026' };

beforeAll(() => {
  ({ mk, ks } = world.current);
});

describe('policies', () => {
  it('of others are not there, and staff have none of their own', async () => {
    const { id } = await (await as(ks.branches[0].member)).policies.add(policy);
    for (const [person, tenant] of [[ks.branches[1].member, ks], [mk.branches[0].member, mk]] as const) {
      const caller = await as(person, tenant);
      expect(await caller.policies.list()).toEqual([]);
      await expect(caller.policies.update({ id, policy })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.policies.remove({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const person of [ks.branches[0].manager, ks.branches[0].agent, ks.promoter]) await expect((await as(person)).policies.add(policy)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await (await as(ks.branches[0].member)).policies.list()).toMatchObject([{ id }]);
  });

  it('are added, changed and removed by their member, in every kind that the form offers', async () => {
    const caller = await as(ks.branches[1].member);
    const { id } = await caller.policies.add(policy);
    for (const kind of ['vehicle_liability', 'property', 'travel', 'health', 'life', 'other'] as const) await caller.policies.update({ id, policy: { ...policy, kind } });
    expect(await caller.policies.list()).toMatchObject([{ id, kind: 'other', startsOn: '2026-01-01', endsOn: '2026-12-31' }]);
    await caller.policies.remove({ id });
    expect(await caller.policies.list()).toEqual([]);
    await expect(caller.policies.remove({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(caller.policies.add({ ...policy, endsOn: '01.01.2020' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('are fifty at most, also for many clicks at once', async () => {
    const caller = await as(mk.branches[0].member, mk);
    for (let round = 0; round < 48; round += 1) await caller.policies.add(policy);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => caller.policies.add(policy)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});
