import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withTenant } from '@interdomestik/db';
import { auditLogs, mails, recoveryCodes, secondFactors, sessions } from '@interdomestik/db/schema';
import { demoSecondFactorSecret } from '@interdomestik/rules';
import { env } from '../env';
import { callerFor, publishRule, scopeOf, systemScopeOf, useWorld, visitorOf } from '../testing';
import { entering, type EnteringBrowser } from '../testing/entering';
import { refusalsOf } from '../testing/refusals';
import type { TestPerson, TestTenant } from '../testing/world';
import { seal } from '../vendors/secrets';
import { codeLimit } from './service';
import { codeAt, stepAt } from './totp';

const world = useWorld();
const wrong = 'INVALID errors.secondFactor.wrong';

// each test has a person of its own, so that neither a used step nor a spent attempt reaches the next one
let people: { tenant: TestTenant; person: TestPerson }[] = [];
beforeEach(async () => {
  const { mk, ks } = world.current;
  await Promise.all([requireIn(mk, 'required'), requireIn(ks, 'required')]);
  if (people.length === 0) people = [mk, ks].flatMap((tenant) => tenant.branches.flatMap(({ manager, agent }) => [{ tenant, person: agent }, { tenant, person: manager }]));
});
function next(): { tenant: TestTenant; person: TestPerson } {
  const found = people.shift();
  if (found === undefined) throw new Error('the world has too few people for these tests');
  return found;
}

/** Publishes what the tenant asks of its staff. */
let limitsVersion = 1;
async function requireIn(tenant: TestTenant, secondFactor: 'required' | 'optional'): Promise<void> {
  limitsVersion += 1;
  await publishRule(tenant, 'limits', limitsVersion, { ...tenant.pack.rules.limits, secondFactor });
}

/** Goes through the set-up as the screen does. */
async function setUp(browser: EnteringBrowser, now = new Date()): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret, ticket, qrSvg } = await (await browser.at({ now })).secondFactor.begin();
  expect(qrSvg).toContain('<svg');
  const { recoveryCodes } = await (await browser.at({ now })).secondFactor.confirm({ ticket, code: codeAt(secret, stepAt(now)) });
  return { secret, recoveryCodes };
}

/** The instant in which the code of `steps` later is the present one. */
const later = (now: Date, steps: number): Date => new Date(now.getTime() + steps * 30_000);

const operationsOf = async (tenant: TestTenant, id: string): Promise<string[]> =>
  await withTenant(await systemScopeOf(tenant), async (tx) => {
    const rows = await tx.select({ operation: auditLogs.operation }).from(auditLogs).where(and(eq(auditLogs.tenantId, tenant.id), eq(auditLogs.entity, 'user'), eq(auditLogs.entityId, id))).orderBy(auditLogs.at);
    return rows.map(({ operation }) => operation);
  });

const noticesOf = async (tenant: TestTenant, id: string): Promise<number> =>
  await withTenant(await systemScopeOf(tenant), async (tx) => (await tx.select({ id: mails.id }).from(mails).where(and(eq(mails.tenantId, tenant.id), eq(mails.userId, id), eq(mails.template, 'security-notice')))).length);

