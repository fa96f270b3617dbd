import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { claimEvents, claims, documents, mails, memberships, notifications } from '@interdomestik/db/schema';
import { addDays, newId, todayIn } from '@interdomestik/rules';
import { ruleOf } from '../settings/rules';
import { requireCover } from './coverage';
import { callerFor, giveMembership, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';

const world = useWorld();

let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let today: string;
const as = async (person: TestPerson, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));
const story = { category: 'vehicle' as const, counterparty: 'Siguria SH.A.', description: 'A car hit mine from behind at the lights.', amountClaimed: { currency: 'EUR' as const, text: '1.200,00' } };
const input = (id: string, changes: Record<string, unknown> = {}) => ({ ...story, id, incidentOn: today, idempotencyKey: newId(), ...changes });
const draft = async (person: TestPerson, tenant: TestTenant = ks) => (await (await as(person, tenant)).claims.start({ category: 'vehicle' })).id;
const submit = async (person: TestPerson, changes: Record<string, unknown> = {}, tenant: TestTenant = ks) => {
  const id = await draft(person, tenant);
  return await (await as(person, tenant)).claims.submit(input(id, changes));
};
const row = async (id: string) => (await withTenant(system, (tx) => tx.select().from(claims).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id)))))[0];
/** Files as the store has reported them. */
const hangOn = async (claimId: string, person: TestPerson, kinds: readonly string[]) => {
  await withTenant(system, (tx) => tx.insert(documents).values(kinds.map((kind) => {
    const id = newId();
    return { tenantId: ks.id, id, userId: person.id, branchId: person.branchId ?? '', entity: 'claim', entityId: claimId, kind, path: `pii/tenants/${ks.id}/claim/${claimId}/${id}.pdf`, fileName: `${kind}.pdf`, mime: 'application/pdf', status: 'stored', storageKey: id };
  })).then(() => undefined));
};

let member: TestPerson;
let neighbour: TestPerson;

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  today = todayIn(ks.pack.zone, new Date());
  [member, neighbour] = [ks.branches[0].member, ks.branches[1].member];
  // group counts no matters, so that tests do not use each other's up
  for (const person of [member, neighbour]) await giveMembership(ks, person, { planCode: 'group' });
  await giveMembership(mk, mk.branches[0].member, { planCode: 'group' });
});

