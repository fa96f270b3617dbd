import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { resolveScope, withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, sessions, user, userGrants, userRoles } from '@interdomestik/db/schema';
import { newId, type Permission, type StaffRole } from '@interdomestik/rules';
import { callerFor, pendingSale, scopeOf, systemScopeOf, useWorld, visitorOf, type TestBranch, type TestPerson, type TestTenant } from '../testing';
import { paidSale } from '../testing/paid';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

let people = 0;
/** A colleague of the test's own, written behind the services' backs. */
async function colleague(tenant: TestTenant, ...posts: readonly (readonly [StaffRole, TestBranch | null])[]): Promise<TestPerson> {
  people += 1;
  const id = newId();
  const email = `own${String(people)}@example.com`;
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(user).values({ tenantId: tenant.id, id, branchId: posts[0]?.[1]?.id ?? null, email, signInEmail: email, firstName: 'Ana', lastName: 'Own', nameTokens: 'ana own', surnameTokens: 'own ana', locale: 'en' });
    for (const [role, branch] of posts) await tx.insert(userRoles).values({ tenantId: tenant.id, id: newId(), userId: id, role, branchId: branch?.id ?? null, createdAt: new Date() });
  });
  return { id, email, role: posts[0]?.[0] ?? 'agent', branchId: posts[0]?.[1]?.id ?? null, password: '' };
}

/** The next request of the same browser. */
async function next(scope: TenantScope): Promise<TenantScope | null> {
  return scope.sessionId === null ? null : await resolveScope({ kind: 'session', tenantId: scope.tenantId, sessionId: scope.sessionId, app: 'admin' });
}
const nextCaller = async (scope: TenantScope) => callerFor(await next(scope));

const rowsOf = async (tenant: TestTenant, userId: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => await tx.select({ permission: userGrants.permission, branchId: userGrants.branchId }).from(userGrants).where(and(eq(userGrants.tenantId, tenant.id), eq(userGrants.userId, userId))));

