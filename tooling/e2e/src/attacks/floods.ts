import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ofTenant } from '@interdomestik/up';
import { expectThat } from '../journey';
import type { Product } from '../stack';
import { ask, queryPath, signInMember, type Answer, type Asked } from './http';
import { nobodysId } from './paths';
import { median, nothingFound, scenario, type Scenario } from './scenario';

const json = 'application/json';
const canary = 'zqcanary.person@zqcanary.example';
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Everything that is too much, broken, forged or of another kind. */
function nonsense(address: string, cookie: string): (readonly [what: string, path: string, asked: Asked])[] {
  const origin = new URL(address).origin;
  const post = (body: string | Buffer, type = json): Asked => ({ method: 'POST', cookie, headers: { origin, 'content-type': type }, body });
  const query = (name: string, input: unknown) => [`${name} ${JSON.stringify(input).slice(0, 60)}`, queryPath(name, input), { cookie }] as const;
  return [
    ['10 MB of JSON', '/api/trpc/accounts.join', post(Buffer.alloc(10_000_000, 'x'))],
    ['JSON 10,000 deep', '/api/trpc/accounts.join', post(`{"json":${deep(10_000)}}`)],
    ['JSON 10,000 deep in the address', `/api/trpc/claims.get?input=${deep(3000)}`, { cookie }],
    ['meta 5,000 deep', '/api/trpc/accounts.join', post(`{"json":{},"meta":{"values":${deep(5000)}}}`)],
    ['meta that points at the prototype', '/api/trpc/accounts.join', post('{"json":{"a":1},"meta":{"values":{"__proto__.polluted":["Date"],"constructor.prototype.x":["Date"]}}}')],
    ['a prototype as a key', '/api/trpc/accounts.join', post('{"json":{"__proto__":{"admin":true},"constructor":{"prototype":{}}}}')],
    ['no JSON', '/api/trpc/accounts.join', post('{')],
    ['nothing', '/api/trpc/accounts.join', post('')],
    ['null', '/api/trpc/accounts.join', post('null')],
    ['NUL', '/api/trpc/claims.get', post('{"json":{"id":"\\u0000"}}')],
    ['half a letter', '/api/trpc/accounts.requestPasswordReset', post('{"json":{"email":"\\ud800@example.com"}}')],
    ['a 1 MB query string', `/api/trpc/claims.get?input=${'x'.repeat(15_000)}`, { cookie }],
    query('notifications.list', { limit: 1e9 }), query('notifications.list', { limit: -1 }), query('notifications.list', { limit: 'x' }), query('notifications.list', { limit: 0.5 }),
    ...['', 'x', '%', 'AAAA', '{}', 'null', nobodysId, 'x'.repeat(5000), Buffer.from('{"id":"x","at":"y"}').toString('base64url'), Buffer.from('["2026-01-01T00:00:00Z",null]').toString('base64url'), '\u0000', "' or 1=1 --"].map((cursor) => query('notifications.list', { limit: 5, cursor })),
    ...['x', '', '0', nobodysId.toUpperCase(), `${nobodysId}x`, 'CLM-MK-2026-000001', '../../etc/passwd', '00000000-0000-0000-0000-000000000000', canary].map((id) => query('claims.get', { id })),
    query('claims.get', { id: ['a'] }), query('claims.get', { id: { $ne: null } }), query('claims.get', [nobodysId]), query('claims.get', 7),
    ...['x', 'x'.repeat(5000), canary, '%00'].map((token) => query('accounts.invitation', { token })),
    query('cards.verify', { code: 'x'.repeat(5000) }), query('cards.verify', { code: 7 }),
    ['a forged link', '/api/trpc/accounts.resetPassword', post(JSON.stringify({ json: { token: canary, password: 'a quiet river in autumn' } }))],
    ['a forged confirmation', '/api/trpc/accounts.verifyEmail', post(JSON.stringify({ json: { token: 'x'.repeat(43) } }))],
    ['a name of every object', '/api/trpc/constructor', { cookie }], ['a prototype of a router', '/api/trpc/__proto__.toString', { cookie }], ['a deep name', `/api/trpc/${'a.'.repeat(2000)}a`, { cookie }],
    ['a webhook of nobody', '/api/webhooks/paddle/zz-none', post('{}')], ['a webhook with a wrong seal', '/api/webhooks/paddle/ks-main', { ...post('{}'), headers: { 'paddle-signature': `ts=1;h1=${'0'.repeat(64)}` } }],
    ['a webhook without an end', `/api/webhooks/paddle/${'x'.repeat(5000)}`, post('{}')],
    ['a document of another kind', '/api/documents/x', { cookie }], ['a document of nobody', `/api/documents/${nobodysId}`, { cookie }],
    ['an upload of nothing', '/api/uploadthing?slug=document&actionType=upload', post('{}')], ['an upload to no place', '/api/uploadthing?slug=none&actionType=upload', post('{"files":[],"input":{}}')], ['a faked word of the store', '/api/uploadthing?slug=document', { ...post('{"status":"uploaded"}'), headers: { origin, 'content-type': json, 'uploadthing-hook': 'callback', 'x-uploadthing-signature': 'hmac-sha256=00' } }],
    ['an unknown host', '/api/trpc/site.current', { headers: { host: 'evil.test' } }], ['an empty host', '/api/trpc/site.current', { headers: { host: '' } }], ['a host of signs', '/api/trpc/site.current', { headers: { host: "ks'--.localhost" } }], ['a very long host', '/sign-in', { headers: { host: `${'a'.repeat(4000)}.localhost` } }],
    ['an odd language', '/sign-in', { headers: { 'accept-language': `${'x-'.repeat(3000)};q=9` } }], ['an odd cookie', '/sign-in', { cookie: `idm-locale=%00%ff; idm-theme=<script>; ${'a=b; '.repeat(500)}` }],
  ];
}

