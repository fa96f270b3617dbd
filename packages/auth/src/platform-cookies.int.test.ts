import { and, eq } from 'drizzle-orm';
import { forgetTenants, platformDoor, withPlatform, withTenant } from '@interdomestik/db';
import { platformAuditLogs, platformEntries, platformSessions, platformUsers, sessions, tenants } from '@interdomestik/db/schema';
import { newId } from '@interdomestik/rules';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import type { App } from './cookies';
import { identify, type Identity } from './identify';
import { endPlatformSession, signInPlatform } from './platform-sign-in';
import { password, prepareWorld, secret } from './testing/world';
import { sealToken, type SessionToken } from './token';

const world = prepareWorld();
const email = 'root@example.com';
let address = 0;

const inDatabase = async <T>(work: Parameters<typeof withPlatform<T>>[2], tenantId?: string): Promise<T> => await withPlatform(platformDoor(), 'test', work, tenantId === undefined ? {} : { tenantId });

/** A super admin who has given password and code, by the cookie of the browser. */
async function signedIn(): Promise<SessionToken & { tenantId: null }> {
  address += 1;
  const { sessionId } = await signInPlatform({ email, password, ip: `10.9.0.${String(address)}`, userAgent: 'Mozilla/5.0 Firefox/140.0' }, 'test');
  await inDatabase((tx) => tx.update(platformSessions).set({ secondFactorAt: new Date() }).where(eq(platformSessions.id, sessionId)));
  return { tenantId: null, sid: sessionId, kind: 'platform' };
}

async function userId(): Promise<string> {
  const [row] = await inDatabase((tx) => tx.select({ id: platformUsers.id }).from(platformUsers).where(eq(platformUsers.email, email)));
  return row?.id ?? '';
}

/** Goes into the tenant as `platform.enter` does; gives the entry. */
async function enter(sid: string, tenantId = 'tenant_ks', expiresAt = new Date(Date.now() + 3_600_000)): Promise<string> {
  const [entryId, platformUserId] = [newId(), await userId()];
  await inDatabase(async (tx) => {
    await tx.insert(platformEntries).values({ tenantId, id: entryId, platformUserId, platformUserName: 'Root', reason: 'Looking into an attack', expiresAt });
    await tx.update(platformSessions).set({ tenantId, entryId }).where(eq(platformSessions.id, sid));
  }, tenantId);
  return entryId;
}

const at = async (app: App, host: string, cookie: string): Promise<Identity> => await identify({ host, secure: false, cookie, requestId: 'test' }, app);
const cookieOf = async (token: SessionToken, name: string): Promise<string> => `idm-${name}.session=${await sealToken(token, 600)}`;
const ask = async (app: App, host: string, token: SessionToken, name: string = app): Promise<Identity> => await at(app, host, await cookieOf(token, name));

const nobody = { scope: null, platform: null, pending: null };
const consoleHost = 'localhost:3001';

