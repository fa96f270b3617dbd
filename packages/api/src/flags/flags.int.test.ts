import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, claims, featureFlags as rows, mails, memberships } from '@interdomestik/db/schema';
import { featureFlags, flagKeys, newId, todayIn, type FlagKey } from '@interdomestik/rules';
import { OpenFeature } from '@openfeature/server-sdk';
import { adminSql, callerFor, enrolInputOf, giveMembership, joinInputOf, runJobs, scopeOf, systemScopeOf, usePaddle, useWorld, visitorOf, type TestPerson, type TestTenant } from '../testing';
import { refusalsOf } from '../testing/refusals';
import { assertOn, isOn } from './flags';
import { forgetFlags } from './memory';

const world = useWorld();
usePaddle(world);

const as = async (tenant: TestTenant, person: Pick<TestPerson, 'id' | 'role'>) => callerFor(await scopeOf(tenant, person), { ip: newId() });
const at = async (tenant: TestTenant) => callerFor(await visitorOf(tenant), { ip: newId() });
const set = async (tenant: TestTenant, key: FlagKey, on: boolean, note = 'The test says so') => await (await as(tenant, tenant.admin)).flags.set({ key, on, note });

/** As another process does it: this one is told nothing. */
async function setElsewhere(tenant: TestTenant, key: FlagKey, enabled: boolean): Promise<void> {
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    await tx.insert(rows).values({ tenantId: tenant.id, id: newId(), key, enabled }).onConflictDoUpdate({ target: [rows.tenantId, rows.key], set: { enabled } });
  });
}

const brokenDatabase = async () => { await adminSql(world.current.database.adminUrl, 'revoke select on feature_flags from interdomestik_app'); };
const mendedDatabase = async () => { await adminSql(world.current.database.adminUrl, 'grant select on feature_flags to interdomestik_app'); };

beforeEach(() => {
  for (const { id } of [world.current.mk, world.current.ks]) forgetFlags(id);
});

afterEach(async () => {
  vi.useRealTimers();
  await mendedDatabase();
  for (const tenant of [world.current.mk, world.current.ks]) {
    await withTenant(await systemScopeOf(tenant), async (tx) => { await tx.delete(rows).where(eq(rows.tenantId, tenant.id)); });
    forgetFlags(tenant.id);
  }
});

