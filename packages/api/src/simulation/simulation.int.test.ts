import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { ruleSimulationRows, ruleSimulations, tenantSettings, userRoles } from '@interdomestik/db/schema';
import { compareSale, newId, type TrialFigure } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { adminSql, callerFor, runJobs, scopeOf, systemScopeOf, useWorld, visitorOf, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { simulate } from './job';
import { atPrice, layClaim, layDraft, laySales, rulesWith, type LaidSale } from './testing';

const world = useWorld();
const adminOf = async (tenant: TestTenant) => callerFor(await scopeOf(tenant, tenant.admin));

/** Starts, works off the queue as a worker would, and gives the result. */
async function tried(tenant: TestTenant, settingId: string, days = 90) {
  const admin = await adminOf(tenant);
  const { id } = await admin.simulation.start({ settingId, days });
  await runJobs(world.current.database);
  return { admin, result: await admin.simulation.get({ id }) };
}

const draftRow = async (tenant: TestTenant, id: string) =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select().from(tenantSettings).where(and(eq(tenantSettings.tenantId, tenant.id), eq(tenantSettings.id, id))))[0]);
const storedRows = async (tenant: TestTenant) => await withTenant(await systemScopeOf(tenant), async (tx) => await tx.select().from(ruleSimulationRows).where(eq(ruleSimulationRows.tenantId, tenant.id)));

const plans = ['asistenca', 'asistenca_family', 'business', 'free_start'] as const;
/** Sales of both branches over a year; the same question is answered by hand below. */
const wanted = (seed: number, count: number) => Array.from({ length: count }, (_, index) => {
  const drawn = (seed * 31 + index * 7919) % 1000;
  const planCode = plans[drawn % 4] ?? 'asistenca';
  return { planCode, channel: planCode === 'business' || drawn % 3 === 0 ? ('agent' as const) : ('self_service' as const), daysAgo: 2 + ((drawn * 13) % 300), branch: (drawn % 2) as 0 | 1, billed: BigInt(100 * (drawn % 50)) };
});

