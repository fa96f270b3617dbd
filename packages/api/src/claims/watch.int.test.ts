import { and, asc, eq, inArray, like } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withTenant, type TenantScope } from '@interdomestik/db';
import { auditLogs, claimEvents, claims, documents, mails, notifications, user } from '@interdomestik/db/schema';
import { newId, todayIn, type RuleInput } from '@interdomestik/rules';
import { addColleague } from '../attacks/people';
import { recurringJobs } from '../jobs/kinds';
import { queueTurns } from '../jobs/recurring';
import { adminSql, callerFor, giveMembership, publishRule, runJobs, scopeOf, systemScopeOf, useWorld, type TestPerson, type TestTenant } from '../testing';
import { watchDeadlines } from './watch';

const world = useWorld();
let ks: TestTenant;
let mk: TestTenant;
let system: TenantScope;
let manager: TestPerson;

const hour = 3_600_000;
const as = async (person: TestPerson, tenant: TestTenant = ks) => callerFor(await scopeOf(tenant, person));

/** A claim in evaluation that entered it then; its deadline follows from the rule. */
async function claimSince(since: Date, tenant: TestTenant = ks): Promise<string> {
  const { member, manager: handler } = tenant.branches[0];
  const caller = await as(member, tenant);
  const { id } = await caller.claims.start({ category: 'vehicle' });
  const scope = await systemScopeOf(tenant);
  await withTenant(scope, async (tx) => {
    await tx.insert(documents).values(['accident_statement', 'photos', 'estimate'].map((kind) => {
      const paper = newId();
      return { tenantId: tenant.id, id: paper, userId: member.id, branchId: tenant.branches[0].id, entity: 'claim', entityId: id, kind, path: `pii/tenants/${tenant.id}/claim/${id}/${paper}.pdf`, fileName: `${kind}.pdf`, mime: 'application/pdf', status: 'stored', storageKey: paper };
    }));
  });
  await caller.claims.submit({ id, category: 'vehicle', counterparty: 'Siguria', description: 'A car hit mine from behind at the lights.', amountClaimed: { currency: tenant.pack.currencies[0] ?? 'EUR', text: '1.200,00' }, incidentOn: todayIn(tenant.pack.zone, new Date()), idempotencyKey: newId() });
  await (await as(handler, tenant)).claims.move({ id, to: 'evaluation' });
  await withTenant(scope, async (tx) => {
    await tx.update(claims).set({ stageSince: since, slaDueAt: new Date(since.getTime() + 40 * hour) }).where(and(eq(claims.tenantId, tenant.id), eq(claims.id, id)));
  });
  return id;
}

/** What was told of a claim: who got which notification, who got mail, and what its story says. */
async function toldOf(id: string, tenant: TestTenant = ks) {
  return await withTenant(await systemScopeOf(tenant), async (tx) => ({
    notices: (await tx.select({ userId: notifications.userId, kind: notifications.kind }).from(notifications)
      .where(and(eq(notifications.tenantId, tenant.id), like(notifications.effectKey, `claim:${id}:due:%`))).orderBy(asc(notifications.createdAt), asc(notifications.userId))).map(({ userId, kind }) => `${kind} ${userId}`),
    mails: (await tx.select({ userId: mails.userId, locale: mails.locale, subject: mails.subject }).from(mails)
      .where(and(eq(mails.tenantId, tenant.id), like(mails.effectKey, `claim:${id}:due:%`))).orderBy(asc(mails.createdAt), asc(mails.userId))),
    story: (await tx.select({ kind: claimEvents.kind, note: claimEvents.note, seen: claimEvents.visibleToMember, actorId: claimEvents.actorId }).from(claimEvents)
      .where(and(eq(claimEvents.tenantId, tenant.id), eq(claimEvents.claimId, id), inArray(claimEvents.kind, ['reminded', 'escalated']))).orderBy(asc(claimEvents.createdAt), asc(claimEvents.id))),
  }));
}

const always: RuleInput<'workflows'>['calendar'] = { weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: 0, closesAt: 1440, zone: 'UTC', holidaysOf: null, closedOn: [], openOn: [] };
const start = new Date('2026-03-02T00:00:00Z');
const after = (hours: number) => new Date(start.getTime() + hours * hour);

beforeAll(async () => {
  ({ mk, ks } = world.current);
  system = await systemScopeOf(ks);
  manager = ks.branches[0].manager;
  const stages: RuleInput<'workflows'>['stages'] = [{ state: 'evaluation', hours: 40, remindHoursBefore: [8, 2], escalations: [{ hoursAfter: 4, to: 'branch_manager' }, { hoursAfter: 8, to: 'tenant_admin' }] }];
  for (const tenant of [mk, ks]) {
    await publishRule(tenant, 'workflows', 2, { ...tenant.pack.rules.workflows, calendar: always, stages });
    await giveMembership(tenant, tenant.branches[0].member, { planCode: 'group' });
  }
});

