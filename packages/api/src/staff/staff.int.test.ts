import { and, desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, mails, user } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { refusalsOf } from '../testing/refusals';
import { callerFor, scopeOf, systemScopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));
const error = (code: string, messageKey?: string) => expect.objectContaining({ cause: expect.objectContaining({ code, ...(messageKey === undefined ? {} : { messageKey }) }) });

let people = 0;
const invitation = (role: 'tenant_admin' | 'branch_manager' | 'agent' | 'promoter', branchId?: string) => {
  people += 1;
  return { email: `new${String(people)}@example.com`, firstName: 'Бесим', lastName: 'Rexhepi', role, ...(branchId === undefined ? {} : { branchId }) };
};

/** The link of the newest invitation to an address. */
async function linkOf(tenant: TestTenant, email: string): Promise<string> {
  const [mail] = await withTenant(await systemScopeOf(tenant), async (tx) =>
    await tx.select({ text: mails.text }).from(mails).where(and(eq(mails.tenantId, tenant.id), eq(mails.toEmail, email), eq(mails.template, 'staff-invitation'))).orderBy(desc(mails.createdAt), desc(mails.id)).limit(1));
  const token = /token=([\w-]+)/u.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error('no invitation was mailed');
  return token;
}

/** Somebody who was invited and has accepted. */
async function hired(tenant: TestTenant, role: 'tenant_admin' | 'branch_manager' | 'agent' | 'promoter', branchId?: string): Promise<TestPerson> {
  const input = invitation(role, branchId);
  const { id } = await (await as(tenant, tenant.admin)).staff.invite(input);
  await callerFor(await visitorOf(tenant)).accounts.acceptInvitation({ token: await linkOf(tenant, input.email), password: 'seven slow trains north' });
  return { id, email: input.email, role, branchId: branchId ?? null, password: '' };
}

describe('who may not', () => {
  it('I-15 another tenant\'s admin finds nobody and no branch', async () => {
    const { mk, ks } = world.current;
    const admin = await as(ks, ks.admin);
    const { id } = mk.branches[0].agent;
    const branchId = mk.branches[0].id;
    expect(new Set(await refusalsOf([
      admin.staff.disable({ id }), admin.staff.enable({ id }), admin.staff.resendInvitation({ id }), admin.staff.grantRole({ id, role: 'agent', branchId: ks.branches[0].id }),
      admin.staff.revokeRole({ id, role: 'agent', branchId }), admin.staff.invite(invitation('agent', branchId)), admin.staff.disable({ id: newId() }),
    ]))).toEqual(new Set(['NOT_FOUND errors.notFound']));
    const { items } = await admin.staff.list({});
    expect(items.some((item) => item.id === id)).toBe(false);
    expect((await admin.staff.list({ search: mk.admin.email })).items).toEqual([]);
    expect((await admin.staff.list({ filters: { branchId } })).items).toEqual([]);
  });

  it('I-15 a manager of another branch finds nobody there', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const manager = await as(mk, here.manager);
    const { id } = there.agent;
    expect(new Set(await refusalsOf([
      manager.staff.disable({ id }), manager.staff.grantRole({ id, role: 'promoter', branchId: here.id }), manager.staff.revokeRole({ id, role: 'agent', branchId: there.id }),
      manager.staff.grantRole({ id: here.agent.id, role: 'promoter', branchId: there.id }), manager.staff.invite(invitation('agent', there.id)), manager.staff.disable({ id: mk.admin.id }),
    ]))).toEqual(new Set(['NOT_FOUND errors.notFound']));
    const found = (await manager.staff.list({ limit: 100 })).items;
    expect(found.map((item) => item.id).toSorted()).toEqual([here.manager.id, here.agent.id].toSorted());
    expect((await manager.staff.list({ filters: { branchId: there.id } })).items).toEqual([]);
  });

  it('I-15 agents, promoters, members and strangers may not see or change staff', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    for (const person of [branch.agent, mk.promoter, branch.member]) {
      const caller = await as(mk, person);
      expect(new Set(await refusalsOf([
        caller.staff.list({}), caller.staff.invite(invitation('promoter', branch.id)), caller.staff.disable({ id: branch.agent.id }), caller.staff.grantRole({ id: branch.agent.id, role: 'promoter', branchId: branch.id }),
        caller.staff.revokeRole({ id: branch.agent.id, role: 'agent', branchId: branch.id }),
      ]))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    }
    await expect(callerFor(await visitorOf(mk)).staff.list({})).rejects.toEqual(error('UNAUTHENTICATED'));
  });

  it('nobody gives a role above the own, or changes the own', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    const manager = await as(mk, branch.manager);
    const admin = await as(mk, mk.admin);
    await expect(manager.staff.invite(invitation('tenant_admin'))).rejects.toEqual(error('FORBIDDEN', 'errors.staff.roleAboveOwn'));
    await expect(manager.staff.grantRole({ id: branch.agent.id, role: 'tenant_admin' })).rejects.toEqual(error('FORBIDDEN', 'errors.staff.roleAboveOwn'));
    await expect(manager.staff.disable({ id: branch.manager.id })).rejects.toEqual(error('FORBIDDEN', 'errors.staff.ownRole'));
    await expect(admin.staff.grantRole({ id: mk.admin.id, role: 'branch_manager', branchId: branch.id })).rejects.toEqual(error('FORBIDDEN', 'errors.staff.ownRole'));
    await expect(admin.staff.revokeRole({ id: mk.admin.id, role: 'tenant_admin' })).rejects.toEqual(error('FORBIDDEN', 'errors.staff.ownRole'));
  });

  it('a manager does not touch a colleague who is an administrator as well', async () => {
    const { ks } = world.current;
    const [branch] = ks.branches;
    const both = await hired(ks, 'agent', branch.id);
    await (await as(ks, ks.admin)).staff.grantRole({ id: both.id, role: 'tenant_admin' });
    const manager = await as(ks, branch.manager);
    await expect(manager.staff.disable({ id: both.id })).rejects.toEqual(error('FORBIDDEN', 'errors.staff.roleAboveOwn'));
    await (await as(ks, ks.admin)).staff.disable({ id: both.id });
  });
});

