import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetTenants, platformDoor, resolvePlatformScope, resolveScope, withPlatform, type TenantScope } from '@interdomestik/db';
import { platformEntries, platformSessions, platformUsers } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, useWorld, visitorOf } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const userId = newId();

beforeAll(async () => {
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformUsers).values({ id: userId, email: 'root@example.com', passwordHash: 'x', name: 'Root Person' });
  });
});

/** A browser in which the super admin is signed in. */
async function signIn(): Promise<string> {
  const id = newId();
  await withPlatform(platformDoor(), 'test', async (tx) => {
    await tx.insert(platformSessions).values({ id, platformUserId: userId, secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) });
  });
  return id;
}

/** The console as it is at the next request of that browser. */
async function consoleOf(sessionId: string) {
  const platform = await resolvePlatformScope(sessionId);
  if (platform === null) throw new Error('the super admin is not signed in');
  return callerFor(null, { platform });
}

async function inside(sessionId: string): Promise<TenantScope | null> {
  return await resolveScope({ kind: 'platform', sessionId });
}

const reason = 'Support case 4711: wrong invoice';

describe('who may not', () => {
  it('I-15 nobody of a tenant reaches the console', async () => {
    const { mk } = world.current;
    const callers = await Promise.all([mk.admin, mk.branches[0].manager, mk.branches[0].member].map(async (person) => callerFor(await scopeOf(mk, person))));
    for (const caller of [...callers, callerFor(await visitorOf(mk)), callerFor(null)]) {
      expect(new Set(await refusalsOf([
        caller.platform.tenants(), caller.platform.entries(), caller.platform.enter({ tenantId: mk.id, reason }), caller.platform.leave(), caller.platform.suspend({ tenantId: mk.id, reason }), caller.platform.resume({ tenantId: mk.id, reason }), caller.platform.me(), caller.platform.tenant({ tenantId: mk.id }), caller.platform.entry({ tenantId: mk.id, entryId: newId() }), caller.platform.extend({ reason }),
      ]))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
    }
  });

  it('outside every tenant a super admin sees no member, no audit trail and no rule', async () => {
    const root = await consoleOf(await signIn());
    expect(new Set(await refusalsOf([root.members.list({}), root.audit.list({}), root.settings.rules(), root.staff.list({}), root.dashboard.figures({ period: 'month' })]))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
  });

  it('nobody enters without a reason, into a suspended or an unknown tenant', async () => {
    const { ks } = world.current;
    const root = await consoleOf(await signIn());
    for (const wrong of ['', 'too short', '         x         ']) await expect(root.platform.enter({ tenantId: ks.id, reason: wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await refusalsOf([root.platform.enter({ tenantId: 'tenant_nobody', reason }), root.platform.suspend({ tenantId: 'tenant_nobody', reason }), root.platform.tenant({ tenantId: 'tenant_nobody' })])).toEqual(Array.from({ length: 3 }, () => 'NOT_FOUND errors.notFound'));
  });
});

describe('a stay inside a tenant', () => {
  it('has a reason, an end and the rights of that tenant\'s admin, and stands in its audit trail', async () => {
    const { mk, ks } = world.current;
    const sessionId = await signIn();
    const root = await consoleOf(sessionId);
    expect(await root.platform.me()).toMatchObject({ name: 'Root Person', inside: null });
    const { expiresAt } = await root.platform.enter({ tenantId: ks.id, reason });
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    const scope = await inside(sessionId);
    expect(scope).toMatchObject({ tenantId: ks.id, reach: { kind: 'tenant' }, actor: { kind: 'platform', id: userId }, entry: { reason } });
    const visiting = callerFor(scope);
    expect((await visiting.branches.list()).map(({ id }) => id).toSorted()).toEqual(ks.branches.map(({ id }) => id).toSorted());
    expect(await refusalsOf([visiting.members.get({ id: mk.branches[0].member.id }), visiting.staff.disable({ id: mk.branches[0].agent.id })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
    const { id } = await visiting.branches.create({ code: 'by-root', name: 'By root', city: 'City' });
    const trail = await callerFor(await scopeOf(ks, ks.admin)).audit.list({ limit: 20 });
    expect(trail.items).toEqual(expect.arrayContaining([
      expect.objectContaining({ entity: 'platform_entries', action: 'platform.enter', actorKind: 'platform', after: expect.objectContaining({ reason, platform_user_name: '***' }) }),
      expect.objectContaining({ entity: 'branches', entityId: id, action: 'branches.create', actorKind: 'platform', actorId: userId }),
    ]));
    expect((await callerFor(await scopeOf(mk, mk.admin)).audit.list({ filters: { entity: 'platform_entries' } })).items).toEqual([]);
    await (await consoleOf(sessionId)).platform.leave();
    expect(await inside(sessionId)).toBeNull();
    expect((await root.platform.entries())[0]).toMatchObject({ tenantId: ks.id, by: 'Root Person', reason, endedAt: expect.any(Date) });
  });

  it('ends by itself, and with the session', async () => {
    const { mk } = world.current;
    const sessionId = await signIn();
    await (await consoleOf(sessionId)).platform.enter({ tenantId: mk.id, reason });
    await withPlatform(platformDoor(), 'test', async (tx) => {
      await tx.update(platformEntries).set({ expiresAt: new Date(Date.now() - 1000) }).where(and(eq(platformEntries.tenantId, mk.id)));
    }, { tenantId: mk.id });
    expect(await inside(sessionId)).toBeNull();
    const root = await consoleOf(sessionId);
    expect(await root.platform.me()).toMatchObject({ inside: null });
    await root.platform.enter({ tenantId: mk.id, reason });
    expect((await inside(sessionId))?.tenantId).toBe(mk.id);
    await withPlatform(platformDoor(), 'test', async (tx) => {
      await tx.update(platformSessions).set({ revokedAt: new Date() }).where(eq(platformSessions.id, sessionId));
    });
    expect(await inside(sessionId)).toBeNull();
    expect(await resolvePlatformScope(sessionId)).toBeNull();
  });

  it('is one at a time: entering the next tenant ends the stay in the first', async () => {
    const { mk, ks } = world.current;
    const sessionId = await signIn();
    await (await consoleOf(sessionId)).platform.enter({ tenantId: mk.id, reason });
    await (await consoleOf(sessionId)).platform.enter({ tenantId: ks.id, reason });
    expect((await inside(sessionId))?.tenantId).toBe(ks.id);
    const [second, first] = await (await consoleOf(sessionId)).platform.entries();
    expect([first, second]).toMatchObject([{ tenantId: mk.id, endedAt: expect.any(Date) }, { tenantId: ks.id, endedAt: null }]);
  });
});

describe('the console', () => {
  it('I-28 counts each tenant by itself and tells nothing of a person', async () => {
    const { mk, ks } = world.current;
    const figures = await (await consoleOf(await signIn())).platform.tenants();
    expect(figures.map(({ id }) => id).toSorted()).toEqual([mk.id, ks.id].toSorted());
    expect(figures[0]).toMatchObject({ members: 0, activeMemberships: 0, openClaims: 0, paymentsLast30Days: 0, status: 'active', lastEntryAt: expect.any(Date) });
    expect(JSON.stringify(figures)).not.toMatch(/example/u);
  });

  it('suspends a tenant for everybody at once and lets it go on, both in its audit trail', async () => {
    const { mk, ks } = world.current;
    const root = await consoleOf(await signIn());
    const scope = await scopeOf(mk, mk.admin);
    const own = { kind: 'session', tenantId: mk.id, sessionId: scope.sessionId ?? '', app: 'admin' } as const;
    await root.platform.suspend({ tenantId: mk.id, reason });
    await root.platform.suspend({ tenantId: mk.id, reason });
    expect(await resolveScope(own)).toBeNull();
    expect(await resolveScope({ kind: 'visitor', slug: mk.slug })).toBeNull();
    expect((await callerFor(null).site.tenants()).map(({ slug }) => slug)).toEqual([ks.slug]);
    expect(await refusalsOf([root.platform.enter({ tenantId: mk.id, reason })])).toEqual(['CONFLICT errors.platform.tenantSuspended']);
    expect((await root.platform.tenants()).find(({ id }) => id === mk.id)?.status).toBe('suspended');
    await root.platform.resume({ tenantId: mk.id, reason });
    forgetTenants();
    expect((await resolveScope(own))?.tenantId).toBe(mk.id);
    const { items } = await callerFor(await scopeOf(mk, mk.admin)).audit.list({ filters: { entity: 'tenants' } });
    expect(items.map(({ action, actorKind }) => `${action} ${actorKind}`)).toEqual(['platform.resume platform', 'platform.suspend platform']);
  });

  it('a stay ends when its tenant is suspended', async () => {
    const { ks } = world.current;
    const sessionId = await signIn();
    await (await consoleOf(sessionId)).platform.enter({ tenantId: ks.id, reason });
    const other = await consoleOf(await signIn());
    await other.platform.suspend({ tenantId: ks.id, reason });
    expect(await inside(sessionId)).toBeNull();
    await other.platform.resume({ tenantId: ks.id, reason });
  });
});

describe('the list of stays', () => {
  it('is of one tenant, one person, one period of the tenant\'s own days', async () => {
    const { mk, ks } = world.current;
    const root = await consoleOf(await signIn());
    const days = [['2026-03-01T22:59:59Z', 'the night before'], ['2026-03-01T23:00:00Z', 'midnight there'], ['2026-03-02T22:59:59Z', 'a second to midnight'], ['2026-03-02T23:00:00Z', 'the day after']] as const;
    const stranger = newId();
    await withPlatform(platformDoor(), 'test', async (tx) => {
      for (const [at, why] of days) await tx.insert(platformEntries).values({ tenantId: mk.id, id: newId(), platformUserId: stranger, platformUserName: 'Long gone', reason: why, startedAt: new Date(at), expiresAt: new Date(at) });
    }, { tenantId: mk.id });
    const reasons = async (filter: { [Key in keyof NonNullable<Parameters<typeof root.platform.entries>[0]>]: string }) => (await root.platform.entries(filter as never)).map(({ reason: why }) => why);
    expect(await reasons({ personId: stranger, from: '2026-03-02', until: '2026-03-02' })).toEqual(['a second to midnight', 'midnight there']);
    expect(await reasons({ personId: stranger, until: '2026-03-01' })).toEqual(['the night before']);
    expect(await reasons({ personId: stranger, tenantId: ks.id })).toEqual([]);
    expect(await reasons({ personId: newId() })).toEqual([]);
    await expect(root.platform.entries({ from: 'yesterday' as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('tells what was changed during one, by the names of records and fields and nothing that stood in them', async () => {
    const { mk } = world.current;
    const sessionId = await signIn();
    const { entryId } = await (await consoleOf(sessionId)).platform.enter({ tenantId: mk.id, reason });
    const visiting = callerFor(await inside(sessionId));
    const { id } = await visiting.branches.create({ code: 'told', name: 'Secretname', city: 'City' });
    await visiting.branches.update({ id, name: 'Othername', city: 'City' });
    const { entryId: next } = await (await consoleOf(sessionId)).platform.extend({ reason: 'The same case takes longer' });
    await callerFor(await inside(sessionId)).branches.close({ id });
    await (await consoleOf(sessionId)).platform.leave();
    const root = await consoleOf(sessionId);
    const { changes } = await root.platform.entry({ tenantId: mk.id, entryId });
    expect(changes.map(({ entity, operation, fields }) => [entity, operation, fields.includes('name')])).toEqual([['branches', 'INSERT', true], ['branches', 'UPDATE', true]]);
    expect(JSON.stringify(changes)).not.toMatch(/Secretname|Othername/u);
    const later = await root.platform.entry({ tenantId: mk.id, entryId: next });
    expect(later.changes.map(({ entity, operation, fields }) => [entity, operation, fields])).toEqual([['branches', 'UPDATE', expect.arrayContaining(['is_active'])]]);
    expect(await refusalsOf([root.platform.entry({ tenantId: world.current.ks.id, entryId }), root.platform.entry({ tenantId: mk.id, entryId: newId() })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
  });
});

describe('a tenant\'s own page', () => {
  it('tells when it was closed and opened, by whom and why', async () => {
    const { ks } = world.current;
    const root = await consoleOf(await signIn());
    await root.platform.suspend({ tenantId: ks.id, reason: 'Unpaid invoices of a year' });
    await root.platform.resume({ tenantId: ks.id, reason: 'Everything is paid now' });
    const { history } = await root.platform.tenant({ tenantId: ks.id });
    expect(history.slice(0, 2)).toMatchObject([{ status: 'active', by: 'Root Person', reason: 'Everything is paid now' }, { status: 'suspended', by: 'Root Person', reason: 'Unpaid invoices of a year' }]);
    expect((await root.platform.tenant({ tenantId: world.current.mk.id })).history.some(({ reason: why }) => why === 'Unpaid invoices of a year')).toBe(false);
  });
});
