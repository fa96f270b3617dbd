import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { askerOf, cookieOf, type Asker } from './asker';
import { answerNode } from './node-mount';
import { localeOf, type Identity } from './request-context';
import { maxBatchSize } from './protocol';
import { completeHead } from './security-headers';
import { clean } from './serve';
import { createTrpcHandler, onFetch } from './trpc-handler';

const identified = vi.fn<(asker: Asker) => Promise<Identity>>(({ host }) =>
  host.startsWith('stranger') ? Promise.resolve({ host: 'unknown', site: null, scope: null, platform: null, pending: null }) : Promise.resolve({ host: 'root', site: null, scope: null, platform: null, pending: null }),
);
const handler = createTrpcHandler({ app: 'member', identify: identified, passwords: { hash: (text) => Promise.resolve(text), verify: () => Promise.resolve(false), welcome: () => Promise.resolve() } });
const onNext = onFetch(handler);

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    answerNode(handler, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());

/** The same request through both mounts; they must not differ. */
async function both(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown; headers: Headers }> {
  const url = `${origin}/api/trpc/${path}`;
  const overNode = await fetch(url, init);
  const headers = new Headers(init.headers);
  headers.set('host', new URL(url).host);
  const overNext = await onNext(new Request(url, { ...init, headers }));
  const plain = async (answer: Response): Promise<unknown> => JSON.parse((await answer.text()).replaceAll(/"requestId":"[^"]*"/gu, '"requestId":""')) as unknown;
  const [one, other] = [await plain(overNode), await plain(overNext)];
  expect(overNext.status).toBe(overNode.status);
  expect(other).toEqual(one);
  return { status: overNode.status, body: one, headers: overNode.headers };
}

const json = { 'content-type': 'application/json' };

describe('S-04 a request that may change something', () => {
  const mutation = 'accounts.requestPasswordReset';
  const body = JSON.stringify({ json: { email: 'not an address' } });

  it('is heard from a page of the same host', async () => {
    const { status, body: answer } = await both(mutation, { method: 'POST', headers: { ...json, origin }, body });
    expect(status).not.toBe(403);
    expect(JSON.stringify(answer)).not.toContain('errors.origin');
  });

  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['no site at all', {}],
    ['a sandboxed frame', { origin: 'null' }],
    ['another tenant', { origin: 'http://mk.localhost:3000' }],
    ['a form of another site without an origin', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused from %s', async (_name, headers: Record<string, string>) => {
    identified.mockClear();
    const answer = await onNext(new Request('http://ks.localhost:3000/api/trpc/x', { method: 'POST', headers: { ...json, host: 'ks.localhost:3000', ...headers }, body }));
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([403, expect.stringContaining('errors.origin')]);
    expect(identified).not.toHaveBeenCalled();
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream', ''])('is refused as %s', async (type) => {
    const answer = await onNext(new Request('http://ks.localhost:3000/api/trpc/x', { method: 'POST', headers: { 'content-type': type, host: 'ks.localhost:3000', origin: 'http://ks.localhost:3000' }, body }));
    expect(answer.status).toBe(400);
  });

  it('does not run by GET', async () => {
    const { status } = await both(`${mutation}?input=${encodeURIComponent(body)}`);
    expect(status).toBe(405);
  });
});

