import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { appRouter } from '../root';
import type { Asker } from './asker';
import { answerNode } from './node-mount';
import { trpcPath } from './protocol';
import type { Identity } from './request-context';
import { createTrpcHandler } from './trpc-handler';

const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { readonly _def: { readonly type: string } }>>;
const mutations = Object.entries(procedures).filter(([, { _def }]) => _def.type === 'mutation').map(([name]) => name);

const nobody = { host: 'root' as const, site: null, scope: null, platform: null, pending: null };

/** Nobody is looked up before a request is known to come from a page of ours: a call of this means that it was let in. */
const identified = vi.fn<(asker: Asker) => Promise<Identity>>(() => Promise.resolve(nobody));
const handler = createTrpcHandler({ app: 'member', identify: identified, passwords: { hash: (text) => Promise.resolve(text), verify: () => Promise.resolve(false), welcome: () => Promise.resolve() } });

let server: Server;
beforeAll(async () => {
  server = createServer((asked, response) => {
    answerNode(handler, asked, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
beforeEach(() => { identified.mockClear(); });

const host = 'ks.localhost:3000';
const own = { origin: `http://${host}`, 'content-type': 'application/json' };
const body = JSON.stringify({ json: {} });

/** As a browser or a script sends it: fetch would set an Origin of its own, and refuses methods that attackers do not. */
function send(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const bare = method === 'GET' || method === 'HEAD';
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, method, path, headers: { host, ...(bare ? {} : { 'content-length': String(body.length) }), ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => { text += part; });
      answer.on('end', () => { resolve({ status: answer.statusCode ?? 0, text }); });
    });
    asked.on('error', reject);
    asked.end(bare ? undefined : body);
  });
}

const strangers: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['another site', { origin: 'https://evil.test' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['nowhere, crossing sites', { 'sec-fetch-site': 'cross-site' }],
  ['nowhere, from a sister host', { 'sec-fetch-site': 'same-site' }],
  ['nowhere, typed in', { 'sec-fetch-site': 'none' }],
  ['nowhere', {}],
  ['another country', { origin: 'http://mk.localhost:3000' }],
  ['the other portal', { origin: 'http://ks.localhost:3001' }],
  ['the bare domain', { origin: 'http://localhost:3000' }],
  ['the same name over TLS', { origin: 'https://ks.localhost:3000' }],
  ['a name that begins like ours', { origin: 'http://ks.localhost:3000.evil.test' }],
  ['a name that ends like ours', { origin: 'http://evilks.localhost:3000' }],
  ['two places at once', { origin: 'http://ks.localhost:3000, https://evil.test' }],
  ['a page that says it is ours in other headers', { origin: 'https://evil.test', 'x-forwarded-host': host, referer: `http://${host}/` }],
];
const forms = ['text/plain', 'text/plain; x=application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/octet-stream', 'application/jsonp', 'application/json+x', ''];

describe('S-04 no other page can make a browser change anything', () => {
  it('knows the mutations, and lets each in from a page of its own host', async () => {
    expect(mutations.length).toBeGreaterThan(40);
    for (const name of mutations) {
      identified.mockClear();
      await send('POST', `${trpcPath}/${name}`, own);
      expect([name, identified.mock.calls.length]).toEqual([name, 1]);
    }
  });

  it.each(strangers)('S-04 every mutation is refused from %s', async (_name, headers) => {
    for (const name of mutations) {
      const { status, text } = await send('POST', `${trpcPath}/${name}`, { 'content-type': 'application/json', ...headers });
      expect([name, status, text.includes('errors.origin')]).toEqual([name, 403, true]);
    }
    expect((await send('POST', `${trpcPath}/${mutations.slice(0, 5).join(',')}?batch=1`, { 'content-type': 'application/json', ...headers })).status).toBe(403);
    expect(identified).not.toHaveBeenCalled();
  });

  it.each(forms)('S-04 every mutation is refused as "%s", which a form of any site can send', async (type) => {
    for (const name of mutations) expect([name, (await send('POST', `${trpcPath}/${name}`, { ...own, 'content-type': type })).status]).toEqual([name, 400]);
    expect(identified).not.toHaveBeenCalled();
  });

  it('S-04 no mutation runs by a link, or by a method that calls itself another', async () => {
    const input = `?input=${encodeURIComponent(body)}`;
    for (const name of mutations) {
      for (const headers of [{}, { 'x-http-method-override': 'POST' }, { 'x-http-method': 'POST', 'x-method-override': 'POST' }]) {
        expect([name, (await send('GET', `${trpcPath}/${name}${input}`, headers)).status]).toEqual([name, 405]);
      }
      expect([name, (await send('GET', `${trpcPath}/${name}${input}&_method=POST`, {})).status]).toEqual([name, 405]);
      for (const method of ['PUT', 'PATCH', 'DELETE']) expect([name, (await send(method, `${trpcPath}/${name}`, own)).status]).toEqual([name, 405]);
    }
  });
});