describe('who may not', () => {
  it('another tenant, branch or member finds no claim, and changes none', async () => {
    const { id } = await submit(member);
    const strangers: [TestPerson, TestTenant][] = [[mk.admin, mk], [mk.branches[0].manager, mk], [ks.branches[1].manager, ks]];
    for (const [person, tenant] of strangers) {
      const caller = await as(person, tenant);
      await expect(caller.claims.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await caller.claims.list({ limit: 100 })).items.some((claim) => claim.id === id)).toBe(false);
      await expect(caller.claims.move({ id, to: 'verification' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.assign({ id, handlerId: person.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.note({ id, text: 'x', visibleToMember: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.handlers({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.recordOutcome({ id, noFeeReason: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const [person, tenant] of [[neighbour, ks], [mk.branches[0].member, mk]] as const) {
      const caller = await as(person, tenant);
      await expect(caller.claims.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.saveDraft({ id, description: 'mine now' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.submit(input(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.claims.agree({ id, to: 'fee' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await caller.claims.mine()).some((claim) => claim.id === id)).toBe(false);
    }
    expect(await row(id)).toMatchObject({ status: 'submitted', handlerId: null, feeAuthorisedAt: null });
  });

  it('members handle nothing, agents see the stage alone, promoters nothing', async () => {
    const { id } = await submit(member);
    const own = await as(member);
    for (const call of [() => own.claims.move({ id, to: 'verification' }), () => own.claims.assign({ id, handlerId: member.id }), () => own.claims.list({ limit: 10 })]) await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const agent = await as(ks.branches[0].agent);
    await expect(agent.claims.get({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(agent.claims.move({ id, to: 'verification' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const seen = (await agent.claims.list({ limit: 100 })).items.find((claim) => claim.id === id);
    expect(seen).toMatchObject({ status: 'submitted', content: null, handlerName: null });
    expect(JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))).not.toMatch(/Siguria|lights|1200/u);
    expect((await (await as(ks.branches[1].agent)).claims.list({ limit: 100 })).items).toEqual([]);
    await expect((await as(ks.promoter)).claims.list({ limit: 10 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a draft is its member’s alone', async () => {
    const id = await draft(member);
    const manager = await as(ks.branches[0].manager);
    await expect(manager.claims.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(manager.claims.move({ id, to: 'submitted' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(manager.documents.forEntity({ entity: 'claim', entityId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await manager.claims.list({ limit: 100 })).items.some((claim) => claim.id === id)).toBe(false);
    await withTenant(system, (tx) => tx.update(claims).set({ status: 'rejected' }).where(and(eq(claims.tenantId, ks.id), eq(claims.status, 'draft'))).then(() => undefined));
  });

  it('staff file no claims in a member’s name', async () => {
    await expect((await as(ks.branches[0].manager)).claims.start({ category: 'vehicle' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a draft', () => {
  it('keeps what is written, step by step, and empties what is emptied', async () => {
    const caller = await as(member);
    const id = await draft(member);
    await caller.claims.saveDraft({ id, counterparty: 'Siguria', incidentOn: '01.02.2026', amountClaimed: { currency: 'EUR', text: '99,50' } });
    await caller.claims.saveDraft({ id, description: 'First words', category: 'property' });
    expect(await caller.claims.get({ id })).toMatchObject({ counterparty: 'Siguria', incidentOn: '2026-02-01', claimed: { minor: 9950n }, description: 'First words', category: 'property', nextStates: [] });
    await caller.claims.saveDraft({ id, incidentOn: '', counterparty: '', amountClaimed: null });
    expect(await caller.claims.get({ id })).toMatchObject({ counterparty: '', incidentOn: null, claimed: null, description: 'First words' });
    await caller.claims.submit(input(id));
    await expect(caller.claims.saveDraft({ id, description: 'later' })).rejects.toMatchObject({ cause: { messageKey: 'errors.claim.handedIn' } });
  });

  it('is one of ten at most, also for many clicks at once', async () => {
    const fresh = ks.branches[1].member;
    const caller = await as(fresh);
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => caller.claims.start({ category: 'vehicle' })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await withTenant(system, (tx) => tx.update(claims).set({ status: 'rejected' }).where(and(eq(claims.tenantId, ks.id), eq(claims.userId, fresh.id))).then(() => undefined));
  });
});

describe('handing in', () => {
  it('numbers the claim, tells the branch and the member, and says what is missing', async () => {
    const answer = await submit(member);
    expect(answer).toMatchObject({ code: expect.stringMatching(/^CLM-XK-\d{4}-\d{6}$/u) as unknown, missing: ['accident_statement', 'photos', 'estimate'] });
    expect(await row(answer.id)).toMatchObject({ status: 'submitted', packCompleteAt: null, slaDueAt: null, claimedMinor: 120_000n, currency: 'EUR' });
    const told = await withTenant(system, async (tx) => ({
      manager: await tx.select().from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, ks.branches[0].manager.id), eq(notifications.effectKey, `claim:${answer.id}:submitted:${ks.branches[0].manager.id}`))),
      other: await tx.select().from(notifications).where(and(eq(notifications.tenantId, ks.id), eq(notifications.userId, ks.branches[1].manager.id), eq(notifications.kind, 'claim.submitted'))),
      mails: await tx.select().from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.effectKey, `claim:${answer.id}:received`))),
      events: await tx.select().from(claimEvents).where(and(eq(claimEvents.tenantId, ks.id), eq(claimEvents.claimId, answer.id))).orderBy(claimEvents.createdAt),
    }));
    expect([told.manager.length, told.other.length, told.mails.length]).toEqual([1, 0, 1]);
    expect(told.events.map(({ kind, toStatus }) => [kind, toStatus])).toEqual([['created', null], ['status', 'submitted']]);
  });

  it('starts the clock at once when the documents are there', async () => {
    const id = await draft(member);
    await hangOn(id, member, ['accident_statement', 'photos', 'estimate']);
    await (await as(member)).claims.submit(input(id));
    const claim = await row(id);
    expect(claim?.packCompleteAt).not.toBeNull();
    expect((claim?.slaDueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(24 * 3_600_000);
    expect(await (await as(ks.branches[0].manager)).claims.get({ id })).toMatchObject({ packComplete: true, missingDocuments: [], overdue: false });
  });

  it('P-16 a double click hands in once; the same key for another claim is refused', async () => {
    const id = await draft(member);
    const caller = await as(member);
    const words = input(id);
    const answers = await Promise.all(Array.from({ length: 6 }, () => caller.claims.submit(words)));
    expect(new Set(answers.map(({ code }) => code)).size).toBe(1);
    await expect(caller.claims.submit({ ...words, description: `${words.description} And more.` })).rejects.toMatchObject({ cause: { messageKey: 'errors.idempotency.mismatch' } });
    await expect(caller.claims.submit(input(id))).rejects.toMatchObject({ cause: { messageKey: 'errors.claim.handedIn' } });
  });

  it('P-14 many at once take gapless numbers', async () => {
    await Promise.all(Array.from({ length: 8 }, () => submit(member)));
    const codes = await withTenant(system, (tx) => tx.select({ code: claims.code }).from(claims).where(eq(claims.tenantId, ks.id)));
    const numbers = codes.flatMap(({ code }) => (code === null ? [] : [Number(code.slice(-6))])).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('holds nobody up who begins another claim meanwhile, so two tabs never wait for each other in a ring', async () => {
    const scope = await scopeOf(ks, member);
    const matter = { incidentOn: today as never, counterparty: 'Ring', category: 'vehicle' as const };
    const rules = { workflows: (await ruleOf(scope, 'workflows', new Date())).value, products: (await ruleOf(scope, 'products', new Date())).value };
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    const handingIn = new Promise<void>((resolve, reject) => {
      withTenant(scope, async (tx) => {
        await requireCover(tx, scope, matter, rules, new Date());
        resolve();
        await released;
      }).catch(reject);
    });
    await handingIn;
    const id = await draft(member).finally(release);
    expect(await row(id)).toMatchObject({ status: 'draft' });
  });

  it('is refused with the field and the reason, and no number is lost', async () => {
    const caller = await as(member);
    const id = await draft(member);
    const refused: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ incidentOn: addDays(today as never, 1) }, { field: 'incidentOn', messageKey: 'errors.claim.incidentFuture' }],
      [{ incidentOn: addDays(today as never, -40) }, { field: 'incidentOn', messageKey: 'errors.claim.beforeMembership' }],
    ];
    for (const [change, cause] of refused) await expect(caller.claims.submit(input(id, change))).rejects.toMatchObject({ cause });
    await expect(caller.claims.submit(input(id, { description: 'too short' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(caller.claims.submit(input(id, { category: 'criminal' }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await row(id)).toMatchObject({ status: 'draft', code: null });
  });

  it('needs a membership in force', async () => {
    const outsider = ks.branches[1].member;
    await withTenant(system, (tx) => tx.update(memberships).set({ status: 'lapsed' }).where(and(eq(memberships.tenantId, ks.id), eq(memberships.userId, outsider.id))).then(() => undefined));
    await expect(submit(outsider)).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.membership.notActive' } });
    expect(await (await as(outsider)).claims.eligibility()).toMatchObject({ covered: false, planTitle: null });
  });

  it('stops at the matters of the plan; the same matter, guidance and rejected claims use none up', async () => {
    const person = ks.branches[1].member;
    await withTenant(system, (tx) => tx.update(claims).set({ status: 'rejected' }).where(and(eq(claims.tenantId, ks.id), eq(claims.userId, person.id))).then(() => undefined));
    await giveMembership(ks, person, { planCode: 'asistenca' });
    const first = await submit(person, { counterparty: 'One' });
    await submit(person, { counterparty: ' one. ' });
    await submit(person, { category: 'consumer', counterparty: 'Shop' });
    expect(await (await as(person)).claims.eligibility()).toMatchObject({ covered: true, mattersPerYear: 2, mattersLeft: 1 });
    await submit(person, { counterparty: 'Two' });
    const race = await Promise.allSettled([submit(person, { counterparty: 'Three' }), submit(person, { counterparty: 'Four' })]);
    for (const result of race) expect(result).toMatchObject({ status: 'rejected', reason: { cause: { messageKey: 'errors.claim.limitReached' } } });
    await (await as(ks.branches[1].manager)).claims.move({ id: first.id, to: 'rejected', rejectReason: 'insufficient_evidence' });
    await submit(person, { counterparty: 'One' }).catch(() => undefined);
    expect((await (await as(person)).claims.mine()).filter(({ status }) => status === 'submitted').length).toBeGreaterThanOrEqual(3);
  });
});

describe('handling', () => {
  it('follows the workflow: gates stand, reasons are asked for, the member is told', async () => {
    const { id, code } = await submit(member);
    const manager = await as(ks.branches[0].manager);
    const steps = async () => Object.fromEntries((await manager.claims.get({ id })).nextStates.map(({ to, missingGates }) => [to, missingGates]));
    expect(await steps()).toEqual({ verification: [], evaluation: [], rejected: [] });
    await expect(manager.claims.move({ id, to: 'court' })).rejects.toMatchObject({ cause: { code: 'CONFLICT', messageKey: 'errors.transition.unknown' } });
    await expect(manager.claims.move({ id, to: 'rejected' })).rejects.toMatchObject({ cause: { field: 'rejectReason', messageKey: 'errors.required' } });
    await manager.claims.move({ id, to: 'evaluation', note: 'We ask the insurer.' });
    expect(await steps()).toMatchObject({ negotiation: ['signedAgreement', 'authorisedFee'], resolved: ['feeOrNoFeeReason'] });
    await expect(manager.claims.move({ id, to: 'negotiation' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.gate.signedAgreement' } });
    await hangOn(id, member, ['agreement']);
    await expect(manager.claims.move({ id, to: 'negotiation' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.gate.authorisedFee' } });
    await (await as(member)).claims.agree({ id, to: 'fee' });
    await manager.claims.move({ id, to: 'negotiation' });
    await expect(manager.claims.move({ id, to: 'court' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.gate.legalCap' } });
    await (await as(member)).claims.agree({ id, to: 'legalCap' });
    await manager.claims.move({ id, to: 'court' });
    await expect(manager.claims.move({ id, to: 'resolved' })).rejects.toMatchObject({ cause: { messageKey: 'errors.transition.gate.feeOrNoFeeReason' } });
    await manager.claims.recordOutcome({ id, noFeeReason: 'Paid in full by the insurer before we wrote' });
    await manager.claims.move({ id, to: 'resolved' });
    await expect(manager.claims.recordOutcome({ id, noFeeReason: 'again' })).rejects.toMatchObject({ cause: { messageKey: 'errors.claim.locked' } });
    const seen = await (await as(member)).claims.get({ id });
    expect(seen.status).toBe('resolved');
    expect(seen.events.filter(({ kind }) => kind === 'status').map(({ toStatus, by, actorName }) => [toStatus, by, actorName])).toEqual([
      ['submitted', 'member', null], ['evaluation', 'staff', null], ['negotiation', 'staff', null], ['court', 'staff', null], ['resolved', 'staff', null],
    ]);
    const told = await withTenant(system, (tx) => tx.select().from(mails).where(and(eq(mails.tenantId, ks.id), eq(mails.userId, member.id), eq(mails.template, 'claim-stage-changed'))));
    expect(told.filter(({ subject }) => subject.includes(code))).toHaveLength(4);
    expect(told.some(({ text }) => text.includes('We ask the insurer.'))).toBe(true);
  });

  it('guidance is never negotiated', async () => {
    const { id } = await submit(member, { category: 'consumer' });
    const manager = await as(ks.branches[0].manager);
    await manager.claims.move({ id, to: 'evaluation' });
    await hangOn(id, member, ['agreement']);
    await (await as(member)).claims.agree({ id, to: 'fee' });
    expect((await manager.claims.get({ id })).nextStates.map(({ to }) => to)).not.toContain('negotiation');
    await expect(manager.claims.move({ id, to: 'negotiation' })).rejects.toMatchObject({ cause: { messageKey: 'errors.claim.guidanceOnly' } });
  });

  it('takes the success fee by the rule of the plan', async () => {
    await giveMembership(ks, ks.branches[0].member, { planCode: 'asistenca_family', daysAgo: 10 });
    const { id } = await submit(member, { counterparty: 'Fee payer' });
    const manager = await as(ks.branches[0].manager);
    expect(await manager.claims.recordOutcome({ id, recovered: { minor: 300_000n, currency: 'EUR' } })).toEqual({ fee: { minor: 36_000n, currency: 'EUR' } });
    await expect(manager.claims.recordOutcome({ id, recovered: { minor: 1n, currency: 'MKD' } })).rejects.toMatchObject({ cause: { field: 'recovered' } });
    expect((await row(id))?.receipt).toMatchObject({ kind: 'products', version: 1, outcome: { fee: { minor: '36000', currency: 'EUR' } } });
  });

  it('a rejected claim has its reason, and its clock starts again when it is reopened', async () => {
    const id = await draft(member);
    await hangOn(id, member, ['accident_statement', 'photos', 'estimate']);
    await (await as(member)).claims.submit(input(id));
    const manager = await as(ks.branches[0].manager);
    await manager.claims.move({ id, to: 'rejected', rejectReason: 'time_limit_risk' });
    expect(await (await as(member)).claims.get({ id })).toMatchObject({ status: 'rejected', rejectReason: 'time_limit_risk', slaDueAt: null });
    const before = (await row(id))?.slaDueAt;
    await manager.claims.move({ id, to: 'submitted' });
    expect(await row(id)).toMatchObject({ rejectReason: null });
    expect(((await row(id))?.slaDueAt?.getTime() ?? 0) >= (before?.getTime() ?? 0)).toBe(true);
  });

  it('is given to the branch’s managers and the admins only; inner notes stay inside', async () => {
    const { id } = await submit(member);
    const manager = await as(ks.branches[0].manager);
    const people = (await manager.claims.handlers({ id })).map((person) => person.id);
    expect(new Set(people)).toEqual(new Set([ks.admin.id, ks.branches[0].manager.id]));
    for (const wrong of [ks.branches[1].manager.id, ks.branches[0].agent.id, mk.admin.id, newId()]) await expect(manager.claims.assign({ id, handlerId: wrong })).rejects.toMatchObject({ cause: { field: 'handlerId' } });
    await manager.claims.assign({ id, handlerId: ks.admin.id });
    await manager.claims.note({ id, text: 'Looks like fraud to me', visibleToMember: false });
    await manager.claims.note({ id, text: 'Please call us', visibleToMember: true });
    const own = await (await as(member)).claims.get({ id });
    expect(own).toMatchObject({ handlerId: null, handlerName: null });
    expect(own.events.map(({ note }) => note)).toEqual([null, null, 'Please call us']);
    const admin = await as(ks.admin);
    expect((await admin.claims.list({ limit: 100, filters: { handler: 'me' } })).items.map((claim) => claim.id)).toEqual([id]);
    expect((await admin.claims.get({ id })).events.map(({ kind }) => kind)).toEqual(['created', 'status', 'assigned', 'note', 'note']);
  });
});

describe('lists', () => {
  it('are filtered, searched and paged', async () => {
    const { id, code } = await submit(member, { category: 'injury' });
    const manager = await as(ks.branches[0].manager);
    expect((await manager.claims.list({ limit: 100, search: code })).items.map((claim) => claim.id)).toEqual([id]);
    expect((await manager.claims.list({ limit: 100, filters: { category: ['injury'], status: ['submitted'] } })).items.map((claim) => claim.id)).toContain(id);
    await withTenant(system, (tx) => tx.update(claims).set({ packCompleteAt: new Date(0), slaDueAt: new Date(1) }).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))).then(() => undefined));
    const late = (await manager.claims.list({ limit: 100, filters: { overdue: true } })).items;
    expect(late.map((claim) => [claim.id, claim.overdue])).toEqual([[id, true]]);
    const all = (await manager.claims.list({ limit: 100 })).items.map((claim) => claim.id);
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await manager.claims.list({ limit: 7, cursor });
      seen.push(...page.items.map((claim) => claim.id));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(all);
    await expect(manager.claims.list({ limit: 10, cursor: 'garbage' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