describe('S-08 a session without its second factor', () => {
  it('is led to the set-up where the tenant requires one, and opens nothing until then', async () => {
    const { tenant, person } = next();
    const browser = await entering(tenant, person);
    expect(await browser.state()).toMatchObject({ scope: null, pending: { needs: 'setup' } });
    const caller = await browser.at();
    expect(new Set(await refusalsOf([
      caller.accounts.me(), caller.accounts.profile(), caller.accounts.sessions(), caller.members.list({}), caller.leads.list({}), caller.notifications.list({ limit: 5 }), caller.dashboard.figures({ period: 'month' }),
    ]))).toEqual(new Set(['UNAUTHENTICATED errors.unauthenticated']));
    expect(await caller.secondFactor.state()).toMatchObject({ needs: 'setup', on: false, required: true, demoCode: null });
    const { recoveryCodes: codes } = await setUp(browser);
    expect(codes).toHaveLength(10);
    expect((await browser.state()).scope?.actor.id).toBe(person.id);
    expect(await operationsOf(tenant, person.id)).toContain('SECOND_FACTOR_ON');
  });

  it('is open without one where the tenant lets everybody choose, on the very next request', async () => {
    const { tenant, person } = next();
    const browser = await entering(tenant, person);
    await requireIn(tenant, 'optional');
    expect((await browser.state()).scope?.actor.id).toBe(person.id);
    await requireIn(tenant, 'required');
    expect(await browser.state()).toMatchObject({ scope: null, pending: { needs: 'setup' } });
  });

  it('needs the code of this account, once, and opens this browser alone', async () => {
    const { tenant, person } = next();
    const now = new Date();
    const { secret } = await setUp(await entering(tenant, person), now);
    const [here, there] = [await entering(tenant, person), await entering(tenant, person)];
    expect(await here.state()).toMatchObject({ scope: null, pending: { needs: 'code' } });
    const at = (browser: EnteringBrowser, steps: number) => browser.at({ now: later(now, steps) });
    // the code of the set-up is used up already
    expect(await refusalsOf([(await at(here, 0)).secondFactor.verify({ code: codeAt(secret, stepAt(now)) })])).toEqual([wrong]);
    const code = codeAt(secret, stepAt(now) + 2);
    await (await at(here, 2)).secondFactor.verify({ code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect((await here.state()).scope).not.toBeNull();
    expect((await there.state()).scope).toBeNull();
    expect(await refusalsOf([(await at(there, 2)).secondFactor.verify({ code })])).toEqual([wrong]);
    expect((await operationsOf(tenant, person.id)).filter((operation) => operation === 'SECOND_FACTOR')).toHaveLength(1);
  });

  it('gets one of many simultaneous tries with one code through, not two', async () => {
    const { tenant, person } = next();
    const now = new Date();
    const { secret } = await setUp(await entering(tenant, person), now);
    const browsers = await Promise.all(Array.from({ length: 4 }, () => entering(tenant, person)));
    const code = codeAt(secret, stepAt(now) + 1);
    const tries = await Promise.allSettled(browsers.map(async (browser) => (await browser.at({ now: later(now, 1) })).secondFactor.verify({ code })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await Promise.all(browsers.map((browser) => browser.state()))).filter(({ scope }) => scope !== null)).toHaveLength(1);
  });

  it('hears five wrong codes a quarter of an hour over all browsers of the account, then not even the right one', async () => {
    const { tenant, person } = next();
    const now = new Date();
    const { secret } = await setUp(await entering(tenant, person), now);
    const right = codeAt(secret, stepAt(now) + 1);
    const guess = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    const answers: string[] = [];
    for (let index = 0; index < codeLimit.limit; index += 1) {
      const browser = await entering(tenant, person);
      answers.push(...(await refusalsOf([(await browser.at({ now: later(now, 1) })).secondFactor.verify({ code: guess })])));
    }
    expect(new Set(answers)).toEqual(new Set([wrong]));
    const browser = await entering(tenant, person);
    expect(await refusalsOf([(await browser.at({ now: later(now, 1) })).secondFactor.verify({ code: right })])).toEqual(['RATE_LIMITED errors.rateLimited']);
    expect((await browser.state()).scope).toBeNull();
  });

  it('opens with a recovery code once, and the person hears of it by mail', async () => {
    const { tenant, person } = next();
    const { recoveryCodes: codes } = await setUp(await entering(tenant, person));
    const [first = ''] = codes;
    const before = await noticesOf(tenant, person.id);
    const [here, there] = [await entering(tenant, person), await entering(tenant, person)];
    await (await here.at()).secondFactor.verify({ code: first.toUpperCase() });
    expect((await here.state()).scope).not.toBeNull();
    expect(await refusalsOf([(await there.at()).secondFactor.verify({ code: first })])).toEqual([wrong]);
    expect(await noticesOf(tenant, person.id)).toBe(before + 1);
    expect(await (await here.at()).secondFactor.state()).toMatchObject({ recoveryCodesLeft: 9, on: true });
    // new ones end the old ones
    await (await here.at()).secondFactor.renewRecoveryCodes();
    expect(await refusalsOf([(await there.at()).secondFactor.verify({ code: codes[1] ?? '' })])).toEqual([wrong]);
  });
});

describe('S-08 the secret', () => {
  it('is sealed, shown once, and no other session or person can end a set-up with it', async () => {
    const { tenant, person } = next();
    const other = next();
    const browser = await entering(tenant, person);
    const now = new Date();
    const { secret, ticket } = await (await browser.at({ now })).secondFactor.begin();
    expect(ticket).not.toContain(secret);
    const code = codeAt(secret, stepAt(now));
    const strangers = [await entering(tenant, person), await entering(other.tenant, other.person)];
    for (const stranger of strangers) expect(await refusalsOf([(await stranger.at({ now })).secondFactor.confirm({ ticket, code })])).toEqual(['INVALID errors.secondFactor.expired']);
    expect(await refusalsOf([(await browser.at({ now: later(now, 31) })).secondFactor.confirm({ ticket, code })])).toEqual(['INVALID errors.secondFactor.expired']);
    await (await browser.at({ now })).secondFactor.confirm({ ticket, code });
    const rows = await withTenant(await systemScopeOf(tenant), async (tx) => [
      await tx.select().from(secondFactors).where(and(eq(secondFactors.tenantId, tenant.id), eq(secondFactors.userId, person.id))),
      await tx.select().from(recoveryCodes).where(and(eq(recoveryCodes.tenantId, tenant.id), eq(recoveryCodes.userId, person.id))),
      await tx.select().from(auditLogs).where(eq(auditLogs.tenantId, tenant.id)),
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(await (await browser.at()).secondFactor.state())).not.toContain(secret);
  });

  it('of a demo account is known to everybody, so its code is shown; in production it is neither shown nor good', async () => {
    const { mk } = world.current;
    await withTenant(await systemScopeOf(mk), async (tx) => {
      await tx.insert(secondFactors).values({ tenantId: mk.id, id: mk.promoter.id, userId: mk.promoter.id, secret: seal(demoSecondFactorSecret, mk.id), confirmedAt: new Date() });
    });
    const browser = await entering(mk, mk.promoter);
    const { demoCode } = await (await browser.at()).secondFactor.state();
    expect(demoCode).toMatch(/^\d{6}$/u);
    Object.assign(env, { APP_ENV: 'production' });
    try {
      expect(await (await browser.at()).secondFactor.state()).toMatchObject({ demo: false, demoCode: null });
      expect(await refusalsOf([(await browser.at()).secondFactor.verify({ code: demoCode ?? '' })])).toEqual([wrong]);
      expect((await browser.state()).scope).toBeNull();
    } finally {
      Object.assign(env, { APP_ENV: 'test' });
    }
    await (await browser.at()).secondFactor.verify({ code: demoCode ?? '' });
    expect((await browser.state()).scope?.actor.id).toBe(mk.promoter.id);
  });
});

describe('S-07 a fresh proof', () => {
  it('is needed to change the second factor: ten minutes after the last one the answer asks for it, and the password gives it', async () => {
    const { ks } = world.current;
    const browser = await entering(ks, ks.branches[0].member);
    const old = new Date(Date.now() - 11 * 60_000);
    const age = async () => {
      await withTenant(await systemScopeOf(ks), (tx) => tx.update(sessions).set({ verifiedAt: old }).where(and(eq(sessions.tenantId, ks.id), eq(sessions.id, browser.sessionId))));
    };
    await age();
    expect(await refusalsOf([(await browser.at()).secondFactor.begin()])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    expect(await refusalsOf([(await browser.at()).accounts.prove({ password: 'not the password' })])).toEqual(['INVALID errors.password.wrong']);
    expect(await refusalsOf([(await browser.at()).secondFactor.begin()])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    await (await browser.at()).accounts.prove({ password: ks.branches[0].member.password });
    await setUp(browser);
    // members may switch it off again, with a fresh proof
    await age();
    expect(await refusalsOf([(await browser.at()).secondFactor.remove()])).toEqual(['FORBIDDEN errors.session.reauthenticate']);
    await (await browser.at()).accounts.prove({ password: ks.branches[0].member.password });
    await (await browser.at()).secondFactor.remove();
    expect(await (await browser.at()).secondFactor.state()).toMatchObject({ on: false, required: false });
  });

  it('hears five wrong passwords', async () => {
    const { ks } = world.current;
    const browser = await entering(ks, ks.branches[1].member);
    const caller = await browser.at();
    expect(await refusalsOf(Array.from({ length: 6 }, () => caller.accounts.prove({ password: 'guess' })))).toEqual(expect.arrayContaining(['INVALID errors.password.wrong', 'RATE_LIMITED errors.rateLimited']));
    expect(await refusalsOf([(await browser.at()).accounts.prove({ password: ks.branches[1].member.password })])).toEqual(['RATE_LIMITED errors.rateLimited']);
  });
});

describe('who may reset a colleague', () => {
  it('is the administrator of the tenant, not for oneself, and the colleague is signed out and told', async () => {
    const { mk, ks } = world.current;
    const { manager, agent } = mk.branches[0];
    const target = mk.branches[1].agent;
    const browser = await entering(mk, target);
    if ((await browser.state()).pending?.needs === 'setup') await setUp(browser);
    const admin = callerFor(await scopeOf(mk, mk.admin));
    const lower = await Promise.all([manager, agent, mk.promoter].map(async (person) => callerFor(await scopeOf(mk, person))));
    expect(new Set(await refusalsOf(lower.map((caller) => caller.secondFactor.resetFor({ id: target.id }))))).toEqual(new Set(['FORBIDDEN errors.forbidden']));
    const [foreign, visitor] = [callerFor(await scopeOf(ks, ks.admin)), callerFor(await visitorOf(mk))];
    expect(await refusalsOf([
      admin.secondFactor.resetFor({ id: mk.admin.id }), admin.secondFactor.resetFor({ id: ks.branches[0].agent.id }), admin.secondFactor.resetFor({ id: mk.branches[0].member.id }),
      foreign.secondFactor.resetFor({ id: target.id }), visitor.secondFactor.resetFor({ id: target.id }),
    ])).toEqual(['FORBIDDEN errors.staff.ownRole', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound', 'UNAUTHENTICATED errors.unauthenticated']);
    const before = await noticesOf(mk, target.id);
    await admin.secondFactor.resetFor({ id: target.id });
    expect(await browser.state()).toEqual({ scope: null, pending: null });
    expect((await (await entering(mk, target)).state()).pending?.needs).toBe('setup');
    expect(await noticesOf(mk, target.id)).toBe(before + 1);
    expect(await operationsOf(mk, target.id)).toContain('SECOND_FACTOR_RESET');
  });
});