describe('who may not', () => {
  it('I-15 I-29 another tenant, another branch and lower roles give and take nothing', async () => {
    const { mk, ks } = world.current;
    const [here, there] = mk.branches;
    const target = await colleague(mk, ['agent', here]);
    const admin = await as(mk, mk.admin);
    await admin.staff.grantPermission({ id: target.id, permission: 'claims.handle', branchId: here.id });
    const [grant] = (await admin.staff.get({ id: target.id })).grants;
    const give = { id: target.id, permission: 'reports.read' as const, branchId: here.id };
    const take = { id: target.id, grantId: grant?.id ?? '' };
    for (const stranger of [await as(ks, ks.admin), await as(mk, there.manager)]) {
      expect(await refusalsOf([
        stranger.staff.grantPermission(give), stranger.staff.withdrawPermission(take), stranger.staff.get({ id: target.id }), stranger.staff.history({ id: target.id }),
        stranger.staff.grantPermission({ ...give, id: newId() }), stranger.staff.get({ id: newId() }),
      ])).toEqual(Array.from({ length: 6 }, () => 'NOT_FOUND errors.notFound'));
    }
    for (const low of [await as(mk, here.agent), await as(mk, mk.promoter), await as(mk, here.member)]) {
      expect(new Set(await refusalsOf([low.staff.grantPermission(give), low.staff.withdrawPermission(take), low.staff.get({ id: target.id }), low.staff.history({ id: target.id })]))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    }
    expect(await refusalsOf([callerFor(await visitorOf(mk)).staff.grantPermission(give)])).toEqual(['UNAUTHENTICATED errors.unauthenticated']);
    expect(await rowsOf(mk, target.id)).toEqual([{ permission: 'claims.handle', branchId: here.id }]);
  });

  it('a manager gives only what a manager holds, only in the own branch, and never to oneself or upwards', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const manager = await as(mk, here.manager);
    const target = await colleague(mk, ['agent', here]);
    const boss = await colleague(mk, ['agent', here], ['tenant_admin', null]);
    const give = (permission: Permission, branchId?: string, id = target.id) => manager.staff.grantPermission({ id, permission, ...(branchId === undefined ? {} : { branchId }) });
    expect(await refusalsOf([
      give('payments.refund', here.id), give('settings.write', here.id), give('roles.grant', here.id), give('claims.handle'), give('claims.handle', there.id), give('claims.handle', newId()),
      give('claims.handle', here.id, here.manager.id), give('claims.handle', here.id, boss.id), give('claims.handle', here.id, newId()),
    ])).toEqual([
      'FORBIDDEN errors.staff.permissionAboveOwn', 'FORBIDDEN errors.staff.permissionAboveOwn', 'FORBIDDEN errors.staff.permissionAboveOwn', 'FORBIDDEN errors.forbidden', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound',
      'FORBIDDEN errors.staff.ownRole', 'FORBIDDEN errors.staff.roleAboveOwn', 'NOT_FOUND errors.notFound',
    ]);
    const admin = await as(mk, mk.admin);
    await admin.staff.grantPermission({ id: target.id, permission: 'claims.handle' });
    await admin.staff.grantPermission({ id: target.id, permission: 'payments.refund', branchId: here.id });
    const both = (await admin.staff.get({ id: target.id })).grants;
    expect(await refusalsOf(both.map(({ id }) => manager.staff.withdrawPermission({ id: target.id, grantId: id })))).toEqual(['FORBIDDEN errors.staff.permissionAboveOwn', 'FORBIDDEN errors.staff.permissionAboveOwn']);
    expect(both).toHaveLength(2);
  });

  it('what was granted is not passed on, and what adds nothing is not given', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const admin = await as(mk, mk.admin);
    const manager = await colleague(mk, ['branch_manager', here]);
    await admin.staff.grantPermission({ id: manager.id, permission: 'payments.refund', branchId: here.id });
    const target = await colleague(mk, ['agent', here]);
    const promoter = await colleague(mk, ['promoter', here]);
    const give = (permission: Permission, branchId: string | undefined, id: string) => admin.staff.grantPermission({ id, permission, ...(branchId === undefined ? {} : { branchId }) });
    expect(await refusalsOf([
      (await as(mk, manager)).staff.grantPermission({ id: target.id, permission: 'payments.refund', branchId: here.id }),
      give('claims.handle', there.id, target.id), give('cash.verify', here.id, manager.id), give('members.write', here.id, promoter.id), give('audit.read', here.id, target.id), give('claims.handle', here.id, here.member.id),
    ])).toEqual([
      'FORBIDDEN errors.staff.permissionAboveOwn', 'CONFLICT errors.staff.grantAddsNothing', 'CONFLICT errors.staff.grantAddsNothing', 'CONFLICT errors.staff.grantAddsNothing', 'INVALID errors.staff.wholeTenantOnly', 'NOT_FOUND errors.notFound',
    ]);
  });

  it.each([[{ permission: 'no.such' }, 'permission'], [{ permission: '__proto__' }, 'permission'], [{ branchId: 'x' }, 'branchId'], [{ id: '1' }, 'id']])('I-16 refuses %j', async (wrong, field) => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    await expect(admin.staff.grantPermission({ id: mk.branches[0].agent.id, permission: 'claims.handle', ...wrong } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: [expect.objectContaining({ path: [field] })] } });
  });

  it('I-16 what else is sent with staff calls is never stored', async () => {
    const { mk, ks } = world.current;
    const [here] = mk.branches;
    const admin = await as(mk, mk.admin);
    const target = await colleague(mk, ['agent', here]);
    const extra = { tenantId: ks.id, userId: mk.admin.id, grantedBy: here.agent.id, actorId: here.agent.id, status: 'disabled', createdAt: new Date(0), role: 'tenant_admin', permissions: ['settings.write'] };
    await admin.staff.grantPermission({ ...extra, id: target.id, permission: 'reports.read', branchId: here.id } as never);
    await admin.staff.grantRole({ ...extra, id: target.id, role: 'promoter', branchId: here.id } as never);
    const person = await admin.staff.get({ id: target.id });
    expect(person.status).toBe('active');
    expect(person.roles.map(({ role, branchId }) => [role, branchId])).toEqual([['agent', here.id], ['promoter', here.id]]);
    expect(person.grants).toEqual([expect.objectContaining({ permission: 'reports.read', branchId: here.id, holds: true, givenBy: expect.stringMatching(/admin/u) })]);
    expect(person.grants[0]?.since.getTime()).toBeGreaterThan(Date.now() - 60_000);
    const session = await scopeOf(mk, target);
    await callerFor(session).staff.actAs({ ...extra, roleId: session.posts[1]?.id ?? '', sessionId: newId() } as never);
    expect((await next(session))?.roles).toEqual(['promoter']);
  });
});

