import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { claimEvents, claims, documents, tenantSettings } from '@interdomestik/db/schema';
import { decideAgain, newId, successFeeAgain, todayIn, type Json, type RuleInput } from '@interdomestik/rules';
import { callerFor, giveMembership, publishRule, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { ruleAt } from '../settings/rules';

const world = useWorld();
let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let today: string;
let member: TestPerson;
let start: RuleInput<'workflows'>;

const as = async (person: TestPerson, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const row = async (id: string) => {
  const [found] = await withTenant(system, (tx) => tx.select().from(claims).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))));
  if (found === undefined) throw new Error('no claim');
  return found;
};
const eventsOf = (id: string) => withTenant(system, (tx) => tx.select().from(claimEvents).where(and(eq(claimEvents.tenantId, ks.id), eq(claimEvents.claimId, id))).orderBy(asc(claimEvents.createdAt), asc(claimEvents.id)));
const hangOn = (claimId: string, kinds: readonly string[]) => withTenant(system, async (tx) => {
  await tx.insert(documents).values(kinds.map((kind) => {
    const id = newId();
    return { tenantId: ks.id, id, userId: member.id, branchId: member.branchId ?? '', entity: 'claim', entityId: claimId, kind, path: `pii/tenants/${ks.id}/claim/${claimId}/${id}.pdf`, fileName: `${kind}.pdf`, mime: 'application/pdf', status: 'stored', storageKey: id };
  }));
});
const complete = { vehicle: ['accident_statement', 'photos', 'estimate'], injury: ['police_report', 'medical_report'] } as const;
const handIn = async (category: 'vehicle' | 'injury' = 'vehicle', text = '1.200,00', papers = true) => {
  const caller = await as(member);
  const { id } = await caller.claims.start({ category });
  if (papers) await hangOn(id, complete[category]);
  await caller.claims.submit({ id, category, counterparty: 'Siguria SH.A.', description: 'A car hit mine from behind at the lights.', amountClaimed: { currency: 'EUR', text }, incidentOn: today, idempotencyKey: newId() });
  return id;
};
const titles = { sq: 'Rruga', en: 'Route' };
/** The rules of the country with one change to a step of claims. */
const withStep = (from: string, to: string, change: Partial<RuleInput<'workflows'>['claims']['transitions'][number]>): RuleInput<'workflows'> => ({
  ...start, claims: { ...start.claims, transitions: start.claims.transitions.map((step) => (step.from === from && step.to === to ? { ...step, ...change } : step)) },
});

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  today = todayIn(ks.pack.zone, new Date());
  member = ks.branches[0].member;
  start = ks.pack.rules.workflows;
  await giveMembership(ks, member, { planCode: 'group' });
});

