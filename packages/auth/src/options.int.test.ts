import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { identify } from './identify';
import { callNextAuth, signInThrough } from './testing/next-auth';
import { password, secret, prepareWorld } from './testing/world';
import { openToken } from './token';

const world = prepareWorld();
const host = 'ks.localhost:3000';
const name = 'idm-member.session';

const ask = (value: string, at = host) => identify({ host: at, secure: false, cookie: `${name}=${value}`, requestId: 'test' }, 'member');

describe('next-auth with our settings', () => {
  it('signs in on the host of the tenant and seals no more than the session row in the cookie', async () => {
    const { cookies, body } = await signInThrough('member', host, 'member@example.com', password);
    expect(body).toEqual({ url: `http://${host}/` });
    const value = cookies[name] ?? '';
    expect(Object.keys((await openToken(value)) ?? {}).toSorted()).toEqual(['kind', 'sid', 'tenantId']);
    expect((await ask(value)).scope?.actor.id).toBe(world.current.person('ks', 'member').id);
    expect((await ask(value, 'mk.localhost:3000')).scope).toBeNull();
  });

  it('says why not by a message key', async () => {
    const { body, status, cookies } = await signInThrough('member', host, 'member@example.com', 'wrong', '10.3.0.1');
    expect([status, body]).toEqual([401, { url: `http://${host}/api/auth/error?error=errors.signIn.failed` }]);
    expect(cookies[name]).toBeUndefined();
  });

  it('refuses a sign-in without the token of the form', async () => {
    const answer = await callNextAuth('member', { action: 'callback', provider: 'credentials', method: 'POST', host, body: { email: 'member@example.com', password, json: 'true' } });
    expect(answer.cookies[name]).toBeUndefined();
  });

  it('refuses hosts that are not ours', async () => {
    const { cookies, body } = await signInThrough('member', 'ks.localhost.evil.test', 'member@example.com', password);
    expect(cookies[name]).toBeUndefined();
    expect(body).toEqual({ url: 'http://ks.localhost.evil.test/api/auth/error?error=errors.notFound' });
  });

  it('I-20 session.update changes nothing, whatever it is sent', async () => {
    const { cookies } = await signInThrough('member', host, 'member@example.com', password);
    const before = await openToken(cookies[name] ?? '');
    const data = { tenantId: 'tenant_mk', role: 'tenant_admin', roles: ['tenant_admin'], email: 'agent@example.com', id: 'x', sub: 'x', sid: world.current.person('mk', 'member').id, kind: 'platform', user: { tenantId: 'tenant_mk' } };
    const csrf = await callNextAuth('member', { action: 'csrf', method: 'GET', host, cookies });
    const answer = await callNextAuth('member', {
      action: 'session', method: 'POST', host, cookies: { ...cookies, ...csrf.cookies }, body: { csrfToken: (csrf.body as { csrfToken: string }).csrfToken, data },
    });
    expect(answer.body).toMatchObject({ signedIn: true });
    expect(JSON.stringify(answer.body)).not.toContain('tenant_mk');
    const after = answer.cookies[name] ?? cookies[name] ?? '';
    expect(await openToken(after)).toEqual(before);
    expect((await ask(after)).scope?.tenantId).toBe('tenant_ks');
  });

  it('ends the row at sign-out, and says so at once on its own session address', async () => {
    const { cookies } = await signInThrough('member', host, 'member@example.com', password);
    const csrf = await callNextAuth('member', { action: 'csrf', method: 'GET', host, cookies });
    await callNextAuth('member', { action: 'signout', method: 'POST', host, cookies, body: { csrfToken: (csrf.body as { csrfToken: string }).csrfToken, json: 'true' } });
    expect((await ask(cookies[name] ?? '')).scope).toBeNull();
    const session = await callNextAuth('member', { action: 'session', method: 'GET', host, cookies });
    expect(session.body).toMatchObject({ signedIn: false });
  });

  it('S-14 goes nowhere but home after a sign-in', async () => {
    const first = await callNextAuth('member', { action: 'csrf', method: 'GET', host });
    const cookies = Object.fromEntries(Object.entries(first.cookies).map(([key, value]) => [key, decodeURIComponent(value)]));
    for (const callbackUrl of ['https://evil.test/', '//evil.test', 'http://ks.localhost.evil.test:3000/', 'javascript:alert(1)', '/\\evil.test']) {
      const answer = await callNextAuth('member', { action: 'callback', provider: 'credentials', method: 'POST', host, cookies, body: { csrfToken: (first.body as { csrfToken: string }).csrfToken, email: 'member@example.com', password, json: 'true', callbackUrl } });
      expect({ callbackUrl, goesTo: new URL((answer.body as { url: string }).url).origin }).toEqual({ callbackUrl, goesTo: 'http://ks.localhost:3000' });
    }
  });
});

describe('S-07 a forged cookie', () => {
  it('is nobody: known secrets, no signature at all, a plain JWT, another key, an old one, altered bytes', async () => {
    const { cookies } = await signInThrough('member', host, 'member@example.com', password);
    const real = cookies[name] ?? '';
    const claims = { ...(await openToken(real)) };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      ...(await Promise.all(['secret', 'changeme', 'nextauth-secret', 'development', `${secret}x`].map((key) => encode({ token: claims, secret: key })))),
      `${part({ alg: 'none' })}.${part({ ...claims, exp: 9_999_999_999 })}.`,
      `${part({ alg: 'dir', enc: 'none' })}..${part(claims)}..`,
      `${part({ alg: 'HS256' })}.${part({ ...claims, exp: 9_999_999_999 })}.AAAA`,
      await encode({ token: claims, secret, maxAge: -60 }),
      // over by less than the library forgives
      await encode({ token: claims, secret, maxAge: -5 }),
      await encode({ token: { sub: 'admin' }, secret }),
      await encode({ token: { ...claims, kind: 'platform' }, secret, salt: 'other' }),
      `${real.slice(0, -4)}AAAA`,
      'x'.repeat(5000),
    ];
    const letIn: string[] = [];
    for (const value of forged) if ((await ask(value)).scope !== null) letIn.push(value.slice(0, 40));
    expect(letIn).toEqual([]);
    expect((await ask(real)).scope).not.toBeNull();
    // one that was opened before is looked at again
    const short = await encode({ token: claims, secret, maxAge: 60 });
    expect(await openToken(short)).toEqual(claims);
    expect(await openToken(short, new Date(Date.now() + 61_000))).toBeNull();
  });
});
