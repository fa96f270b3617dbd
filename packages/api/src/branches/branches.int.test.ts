import { describe, expect, it } from 'vitest';
import { newId } from '@interdomestik/rules';
import { callerFor, enrolInputOf, scopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));
const branch = (code: string) => ({ code, name: 'Охрид центар', city: 'Охрид' });

describe('who may not', () => {
  it('I-15 another tenant\'s admin finds no branch', async () => {
    const { mk, ks } = world.current;
    const admin = await as(ks, ks.admin);
    const { id } = mk.branches[0];
    const { code: _, ...change } = branch('x');
    expect(await refusalsOf([
      admin.branches.update({ id, ...change }), admin.branches.get({ id }), admin.branches.holdings({ id }), admin.branches.reopen({ id }), admin.branches.close({ id }),
      admin.branches.close({ id, targetBranchId: ks.branches[1].id }), admin.branches.close({ id: ks.branches[1].id, targetBranchId: id }), admin.branches.close({ id: newId() }),
    ])).toEqual(Array.from({ length: 8 }, () => 'NOT_FOUND errors.notFound'));
    expect((await admin.branches.list()).map((one) => one.id)).not.toContain(id);
  });

  it('I-15 managers see the own branch and change none; agents, members and visitors see none', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const manager = await as(mk, here.manager);
    expect((await manager.branches.list()).map(({ id }) => id)).toEqual([here.id]);
    const { code: _, ...change } = branch('x');
    expect(await refusalsOf([manager.branches.create(branch('own')), manager.branches.update({ id: here.id, ...change }), manager.branches.close({ id: there.id }), manager.branches.holdings({ id: here.id }), manager.branches.reopen({ id: here.id })])).toEqual(Array.from({ length: 5 }, () => 'FORBIDDEN errors.forbidden'));
    expect(await refusalsOf([manager.branches.get({ id: there.id })])).toEqual(['NOT_FOUND errors.notFound']);
    const [agent, member] = [await as(mk, here.agent), await as(mk, here.member)];
    expect(await refusalsOf([agent.branches.list(), member.branches.list(), callerFor(await visitorOf(mk)).branches.list()])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden', 'UNAUTHENTICATED errors.unauthenticated']);
  });
});

describe('branches', () => {
  it('count their own members and staff', async () => {
    const { mk } = world.current;
    const list = await (await as(mk, mk.admin)).branches.list();
    const [here, there] = mk.branches.map(({ id }) => list.find((one) => one.id === id));
    expect(here).toMatchObject({ staff: 2, members: 0, isActive: true });
    expect(there).toMatchObject({ staff: 3, members: 0 });
  });

  it('open with a code of their own in the tenant, which other tenants may use too', async () => {
    const { mk, ks } = world.current;
    const admin = await as(mk, mk.admin);
    const { id } = await admin.branches.create(branch('Ohrid'));
    const foreign = await as(ks, ks.admin);
    expect(await refusalsOf([admin.branches.create(branch('ohrid')), admin.branches.create(branch('../x')), foreign.branches.create(branch('ohrid'))])).toEqual(['CONFLICT errors.branch.codeTaken', expect.stringMatching(/errors\.code/u), 'done']);
    await admin.branches.update({ id, name: 'Охрид', city: 'Охрид', phone: '046 123 456' });
    expect((await admin.branches.list()).find((one) => one.id === id)).toMatchObject({ code: 'ohrid', name: 'Охрид', phone: '046 123 456', staff: 0, members: 0 });
  });

  it('close when they are empty, and not with people', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const { id } = await admin.branches.create(branch('tetovo-2'));
    await admin.staff.invite({ email: 'tetovo@example.com', firstName: 'A', lastName: 'B', role: 'agent', branchId: id });
    expect(await refusalsOf([admin.branches.close({ id })])).toEqual(['CONFLICT errors.branch.notEmpty']);
    const empty = await admin.branches.create(branch('struga'));
    await admin.branches.close(empty);
    await admin.branches.close(empty);
    expect((await admin.branches.list()).find((one) => one.id === empty.id)).toMatchObject({ isActive: false });
    expect(await refusalsOf([admin.staff.invite({ email: 'struga@example.com', firstName: 'A', lastName: 'B', role: 'agent', branchId: empty.id })])).toEqual(['NOT_FOUND errors.notFound']);
    await admin.branches.reopen(empty);
    await admin.branches.reopen(empty);
    await admin.staff.invite({ email: 'struga@example.com', firstName: 'A', lastName: 'B', role: 'agent', branchId: empty.id });
  });

  it('do not close while somebody works there who is a member elsewhere', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const { id } = await admin.branches.create(branch('kicevo'));
    const { member } = mk.branches[0];
    await admin.staff.grantRole({ id: member.id, role: 'promoter', branchId: id });
    expect(await refusalsOf([admin.branches.close({ id })])).toEqual(['CONFLICT errors.branch.notEmpty']);
  });

  it('show the own manager what is going on, month by month', async () => {
    const { ks } = world.current;
    const [here] = ks.branches;
    await (await as(ks, here.agent)).enrolments.enrol(enrolInputOf(ks));
    const page = await (await as(ks, here.manager)).branches.get({ id: here.id });
    expect(page).toMatchObject({ isDefault: true, members: 1, staff: 2, openClaims: 0, cash: { count: 1, amounts: [{ minor: 2000n, currency: 'EUR' }] } });
    expect(page.takings?.at(-1)?.gross.minor).toBe(2000n);
    expect((await (await as(ks, ks.admin)).branches.get({ id: ks.branches[1].id }))).toMatchObject({ takings: [], cash: { count: 0, amounts: [] } });
  });
});