describe('a switch', () => {
  it('R-09 is on until somebody switches it off, in one tenant alone', async () => {
    const { mk, ks } = world.current;
    const [mkScope, ksScope] = [await systemScopeOf(mk), await systemScopeOf(ks)];
    expect(await Promise.all(flagKeys.map((key) => isOn(mkScope, key)))).toEqual(flagKeys.map(() => true));
    await set(mk, 'join.online', false);
    expect([await isOn(mkScope, 'join.online'), await isOn(ksScope, 'join.online')]).toEqual([false, true]);
    expect([await (await at(mk)).flags.off(), await (await at(ks)).flags.off()]).toEqual([['join.online'], []]);
    expect(await OpenFeature.getClient('interdomestik').getBooleanDetails('join.online', true, { targetingKey: mk.id })).toMatchObject({ value: false, reason: 'TARGETING_MATCH' });
  });

  it('R-09 acts within 30 s in a process that was told nothing, and a warm call asks the database nothing', async () => {
    const { mk } = world.current;
    const scope = await systemScopeOf(mk);
    const start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    expect(await isOn(scope, 'claims.submit')).toBe(true);
    await setElsewhere(mk, 'claims.submit', false);
    await brokenDatabase();
    // a query would fail now
    vi.setSystemTime(start + 9_000);
    expect(await isOn(scope, 'claims.submit')).toBe(true);
    await mendedDatabase();
    vi.setSystemTime(start + 29_000);
    expect(await isOn(scope, 'claims.submit')).toBe(false);
    // asked all the time, it is fetched behind the answer and never waits
    await setElsewhere(mk, 'claims.submit', true);
    vi.setSystemTime(start + 40_000);
    expect(await isOn(scope, 'claims.submit')).toBe(false);
    await vi.waitFor(async () => expect(await isOn(scope, 'claims.submit')).toBe(true));
  });

  it('R-09 keeps its last answer while the database fails, then gives the safe one', async () => {
    const { ks } = world.current;
    const scope = await systemScopeOf(ks);
    const start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    for (const key of flagKeys) await setElsewhere(ks, key, !featureFlags[key].safe);
    const opposite = flagKeys.map((key) => !featureFlags[key].safe);
    expect(await Promise.all(flagKeys.map((key) => isOn(scope, key)))).toEqual(opposite);
    await brokenDatabase();
    vi.setSystemTime(start + 9 * 60_000);
    expect(await Promise.all(flagKeys.map((key) => isOn(scope, key)))).toEqual(opposite);
    vi.setSystemTime(start + 11 * 60_000);
    expect(await Promise.all(flagKeys.map((key) => isOn(scope, key)))).toEqual(flagKeys.map((key) => featureFlags[key].safe));
    expect(await OpenFeature.getClient('interdomestik').getBooleanDetails('payments.card', false, { targetingKey: ks.id })).toMatchObject({ value: false, reason: 'ERROR' });
    await mendedDatabase();
    vi.setSystemTime(start + 11 * 60_000 + 2_000);
    expect(await Promise.all(flagKeys.map((key) => isOn(scope, key)))).toEqual(opposite);
  });

  it('R-09 gives the caller\'s own answer for a switch that there is not, and for no tenant', async () => {
    const client = OpenFeature.getClient('interdomestik');
    expect(await client.getBooleanDetails('imports.run', true, { targetingKey: world.current.mk.id })).toMatchObject({ value: true, errorCode: 'FLAG_NOT_FOUND' });
    expect(await client.getBooleanDetails('join.online', true, {})).toMatchObject({ value: true, errorCode: 'TARGETING_KEY_MISSING' });
    expect(await client.getBooleanDetails('join.online', false, { targetingKey: 'tenant_nowhere' })).toMatchObject({ value: false, reason: 'ERROR' });
    expect(await client.getStringDetails('join.online', 'x', { targetingKey: world.current.mk.id })).toMatchObject({ value: 'x', errorCode: 'TYPE_MISMATCH' });
  });

  it('R-09 says since when, by whom and why, and the change is in the audit trail', async () => {
    const { mk } = world.current;
    const admin = await as(mk, mk.admin);
    await set(mk, 'payments.card', false, 'The provider double charged this morning');
    await set(mk, 'payments.card', false, 'Somebody else is late with this');
    const stands = (await admin.flags.list()).find(({ key }) => key === 'payments.card');
    expect(stands).toMatchObject({ on: false, by: expect.stringMatching(/admin/u), note: 'The provider double charged this morning', since: expect.any(Date) });
    await set(mk, 'payments.card', true, 'The provider has mended it');
    const trail = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ operation: auditLogs.operation, action: auditLogs.action, actorId: auditLogs.actorId, after: auditLogs.after }).from(auditLogs)
      .where(and(eq(auditLogs.tenantId, mk.id), eq(auditLogs.entity, 'feature_flags'))).orderBy(auditLogs.at, auditLogs.id));
    const changes = trail.filter(({ action }) => action === 'flags.set');
    expect(changes.at(-2)).toMatchObject({ operation: 'INSERT', actorId: mk.admin.id, after: { key: 'payments.card', enabled: false } });
    expect(changes.at(-1)).toMatchObject({ operation: 'UPDATE', after: { enabled: true, note: 'The provider has mended it' } });
  });

  it('R-09 is for administrators with a fresh proof, and needs a reason', async () => {
    const { mk } = world.current;
    const change = { key: 'join.online' as const, on: false, note: 'Not for them to say' };
    const [branch] = mk.branches;
    expect(await refusalsOf([branch.manager, branch.agent, mk.promoter].map(async (person) => await (await as(mk, person)).flags.set(change)))).toEqual(Array.from({ length: 3 }, () => 'FORBIDDEN errors.forbidden'));
    const late = callerFor(await scopeOf(mk, mk.admin), { now: new Date(Date.now() + 3_600_000) });
    expect(await refusalsOf([late.flags.set(change)])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    await expect((await as(mk, mk.admin)).flags.set({ ...change, note: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('while it is off', () => {
  it('R-09 nobody joins by themselves, a desk still enrols', async () => {
    const { mk, ks } = world.current;
    await set(mk, 'join.online', false);
    expect(await refusalsOf([(await at(mk)).accounts.join(joinInputOf(mk)), (await at(ks)).accounts.join(joinInputOf(ks))])).toEqual(['UNAVAILABLE errors.flag.joinOnline', 'done']);
    expect(await (await as(mk, mk.branches[0].agent)).enrolments.enrol(enrolInputOf(mk))).toMatchObject({ payLink: null, memberNumber: expect.any(String) });
    await set(mk, 'join.online', true);
    expect(await (await at(mk)).accounts.join(joinInputOf(mk))).toMatchObject({ next: 'pay' });
  });

  it('R-09 no card is charged: not by joining, by a pay link, nor for a sale that waits', async () => {
    const { ks, database } = world.current;
    const { membershipId } = await (await at(ks)).accounts.join(joinInputOf(ks));
    const linked = enrolInputOf(ks, { payment: 'pay_link', amountTendered: undefined });
    const agent = await as(ks, ks.branches[0].agent);
    const { paymentId } = await agent.enrolments.enrol(linked);
    const [sale] = await withTenant(await systemScopeOf(ks), (tx) => tx.select({ userId: memberships.userId }).from(memberships).where(and(eq(memberships.tenantId, ks.id), eq(memberships.id, membershipId ?? ''))));
    const member = await as(ks, { id: sale?.userId ?? '', role: 'member' });
    const [waiting] = await member.payments.mine();
    await set(ks, 'payments.card', false);
    expect(await refusalsOf([
      (await at(ks)).accounts.join(joinInputOf(ks)), agent.enrolments.enrol(enrolInputOf(ks, { payment: 'pay_link', amountTendered: undefined })), member.payments.checkout({ paymentId: waiting?.id ?? '' }),
    ])).toEqual(Array.from({ length: 3 }, () => 'UNAVAILABLE errors.flag.paymentsCard'));
    expect((await agent.enrolments.plans()).every(({ card }) => card === null)).toBe(true);
    // what costs nothing is no payment
    expect(await (await at(ks)).accounts.join(joinInputOf(ks, { planCode: 'free_start' }))).toMatchObject({ next: 'done' });
    // the link that its job was to send waits without counting as an attempt
    await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where name = 'enrolments.sendPayLink' and state = 'created'`);
    await runJobs(database);
    const [job] = await adminSql(database.adminUrl, `select count(*)::int as waiting, max(retry_count)::int as attempts from pgboss.job where name = 'enrolments.sendPayLink' and state = 'created' and data -> 'payload' ->> 'paymentId' = $1`, [paymentId]);
    expect(job).toEqual({ waiting: 1, attempts: 0 });
    await set(ks, 'payments.card', true);
    expect(await member.payments.checkout({ paymentId: waiting?.id ?? '' })).toMatchObject({ url: expect.stringMatching(/^http/u) });
  });

  it('R-09 no claim is handed in, its draft is kept', async () => {
    const { mk } = world.current;
    const [{ member: person }] = mk.branches;
    await giveMembership(mk, person, { planCode: 'group' });
    const member = await as(mk, person);
    const { id } = await member.claims.start({ category: 'vehicle' });
    const claim = { id, category: 'vehicle' as const, counterparty: 'Osiguranje', description: 'A car hit mine from behind.', amountClaimed: { currency: 'EUR' as const, text: '1.200,00' }, incidentOn: todayIn(mk.pack.zone, new Date()), idempotencyKey: newId() };
    await set(mk, 'claims.submit', false);
    expect(await refusalsOf([member.claims.submit(claim), member.claims.saveDraft({ id, counterparty: 'Osiguranje' }), member.claims.start({ category: 'property' })])).toEqual(['UNAVAILABLE errors.flag.claimsSubmit', 'done', 'done']);
    const [kept] = await withTenant(await systemScopeOf(mk), (tx) => tx.select({ status: claims.status, counterparty: claims.counterparty }).from(claims).where(and(eq(claims.tenantId, mk.id), eq(claims.id, id))));
    expect(kept).toEqual({ status: 'draft', counterparty: 'Osiguranje' });
    await set(mk, 'claims.submit', true);
    expect(await member.claims.submit(claim)).toMatchObject({ code: expect.stringMatching(/^CLM-/u) });
  });

  it('R-09 mails wait in the queue, and leave when it is on again', async () => {
    const { mk, database } = world.current;
    await runJobs(database);
    await set(mk, 'mails.send', false);
    const input = joinInputOf(mk, { planCode: 'free_start' });
    await (await at(mk)).accounts.join(input);
    const statuses = async () => (await withTenant(await systemScopeOf(mk), (tx) => tx.select({ status: mails.status }).from(mails).where(and(eq(mails.tenantId, mk.id), eq(mails.toEmail, input.email))))).map(({ status }) => status);
    await runJobs(database);
    const held = await statuses();
    expect(held.length).toBeGreaterThan(0);
    expect(new Set(held)).toEqual(new Set(['queued']));
    await set(mk, 'mails.send', true);
    await adminSql(database.adminUrl, `update pgboss.job set start_after = now() where name = 'mails.send' and state = 'created'`);
    await runJobs(database);
    expect(new Set(await statuses())).toEqual(new Set(['mailbox']));
  });
});

describe('a switch and what people may see', () => {
  it('R-09 I-15 no combination of switches lets anybody do more than without them', async () => {
    const { mk, ks } = world.current;
    const [here, next] = mk.branches;
    const scope = await systemScopeOf(mk);
    const { paymentId } = await (await as(mk, here.agent)).enrolments.enrol(enrolInputOf(mk));
    const { id: claimId } = await (await as(mk, here.member)).claims.start({ category: 'vehicle' });
    const people = await Promise.all([as(ks, ks.admin), as(mk, next.manager), as(mk, next.member), as(mk, mk.promoter), as(mk, here.agent), at(mk)]);
    const submit = { id: claimId, category: 'vehicle' as const, counterparty: 'Nobody', description: 'Somebody else\'s claim', incidentOn: todayIn(mk.pack.zone, new Date()), idempotencyKey: newId(), amountClaimed: undefined };
    const attempts = async () => await Promise.all(people.map(async (person) => await refusalsOf([
      person.members.get({ id: here.member.id }), person.claims.get({ id: claimId }), person.claims.submit(submit), person.payments.checkout({ paymentId: paymentId ?? '' }),
      person.settings.rules(), person.flags.list(), person.staff.disable({ id: here.manager.id }), person.audit.list({}),
    ])));
    const before = await attempts();
    expect(before.flat().filter((answer) => answer === 'done').length).toBeGreaterThan(0);
    for (let mask = 0; mask < 2 ** flagKeys.length; mask += 1) {
      for (const [bit, key] of flagKeys.entries()) await setElsewhere(mk, key, (mask >> bit) % 2 === 1);
      forgetFlags(mk.id);
      expect(await Promise.all(flagKeys.map((key) => isOn(scope, key)))).toEqual(flagKeys.map((_, bit) => (mask >> bit) % 2 === 1));
      const after = await attempts();
      // whoever was refused is refused in the same words; a switch may only have stopped what went before
      expect(after.map((answers, person) => answers.map((answer, n) => (before[person]?.[n] === 'done' && answer.startsWith('UNAVAILABLE errors.flag.') ? 'done' : answer)))).toEqual(before);
    }
  }, 60_000);

  it('R-09 refuses only, and in words of its own', async () => {
    const { ks } = world.current;
    const scope = await systemScopeOf(ks);
    for (const key of flagKeys) await setElsewhere(ks, key, false);
    forgetFlags(ks.id);
    expect(await refusalsOf(flagKeys.map(async (key) => await assertOn(scope, key).catch((cause: unknown) => { throw new Error('refused', { cause }); })))).toEqual(flagKeys.map((key) => `UNAVAILABLE ${featureFlags[key].refusal}`));
  });
});