describe('who may not', () => {
  it('take a step or see a reason of a claim elsewhere', async () => {
    const id = await handIn();
    const before = await row(id);
    for (const [person, tenant] of [[mk.admin, mk], [mk.branches[0].manager, mk], [ks.branches[1].manager, ks]] as const) {
      const caller = await as(person, tenant);
      await expect(caller.claims.move({ id, to: 'verification' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const person of [member, ks.branches[0].agent, ks.promoter]) await expect((await as(person)).claims.move({ id, to: 'verification' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await row(id)).toEqual(before);
    const seen = await (await as(member)).claims.get({ id });
    expect([seen.deadline?.why, seen.events.map(({ why }) => why)]).toEqual([null, [null, null]]);
  });

  it('put a version of another tenant’s rules together', async () => {
    await expect(ruleAt(await systemScopeOf(mk), 'workflows', { version: 1, branchId: ks.branches[0].id })).rejects.toMatchObject({ messageKey: 'errors.rule.missing' });
    await expect(ruleAt(system, 'workflows', { version: 4711 })).rejects.toMatchObject({ code: 'UNAVAILABLE', messageKey: 'errors.rule.missing' });
  });
});

describe('a claim', () => {
  it('stores which rules it began with, its way through triage, its deadline and why', async () => {
    await publishRule(ks, 'workflows', 2, { ...start, routes: [{ code: 'injured', titles, when: { '==': [{ var: 'category' }, 'injury'] }, priority: 'urgent', triageHours: 8 }] });
    const [urgent, usual, waiting] = [await handIn('injury'), await handIn(), await handIn('injury', '1,00', false)];
    expect(await row(urgent)).toMatchObject({
      routeCode: 'injured', priority: 'urgent', ruleVersions: { workflows: { version: 2 }, products: { version: 1 } },
      slaReceipt: { kind: 'workflows', version: 2, outcome: { routeCode: 'injured', triageHours: 8, by: 'triage' }, inputs: { decision: 'deadline', facts: { category: 'injury', claimed: 120_000, packComplete: true, incidentAge: 0, memberDays: 30, branch: ks.branches[0].code, plan: 'group' } } },
    });
    expect(await row(usual)).toMatchObject({ routeCode: null, priority: 'normal', slaReceipt: { outcome: { triageHours: 24 } } });
    const stands = await row(waiting);
    expect([stands.routeCode, stands.priority, stands.slaDueAt, stands.packCompleteAt]).toEqual(['injured', 'urgent', null, null]);
    const [urgentDue, usualDue] = [(await row(urgent)).slaDueAt?.getTime() ?? 0, (await row(usual)).slaDueAt?.getTime() ?? 0];
    expect(urgentDue).toBeLessThan(usualDue);
    const shown = await (await as(ks.branches[0].manager)).claims.get({ id: urgent });
    expect(shown.deadline).toMatchObject({ by: 'triage', hours: 8, priority: 'urgent', route: 'Rruga', why: { version: 2, source: 'tenant' } });
    expect(shown.deadline?.why?.steps[0]).toBe('Rruga „Rruga“: vendimi i parë brenda 8 orë pune pasi dokumentet të jenë të plota.');
    expect(shown.deadline?.minutesLeft).toBeGreaterThan(0);
  });

  it('is listed by urgency and deadline, page by page without a gap, and filtered', async () => {
    const caller = await as(ks.branches[0].manager);
    const seen: { id: string; priority: string; due: number }[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await caller.claims.list({ limit: 2, sort: 'due', cursor });
      seen.push(...page.items.map(({ id, priority, slaDueAt }) => ({ id, priority, due: slaDueAt?.getTime() ?? Infinity })));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    const all = (await caller.claims.list({ limit: 100 })).items;
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
    expect(seen).toHaveLength(all.length);
    const rank = ({ priority, due }: (typeof seen)[number]) => (due === Infinity ? 2 : priority === 'urgent' ? 0 : 1);
    expect(seen).toEqual(seen.toSorted((a, b) => rank(a) - rank(b) || (a.due === b.due ? 0 : a.due - b.due) || (a.id < b.id ? -1 : 1)));
    expect((await caller.claims.list({ limit: 100, filters: { priority: 'urgent' } })).items.every(({ priority }) => priority === 'urgent')).toBe(true);
    const foreign = (await caller.claims.list({ limit: 1 })).nextCursor ?? '';
    await expect(caller.claims.list({ limit: 2, sort: 'due', cursor: foreign })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is shut a step until its documents are there and its condition holds, and says so', async () => {
    await publishRule(ks, 'workflows', 3, withStep('submitted', 'verification', { requiredDocuments: ['power_of_attorney'], when: { '>=': [{ var: 'claimed' }, 100_000] } }));
    const [small, large] = [await handIn('vehicle', '999,99'), await handIn('vehicle', '1.000,00')];
    const caller = await as(ks.branches[0].manager);
    const stepOf = async (id: string) => (await caller.claims.get({ id })).nextStates.find(({ to }) => to === 'verification');
    expect(await stepOf(small)).toEqual({ to: 'verification', allowed: false, missingGates: [], missingDocuments: ['power_of_attorney'], unmet: 'shuma e kërkuar është së paku 1.000,00 €' });
    expect(await stepOf(large)).toMatchObject({ allowed: false, missingDocuments: ['power_of_attorney'], unmet: null });
    await expect(caller.claims.move({ id: large, to: 'verification' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.documents', params: { count: 1 } } });
    for (const id of [small, large]) await hangOn(id, ['power_of_attorney']);
    await expect(caller.claims.move({ id: small, to: 'verification' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.condition' } });
    await caller.claims.move({ id: large, to: 'verification' });
    const last = (await eventsOf(large)).at(-1);
    expect(last?.receipt).toMatchObject({ kind: 'workflows', version: 3, inputs: { decision: 'step', from: 'submitted', to: 'verification', facts: { claimed: 100_000 } }, outcome: { allowed: true } });
    expect((await eventsOf(small)).every(({ toStatus }) => toStatus !== 'verification')).toBe(true);
    expect((await caller.claims.get({ id: large })).events.at(-1)?.why).toMatchObject({ version: 3, steps: expect.arrayContaining(['Dokumenti është bashkëngjitur: Autorizim.']) as unknown });
  });

  it('moves with the clock of each state, keeps its way through triage, and ends with none', async () => {
    await publishRule(ks, 'workflows', 4, {
      ...start, stages: [{ state: 'evaluation', hours: 40, remindHoursBefore: [8], escalations: [] }],
      routes: [{ code: 'large', titles, when: { and: [{ '>=': [{ var: 'claimed' }, 100_000] }, { '==': [{ var: 'recovered' }, null] }] }, priority: 'urgent', triageHours: 8 }],
    });
    const id = await handIn();
    const caller = await as(ks.branches[0].manager);
    await caller.claims.move({ id, to: 'evaluation' });
    const first = await row(id);
    expect(first).toMatchObject({ status: 'evaluation', routeCode: 'large', priority: 'urgent', slaReceipt: { outcome: { by: 'stage', hours: 40 } } });
    expect(first.stageSince?.getTime()).toBeGreaterThan(first.submittedAt?.getTime() ?? 0);
    await caller.claims.recordOutcome({ id, recovered: { minor: 60_000n, currency: 'EUR' } });
    await caller.claims.move({ id, to: 'verification' });
    await caller.claims.move({ id, to: 'evaluation' });
    // in triage again what is known now counts; the route that no longer fits is left
    expect(await row(id)).toMatchObject({ routeCode: null, priority: 'normal' });
    await caller.claims.move({ id, to: 'resolved' });
    const closed = await row(id);
    expect([closed.slaDueAt, (await caller.claims.get({ id })).deadline]).toEqual([null, null]);
  });

  it('keeps the rules that it began with, and a new one gets the new rules', async () => {
    await publishRule(ks, 'workflows', 5, start);
    const old = await handIn();
    await publishRule(ks, 'workflows', 6, {
      ...start, triageHours: 99, stages: [{ state: 'verification', hours: 1 }],
      claims: { ...start.claims, transitions: start.claims.transitions.filter(({ from, to }) => from !== 'submitted' || to !== 'evaluation') },
    });
    const products = { ...ks.pack.rules.products, plans: ks.pack.rules.products.plans.map((plan) => (plan.successFee === null ? plan : { ...plan, successFee: { ...plan.successFee, percentBp: 5000 } })) };
    await publishRule(ks, 'products', 2, products);
    const fresh = await handIn();
    const caller = await as(ks.branches[0].manager);
    const next = async (id: string) => (await caller.claims.get({ id })).nextStates.filter(({ allowed }) => allowed).map(({ to }) => to);
    expect([await next(old), await next(fresh)]).toEqual([['verification', 'evaluation', 'rejected'], ['verification', 'rejected']]);
    await expect(caller.claims.move({ id: fresh, to: 'evaluation' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.unknown' } });
    await caller.claims.move({ id: old, to: 'verification' });
    expect(await row(old)).toMatchObject({ slaReceipt: { version: 5, outcome: { triageHours: 24, by: 'triage' } }, ruleVersions: { workflows: { version: 5 }, products: { version: 1 } } });
    expect(await row(fresh)).toMatchObject({ slaReceipt: { version: 6, outcome: { triageHours: 99 } }, ruleVersions: { workflows: { version: 6 }, products: { version: 2 } } });
    await caller.claims.move({ id: old, to: 'evaluation' });
    await caller.claims.recordOutcome({ id: old, recovered: { minor: 60_000n, currency: 'EUR' } });
    expect((await row(old)).receipt).toMatchObject({ kind: 'products', version: 1 });
  });

  it('from before claims kept their rules runs by those in force', async () => {
    const id = await handIn();
    await withTenant(system, (tx) => tx.update(claims).set({ ruleVersions: null, slaReceipt: null, slaDueAt: new Date('2020-01-01'), status: 'evaluation' }).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))));
    await publishRule(ks, 'workflows', 7, { ...start, stages: [{ state: 'negotiation', hours: 10 }, { state: 'verification', hours: 2 }] });
    const caller = await as(ks.branches[0].manager);
    // what is left of its triage says nothing any more
    expect(await caller.claims.get({ id })).toMatchObject({ overdue: false, slaDueAt: null, deadline: { by: 'none', why: null } });
    expect((await caller.claims.list({ limit: 100, filters: { overdue: true } })).items.some((claim) => claim.id === id)).toBe(false);
    await caller.claims.move({ id, to: 'verification' });
    expect(await row(id)).toMatchObject({ slaReceipt: { version: 7, outcome: { hours: 2, by: 'stage' } } });
  });
});

it('every stored receipt comes out the same when it is decided again by the version that it names', async () => {
  const rows = await withTenant(system, (tx) => tx.select({ sla: claims.slaReceipt, fee: claims.receipt }).from(claims).where(eq(claims.tenantId, ks.id)));
  const steps = await withTenant(system, (tx) => tx.select({ receipt: claimEvents.receipt }).from(claimEvents).where(eq(claimEvents.tenantId, ks.id)));
  const published = await withTenant(system, (tx) => tx.select({ version: tenantSettings.version }).from(tenantSettings).where(and(eq(tenantSettings.tenantId, ks.id), eq(tenantSettings.kind, 'workflows'))));
  type Stored = { version: number; inputs: Json } | null;
  const kept = [...rows.map(({ sla }) => sla as Stored), ...steps.map(({ receipt }) => receipt as Stored)].filter((receipt) => receipt !== null);
  expect(new Set(kept.map(({ version }) => version)).size).toBe(published.length);
  for (const receipt of kept) expect(decideAgain(await ruleAt(system, 'workflows', { version: receipt.version }), receipt.inputs)).toEqual(receipt);
  const fees = rows.map(({ fee }) => fee as Stored).filter((receipt) => receipt !== null);
  expect(fees.length).toBeGreaterThan(0);
  for (const receipt of fees) expect(successFeeAgain(await ruleAt(system, 'products', { version: receipt.version }), receipt.inputs)).toEqual(receipt);
});