/** Session cookies that no sign-in gave. */
function forgeries(session: string): string[] {
  const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(`{"tenantId":"tenant_ks","sid":"${nobodysId}","kind":"tenant"}`).toString('base64url')}.`;
  const parts = session.split('.');
  return ['x', none, `${session.slice(0, -4)}AAAA`, [...parts.slice(0, 3), 'AAAA', parts[4]].join('.'), 'a.b.c.d.e', 'x'.repeat(4000), `${session}${session}`, '%00', '{"sid":"1"}'];
}

/** Whether an answer that was slow once is quick when it is asked again: a machine with other work is slow at times, an input that stalls us is slow every time, and many times slower than a plain question. */
async function isQuick(address: string, path: string, asked: Asked): Promise<boolean> {
  for (let again = 0; again < 4; again += 1) {
    const plain = await ask(address, '/api/health');
    if ((await ask(address, path, asked)).milliseconds < Math.max(1000, 100 * plain.milliseconds)) return true;
  }
  return false;
}

async function bad({ addresses, logs }: Product): Promise<void> {
  const found: string[] = [];
  const durations: number[] = [];
  let slowest = { what: '', milliseconds: 0 };
  const ks = ofTenant(addresses.member, 'ks');
  const { cookie } = await signInMember(ks, 'ks');
  // the first page of a process is loaded from the disk, whoever asks for it
  await ask(ks, '/sign-in');
  const sizeBefore = new Map(logFiles(logs).map((file) => [file, readFileSync(file).length]));
  const judge = (what: string, answer: Answer, refused = false): void => {
    durations.push(answer.milliseconds);
    if (answer.milliseconds > slowest.milliseconds) slowest = { what, milliseconds: answer.milliseconds };
    if (answer.status >= 500) found.push(`${what}: ${String(answer.status)} ${answer.body.slice(0, 100)}`);
    if (refused && answer.status < 400) found.push(`${what}: ${String(answer.status)}`);
    if (/select |insert into|node_modules|\bat [\w.]+ \(|ZodError|NextAuth|PostgresError|stack/u.test(answer.body) && (answer.headers['content-type'] ?? '').includes('json')) found.push(`${what}: tells of our insides: ${answer.body.slice(0, 160)}`);
  };
  for (const as of [cookie, '']) {
    for (const [what, path, asked] of nonsense(ks, as)) {
      const who = `${as === '' ? 'visitor' : 'member'}, ${what}`;
      const answer = await ask(ks, path, asked);
      judge(who, answer, path.startsWith('/api/') && !path.startsWith('/api/documents/'));
      if (answer.milliseconds > 1000 && !(await isQuick(ks, path, asked))) found.push(`${who}: slow every time, ${answer.milliseconds.toFixed(0)} ms`);
    }
  }
  const name = 'idm-member.session';
  const session = cookie.split('; ').find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  for (const value of forgeries(session)) {
    judge(`a forged session ${value.slice(0, 20)}`, await ask(ks, queryPath('accounts.me'), { cookie: `${name}=${value}` }), true);
    const { body, ...answer } = await ask(ks, '/api/auth/session', { cookie: `${name}=${value}` });
    judge('a forged session at next-auth', { body, ...answer });
    if (/"signedIn":true/u.test(body)) found.push(`next-auth takes ${value.slice(0, 20)}`);
  }
  const admin = ofTenant(addresses.admin, 'ks');
  judge("the other portal's session", await ask(admin, queryPath('accounts.me'), { cookie: `idm-admin.session=${session}` }), true);
  const written = logFiles(logs).map((file) => readFileSync(file).subarray(sizeBefore.get(file) ?? 0).toString()).join('\n');
  if (written.includes('zqcanary')) found.push('a log tells what somebody typed');
  console.log(`       ${String(durations.length)} bad requests, answered in ${median(durations).toFixed(0)} ms (median), ${slowest.milliseconds.toFixed(0)} ms at most: ${slowest.what}`);
  nothingFound(found, 'bad requests with a wrong answer');
}

const logFiles = (folder: string): string[] => readdirSync(folder).filter((file) => file.endsWith('.log')).map((file) => join(folder, file));

/** Route handlers of our own and the sign-out, as another site would have a browser send them. */
async function forged({ addresses }: Product): Promise<void> {
  const found: string[] = [];
  const ks = ofTenant(addresses.member, 'ks');
  const { cookie } = await signInMember(ks, 'ks');
  const { csrfToken } = JSON.parse((await ask(ks, '/api/auth/csrf', { cookie })).body) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, json: 'true', callbackUrl: '/' }).toString();
  const strangers: readonly Readonly<Record<string, string>>[] = [{ origin: 'https://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { origin: ofTenant(addresses.member, 'mk') }, { origin: ofTenant(addresses.admin, 'ks') }];
  for (const headers of strangers) {
    for (const path of ['/api/auth/signout', '/api/auth/callback/credentials', '/api/auth/signin/credentials', '/api/auth/session', '/api/auth/_log']) {
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', json, 'multipart/form-data; boundary=x', 'application/octet-stream']) {
        const answer = await ask(ks, path, { method: 'POST', cookie, headers: { ...headers, 'content-type': type }, body: form });
        if (answer.status !== 403) found.push(`${path} ${JSON.stringify(headers)} ${type}: ${String(answer.status)}`);
      }
    }
  }
  for (const [method, path] of [['GET', `/api/auth/signout?${form}`], ['GET', `/api/auth/callback/credentials?${form}`], ['PUT', '/api/auth/signout'], ['DELETE', '/api/auth/session']] as const) {
    const { status } = await ask(ks, path, { method, cookie, headers: { 'x-http-method-override': 'POST' } });
    if (status < 300) found.push(`${method} ${path}: ${String(status)}`);
  }
  // the store signs its word, and its page is one of ours: neither another site nor a missing seal gets a grant
  for (const headers of strangers) {
    const files = JSON.stringify({ files: [{ name: 'a.pdf', size: 10, type: 'application/pdf' }], input: { entity: 'member', entityId: nobodysId } });
    for (const type of [json, 'text/plain']) {
      const answer = await ask(ks, '/api/uploadthing?slug=document&actionType=upload', { method: 'POST', cookie, headers: { ...headers, 'content-type': type }, body: files });
      if (answer.status < 400) found.push(`an upload ${JSON.stringify(headers)} ${type}: ${String(answer.status)}`);
    }
  }
  expectThat((await ask(ks, queryPath('accounts.me'), { cookie })).status === 200, 'after all that the session is still there');
  const own = await ask(ks, '/api/auth/signout', { method: 'POST', cookie, headers: { origin: new URL(ks).origin, 'content-type': 'application/x-www-form-urlencoded' }, body: form });
  expectThat(own.status < 400 && (await ask(ks, queryPath('accounts.me'), { cookie })).status === 401, 'and the own page ends it');
  nothingFound(found, 'forged requests that were heard');
}

const away = ['https://evil.test', '//evil.test', '/\\evil.test', '\\\\evil.test', 'https:evil.test', '/%2f/evil.test', '/\t/evil.test', 'javascript:alert(1)', 'data:text/html,x', 'http://ks.localhost.evil.test', 'http://ks.localhost@evil.test', '//ks.localhost@evil.test', 'https://evil.test/ks.localhost', '/..//evil.test', '\u2028//evil.test'];

async function redirects({ addresses }: Product): Promise<void> {
  const found: string[] = [];
  for (const [address, app] of [[ofTenant(addresses.member, 'ks'), 'member'], [ofTenant(addresses.admin, 'ks'), 'admin'], [addresses.admin, 'admin']] as const) {
    const { origin } = new URL(address);
    for (const target of away) {
      const sent = encodeURIComponent(target);
      for (const path of [`/sign-in?next=${sent}`, `/sign-in?callbackUrl=${sent}`, `/api/auth/signin?callbackUrl=${sent}`, `/api/auth/signout?callbackUrl=${sent}`, `/api/auth/error?callbackUrl=${sent}`, `/${encodeURI(target).replace(/^\/+/u, '/')}`, `//evil.test/${encodeURI(target)}`]) {
        const answer = await ask(address, path);
        const location = answer.headers['location'] ?? '';
        if (answer.status >= 500) found.push(`${path} answers ${String(answer.status)}`);
        if (location !== '' && new URL(location, origin).origin !== origin) found.push(`${path} leads to ${location}`);
        for (const line of answer.cookies) if (line.includes('callback=') && /evil/u.test(decodeURIComponent(line)) && new URL(decodeURIComponent(/callback=([^;]*)/u.exec(line)?.[1] ?? ''), origin).origin !== origin) found.push(`${path} keeps ${line}`);
      }
    }
    if (app === 'member') {
      const { cookie } = await signInMember(address, 'ks');
      for (const target of away) {
        const { headers } = await ask(address, `/sign-in?next=${encodeURIComponent(target)}`, { cookie });
        const location = headers['location'] ?? '/';
        if (new URL(location, origin).origin !== origin) found.push(`signed in, ${target} leads to ${location}`);
      }
    }
  }
  nothingFound(found, 'ways to another site');
}