describe('a draft tried on history', () => {
  it('I-14 the figures are those of every sale asked by hand, of the own tenant and window alone', async () => {
    const { mk, ks } = world.current;
    const [ofMk, ofKs] = [await laySales(mk, wanted(3, 60)), await laySales(ks, wanted(8, 45))];
    for (const [tenant, laid] of [[mk, ofMk], [ks, ofKs]] as const) {
      const value = { ...atPrice(tenant, 'asistenca', 2550), plans: atPrice(tenant, 'asistenca', 2550).plans.filter(({ code }) => code !== 'asistenca_family') };
      const { result } = await tried(tenant, await layDraft(tenant, 'products', value), 180);
      const [current, draft] = [rulesWith(tenant), rulesWith(tenant, { products: value })];
      const since = Date.now() - 180 * 86_400_000;
      const within = laid.filter(({ request }) => Date.parse(request.on) >= since - 86_400_000).map((sale) => ({ sale, compared: compareSale(current, draft, sale.request) }));
      const sum = (of: typeof within, pick: (one: (typeof within)[number]) => bigint) => of.reduce((total, one) => total + pick(one), 0n);
      const both = within.filter(({ compared }) => compared.before !== null && compared.after !== null);
      const [effect] = result.figures?.sales?.total ?? [];
      expect(result).toMatchObject({ status: 'done', outdated: false, done: result.total, errorKey: null });
      expect(effect).toMatchObject({
        currency: 'EUR', compared: both.length, billed: sum(both, ({ sale }) => sale.billed),
        before: { gross: sum(both, ({ compared }) => compared.before?.gross ?? 0n), vat: sum(both, ({ compared }) => compared.before?.vat ?? 0n) },
        after: { gross: sum(both, ({ compared }) => compared.after?.gross ?? 0n), net: sum(both, ({ compared }) => compared.after?.net ?? 0n) },
      });
      const verdicts = (verdict: string) => within.filter(({ compared }) => compared.verdict === verdict);
      expect([effect?.more.count, effect?.less.count, effect?.same, effect?.unsellable]).toEqual([
        verdicts('more').length, 0, verdicts('same').length, { count: verdicts('unsellable').length, minor: sum(verdicts('unsellable'), ({ compared }) => compared.before?.gross ?? 0n) },
      ]);
      expect(verdicts('more').length * verdicts('unsellable').length * verdicts('same').length).toBeGreaterThan(0);
      for (const { branchId, effects } of result.figures?.sales?.byBranch ?? []) expect(effects[0]?.compared).toBe(both.filter(({ sale }) => sale.branchId === branchId).length);
      const own = new Set(laid.map(({ id }) => id));
      const rows = await storedRows(tenant);
      expect(rows.every(({ entityId }) => own.has(entityId))).toBe(true);
      expect(rows.filter(({ figure }) => figure === 'more').map(({ entityId }) => entityId).toSorted()).toEqual(verdicts('more').map(({ sale }) => sale.id).toSorted());
    }
  });

  it('each figure opens its list, page by page, with the member and the reason', async () => {
    const { ks } = world.current;
    const value = { ...ks.pack.rules.products, plans: ks.pack.rules.products.plans.filter(({ code }) => code !== 'asistenca') };
    const { admin, result } = await tried(ks, await layDraft(ks, 'products', value), 365);
    const list = result.figures?.lists.find(({ figure }) => figure === 'unsellable');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.simulation.rows({ id: result.id, figure: 'unsellable', limit: 4, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(4);
      for (const row of page.items) {
        expect(row).toMatchObject({ entity: 'membership', currency: 'EUR', beforeMinor: 2000n, afterMinor: null, before: { planCode: 'asistenca' }, after: { reason: { key: 'errors.plan.unknown' } } });
        expect(ks.branches.map(({ member }) => member.id)).toContain(row.member?.id);
        seen.push(row.entityId);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([new Set(seen).size, seen.length]).toEqual([list?.count, list?.kept]);
    expect(await refusalsOf([admin.simulation.rows({ id: result.id, figure: 'unsellable', cursor: 'bm90aGluZw' })])).toEqual(['INVALID errors.cursor']);
    expect((await admin.simulation.rows({ id: result.id, figure: 'route' })).items).toEqual([]);
  });

  it('VAT alone moves when its rate does', async () => {
    const { mk } = world.current;
    const { result } = await tried(mk, await layDraft(mk, 'tax', { ...mk.pack.rules.tax, membershipCategory: 'reduced' }), 365);
    const [effect] = result.figures?.sales?.total ?? [];
    expect([effect?.more.count, effect?.less.count, effect?.before.gross === effect?.after.gross]).toEqual([0, 0, true]);
    expect((effect?.vatLess.minor ?? 0n) > 0n && effect?.vatLess.minor === (effect?.before.vat ?? 0n) - (effect?.after.vat ?? 0n)).toBe(true);
    expect(result.figures?.lists.map(({ figure }) => figure)).toEqual(['vat_less']);
  });

  it('I-15 is for administrators of the own tenant, and another one’s looks like none', async () => {
    const { mk, ks } = world.current;
    const settingId = await layDraft(mk, 'products', atPrice(mk, 'asistenca', 2100));
    const { result } = await tried(mk, settingId);
    const callsOf = (caller: Awaited<ReturnType<typeof adminOf>>, simulation: string, setting: string) => [
      caller.simulation.start({ settingId: setting, days: 30 }), caller.simulation.get({ id: simulation }), caller.simulation.rows({ id: simulation, figure: 'more' }), caller.simulation.cancel({ id: simulation }),
    ];
    const theirs = await adminOf(ks);
    expect(new Set(await refusalsOf([...callsOf(theirs, result.id, settingId), ...callsOf(theirs, newId(), newId())]))).toEqual(new Set(['NOT_FOUND errors.notFound']));
    expect(await theirs.simulation.list({ settingId })).toEqual([]);
    const [branch] = mk.branches;
    for (const person of [branch.manager, branch.agent, mk.promoter, branch.member]) {
      const caller = callerFor(await scopeOf(mk, person));
      expect(new Set(await refusalsOf([...callsOf(caller, result.id, settingId), caller.simulation.list({ settingId })]))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    }
    expect(new Set(await refusalsOf(callsOf(callerFor(await visitorOf(mk)), result.id, settingId)))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
    expect((await (await adminOf(mk)).simulation.list({ settingId })).map(({ id, status }) => [id, status])).toEqual([[result.id, 'done']]);
  });

  it('I-19 nothing is tried for somebody who was shut out since', async () => {
    const { mk } = world.current;
    const settingId = await layDraft(mk, 'products', atPrice(mk, 'asistenca', 2111));
    const colleague = await addColleague(mk, { role: 'branch_manager', branchId: mk.branches[0].id, firstName: 'Once' });
    await withTenant(await systemScopeOf(mk), (tx) => tx.update(userRoles).set({ role: 'tenant_admin', branchId: null }).where(and(eq(userRoles.tenantId, mk.id), eq(userRoles.userId, colleague.id))));
    const { id } = await callerFor(await scopeOf(mk, { ...colleague, role: 'tenant_admin' })).simulation.start({ settingId, days: 30 });
    await withTenant(await systemScopeOf(mk), (tx) => tx.update(userRoles).set({ role: 'agent', branchId: mk.branches[0].id }).where(and(eq(userRoles.tenantId, mk.id), eq(userRoles.userId, colleague.id))));
    await runJobs(world.current.database);
    expect(await (await adminOf(mk)).simulation.get({ id })).toMatchObject({ status: 'queued', figures: null });
    expect((await draftRow(mk, settingId))?.simulatedHash).toBeNull();
  });
});

describe('the hash of what was tried', () => {
  it('opens publishing for exactly that document, and for no later one', async () => {
    const { ks } = world.current;
    const admin = await adminOf(ks);
    const value = atPrice(ks, 'asistenca', 2222);
    await layDraft(ks, 'products', value);
    const { draft } = await admin.settings.kind({ kind: 'products' });
    if (draft === null) throw new Error('no draft');
    expect(await refusalsOf([admin.settings.publish({ id: draft.id, revision: draft.revision, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notSimulated']);
    const { result } = await tried(ks, draft.id, 30);
    expect(await draftRow(ks, draft.id)).toMatchObject({ simulationId: result.id, simulatedHash: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    // another note is no other document; another price is one that nobody has tried
    const noted = await admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: draft.revision, value, note: 'The same' });
    expect(noted.simulatedHash).not.toBeNull();
    const saved = await admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: noted.revision, value: atPrice(ks, 'asistenca', 2223), note: '' });
    expect(saved.simulatedHash).toBeNull();
    expect((await admin.simulation.get({ id: result.id })).outdated).toBe(true);
    expect(await refusalsOf([admin.settings.publish({ id: draft.id, revision: saved.revision, effectiveFrom: null })])).toEqual(['CONFLICT errors.rule.notSimulated']);
    const again = await admin.settings.saveDraft({ kind: 'products', id: draft.id, revision: saved.revision, value, note: '' });
    expect((await admin.simulation.get({ id: result.id })).outdated).toBe(false);
    const { result: second } = await tried(ks, draft.id, 60);
    expect((await admin.simulation.list({ settingId: draft.id })).map(({ id }) => id)).toEqual([second.id]);
    expect(await refusalsOf([admin.simulation.get({ id: result.id })])).toEqual(['NOT_FOUND errors.notFound']);
    const published = await admin.settings.publish({ id: draft.id, revision: again.revision, effectiveFrom: new Date(Date.now() + 86_400_000) });
    expect(published).toMatchObject({ state: 'scheduled', simulatedHash: (await draftRow(ks, draft.id))?.simulatedHash });
    expect(await refusalsOf([admin.simulation.start({ settingId: draft.id, days: 30 })])).toEqual(['CONFLICT errors.simulation.notDraft']);
    await admin.settings.withdraw({ id: published.id });
  });

  it('is not written when the draft changes while it is tried', async () => {
    const { ks } = world.current;
    const settingId = await layDraft(ks, 'tax', { ...ks.pack.rules.tax, membershipCategory: 'reduced' });
    const admin = await adminOf(ks);
    const { id } = await admin.simulation.start({ settingId, days: 30 });
    await withTenant(await systemScopeOf(ks), (tx) => tx.update(tenantSettings).set({ value: ks.pack.rules.tax }).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.id, settingId))));
    await runJobs(world.current.database);
    expect(await admin.simulation.get({ id })).toMatchObject({ status: 'failed', errorKey: 'errors.simulation.changed', outdated: true });
    expect((await draftRow(ks, settingId))?.simulatedHash).toBeNull();
  });

  it('a draft that makes no document, of another kind, or of a branch that cannot have one is not tried', async () => {
    const { ks } = world.current;
    const admin = await adminOf(ks);
    const [wrong, other] = [await layDraft(ks, 'products', { plans: [] }), newId()];
    await withTenant(await systemScopeOf(ks), (tx) => tx.insert(tenantSettings).values({ tenantId: ks.id, id: other, kind: 'retention', version: 99, status: 'draft', value: ks.pack.rules.retention }));
    expect(await refusalsOf([admin.simulation.start({ settingId: wrong, days: 30 }), admin.simulation.start({ settingId: other, days: 30 })]))
      .toEqual(['INVALID errors.simulation.draftWrong', 'INVALID errors.simulation.kind']);
  });
});

describe('a worker that dies', () => {
  const result = async (tenant: TestTenant, id: string) => {
    const { figures, total, done, status } = await (await adminOf(tenant)).simulation.get({ id });
    const rows = (await storedRows(tenant)).filter(({ simulationId }) => simulationId === id).map(({ figure, position, entityId }) => `${figure} ${String(position)} ${entityId}`).toSorted();
    return { figures, total, done, status, rows };
  };

  it('in the middle leaves nothing half done: the next one ends in the same result', async () => {
    const { mk } = world.current;
    const settingId = await layDraft(mk, 'products', atPrice(mk, 'asistenca', 2777));
    const { result: whole } = await tried(mk, settingId, 120);
    const expected = await result(mk, whole.id);
    const admin = await adminOf(mk);
    const { id } = await admin.simulation.start({ settingId, days: 120 });
    // it took the job, wrote down how far it had come, and was killed
    await adminSql(world.current.database.adminUrl, "update pgboss.job set state = 'active', started_on = now() - interval '10 minutes' where name = 'settings.simulate' and state = 'created'");
    await withTenant(await systemScopeOf(mk), (tx) => tx.update(ruleSimulations).set({ status: 'running', total: 60, done: 17, startedAt: new Date() }).where(and(eq(ruleSimulations.tenantId, mk.id), eq(ruleSimulations.id, id))));
    expect(await admin.simulation.start({ settingId, days: 120 })).toEqual({ id });
    await adminSql(world.current.database.adminUrl, "update pgboss.job set state = 'retry' where name = 'settings.simulate' and state = 'active'");
    await runJobs(world.current.database, { retries: true });
    expect(await result(mk, id)).toEqual({ ...expected, rows: expect.any(Array) });
    expect((await result(mk, id)).rows).toEqual(expected.rows);
  });

  it('slowly, so that a second one has begun: both end in one result', async () => {
    const { mk } = world.current;
    const settingId = await layDraft(mk, 'products', atPrice(mk, 'asistenca', 2778));
    const { id } = await (await adminOf(mk)).simulation.start({ settingId, days: 120 });
    const scope = await systemScopeOf(mk);
    await Promise.all([simulate(scope, id), simulate(scope, id)]);
    const { status, rows, figures } = await result(mk, id);
    expect([status, rows.length, new Set(rows).size]).toEqual(['done', ...Array.from({ length: 2 }, () => figures?.lists.reduce((sum, { kept }) => sum + kept, 0))]);
    await runJobs(world.current.database);
    expect((await result(mk, id)).rows).toEqual(rows);
  });

  it('two who start the same draft start one, and who stops it stops it', async () => {
    const { mk } = world.current;
    const settingId = await layDraft(mk, 'products', atPrice(mk, 'asistenca', 2779));
    const admin = await adminOf(mk);
    const started = await Promise.all([1, 2, 3, 4].map(async () => await (await adminOf(mk)).simulation.start({ settingId, days: 30 })));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    const [first] = started;
    if (first === undefined) throw new Error('nothing was started');
    await admin.simulation.cancel(first);
    expect(await admin.simulation.get(first)).toMatchObject({ status: 'failed', errorKey: 'errors.simulation.canceled' });
    await runJobs(world.current.database);
    expect(await admin.simulation.get(first)).toMatchObject({ status: 'failed', figures: null });
    const { id } = await admin.simulation.start({ settingId, days: 30 });
    expect(id).not.toBe(first.id);
    expect(await refusalsOf([admin.simulation.get(first)])).toEqual(['NOT_FOUND errors.notFound']);
    await runJobs(world.current.database);
  });
});

describe('a workflow tried on claims', () => {
  const counts = (lists: readonly { figure: TrialFigure; count: number }[] | undefined) => Object.fromEntries((lists ?? []).map(({ figure, count }) => [figure, count]));
  const aSale = async (tenant: TestTenant, branch: 0 | 1): Promise<LaidSale> => {
    const [sale] = await laySales(tenant, [{ planCode: 'asistenca', channel: 'agent', daysAgo: 100, branch }]);
    if (sale === undefined) throw new Error('no sale');
    return sale;
  };

  it('tells routes, deadlines and steps, of the own tenant alone', async () => {
    const { mk, ks } = world.current;
    for (const tenant of [mk, ks]) {
      for (const branch of [0, 1] as const) {
        const { id: membershipId } = await aSale(tenant, branch);
        await layClaim(tenant, { branch, membershipId, steps: [['submitted', 40], ['verification', 38], ['evaluation', 36], ['negotiation', 20]] });
        await layClaim(tenant, { branch, membershipId, steps: [['submitted', 80], ['evaluation', 79]] });
      }
      await layClaim(tenant, { branch: 0, membershipId: (await aSale(tenant, 0)).id, steps: [['submitted', 200]] });
    }
    const { workflows } = mk.pack.rules;
    const claims = { ...workflows.claims, transitions: workflows.claims.transitions.map((step) => (step.to === 'negotiation' ? { ...step, requiredDocuments: ['power_of_attorney'] } : step)) };
    const routes = [{ code: 'large', titles: { mk: 'Големо', sq: 'E madhe', en: 'Large' }, when: { '>=': [{ var: 'claimed' }, 200_000] }, priority: 'urgent', triageHours: 4 }];
    const { admin, result } = await tried(mk, await layDraft(mk, 'workflows', { ...workflows, claims, routes }), 90);
    expect(result.figures?.claims?.total).toMatchObject({ compared: 4, route: 4, blocked: 2, dueSooner: 4, dueLater: 0, documents: 0 });
    expect(counts(result.figures?.lists)).toEqual({ route: 4, blocked: 2, due_sooner: 4 });
    const { items } = await admin.simulation.rows({ id: result.id, figure: 'blocked' });
    expect(items.map(({ after }) => after.blocked?.map(({ from, to, reason }) => [from, to, reason?.key]))).toEqual([[['evaluation', 'negotiation', 'errors.transition.documents']], [['evaluation', 'negotiation', 'errors.transition.documents']]]);
    expect(items.every(({ claimCode, before, after }) => claimCode?.startsWith('TEST-') === true && before.routeCode === null && after.routeCode === 'large' && after.priority === 'urgent')).toBe(true);
  });

  it('of one branch touches that branch alone', async () => {
    const { ks } = world.current;
    const [own, other] = ks.branches;
    const { result } = await tried(ks, await layDraft(ks, 'workflows', { triageHours: 4 }, own.id), 90);
    expect(result.figures?.claims?.byBranch).toMatchObject([{ branchId: own.id, effect: { compared: 2, dueSooner: 2 } }]);
    expect((await storedRows(ks)).filter(({ branchId, simulationId }) => simulationId === result.id && branchId === other.id)).toEqual([]);
  });

  it('fees follow the products', async () => {
    const { mk } = world.current;
    await layClaim(mk, { branch: 0, membershipId: (await aSale(mk, 0)).id, steps: [['submitted', 50], ['evaluation', 45], ['resolved', 30]], recovered: 60_000n });
    const value = { ...mk.pack.rules.products, plans: mk.pack.rules.products.plans.map((plan) => (plan.successFee ? { ...plan, successFee: { ...plan.successFee, percentBp: 2000 } } : plan)) };
    const { result } = await tried(mk, await layDraft(mk, 'products', value), 90);
    expect(result.figures?.fees?.total).toEqual([{ currency: 'EUR', compared: 1, before: 9000n, after: 12_000n, billed: 1n, same: 0, more: { count: 1, minor: 3000n }, less: { count: 0, minor: 0n } }]);
  });
});