describe('invitations', () => {
  it('mail a link that makes the invited a colleague, once', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    const input = invitation('agent', branch.id);
    const manager = await as(mk, branch.manager);
    const { id } = await manager.staff.invite(input);
    const [row] = (await manager.staff.list({ filters: { status: 'invited' } })).items;
    expect(row).toMatchObject({ id, email: input.email, roles: [{ role: 'agent', branchId: branch.id }], invitationExpired: false, lastSeenAt: null });
    await expect(scopeOf(mk, { id, role: 'agent' })).rejects.toThrow(/could not be signed in/u);
    const token = await linkOf(mk, input.email);
    const visitor = callerFor(await visitorOf(mk));
    expect(await visitor.accounts.invitation({ token })).toMatchObject({ firstName: 'Бесим', email: input.email, role: 'agent' });
    await expect(callerFor(await visitorOf(world.current.ks)).accounts.invitation({ token })).rejects.toEqual(error('INVALID'));
    await visitor.accounts.acceptInvitation({ token, password: 'seven slow trains north' });
    await expect(visitor.accounts.acceptInvitation({ token, password: 'seven slow trains north' })).rejects.toEqual(error('INVALID', 'errors.link'));
    expect((await scopeOf(mk, { id, role: 'agent' })).reach).toEqual({ kind: 'own', branchId: branch.id, agentId: id });
    expect((await manager.staff.list({ search: 'rexhepi bes' })).items.map((item) => item.id)).toContain(id);
    await expect(manager.staff.resendInvitation({ id })).rejects.toEqual(error('CONFLICT', 'errors.alreadyDone'));
  });

  it('are sent again with a new link, and the old one ends', async () => {
    const { mk } = world.current;
    const input = invitation('promoter', mk.branches[1].id);
    const admin = await as(mk, mk.admin);
    const { id } = await admin.staff.invite(input);
    const old = await linkOf(mk, input.email);
    await admin.staff.resendInvitation({ id });
    const fresh = await linkOf(mk, input.email);
    expect(fresh).not.toBe(old);
    await expect(callerFor(await visitorOf(mk)).accounts.invitation({ token: old })).rejects.toEqual(error('INVALID', 'errors.link'));
    expect(await callerFor(await visitorOf(mk)).accounts.invitation({ token: fresh })).toMatchObject({ role: 'promoter' });
    const late = callerFor(await visitorOf(mk), { now: new Date(Date.now() + 8 * 86_400_000) });
    await expect(late.accounts.invitation({ token: fresh })).rejects.toEqual(error('INVALID', 'errors.link'));
  });

  it('I-21 of a taken address are refused, also two at the same moment, and another tenant\'s address is free', async () => {
    const { mk, ks } = world.current;
    const admin = await as(mk, mk.admin);
    const branchId = mk.branches[0].id;
    await expect(admin.staff.invite({ ...invitation('agent', branchId), email: mk.branches[1].member.email })).rejects.toEqual(error('CONFLICT', 'errors.account.emailTaken'));
    const input = invitation('agent', branchId);
    const twice = await Promise.allSettled([admin.staff.invite(input), admin.staff.invite(input)]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect((await as(ks, ks.admin)).staff.invite({ ...invitation('agent', ks.branches[0].id), email: mk.admin.email })).resolves.toMatchObject({ id: expect.any(String) });
  });

  it.each([[{ role: 'agent' as const }, 'branchId'], [{ role: 'super_admin' }, 'role'], [{ role: 'member' }, 'role'], [{ email: 'x' }, 'email'], [{ firstName: '<b>' }, 'firstName']])('I-16 refuse %j', async (wrong, field) => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    await expect(admin.staff.invite({ ...invitation('agent'), ...wrong } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: expect.arrayContaining([expect.objectContaining({ path: [field] })]) } });
  });
});