async function unknownNames({ addresses }: Product): Promise<void> {
  for (const address of [ofTenant(addresses.member, 'ks'), ofTenant(addresses.admin, 'ks')]) {
    const bodies = new Set<string>();
    for (const path of ['/api/trpc/none', '/api/trpc/claims', '/api/trpc/claims.gets', '/api/trpc/', '/api/trpc/claims.*']) {
      const { status, body } = await ask(address, path);
      expectThat(status === 404 && !/claims|No procedure|path/iu.test(body) && /"requestId":"[0-9a-f-]{36}"/u.test(body), `${path} says that there is nothing, and under which id: ${String(status)} ${body.slice(0, 200)}`);
      bodies.add(body.replaceAll(/"requestId":"[^"]*"/gu, ''));
    }
    expectThat(bodies.size === 1, 'what is nearly right is answered like what is not');
    for (const path of ['/api/auth/none', '/api/auth/callback/none', '/api/auth/signin/none']) expectThat(!/next-?auth|not supported|Error:/iu.test((await ask(address, path)).body), `${path} names no library`);
  }
}

/** What is for those who build it must not be where people work. */
async function production(product: Product): Promise<void> {
  for (const app of ['member', 'admin'] as const) {
    const portal = await product.another(app, { APP_ENV: 'test', SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@example.com' });
    try {
      for (const path of ['/design', '/mailbox', `/mailbox/${nobodysId}`, '/api/test', '/api/debug', '/debug', '/__nextjs_source-map', '/__nextjs_original-stack-frames', '/_next/webpack-hmr', '/api/trpc-panel', '/panel', '/playground', '/graphql', '/.git/HEAD', '/.env', '/server.mjs', '/server.mjs.map', '/dist/server.mjs', '/package.json', '/tsconfig.json', '/.well-known/security.json']) {
        const { status } = await ask(ofTenant(portal.address, 'ks'), path);
        expectThat(status === 404, `${path} of ${app} is nothing in production, not ${String(status)}`);
      }
      const { body } = await ask(ofTenant(portal.address, 'ks'), '/sign-in');
      for (const file of new Set([...body.matchAll(/\/_next\/static\/[^"\\]+?\.js/gu)].map(([found]) => found))) {
        expectThat((await ask(ofTenant(portal.address, 'ks'), `${file}.map`)).status === 404, 'no map of our sources is handed out');
      }
    } finally {
      await portal.stop();
    }
  }
}

export const floodAttacks: readonly Scenario[] = [
  scenario('S-16 I-31 bad input is refused at once, tells nothing and leaves nothing personal in a log', (product) => () => bad(product)),
  scenario('S-04 no other site signs anybody in or out, or gets an upload', (product) => () => forged(product)),
  scenario('S-14 no link leads away from the product', (product) => () => redirects(product)),
  scenario('S-15 unknown names are not answered with known ones', (product) => () => unknownNames(product)),
];

/** Starts portals of its own. */
export const slowFloodAttacks: readonly Scenario[] = [scenario('S-17 nothing for builders is there in production', (product) => () => production(product))];