beforeEach(async () => {
  // deadlines of other tests are over
  for (const tenant of [mk, ks]) await withTenant(await systemScopeOf(tenant), async (tx) => { await tx.update(claims).set({ slaDueAt: null }).where(eq(claims.tenantId, tenant.id)); });
});

describe('the deadlines of claims', () => {
  it('are watched in the own tenant alone', async () => {
    const [own, other] = [await claimSince(start), await claimSince(start, mk)];
    const before = await toldOf(other, mk);
    expect(await watchDeadlines(system, after(100))).toBe(1);
    expect([before, await toldOf(other, mk)]).toEqual([before, { notices: [], mails: [], story: [] }]);
    const { notices } = await toldOf(own);
    const [strangers, team] = [[ks.branches[1].manager.id, ks.branches[0].agent.id, ks.branches[0].member.id, mk.admin.id], [manager.id, ks.admin.id]];
    expect(notices.some((line) => strangers.some((id) => line.includes(id)))).toBe(false);
    expect(notices.map((line) => line.split(' ').at(-1) ?? '').toSorted()).toEqual(team.toSorted());
  });

  it('are brought to mind, then escalated, each once and to whom the rule names, in their language', async () => {
    const id = await claimSince(start);
    await withTenant(system, async (tx) => { await tx.update(user).set({ locale: 'sr' }).where(and(eq(user.tenantId, ks.id), eq(user.id, manager.id))); });
    const turns = [31.9, 32, 32.1, 38, 40, 40.1, 44, 48, 60].map((hours) => async () => [hours, await watchDeadlines(system, after(hours))] as const);
    const told: (readonly [number, number])[] = [];
    for (const turn of turns) told.push(await turn());
    expect(told.filter(([, number]) => number > 0).map(([hours]) => hours)).toEqual([32, 38, 40, 44, 48]);
    const { notices, mails: sent, story } = await toldOf(id);
    expect(notices).toEqual([`claim.deadline_near ${manager.id}`, `claim.deadline_near ${manager.id}`, `claim.overdue ${manager.id}`, `claim.overdue ${manager.id}`, `claim.overdue ${ks.admin.id}`]);
    expect(sent.map(({ userId, locale }) => [userId, locale])).toEqual([...Array.from({ length: 4 }, () => [manager.id, 'sr']), [ks.admin.id, ks.pack.rules.languages.default]]);
    expect(sent[0]?.subject).toMatch(/^Rok za CLM-XK-\d{4}-\d{6} se bliži$/u);
    expect(story).toEqual([...Array.from({ length: 3 }, () => ['reminded', 'handler']), ['escalated', 'branch_manager'], ['escalated', 'tenant_admin']].map(([kind, note]) => ({ kind, note, seen: false, actorId: null })));
    expect((await (await as(ks.branches[0].member)).claims.get({ id })).events.some(({ kind }) => kind === 'reminded' || kind === 'escalated')).toBe(false);
  });

  it('go to the handler first; one who left is passed over', async () => {
    const handler = await addColleague(ks, { role: 'agent', branchId: ks.branches[0].id, firstName: 'Handler' });
    const id = await claimSince(start);
    await withTenant(system, async (tx) => { await tx.update(claims).set({ handlerId: handler.id }).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))); });
    await watchDeadlines(system, after(33));
    expect((await toldOf(id)).notices).toEqual([`claim.deadline_near ${handler.id}`]);
    await (await as(ks.admin)).staff.disable({ id: handler.id });
    await watchDeadlines(system, after(39));
    expect((await toldOf(id)).notices).toEqual([`claim.deadline_near ${handler.id}`, `claim.deadline_near ${manager.id}`]);
  });

  it('are told once a person after a pause of days', async () => {
    const id = await claimSince(start);
    expect(await watchDeadlines(system, after(500))).toBe(1);
    const { notices, story } = await toldOf(id);
    expect(notices.toSorted()).toEqual([`claim.overdue ${ks.admin.id}`, `claim.overdue ${manager.id}`].toSorted());
    expect(story.map(({ note }) => note)).toEqual(['handler', 'branch_manager', 'tenant_admin']);
    expect(await watchDeadlines(system, after(501))).toBe(0);
  });

  it('start anew with the next state', async () => {
    const id = await claimSince(start);
    await watchDeadlines(system, after(41));
    await withTenant(system, async (tx) => { await tx.update(claims).set({ stageSince: after(41.5), slaDueAt: after(81.5) }).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))); });
    expect([await watchDeadlines(system, after(42)), await watchDeadlines(system, after(74))]).toEqual([0, 1]);
  });

  it('are told on the channels that the rules give', async () => {
    const events = ks.pack.rules.notifications.events.map((one) => (one.event === 'claim.overdue' ? { ...one, channels: [] } : one.event === 'claim.deadline_near' ? { ...one, channels: ['in_app' as const] } : one));
    await publishRule(ks, 'notifications', 2, { ...ks.pack.rules.notifications, events }, new Date('2025-01-01'));
    const id = await claimSince(start);
    await watchDeadlines(system, after(33));
    await watchDeadlines(system, after(41));
    const { notices, mails: sent, story } = await toldOf(id);
    expect([notices.length, sent.length, story.length]).toEqual([1, 0, 2]);
    // rules from before these events were known do not name them
    await publishRule(ks, 'notifications', 3, { ...ks.pack.rules.notifications, events: ks.pack.rules.notifications.events.filter(({ event }) => !event.startsWith('claim.')) }, new Date('2025-01-02'));
    const old = await claimSince(start);
    await watchDeadlines(system, after(33));
    expect((await toldOf(old)).mails).toHaveLength(1);
  });
});