const living = async (scope: TenantScope): Promise<TenantScope | null> =>
  scope.sessionId === null ? null : await resolveScope({ kind: 'session', tenantId: scope.tenantId, sessionId: scope.sessionId, app: 'admin' });

describe('ends', () => {
  it('I-19 disabling ends the sessions at once, and enabling does not bring them back', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    const person = await hired(mk, 'agent', branch.id);
    const scope = await scopeOf(mk, person);
    const manager = await as(mk, branch.manager);
    await manager.staff.disable({ id: person.id });
    expect(await living(scope)).toBeNull();
    await expect(manager.staff.grantRole({ id: person.id, role: 'promoter', branchId: branch.id })).rejects.toEqual(error('NOT_FOUND'));
    await manager.staff.enable({ id: person.id });
    expect(await living(scope)).toBeNull();
    expect((await scopeOf(mk, person)).reach.kind).toBe('own');
  });

  it('I-19 S-07 a revoked role ends what was begun with it; the next session has what is left, and without any role there is none', async () => {
    const { mk } = world.current;
    const [branch] = mk.branches;
    const person = await hired(mk, 'branch_manager', branch.id);
    const admin = await as(mk, mk.admin);
    await admin.staff.grantRole({ id: person.id, role: 'agent', branchId: branch.id });
    const scope = await scopeOf(mk, person);
    expect(scope.reach.kind).toBe('branch');
    await admin.staff.revokeRole({ id: person.id, role: 'branch_manager', branchId: branch.id });
    expect(await living(scope)).toBeNull();
    const again = await scopeOf(mk, person);
    expect(again.reach.kind).toBe('own');
    await admin.staff.revokeRole({ id: person.id, role: 'agent', branchId: branch.id });
    expect(await living(again)).toBeNull();
    expect((await admin.staff.list({ limit: 100 })).items.map(({ id }) => id)).not.toContain(person.id);
  });

  it('the last administrator stays, also when two end each other at the same moment', async () => {
    const { ks } = world.current;
    const second = await hired(ks, 'tenant_admin');
    const [one, two] = await Promise.all([as(ks, ks.admin), as(ks, second)]);
    const both = await Promise.allSettled([one.staff.disable({ id: second.id }), two.staff.disable({ id: ks.admin.id })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [left, gone] = both[0].status === 'fulfilled' ? [ks.admin, second] : [second, ks.admin];
    const last = await as(ks, left);
    await last.staff.enable({ id: gone.id });
    await last.staff.revokeRole({ id: gone.id, role: 'tenant_admin' });
    const statuses = await withTenant(await systemScopeOf(ks), async (tx) => await tx.select({ status: user.status }).from(user).where(and(eq(user.tenantId, ks.id), eq(user.id, left.id))));
    expect(statuses).toEqual([{ status: 'active' }]);
  });
});

describe('roles', () => {
  it('a member becomes a colleague, in several branches when an admin says so', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const manager = await as(mk, here.manager);
    const admin = await as(mk, mk.admin);
    await manager.staff.grantRole({ id: here.member.id, role: 'promoter', branchId: here.id });
    await manager.staff.grantRole({ id: here.member.id, role: 'promoter', branchId: here.id });
    expect((await manager.staff.list({ filters: { role: 'promoter' } })).items).toEqual([expect.objectContaining({ id: here.member.id, roles: [expect.objectContaining({ role: 'promoter' })] })]);
    await admin.staff.grantRole({ id: here.member.id, role: 'agent', branchId: there.id });
    const elsewhere = (await (await as(mk, there.manager)).staff.list({ limit: 100 })).items.find(({ id }) => id === here.member.id);
    expect(elsewhere?.roles).toEqual([expect.objectContaining({ role: 'agent', branchId: there.id })]);
    await (await as(mk, there.manager)).staff.revokeRole({ id: here.member.id, role: 'agent', branchId: there.id });
    await expect(admin.staff.grantRole({ id: here.member.id, role: 'tenant_admin', branchId: there.id })).rejects.toEqual(error('INVALID', 'errors.staff.noBranch'));
    await expect(admin.staff.grantRole({ id: here.member.id, role: 'agent' })).rejects.toEqual(error('INVALID', 'errors.staff.branchRequired'));
    const trail = await withTenant(await systemScopeOf(mk), async (tx) => await tx.select().from(auditLogs).where(and(eq(auditLogs.tenantId, mk.id), eq(auditLogs.action, 'staff.grantRole'), eq(auditLogs.actorId, here.manager.id))));
    expect(trail).toEqual([expect.objectContaining({ entity: 'user_roles', operation: 'INSERT', actorKind: 'user', after: expect.objectContaining({ role: 'promoter', user_id: here.member.id }) })]);
    await manager.staff.revokeRole({ id: here.member.id, role: 'promoter', branchId: here.id });
  });

  it('pages through everybody once', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const all = (await admin.staff.list({ limit: 100 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.staff.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
  });
});
