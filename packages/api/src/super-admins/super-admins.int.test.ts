import { and, eq, isNull } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { platformDoor, resolvePlatformScope, resolveScope, withPlatform } from '@interdomestik/db';
import { platformAuditLogs, platformEntries, platformSecondFactors, platformSessions, platformTokens, platformUsers } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { callerFor, scopeOf, testPasswords, useTestSettings, useWorld, visitorOf } from '../testing';
import { refusalsOf } from '../testing/refusals';

const world = useWorld();
const reason = 'Support case 4711: wrong invoice';
const password = 'a quiet river in autumn';
const gone = 'UNAUTHENTICATED errors.unauthenticated';
const brokenLink = 'INVALID errors.link';

const inDatabase = async <T>(work: Parameters<typeof withPlatform<T>>[2]): Promise<T> => await withPlatform(platformDoor(), 'test', work);

interface Root {
  readonly id: string;
  readonly sessionId: string;
  /** The console at the next request of this browser. */
  readonly at: (overrides?: Parameters<typeof callerFor>[1]) => Promise<ReturnType<typeof callerFor>>;
}

/** Another browser of a super admin, with the second factor given. */
async function browserOf(id: string, verifiedAt = new Date()): Promise<Root> {
  const sessionId = newId();
  await inDatabase((tx) => tx.insert(platformSessions).values({ id: sessionId, platformUserId: id, verifiedAt, secondFactorAt: verifiedAt, expiresAt: new Date(Date.now() + 3_600_000) }));
  return { id, sessionId, at: async (overrides) => callerFor(null, { platform: await resolvePlatformScope(sessionId), ...overrides }) };
}

async function newRoot(name = 'Root Person'): Promise<Root> {
  const id = newId();
  const passwordHash = await testPasswords.hash(password);
  await inDatabase((tx) => tx.insert(platformUsers).values({ id, email: `${id}@example.com`, passwordHash, name }));
  return await browserOf(id);
}

/** Nobody, on the console's own host. */
const door = () => callerFor(null, { app: 'admin' });
const tokenOf = (link: string | null): string => new URL(link ?? 'http://none').searchParams.get('token') ?? '';
const actionsOf = async (subject: string) => (await inDatabase((tx) => tx.select({ action: platformAuditLogs.action, by: platformAuditLogs.platformUserId }).from(platformAuditLogs).where(eq(platformAuditLogs.subject, subject)).orderBy(platformAuditLogs.createdAt)));
const stateOf = async (id: string) => (await inDatabase((tx) => tx.select({ status: platformUsers.status, passwordHash: platformUsers.passwordHash }).from(platformUsers).where(eq(platformUsers.id, id))))[0];