describe('a grant', () => {
  it('I-19 I-29 opens the branch\'s claims at the next request, in that branch alone, and is gone at the next after it is taken back', async () => {
    const { ks } = world.current;
    const [here, there] = ks.branches;
    const target = await colleague(ks, ['agent', here]);
    const session = await scopeOf(ks, target);
    const sales = [await paidSale(world.current, ks, { referralCode: here.agentCode }), await paidSale(world.current, ks, { referralCode: there.agentCode })];
    const claimIds: string[] = [];
    for (const { userId } of sales) {
      const member = await as(ks, { id: userId, role: 'member' });
      const { id } = await member.claims.start({ category: 'vehicle' });
      await member.claims.submit({ id, category: 'vehicle', incidentOn: new Date().toISOString().slice(0, 10), counterparty: 'Bus Company', description: 'A bus hit the car from behind.', idempotencyKey: newId() } as never);
      claimIds.push(id);
    }
    const [own = '', foreign = ''] = claimIds;
    expect((await callerFor(session).claims.list({})).items).toEqual([]);
    await (await as(ks, here.manager)).staff.grantPermission({ id: target.id, permission: 'claims.handle', branchId: here.id });
    const handler = await nextCaller(session);
    expect((await handler.claims.list({})).items.map(({ id, content }) => [id, content?.counterparty])).toEqual([[own, 'Bus Company']]);
    await handler.claims.move({ id: own, to: 'verification' });
    expect(await refusalsOf([handler.claims.get({ id: foreign }), handler.claims.move({ id: foreign, to: 'verification' })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
    // nothing else became wider
    expect((await handler.members.list({})).items).toEqual([]);
    expect(await refusalsOf([handler.staff.list({}), handler.reports.table({ report: 'revenue', from: '2026-01-01', to: '2026-12-31' })])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
    // the branch may give the person its claims now
    expect((await (await as(ks, here.manager)).claims.handlers({ id: own })).map(({ id }) => id)).toContain(target.id);
    const admin = await as(ks, ks.admin);
    const [grant] = (await admin.staff.get({ id: target.id })).grants;
    await admin.staff.withdrawPermission({ id: target.id, grantId: grant?.id ?? '' });
    const before = await nextCaller(session);
    expect((await before.claims.list({})).items).toEqual([]);
    expect(await refusalsOf([before.claims.get({ id: own }), before.claims.move({ id: own, to: 'evaluation' })])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
  });

  it('I-29 of the whole tenant reaches every branch, and shows of a member no more than it says', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const target = await colleague(mk, ['agent', here]);
    const { userId: memberId } = await pendingSale(mk, { referralCode: there.agentCode });
    await (await as(mk, mk.admin)).staff.grantPermission({ id: target.id, permission: 'members.write' });
    const caller = await as(mk, target);
    expect((await caller.members.list({ limit: 100 })).items.map(({ id }) => id)).toContain(memberId);
    expect(await caller.members.get({ id: memberId })).toMatchObject({ id: memberId, documents: [], policies: [] });
    // the payments of other branches are another permission
    expect((await caller.payments.list({ limit: 100 })).items).toEqual([]);
  });

  it('I-19 that is stale, unknown or not to be given widens nothing, and an admin can take it away', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const target = await colleague(mk, ['agent', here]);
    const session = await scopeOf(mk, target);
    const rows: readonly (readonly [string, string | null])[] = [['settings.write', null], ['roles.grant', null], ['platform.enter', null], ['no.such', null], ['audit.read', here.id], ['claims.handle', there.id], ['system.run', here.id]];
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.insert(userGrants).values(rows.map(([permission, branchId]) => ({ tenantId: mk.id, id: newId(), userId: target.id, permission, branchId }))));
    const scope = await next(session);
    expect([...(scope?.permissions ?? [])].toSorted()).toEqual([...session.permissions].toSorted());
    expect(scope?.reach).toEqual(session.reach);
    const caller = await nextCaller(session);
    expect(new Set(await refusalsOf([caller.audit.list({}), caller.settings.rules(), caller.staff.list({})]))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    const admin = await as(mk, mk.admin);
    const shown = (await admin.staff.get({ id: target.id })).grants;
    expect(shown.map(({ holds }) => holds)).toEqual(rows.map(() => false));
    for (const { id } of shown) await admin.staff.withdrawPermission({ id: target.id, grantId: id });
    expect(await rowsOf(mk, target.id)).toEqual([]);
  });

  it('is given once by two at the same moment, is in the trail, and goes with the last role of its branch', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const target = await colleague(mk, ['agent', here], ['agent', there]);
    const [manager, admin] = await Promise.all([as(mk, here.manager), as(mk, mk.admin)]);
    await Promise.all([manager, admin].map((giver) => giver.staff.grantPermission({ id: target.id, permission: 'claims.handle', branchId: here.id })));
    await admin.staff.grantPermission({ id: target.id, permission: 'claims.handle', branchId: there.id });
    expect(await rowsOf(mk, target.id)).toHaveLength(2);
    await manager.staff.revokeRole({ id: target.id, role: 'agent', branchId: here.id });
    expect(await rowsOf(mk, target.id)).toEqual([{ permission: 'claims.handle', branchId: there.id }]);
    const { items } = await admin.staff.history({ id: target.id });
    const told = items.map(({ kind, operation, role, permission }) => `${kind} ${operation} ${role ?? permission ?? ''}`);
    // what one transaction did has one moment and no order
    expect(told.slice(0, 2).toSorted()).toEqual(['grant DELETE claims.handle', 'role DELETE agent']);
    expect(told.slice(2, 4)).toEqual(['grant INSERT claims.handle', 'grant INSERT claims.handle']);
    expect(items.every(({ kind, branchName }) => kind === 'account' || branchName !== null)).toBe(true);
    // the manager of one branch reads what happened there
    const branchIds = new Set((await (await as(mk, there.manager)).staff.history({ id: target.id })).items.filter(({ kind }) => kind !== 'account').map(({ branchName }) => branchName));
    expect(branchIds.size).toBe(1);
    await withTenant(await systemScopeOf(mk), (tx) => tx.insert(auditLogs).values(['SECOND_FACTOR_RESET', 'SIGN_IN'].map((operation) => ({ tenantId: mk.id, id: newId(), actorKind: 'user', action: 'test', operation, entity: 'user', entityId: target.id }))));
    expect((await admin.staff.history({ id: target.id, limit: 1 })).items).toMatchObject([{ kind: 'account', operation: 'SECOND_FACTOR_RESET', role: null, status: null }]);
    items.splice(0, items.length, ...(await admin.staff.history({ id: target.id })).items);
    const paged = [];
    for (let cursor: string | undefined; ;) {
      const page = await admin.staff.history({ id: target.id, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(items.map(({ id }) => id));
  });
});

describe('several roles', () => {
  it('I-19 are worked in one at a time: the widest, until another is chosen, in that browser alone', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const person = await colleague(mk, ['agent', here], ['branch_manager', there]);
    const [session, other] = await Promise.all([scopeOf(mk, person), scopeOf(mk, person)]);
    expect(session.reach).toEqual({ kind: 'branch', branchId: there.id });
    const posts = await callerFor(session).staff.ownPosts();
    expect(posts.map(({ role, isActing }) => [role, isActing])).toEqual([['agent', false], ['branch_manager', true]]);
    await callerFor(session).staff.actAs({ roleId: posts[0]?.id ?? '' });
    const changed = await next(session);
    expect([changed?.reach, changed?.roles]).toEqual([{ kind: 'own', branchId: here.id, agentId: person.id }, ['agent']]);
    expect((await next(other))?.reach.kind).toBe('branch');
    expect(await refusalsOf([(await nextCaller(session)).staff.list({})])).toEqual(['FORBIDDEN errors.forbidden']);
    const trail = await withTenant(await systemScopeOf(mk), async (tx) => await tx.select().from(auditLogs).where(and(eq(auditLogs.tenantId, mk.id), eq(auditLogs.action, 'staff.actAs'), eq(auditLogs.actorId, person.id))));
    expect(trail).toEqual([expect.objectContaining({ operation: 'ACT_AS', before: { role: 'branch_manager', branch_id: there.id }, after: { role: 'agent', branch_id: here.id } })]);
    // the chosen role is gone: the widest that is left
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.delete(userRoles).where(and(eq(userRoles.tenantId, mk.id), eq(userRoles.userId, person.id), eq(userRoles.role, 'agent'))));
    expect((await next(session))?.reach).toEqual({ kind: 'branch', branchId: there.id });
    // which the product itself never leaves at that
    await (await as(mk, mk.admin)).staff.grantRole({ id: person.id, role: 'promoter', branchId: here.id });
    await (await as(mk, mk.admin)).staff.revokeRole({ id: person.id, role: 'promoter', branchId: here.id });
    expect(await next(session)).toBeNull();
  });

  it('are only ever the own ones', async () => {
    const { mk, ks } = world.current;
    const [here] = mk.branches;
    const session = await scopeOf(mk, here.agent);
    const foreign = [(await scopeOf(mk, mk.admin)).post?.id ?? '', (await scopeOf(ks, ks.admin)).post?.id ?? '', newId()];
    expect(new Set(await refusalsOf(foreign.map((roleId) => callerFor(session).staff.actAs({ roleId }))))).toEqual(new Set(['NOT_FOUND errors.notFound']));
    // not even when somebody else's role stands in the own session
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.update(sessions).set({ actingRoleId: foreign[0] ?? null }).where(and(eq(sessions.tenantId, mk.id), eq(sessions.id, session.sessionId ?? ''))));
    expect((await next(session))?.reach).toEqual({ kind: 'own', branchId: here.id, agentId: here.agent.id });
    const member = await as(mk, here.member);
    expect(await refusalsOf([member.staff.actAs({ roleId: newId() }), member.staff.ownPosts()])).toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden']);
  });

  it('I-19 a role moved to another branch moves the next request, and the grant of the old branch sleeps', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const person = await colleague(mk, ['agent', here]);
    await (await as(mk, here.manager)).staff.grantPermission({ id: person.id, permission: 'claims.handle', branchId: here.id });
    const session = await scopeOf(mk, person);
    expect(session.permissions.has('claims.handle')).toBe(true);
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.update(userRoles).set({ branchId: there.id }).where(and(eq(userRoles.tenantId, mk.id), eq(userRoles.userId, person.id))));
    const moved = await next(session);
    expect([moved?.reach, moved?.permissions.has('claims.handle')]).toEqual([{ kind: 'own', branchId: there.id, agentId: person.id }, false]);
    const admin = await as(mk, mk.admin);
    expect((await admin.staff.get({ id: person.id })).grants).toEqual([expect.objectContaining({ branchId: here.id, holds: false })]);
    // the row of a move names the branch alone, and still is part of the person's story
    const { items: [latest] } = await admin.staff.history({ id: person.id });
    expect(latest).toMatchObject({ kind: 'role', operation: 'UPDATE', branchName: expect.any(String) });
  });

  it('a manager changes the roles of the own branch, and not the person who works in another one too', async () => {
    const { mk } = world.current;
    const [here, there] = mk.branches;
    const person = await colleague(mk, ['agent', here], ['agent', there]);
    const manager = await as(mk, here.manager);
    expect((await manager.staff.get({ id: person.id }))).toMatchObject({ roles: [{ role: 'agent', branchId: here.id }], may: { posts: true, access: false } });
    await manager.staff.grantRole({ id: person.id, role: 'promoter', branchId: here.id });
    expect(await refusalsOf([manager.staff.disable({ id: person.id }), manager.staff.enable({ id: person.id }), manager.staff.revokeRole({ id: person.id, role: 'agent', branchId: there.id }), manager.staff.revokeRole({ id: person.id, role: 'agent', branchId: here.id })]))
      .toEqual(['FORBIDDEN errors.forbidden', 'FORBIDDEN errors.forbidden', 'NOT_FOUND errors.notFound', 'done']);
  });

  it('I-19 open the member portal only to members, at the very next request', async () => {
    const { mk } = world.current;
    const [here] = mk.branches;
    await expect(scopeOf(mk, here.agent, 'member')).rejects.toThrow(/could not be signed in/u);
    const person = await colleague(mk, ['agent', here]);
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.insert(userRoles).values({ tenantId: mk.id, id: newId(), userId: person.id, role: 'member' }));
    const session = await scopeOf(mk, { ...person, role: 'member' });
    expect([session.reach.kind, session.roles]).toEqual(['self', ['member']]);
    await withTenant(await systemScopeOf(mk), async (tx) => await tx.delete(userRoles).where(and(eq(userRoles.tenantId, mk.id), eq(userRoles.userId, person.id), eq(userRoles.role, 'member'))));
    expect(await resolveScope({ kind: 'session', tenantId: mk.id, sessionId: session.sessionId ?? '', app: 'member' })).toBeNull();
  });
});