describe('the watch', () => {
  it('tells once when several workers look at the same moment', async () => {
    const ids = [await claimSince(start), await claimSince(start), await claimSince(start)];
    const told = await Promise.all(Array.from({ length: 5 }, () => watchDeadlines(system, after(33))));
    expect(told.reduce((sum, one) => sum + one, 0)).toBe(3);
    for (const id of ids) expect((await toldOf(id)).story).toHaveLength(1);
  });

  it('goes on where it was killed: what was told stays told, the rest is told, nothing twice', async () => {
    const ids = [await claimSince(start), await claimSince(start), await claimSince(start)].toSorted();
    const { adminUrl } = world.current.database;
    // the second claim cannot be told: the worker dies there
    await adminSql(adminUrl, `create function die() returns trigger language plpgsql as $$ begin if new.claim_id = '${String(ids[1])}' and new.kind = 'reminded' then raise exception 'killed'; end if; return new; end $$`);
    await adminSql(adminUrl, 'create trigger die before insert on claim_events for each row execute function die()');
    await expect(watchDeadlines(system, after(33))).rejects.toThrow();
    const halfway = await Promise.all(ids.map(async (id) => await toldOf(id)));
    expect(halfway.map(({ notices, story }) => [notices.length, story.length])).toEqual([[1, 1], [0, 0], [0, 0]]);
    await adminSql(adminUrl, 'drop trigger die on claim_events');
    await adminSql(adminUrl, 'drop function die()');
    expect(await watchDeadlines(system, after(34))).toBe(2);
    for (const id of ids) expect(((({ notices, mails: sent, story }) => [notices.length, sent.length, story.length])(await toldOf(id)))).toEqual([1, 1, 1]);
  });

  it('leaves a claim that somebody works on for the next turn', async () => {
    const id = await claimSince(start);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    const work: Promise<void>[] = [];
    await new Promise<void>((taken, failed) => {
      const holding = withTenant(system, async (tx) => {
        await tx.select({ id: claims.id }).from(claims).where(and(eq(claims.tenantId, ks.id), eq(claims.id, id))).for('update');
        taken();
        await released;
      });
      holding.catch(failed);
      work.push(holding);
    });
    expect(await watchDeadlines(system, after(33))).toBe(0);
    release();
    await Promise.all(work);
    expect((await toldOf(id)).story).toEqual([]);
    expect(await watchDeadlines(system, after(33))).toBe(1);
  });

  it('comes round by itself: one turn a tenant however many workers ask, and the trail names it', async () => {
    const { database } = world.current;
    await adminSql(database.adminUrl, 'delete from pgboss.job');
    const id = await claimSince(new Date(Date.now() - 41 * hour));
    expect(await Promise.all(Array.from({ length: 4 }, () => queueTurns(recurringJobs, new Date())))).toEqual([0, 0, 0, 0]);
    const queued = await adminSql(database.adminUrl, "select data->>'tenantId' as tenant from pgboss.job where name = 'claims.watchDeadlines' order by 1");
    expect(queued.map(({ tenant }) => tenant)).toEqual([ks.id, mk.id].toSorted());
    await runJobs(database);
    await queueTurns(recurringJobs, new Date());
    await runJobs(database);
    expect((await toldOf(id)).story.map(({ note }) => note)).toEqual(['handler']);
    const trail = await withTenant(system, (tx) => tx.select({ action: auditLogs.action, kind: auditLogs.actorKind }).from(auditLogs).where(and(eq(auditLogs.tenantId, ks.id), eq(auditLogs.action, 'claims.watchDeadlines'))).limit(1));
    expect(trail).toEqual([{ action: 'claims.watchDeadlines', kind: 'system' }]);
    expect(recurringJobs.every(({ everySeconds }) => everySeconds <= 43_200)).toBe(true);
  });
});