describe('S-16 a request that is too much', () => {
  it('is refused: a batch over the limit, a body over the limit, JSON that is none', async () => {
    const names = Array<string>(maxBatchSize + 1).fill('site.tenants').join(',');
    expect((await both(`${names}?batch=1&input=%7B%7D`)).status).toBe(400);
    expect((await both('accounts.join', { method: 'POST', headers: { ...json, origin }, body: `"${'x'.repeat(1_000_001)}"` })).status).toBe(413);
    const broken = [await both('accounts.join', { method: 'POST', headers: { ...json, origin }, body: '{' }), await both('%E0%A4%A'), await both('cards.verify?input=%7B')];
    for (const { status } of broken) expect([400, 404]).toContain(status);
  });

  it('S-16 is refused at once: a thousand calls, ten megabytes, ten thousand brackets, a name or a cursor without an end', async () => {
    const post = (body: string) => ({ method: 'POST', headers: { ...json, origin }, body });
    const thousand = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [index, { json: { email: 'x@example.com' } }]));
    const many = (name: string) => Array<string>(1000).fill(name).join(',');
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const asked: readonly (readonly [string, number, string, RequestInit])[] = [
      ['1,000 queries', 400, `${many('a.b')}?batch=1&input=%7B%7D`, {}],
      ['1,000 mutations', 400, `${many('accounts.requestPasswordReset').slice(0, 12_000)}?batch=1`, post(JSON.stringify(thousand))],
      ['10 MB', 413, 'accounts.join', post(`{"json":{"firstName":"${'x'.repeat(10_000_000)}"}}`)],
      ['10 MB without an end', 413, 'accounts.join', post('['.repeat(10_000_000))],
      ['10,000 brackets', 400, 'accounts.join', post(`{"json":${deep}}`)],
      ['2,000 brackets in the address', 400, `cards.verify?input=${deep.slice(9000, 11_000)}`, {}],
      ['a cursor of 5,000 letters', 401, `notifications.list?input=${encodeURIComponent(JSON.stringify({ json: { cursor: 'x'.repeat(5000) } }))}`, {}],
    ];
    const times: string[] = [];
    for (const [what, expected, path, init] of asked) {
      const began = performance.now();
      const { status, body } = await both(path, init);
      // asked on both mounts; the catalogue says 200 ms each, the machine is shared
      const took = (performance.now() - began) / 2;
      times.push(`${what} ${took.toFixed(0)} ms`);
      // what gets past the size may find that this host has no such place
      const refusals = expected === 413 || what.startsWith('1,000') ? [expected] : [expected, 404];
      expect([what, refusals.includes(status), took < 2000]).toEqual([what, true, true]);
      expect(JSON.stringify(body)).not.toMatch(/\bat \w+ \(|node_modules|RangeError|SyntaxError|Maximum call/u);
    }
    // oxlint-disable-next-line no-console -- the figures are for whoever reads
    console.log(`refused: ${times.join(', ')}`);
  });
});

describe('every answer', () => {
  it('S-01 carries its headers and its id, and is never kept', async () => {
    for (const path of ['no.such.procedure', 'accounts.me']) {
      const { headers } = await both(path);
      expect(headers.get('cache-control')).toBe('private, no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('S-01 says by itself what whoever made it left out, and keeps what was said', async () => {
    const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
      '/silent': (response) => response.end('x'),
      '/json': (response) => response.writeHead(404, { 'cache-control': 'public, max-age=60' }).end('{}'),
      '/typed': (response) => { response.setHeader('content-type', ['text/plain']); response.setHeader('content-security-policy', "default-src 'self'"); response.end('x'); },
    };
    const bare = createServer((request, response) => {
      completeHead(response, request.url === '/json');
      answers[request.url ?? '']?.(response);
    });
    await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => { bare.close(); });
    const asked = async (path: string) => (await fetch(`http://127.0.0.1:${String((bare.address() as AddressInfo).port)}${path}`)).headers;
    const [silent, json, typed] = [await asked('/silent'), await asked('/json'), await asked('/typed')];
    for (const headers of [silent, json, typed]) expect([headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('x-frame-options')]).toEqual(['nosniff', 'strict-origin-when-cross-origin', 'DENY']);
    expect([silent.get('cache-control'), silent.get('content-type'), silent.get('strict-transport-security')]).toEqual(['private, no-store', 'text/plain; charset=utf-8', null]);
    expect([json.get('cache-control'), json.get('strict-transport-security')]).toEqual(['public, max-age=60', 'max-age=31536000; includeSubDomains']);
    expect([typed.get('content-type'), typed.get('content-security-policy')]).toEqual(['text/plain; charset=utf-8', "default-src 'self'"]);
  });

  it('is a plain 404 on a host that is not ours, and 503 on that of a suspended tenant and while the database is away', async () => {
    const asked = (host: string) => onNext(new Request(`http://${host}/api/trpc/site.tenants`, { headers: { host } }));
    expect((await asked('stranger.test')).status).toBe(404);
    identified.mockResolvedValueOnce({ host: 'closed', site: null, scope: null, platform: null, pending: null });
    const closed = await asked('ks.localhost');
    expect([closed.status, await closed.text()]).toEqual([503, expect.stringContaining('errors.tenant.suspended')]);
    identified.mockRejectedValueOnce(new Error('the database is away'));
    const away = await asked('ks.localhost');
    expect([away.status, await away.text()]).toEqual([503, expect.not.stringContaining('database')]);
  });

  it('to HEAD has no body on either mount', async () => {
    const overNode = await fetch(`${origin}/api/trpc/site.tenants`, { method: 'HEAD' });
    const overNext = await onNext(new Request(`${origin}/api/trpc/site.tenants`, { method: 'HEAD', headers: { host: 'ks.localhost' } }));
    expect([overNode.status, overNext.status, await overNode.text(), await overNext.text()]).toEqual([204, 204, '', '']);
  });

  it('S-15 names no procedure that there is', async () => {
    const { status, body } = await both('accounts.joins');
    expect(status).toBe(404);
    expect(JSON.stringify(body)).not.toMatch(/accounts|No procedure/u);
  });
});