describe('the last administrator', () => {
  it('I-19 stays on every path, also when two end each other on different ones', async () => {
    const { ks } = world.current;
    const second = await colleague(ks, ['tenant_admin', null], ['agent', ks.branches[0]]);
    const [one, two] = await Promise.all([as(ks, ks.admin), as(ks, second)]);
    const both = await refusalsOf([one.staff.revokeRole({ id: second.id, role: 'tenant_admin' }), two.staff.disable({ id: ks.admin.id })]);
    expect(both.toSorted()).toEqual(['CONFLICT errors.staff.lastAdmin', 'done']);
    const admins = await withTenant(await systemScopeOf(ks), async (tx) => await tx.select({ id: user.id }).from(userRoles).innerJoin(user, and(eq(user.tenantId, userRoles.tenantId), eq(user.id, userRoles.userId)))
      .where(and(eq(userRoles.tenantId, ks.id), eq(userRoles.role, 'tenant_admin'), eq(user.status, 'active'))));
    expect(admins).toHaveLength(1);
    // a super admin inside is no administrator of the tenant: the last one stays before them too
    const inside = { ...(await scopeOf(ks, { id: admins[0]?.id ?? '', role: 'tenant_admin' })) };
    const platform: TenantScope = { ...inside, actor: { ...inside.actor, kind: 'platform', id: newId() }, sessionId: null, post: null, posts: [] };
    const lastId = admins[0]?.id ?? '';
    expect(await refusalsOf([callerFor(platform).staff.disable({ id: lastId }), callerFor(platform).staff.revokeRole({ id: lastId, role: 'tenant_admin' }), callerFor(platform).staff.grantRole({ id: ks.branches[0].agent.id, role: 'super_admin' as never })]))
      .toEqual(['CONFLICT errors.staff.lastAdmin', 'CONFLICT errors.staff.lastAdmin', expect.stringContaining('errors.choice')]);
    // an invited one does not count
    const invited = await (callerFor(platform)).staff.invite({ email: 'invited-admin@example.com', firstName: 'In', lastName: 'Vited', role: 'tenant_admin' });
    expect(invited.id).toBeTruthy();
    expect(await refusalsOf([callerFor(platform).staff.disable({ id: lastId })])).toEqual(['CONFLICT errors.staff.lastAdmin']);
    // a branch that closes takes the work there along, and nothing else
    const { id: branchId } = await callerFor(platform).branches.create({ code: 'closing', name: 'Closing', city: 'Prizren', address: undefined, phone: undefined });
    await callerFor(platform).staff.grantRole({ id: lastId, role: 'agent', branchId });
    await callerFor(platform).branches.close({ id: branchId, targetBranchId: ks.branches[0].id, leaving: [{ userId: lastId, successorId: null }] });
    expect((await scopeOf(ks, { id: lastId, role: 'tenant_admin' })).posts.map(({ role }) => role)).toContain('tenant_admin');
  });
});