describe('an invitation', () => {
  it('S-07 opens one account, once, by a secret that is kept nowhere, at the console alone', async () => {
    const root = await newRoot();
    const email = `${newId()}@example.com`;
    const { id, sent, link } = await (await root.at()).superAdmins.invite({ name: 'Arta Hoxha', email, locale: 'sq' });
    expect([sent, link]).toEqual([false, expect.stringMatching(/^http:\/\/localhost:\d+\/invitation\?token=/u)]);
    const token = tokenOf(link);
    expect(JSON.stringify(await inDatabase(async (tx) => [await tx.select().from(platformTokens), await tx.select().from(platformAuditLogs)]))).not.toContain(token);
    expect(await door().superAdmins.invitation({ token })).toEqual({ name: 'Arta Hoxha', email });
    // the host of a tenant and the member portal have no such door
    const [{ mk, ks }, chosen] = [world.current, { token, password: 'seven slow trains north' }];
    const elsewhere = [callerFor(await visitorOf(mk), { app: 'admin' }), callerFor(await visitorOf(ks)), callerFor(null, { app: 'member' })];
    for (const caller of elsewhere) expect(await refusalsOf([caller.superAdmins.invitation({ token }), caller.superAdmins.accept(chosen), caller.accounts.acceptInvitation(chosen)])).toEqual(expect.arrayContaining(['NOT_FOUND errors.notFound']));
    expect((await stateOf(id))?.status).toBe('invited');
    expect(await refusalsOf([door().superAdmins.accept({ token, password: 'arta hoxha' })])).toEqual(['INVALID errors.password.personal']);
    const both = await Promise.allSettled([door().superAdmins.accept(chosen), door().superAdmins.accept({ token, password: 'another long enough one' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await refusalsOf([door().superAdmins.accept(chosen), door().superAdmins.invitation({ token }), door().superAdmins.invitation({ token: `${token.slice(0, -2)}xx` })])).toEqual([brokenLink, brokenLink, brokenLink]);
    expect((await stateOf(id))?.status).toBe('active');
    expect((await actionsOf(id)).map(({ action, by }) => [action, by])).toEqual([['superAdmins.invite', root.id], ['superAdmins.accept', null]]);
  });

  it('S-07 of a tenant never opens the console, and the other way round', async () => {
    const { mk } = world.current;
    const root = await newRoot();
    const token = tokenOf((await (await root.at()).superAdmins.invite({ name: 'Other Purpose', email: `${newId()}@example.com`, locale: 'en' })).link);
    const site = callerFor(await visitorOf(mk));
    expect(await refusalsOf([site.accounts.acceptInvitation({ token, password }), site.accounts.resetPassword({ token, password }), site.accounts.verifyEmail({ token })])).toEqual([brokenLink, brokenLink, brokenLink]);
    await inDatabase((tx) => tx.update(platformTokens).set({ purpose: 'reset_password' }).where(isNull(platformTokens.usedAt)));
    expect(await refusalsOf([door().superAdmins.accept({ token, password })])).toEqual([brokenLink]);
  });

  it('ends after seven days, by a new one, and when it is withdrawn', async () => {
    const root = await newRoot();
    const api = await root.at();
    const email = `${newId()}@example.com`;
    const first = await api.superAdmins.invite({ name: 'Late Person', email, locale: 'en' });
    const late = callerFor(null, { app: 'admin', now: new Date(Date.now() + 7 * 86_400_000 + 60_000) });
    expect(await refusalsOf([late.superAdmins.invitation({ token: tokenOf(first.link) })])).toEqual([brokenLink]);
    const second = await api.superAdmins.resend({ id: first.id });
    expect(await refusalsOf([door().superAdmins.invitation({ token: tokenOf(first.link) })])).toEqual([brokenLink]);
    const third = await api.superAdmins.invite({ name: 'Late Person', email, locale: 'en' });
    expect(third.id).toBe(first.id);
    expect(await refusalsOf([door().superAdmins.invitation({ token: tokenOf(second.link) })])).toEqual([brokenLink]);
    await api.superAdmins.disable({ id: first.id });
    expect(await refusalsOf([door().superAdmins.accept({ token: tokenOf(third.link), password }), api.superAdmins.resend({ id: first.id })])).toEqual([brokenLink, 'NOT_FOUND errors.notFound']);
  });

  it('takes no address of somebody active, and gives one who was disabled back with nothing of before', async () => {
    const [root, other] = [await newRoot(), await newRoot('Coming Back')];
    const api = await root.at();
    const email = `${other.id}@example.com`;
    const input = { name: 'Coming Back', email, locale: 'en' } as const;
    expect(await refusalsOf([api.superAdmins.invite(input), api.superAdmins.resend({ id: other.id })])).toEqual(['CONFLICT errors.account.emailTaken', 'NOT_FOUND errors.notFound']);
    await inDatabase((tx) => tx.insert(platformSecondFactors).values({ platformUserId: other.id, secret: 'sealed', confirmedAt: new Date() }));
    await api.superAdmins.disable({ id: other.id });
    expect((await api.superAdmins.invite(input)).id).toBe(other.id);
    expect(await stateOf(other.id)).toEqual({ status: 'invited', passwordHash: null });
    expect(await inDatabase((tx) => tx.select().from(platformSecondFactors).where(eq(platformSecondFactors.platformUserId, other.id)))).toEqual([]);
  });

  it('S-17 shows its link only where there is no mail server to send it, and never in production', async () => {
    const api = await (await newRoot()).at();
    const input = () => ({ name: 'No Link', email: `${newId()}@example.com`, locale: 'mk' as const });
    useTestSettings({ APP_ENV: 'production' });
    const inProduction = await api.superAdmins.invite(input());
    // nobody listens there: the invitation stands all the same, and is sent again later
    useTestSettings({ APP_ENV: 'test', SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'no-reply@example.com' });
    const refused = await api.superAdmins.invite(input());
    useTestSettings({ APP_ENV: 'test', SMTP_URL: undefined, MAIL_FROM: undefined });
    expect([inProduction, refused]).toMatchObject([{ sent: false, link: null }, { sent: false, link: null }]);
  });
});

describe('the end of a super admin', () => {
  it('I-19 I-28 acts on the very next request, in the console and inside a tenant, and stands in the trail', async () => {
    const { mk } = world.current;
    const [root, other] = [await newRoot(), await newRoot('Leaving Person')];
    await (await other.at()).platform.enter({ tenantId: mk.id, reason });
    expect((await resolveScope({ kind: 'platform', sessionId: other.sessionId }))?.tenantId).toBe(mk.id);
    await (await root.at()).superAdmins.disable({ id: other.id });
    await (await root.at()).superAdmins.disable({ id: other.id });
    expect(await resolveScope({ kind: 'platform', sessionId: other.sessionId })).toBeNull();
    expect(await resolvePlatformScope(other.sessionId)).toBeNull();
    const after = await other.at();
    expect(new Set(await refusalsOf([after.platform.tenants(), after.superAdmins.list(), after.platform.enter({ tenantId: mk.id, reason })]))).toEqual(new Set([gone]));
    const [entry] = await withPlatform(platformDoor(), 'test', (tx) => tx.select().from(platformEntries).where(and(eq(platformEntries.tenantId, mk.id), eq(platformEntries.platformUserId, other.id))), { tenantId: mk.id });
    expect(entry?.endedAt).toBeInstanceOf(Date);
    expect((await actionsOf(other.id)).map(({ action }) => action)).toEqual(['superAdmins.disable']);
  });

  it('is never the own one, nor of nobody', async () => {
    const root = await newRoot();
    const api = await root.at();
    expect(await refusalsOf([api.superAdmins.disable({ id: root.id }), api.superAdmins.disable({ id: newId() })])).toEqual(['CONFLICT errors.platform.ownAccount', 'NOT_FOUND errors.notFound']);
  });

  it('leaves one of two who disable each other at once, every time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [a, b] = [await newRoot('A'), await newRoot('B')];
      const [atA, atB] = [await a.at(), await b.at()];
      expect((await refusalsOf([atA.superAdmins.disable({ id: b.id }), atB.superAdmins.disable({ id: a.id })])).toSorted()).toEqual([gone, 'done']);
      expect([await stateOf(a.id), await stateOf(b.id)].map((row) => row?.status ?? '').toSorted()).toEqual(['active', 'disabled']);
    }
  });

  it('needs a fresh proof, as inviting does', async () => {
    const { id } = await newRoot();
    const api = await (await browserOf(id, new Date(Date.now() - 11 * 60_000))).at();
    const stale = 'FORBIDDEN errors.session.reauthenticate';
    expect(await refusalsOf([api.superAdmins.disable({ id: newId() }), api.superAdmins.invite({ name: 'X', email: 'x@example.com', locale: 'en' }), api.superAdmins.resend({ id: newId() })])).toEqual([stale, stale, stale]);
    const people = await api.superAdmins.list();
    expect(people.find((person) => person.id === id)).toMatchObject({ self: true, status: 'active', twoSteps: false, lastSeenAt: expect.any(Date) });
    expect(people.filter(({ self }) => self)).toHaveLength(1);
    const { id: invited } = await (await (await browserOf(id)).at()).superAdmins.invite({ name: 'Never Seen', email: `${newId()}@example.com`, locale: 'en' });
    expect((await api.superAdmins.list()).find((person) => person.id === invited)).toMatchObject({ self: false, status: 'invited', lastSeenAt: null });
  });
});

describe('the own account', () => {
  it('S-07 a new password needs the present one and signs all other browsers out at once', async () => {
    const root = await newRoot();
    const other = await browserOf(root.id);
    const next = 'seven slow trains north';
    const api = await root.at();
    expect(await refusalsOf([
      api.superAdmins.changePassword({ current: 'not this one at all', password: next }), api.superAdmins.changePassword({ current: password, password }), api.superAdmins.changePassword({ current: password, password: 'root person' }),
    ])).toEqual(['INVALID errors.password.wrong', 'INVALID errors.password.same', 'INVALID errors.password.personal']);
    await api.superAdmins.changePassword({ current: password, password: next });
    expect([await resolvePlatformScope(other.sessionId), (await resolvePlatformScope(root.sessionId))?.session?.userId]).toEqual([null, root.id]);
    expect(await testPasswords.verify((await stateOf(root.id))?.passwordHash ?? null, next)).toBe(true);
    await refusalsOf([api.superAdmins.changePassword({ current: 'wrong again and', password: next })]);
    expect(await refusalsOf([api.superAdmins.changePassword({ current: next, password })])).toEqual(['RATE_LIMITED errors.rateLimited']);
  });

  it('S-07 lists the own browsers and ends one or all others, nobody else\'s', async () => {
    const [root, stranger] = [await newRoot(), await newRoot()];
    const [second, third] = [await browserOf(root.id), await browserOf(root.id)];
    const api = await root.at();
    const [here, ...others] = await api.superAdmins.sessions();
    expect([here?.id, here?.current]).toEqual([root.sessionId, true]);
    expect(others.map(({ id }) => id).toSorted()).toEqual([second.sessionId, third.sessionId].toSorted());
    expect(await refusalsOf([api.superAdmins.endSession({ id: stranger.sessionId }), api.superAdmins.endSession({ id: newId() })])).toEqual(['NOT_FOUND errors.notFound', 'NOT_FOUND errors.notFound']);
    await api.superAdmins.endSession({ id: second.sessionId });
    expect(await resolvePlatformScope(second.sessionId)).toBeNull();
    await api.superAdmins.endOtherSessions();
    expect([await resolvePlatformScope(third.sessionId), await resolvePlatformScope(root.sessionId) === null, await resolvePlatformScope(stranger.sessionId) === null]).toEqual([null, false, false]);
  });

  it('keeps the language', async () => {
    const root = await newRoot();
    await (await root.at()).superAdmins.changeLocale({ locale: 'sq' });
    expect((await resolvePlatformScope(root.sessionId))?.session?.locale).toBe('sq');
  });
});

describe('the trail', () => {
  it('is for super admins alone, by name, in pages, and nobody can take a line away', async () => {
    const { mk } = world.current;
    const [root, other] = [await newRoot('Telling Person'), await newRoot('Told Person')];
    const api = await root.at();
    await api.superAdmins.changeLocale({ locale: 'en' });
    await api.superAdmins.disable({ id: other.id });
    await api.platform.suspend({ tenantId: mk.id, reason: 'Unpaid invoices of a year' });
    await api.platform.resume({ tenantId: mk.id, reason: 'Everything is paid now' });
    const { items } = await api.superAdmins.trail({ filters: { personId: root.id } });
    expect(items.map(({ action, byName, subjectName, reason: why }) => [action, byName, subjectName, why])).toEqual([
      ['platform.resume', 'Telling Person', mk.pack.tenant.name, 'Everything is paid now'], ['platform.suspend', 'Telling Person', mk.pack.tenant.name, 'Unpaid invoices of a year'],
      ['superAdmins.disable', 'Telling Person', 'Told Person', null], ['superAdmins.changeLocale', 'Telling Person', null, null],
    ]);
    const first = await api.superAdmins.trail({ limit: 3, filters: { personId: root.id } });
    const rest = await api.superAdmins.trail({ limit: 3, cursor: first.nextCursor ?? '', filters: { personId: root.id } });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    const [branch] = mk.branches;
    const callers = await Promise.all([mk.admin, branch.manager, branch.agent, branch.member].map(async (person) => callerFor(await scopeOf(mk, person))));
    for (const caller of [...callers, callerFor(await visitorOf(mk)), door()]) {
      expect(new Set(await refusalsOf([
        caller.superAdmins.list(), caller.superAdmins.trail({}), caller.superAdmins.invite({ name: 'X', email: 'x@example.com', locale: 'en' }), caller.superAdmins.resend({ id: root.id }), caller.superAdmins.disable({ id: root.id }),
        caller.superAdmins.changeLocale({ locale: 'en' }), caller.superAdmins.changePassword({ current: password, password }), caller.superAdmins.sessions(), caller.superAdmins.endSession({ id: root.sessionId }), caller.superAdmins.endOtherSessions(),
      ]))).toEqual(new Set([gone]));
    }
    await expect(inDatabase((tx) => tx.delete(platformAuditLogs))).rejects.toThrow();
    await expect(inDatabase((tx) => tx.update(platformAuditLogs).set({ action: 'nothing' }))).rejects.toThrow();
  });
});
