import { describe, expect, it, vi } from 'vitest';
import { addDays, todayIn, type AuditDoing } from '@interdomestik/rules';
import { log } from '../log';
import { adminSql, callerFor, scopeOf, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person));

describe('the audit trail', () => {
  it('I-15 is for administrators of the own tenant', async () => {
    const { mk, ks } = world.current;
    const [branch] = mk.branches;
    const callers = [await as(mk, branch.manager), await as(mk, branch.agent), await as(mk, mk.promoter), await as(mk, branch.member)];
    expect(new Set(await refusalsOf(callers.map((caller) => caller.audit.list({}))))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    expect(await refusalsOf([callerFor(await visitorOf(mk)).audit.list({})])).toEqual(['UNAUTHENTICATED errors.unauthenticated']);
    const { id } = await (await as(mk, mk.admin)).branches.create({ code: 'audited', name: 'Audited', city: 'City' });
    const foreign = await as(ks, ks.admin);
    expect((await foreign.audit.list({ filters: { entityId: id } })).items).toEqual([]);
    expect((await foreign.audit.list({ filters: { actorId: mk.admin.id } })).items).toEqual([]);
    const cursor = (await (await as(mk, mk.admin)).audit.list({ limit: 1 })).nextCursor ?? '';
    const page = await foreign.audit.list({ limit: 100, cursor });
    expect(page.items.some((item) => item.entityId === id || item.actorId === mk.admin.id)).toBe(false);
  });

  it('tells who did what to which row, newest first, by filters and pages', async () => {
    const { ks } = world.current;
    const admin = await as(ks, ks.admin);
    const { id } = await admin.branches.create({ code: 'story', name: 'Story', city: 'City' });
    await admin.branches.update({ id, name: 'Story 2', city: 'City' });
    await admin.branches.close({ id });
    const { items } = await admin.audit.list({ filters: { entity: 'branches', entityId: id } });
    expect(items.map(({ action, operation }) => `${action} ${operation}`)).toEqual(['branches.close UPDATE', 'branches.update UPDATE', 'branches.create INSERT']);
    expect(items[0]).toMatchObject({ actorKind: 'user', actorId: ks.admin.id, actorName: expect.stringMatching(/admin/u), before: { is_active: true }, after: { is_active: false } });
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.audit.list({ limit: 2, filters: { entityId: id }, ...(cursor === undefined ? {} : { cursor }) });
      all.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(all).toEqual(items.map((item) => item.id));
  });

  it('is narrowed by what was done, by branch and by day of the country', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    const [branch] = mk.branches;
    const today = todayIn(mk.pack.zone, new Date());
    await callerFor(await scopeOf(mk, branch.agent)).leads.create({ firstName: 'Prv', lastName: 'Drug', phone: '+38970123456', source: 'agent' });
    const here = await admin.audit.list({ limit: 100, filters: { branchId: branch.id, doing: 'changes', from: today, until: today } });
    expect(here.items.some(({ entity, action }) => entity === 'leads' && action === 'leads.create')).toBe(true);
    expect((await admin.audit.list({ limit: 100, filters: { branchId: mk.branches[1].id, entity: 'leads' } })).items).toEqual([]);
    expect((await admin.audit.list({ filters: { from: addDays(today, 1) } })).items).toEqual([]);
    expect((await admin.audit.list({ filters: { until: addDays(today, -1) } })).items).toEqual([]);
  });

  it('A-09 an opened paper, a download and a sign-in each have their place', async () => {
    const { mk, database } = world.current;
    const admin = await as(mk, mk.admin);
    for (const [operation, entity] of [['SIGN_IN_FAILED', 'user'], ['SECOND_FACTOR', 'user'], ['EXPORT', 'reports'], ['INSERT', 'document_accesses'], ['INSERT', 'platform_entries']]) {
      await adminSql(database.adminUrl, "insert into audit_logs (tenant_id, id, actor_kind, action, operation, entity) values ($1, gen_random_uuid(), 'system', 'test.doing', $2, $3)", [mk.id, operation, entity]);
    }
    const found = async (doing: AuditDoing) => (await admin.audit.list({ limit: 100, filters: { doing } })).items.filter(({ action }) => action === 'test.doing').map(({ operation, entity }) => `${operation} ${entity}`).toSorted();
    expect(await found('papers')).toEqual(['INSERT document_accesses']);
    expect(await found('exports')).toEqual(['EXPORT reports']);
    expect(await found('signIns')).toEqual(['SECOND_FACTOR user', 'SIGN_IN_FAILED user']);
    expect(await found('entries')).toEqual(['INSERT platform_entries']);
    expect(await found('changes')).toEqual(['INSERT platform_entries']);
  });

  it('A-09 access that was denied is in the log, with the request and by ids alone', async () => {
    const { mk } = world.current;
    const said = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
    try {
      await (await as(mk, mk.branches[0].agent)).audit.list({}).catch(() => undefined);
      expect(said.mock.calls).toEqual([[{ requestId: expect.stringMatching(/./u), where: 'audit.list', tenantId: mk.id, actorId: mk.branches[0].agent.id, reason: 'errors.forbidden' }, 'access denied']]);
    } finally {
      said.mockRestore();
    }
  });

  it('A-06 shows no personal value', async () => {
    const { ks } = world.current;
    const admin = await as(ks, ks.admin);
    await admin.staff.invite({ email: 'canary@example.com', firstName: 'Canaryname', lastName: 'Canarysurname', role: 'agent', branchId: ks.branches[0].id });
    const { items } = await admin.audit.list({ limit: 100 });
    expect(items.some((item) => item.action === 'staff.invite' && item.entity === 'user')).toBe(true);
    expect(JSON.stringify(items)).not.toMatch(/canary/iu);
  });
});