describe('I-28 S-07 the cookie of a super admin', () => {
  it('is nobody on the hosts of tenants, in the member portal and on strange hosts, inside a tenant as well', async () => {
    const token = await signedIn();
    await enter(token.sid);
    expect(await ask('admin', consoleHost, token)).toMatchObject({ platform: { session: { email } }, scope: { tenantId: 'tenant_ks', actor: { kind: 'platform' } } });
    const elsewhere = [['admin', 'ks.localhost:3001'], ['admin', 'mk.localhost:3001'], ['member', 'ks.localhost:3000'], ['member', 'localhost:3000'], ['admin', 'localhost.evil.test'], ['admin', 'admin.localhost:3001']] as const;
    for (const [app, host] of elsewhere) expect({ app, at: host, who: await ask(app, host, token) }).toMatchObject({ app, at: host, who: nobody });
    // under the name that the other portal reads, and with both names at once
    expect(await ask('member', 'localhost:3000', token, 'admin')).toMatchObject(nobody);
    expect(await ask('admin', consoleHost, token, 'member')).toMatchObject(nobody);
    const both = `${await cookieOf(token, 'member')}; ${await cookieOf(token, 'admin')}`;
    expect(await at('admin', 'ks.localhost:3001', both)).toMatchObject(nobody);
    expect(await at('member', 'ks.localhost:3000', both)).toMatchObject(nobody);
  });

  it('says nothing else: another kind, tenant or session in it opens nothing', async () => {
    const token = await signedIn();
    await enter(token.sid);
    const tenant = await world.current.tenant('ks');
    const own = { id: newId(), userId: world.current.person('ks', 'tenant_admin').id };
    await withTenant(tenant, (tx) => tx.insert(sessions).values({ tenantId: tenant.tenantId, ...own, app: 'admin', secondFactorAt: new Date(), expiresAt: new Date(Date.now() + 600_000) }));
    const forged: readonly (readonly [string, SessionToken])[] = [
      // a super admin's session as one of a tenant, and a tenant administrator's as one of the platform
      ['ks.localhost:3001', { tenantId: 'tenant_ks', sid: token.sid, kind: 'tenant' }], [consoleHost, { tenantId: null, sid: own.id, kind: 'platform' }],
      // the entry's own id, which the audit trail of the tenant tells, and one of nothing
      [consoleHost, { tenantId: null, sid: await enter(token.sid), kind: 'platform' }], [consoleHost, { tenantId: null, sid: newId(), kind: 'platform' }],
      // kinds and tenants that do not fit together
      [consoleHost, { tenantId: 'tenant_ks', sid: token.sid, kind: 'platform' }], ['ks.localhost:3001', { tenantId: null, sid: token.sid, kind: 'tenant' }], [consoleHost, { tenantId: 'tenant_ks', sid: own.id, kind: 'tenant' }],
    ];
    for (const [host, claims] of forged) expect({ claims, who: await ask('admin', host, claims) }).toMatchObject({ claims, who: nobody });
    const keys = ['secret', 'changeme', `${secret}x`, ''];
    for (const key of keys) {
      const value = await encode({ token: { ...token }, secret: key, maxAge: 600 }).catch(() => 'x');
      expect(await at('admin', consoleHost, `idm-admin.session=${value}`)).toMatchObject(nobody);
    }
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await at('admin', consoleHost, `idm-admin.session=${part({ alg: 'none' })}.${part({ ...token, exp: 9_999_999_999 })}.`)).toMatchObject(nobody);
    expect((await ask('admin', consoleHost, token)).platform).not.toBeNull();
  });

  it('is outside again after leaving, at the end of the time, and once its tenant is closed', async () => {
    const token = await signedIn();
    const inside = async () => (await ask('admin', consoleHost, token)).scope?.tenantId ?? null;
    const ended = async (set: { endedAt?: Date; expiresAt?: Date }) => {
      const entryId = await enter(token.sid);
      expect(await inside()).toBe('tenant_ks');
      await inDatabase((tx) => tx.update(platformEntries).set(set).where(and(eq(platformEntries.tenantId, 'tenant_ks'), eq(platformEntries.id, entryId))), 'tenant_ks');
      expect(await inside()).toBeNull();
    };
    // the session row may still name the entry: the entry itself decides
    await ended({ endedAt: new Date() });
    await ended({ expiresAt: new Date(Date.now() - 1) });
    expect((await ask('admin', consoleHost, token)).platform).not.toBeNull();
    await enter(token.sid);
    const status = async (to: 'suspended' | 'active') => {
      await inDatabase((tx) => tx.update(tenants).set({ status: to }).where(eq(tenants.id, 'tenant_ks')));
      forgetTenants();
    };
    await status('suspended');
    expect(await inside()).toBeNull();
    expect(await ask('admin', 'ks.localhost:3001', token)).toMatchObject({ host: 'closed', site: null, ...nobody });
    await status('active');
    // an entry of another tenant under the session's own name leads nowhere
    const foreign = await enter(token.sid, 'tenant_mk');
    await inDatabase((tx) => tx.update(platformSessions).set({ tenantId: 'tenant_ks', entryId: foreign }).where(eq(platformSessions.id, token.sid)));
    expect(await inside()).toBeNull();
  });

  it('is nobody after signing out, which ends the stay as well, after being disabled, revoked, and at its own end', async () => {
    const token = await signedIn();
    const entryId = await enter(token.sid);
    const { platform } = await ask('admin', consoleHost, token);
    if (platform === null) throw new Error('not signed in');
    await endPlatformSession(platform, token.sid);
    await endPlatformSession(platform, token.sid);
    expect(await ask('admin', consoleHost, token)).toMatchObject(nobody);
    const [entry] = await inDatabase((tx) => tx.select().from(platformEntries).where(and(eq(platformEntries.tenantId, 'tenant_ks'), eq(platformEntries.id, entryId))), 'tenant_ks');
    expect(entry?.endedAt).toBeInstanceOf(Date);
    const next = await signedIn();
    expect(next.sid).not.toBe(token.sid);
    const row = eq(platformSessions.id, next.sid);
    const person = eq(platformUsers.email, email);
    const ways: readonly (readonly [() => Promise<unknown>, () => Promise<unknown>])[] = [
      [() => inDatabase((tx) => tx.update(platformUsers).set({ status: 'disabled' }).where(person)), () => inDatabase((tx) => tx.update(platformUsers).set({ status: 'active' }).where(person))],
      [() => inDatabase((tx) => tx.update(platformSessions).set({ revokedAt: new Date() }).where(row)), () => inDatabase((tx) => tx.update(platformSessions).set({ revokedAt: null }).where(row))],
      [() => inDatabase((tx) => tx.update(platformSessions).set({ expiresAt: new Date(Date.now() - 1) }).where(row)), () => inDatabase((tx) => tx.update(platformSessions).set({ expiresAt: new Date(Date.now() + 600_000) }).where(row))],
    ];
    for (const [end, begin] of ways) {
      expect((await ask('admin', consoleHost, next)).platform).not.toBeNull();
      await end();
      expect(await ask('admin', consoleHost, next)).toMatchObject(nobody);
      await begin();
    }
  });

  it('whose code is not given yet opens nothing, inside a tenant neither', async () => {
    const token = await signedIn();
    await enter(token.sid);
    await inDatabase((tx) => tx.update(platformSessions).set({ secondFactorAt: null }).where(eq(platformSessions.id, token.sid)));
    expect(await ask('admin', consoleHost, token)).toMatchObject({ scope: null, platform: null, pending: { kind: 'platform' } });
    expect(await ask('admin', 'ks.localhost:3001', token)).toMatchObject(nobody);
  });
});

it('S-07 every sign-in of a super admin stands in the platform’s trail, with what became of it and nothing that was typed', async () => {
  const before = await inDatabase((tx) => tx.select().from(platformAuditLogs));
  const token = await signedIn();
  const attempt = { email, password: 'not the password at all', ip: '10.9.9.9', userAgent: 'test' };
  await expect(signInPlatform(attempt, 'test')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(signInPlatform({ ...attempt, email: 'nobody-known@example.com' }, 'test')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const { platform } = await ask('admin', consoleHost, token);
  if (platform === null) throw new Error('not signed in');
  await endPlatformSession(platform, token.sid);
  const id = await userId();
  const known = new Set(before.map((row) => row.id));
  const added = (await inDatabase((tx) => tx.select().from(platformAuditLogs).orderBy(platformAuditLogs.createdAt))).filter((row) => !known.has(row.id));
  expect(added.map(({ action, platformUserId, subject }) => [action, platformUserId, subject])).toEqual([['auth.signIn', id, id], ['auth.signInFailed', null, id], ['auth.signInFailed', null, null], ['auth.signOut', id, id]]);
  expect(JSON.stringify(added)).not.toMatch(/not the password|nobody-known/u);
});