describe('the asker', () => {
  it('is known by its network, and by the proxy nearest to us', () => {
    const ip = (value: string) => askerOf({ get: (name) => (name === 'x-forwarded-for' ? value : null) }).ip;
    expect([ip('203.0.113.9'), ip('1.1.1.1, 203.0.113.9'), ip('::ffff:203.0.113.9')]).toEqual(['203.0.113.9', '203.0.113.9', '203.0.113.9']);
    expect(ip('2001:db8:1:2:aaaa::1')).toBe(ip('2001:db8:1:2::9'));
    expect(ip('2001:db8::1')).toBe('2001:db8:0:0');
    expect(ip('::1')).toBe('0:0:0:0');
  });

  it('S-05 has one address, whatever it says of itself: its own without a proxy, the proxy\'s word behind one', () => {
    const said = ['1.2.3.4', '1.2.3.4, 5.6.7.8', '::1', '', 'x'.repeat(3000)];
    const heard = (value: string, behindProxy: boolean) => {
      // a proxy of ours appends what it saw
      const request = { headers: { 'x-forwarded-for': behindProxy ? `${value}, 203.0.113.9` : value, 'x-real-ip': value, forwarded: `for=${value}` } as Record<string, string>, socket: { remoteAddress: '203.0.113.9' } };
      clean(request, behindProxy);
      return askerOf({ get: (name) => request.headers[name] ?? null }).ip;
    };
    for (const behindProxy of [false, true]) expect([behindProxy, new Set(said.map((value) => heard(value, behindProxy)))]).toEqual([behindProxy, new Set(['203.0.113.9'])]);
  });

  it('keeps no request id that is not one', () => {
    const id = '01a20a36-d5da-7677-afa8-b1868740f3cf';
    const asked = (value: string) => askerOf({ get: (name) => (name === 'x-request-id' ? value : null) }).requestId;
    expect(asked(id)).toBe(id);
    expect(asked('"><script>')).not.toContain('script');
  });

  it('gets the language it chose, then its browser\'s, then the tenant\'s; English only by choice', () => {
    const identity = { host: 'tenant', site: {}, scope: null, platform: null, pending: null } as unknown as Identity;
    const locale = (acceptLanguage: string, cookie = '') => localeOf({ acceptLanguage, cookie }, identity, { offered: ['sq', 'sr', 'en'], default: 'sq' });
    expect(locale('en-US,en;q=0.9')).toBe('sq');
    expect(locale('sr-RS,en;q=0.9')).toBe('sr');
    expect(locale('mk,en;q=0.9')).toBe('sq');
    expect(locale('sr', 'a=1; idm-locale=en')).toBe('en');
    expect(locale('sr', 'idm-locale=mk')).toBe('sr');
    expect(cookieOf('a=1; idm-locale=%E0%A4%A', 'idm-locale')).toBeNull();
  });
});
