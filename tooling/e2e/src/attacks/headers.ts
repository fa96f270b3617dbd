import { createTestDatabase } from '@interdomestik/db/testing';
import { migrateDatabase, ofTenant } from '@interdomestik/up';
import { expectThat } from '../journey';
import type { Product } from '../stack';
import { ask, raw, signInMember, type Answer, type Asked } from './http';
import { filled, pagesOf, routesOf } from './paths';
import { each, nothingFound, scenario, type Scenario } from './scenario';

interface Circumstance {
  readonly secure: boolean;
  readonly signedIn: boolean;
}

const yearOrMore = (value: string): boolean => Number(/max-age=(\d+)/u.exec(value)?.[1] ?? 0) >= 31_536_000 && value.includes('includeSubDomains');

/** What an answer of ours must say of itself, and does not. */
export function headFaults({ asked, status, headers, bytes }: Answer, { secure, signedIn }: Circumstance): string[] {
  const policy = headers['content-security-policy'] ?? '';
  const type = headers['content-type'] ?? '';
  const cache = headers['cache-control'] ?? '';
  const immutable = asked.includes('/_next/static/') && status === 200;
  const rules: readonly (readonly [boolean, string])[] = [
    [headers['x-content-type-options'] === 'nosniff', 'no nosniff'],
    [(headers['referrer-policy'] ?? '') !== '', 'no Referrer-Policy'],
    [/frame-ancestors 'none'/u.test(policy) && headers['x-frame-options'] === 'DENY', 'may be framed'],
    [/(?:object-src|default-src) 'none'/u.test(policy) && /base-uri 'none'/u.test(policy), 'a weak Content-Security-Policy'],
    [headers['x-powered-by'] === undefined && headers['server'] === undefined, 'says what it runs on'],
    [bytes.length === 0 || type !== '', 'no Content-Type'],
    [!/^(?:text\/|application\/(?:json|javascript))/u.test(type) || /charset=utf-8/iu.test(type), `no charset in ${type}`],
    [secure ? yearOrMore(headers['strict-transport-security'] ?? '') : headers['strict-transport-security'] === undefined, 'wrong Strict-Transport-Security'],
    [immutable ? cache.includes('immutable') : !signedIn || /no-store/u.test(cache) || asked.endsWith('/sw.js'), `may be kept: ${cache}`],
    [!/(?:^|[\s,])public/u.test(cache) || immutable || asked.endsWith('/sw.js'), `public: ${cache}`],
    [headers['access-control-allow-origin'] === undefined, 'lets other sites read it'],
  ];
  return rules.flatMap(([holds, fault]) => (holds ? [] : [`${asked} (${String(status)}): ${fault}`]));
}

const long = 'x'.repeat(1_200_000);

/** Every kind of answer that a portal gives: pages and routes by every method, files, redirects, refusals, faults. */
async function answersOf(app: 'member' | 'admin', address: string, extra: Asked): Promise<Answer[]> {
  const paths = [...pagesOf(app), ...routesOf(app)].map((path) => filled(path));
  const home = await ask(address, '/sign-in', extra);
  const files = [...home.body.matchAll(/\/_next\/static\/[^"\\]+?\.(?:js|css|woff2)/gu)].map(([file]) => file);
  expectThat(files.some((file) => file.endsWith('.js')) && files.some((file) => file.endsWith('.css')), 'the sign-in page names its scripts and styles');
  const requests: (readonly [string, Asked])[] = [
    ...paths.map((path) => [path, {}] as const),
    ...[...new Set(files)].slice(0, 4).map((path) => [path, {}] as const),
    ...['/sw.js', '/_next/static/none.js', '/_next/image?url=%2Fx.png&w=64&q=75', '/_next/data/x/home.json', '/favicon.ico', '/.env', '/none', '//none', '/sign-in/', '/%', '/claims/%E0%A4%A', '/%00', '/..%2f..%2fetc'].map((path) => [path, {}] as const),
    ...['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].flatMap((method) => ['/sign-in', '/api/health', '/api/trpc/site.current', '/api/auth/session', '/sw.js'].map((path) => [path, { method }] as const)),
    ...['/api/trpc/accounts.join', '/api/webhooks/paddle/ks-main', '/api/uploadthing', '/sign-in'].map((path) => [path, { method: 'POST', body: long, headers: { origin: new URL(address).origin, 'content-type': 'application/json' } }] as const),
    ['/api/webhooks/paddle/ks-main', { method: 'POST', body: '{}' }],
    ['/api/trpc/site.current', {}],
    ['/api/trpc/none', {}],
    ['/api/auth/callback/credentials', { method: 'POST', body: 'x=1' }],
  ];
  const answers: Answer[] = [home];
  await each(requests, async ([path, asked]) => {
    answers.push(await ask(address, path, { ...extra, ...asked, headers: { ...extra.headers, ...asked.headers } }));
  });
  return answers;
}

const hosts = (address: string): string[] => [ofTenant(address, 'ks'), address, ofTenant(address, 'nowhere')];

/** On a country's host, where what differs from the others is; on the plain one as well when `both`. */
async function everyAnswer({ addresses }: Product, both: boolean): Promise<void> {
  const found: string[] = [];
  let seen = 0;
  const statuses = new Set<number>();
  const look = (answers: readonly Answer[], circumstance: Circumstance): void => {
    seen += answers.length;
    for (const answer of answers) {
      statuses.add(answer.status);
      found.push(...headFaults(answer, circumstance));
    }
  };
  for (const app of ['member', 'admin'] as const) {
    for (const address of hosts(addresses[app]).slice(0, both ? 2 : 1)) look(await answersOf(app, address, {}), { secure: false, signedIn: false });
    const strange = hosts(addresses[app])[2] ?? '';
    look(await Promise.all(['/', '/sign-in', '/api/health', '/api/trpc/site.current', '/api/auth/session', '/sw.js'].map((path) => ask(strange, path))), { secure: false, signedIn: false });
  }
  const ks = ofTenant(addresses.member, 'ks');
  const { cookie } = await signInMember(ks, 'ks');
  look(await answersOf('member', ks, { cookie }), { secure: false, signedIn: true });
  nothingFound(found, 'answers without their headers');
  for (const status of [200, 307, 308, 400, 401, 403, 404, 405, 413]) expectThat(statuses.has(status), `a ${String(status)} was among the ${String(seen)} answers`);
}

async function unreadable({ addresses }: Product): Promise<void> {
  const requests = [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: ks.localhost\r\n\r\n`, 'GET / HTTP/9.9\r\n\r\n', 'no request at all\r\n\r\n', 'GET / HTTP/1.1\r\nhost: ks.localhost\r\ncontent-length: x\r\n\r\n'];
  for (const address of [addresses.member, addresses.admin]) {
    for (const bytes of requests) {
      const answer = await raw(address, bytes);
      expectThat(/^HTTP\/1\.1 4\d\d /u.test(answer), `"${bytes.slice(0, 30)}" is refused, not "${answer.slice(0, 60)}"`);
      expectThat(/x-content-type-options: nosniff/iu.test(answer) && /frame-ancestors 'none'/u.test(answer), `the refusal of "${bytes.slice(0, 30)}" has its headers`);
    }
  }
}

/** Portals as they stand behind a proxy that ends TLS. */
async function behindTls(product: Product): Promise<void> {
  const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
  const found: string[] = [];
  for (const app of ['member', 'admin'] as const) {
    const portal = await product.another(app, { TRUST_PROXY: '1' });
    try {
      const address = ofTenant(portal.address, 'ks');
      for (const answer of await answersOf(app, address, { headers: tls })) found.push(...headFaults(answer, { secure: true, signedIn: false }));
      if (app === 'member') {
        const { set } = await signInMember(address, 'ks', tls, 'https');
        const session = set.filter((line) => line.startsWith('__Host-idm-member.session'));
        expectThat(session.length > 0, `the session's cookie is bound to its host: ${set.map((line) => line.split('=')[0]).join()}`);
      }
      const { cookies } = await ask(address, '/api/auth/csrf', { headers: tls });
      expectThat(cookies.length > 0, 'next-auth set cookies');
      for (const line of cookies) {
        if (!line.startsWith(`__Host-idm-${app}.`) || !/; Secure/iu.test(line) || !/; HttpOnly/iu.test(line) || !/; SameSite=(?:Lax|Strict)/iu.test(line) || !/; Path=\/(?:;|$)/iu.test(line) || /; Domain=/iu.test(line)) found.push(`${app}: ${line.replace(/=[^;]*/u, '=...')}`);
      }
    } finally {
      await portal.stop();
    }
  }
  nothingFound(found, 'answers over TLS that lack something');
}

async function ownCookies({ addresses }: Product): Promise<void> {
  const ks = ofTenant(addresses.member, 'ks');
  const { set } = await signInMember(ks, 'ks', { 'x-forwarded-proto': 'https' });
  expectThat(set.some((line) => line.startsWith('idm-member.session')), 'without a proxy of ours nobody can say that the connection was safe');
  for (const line of set) expectThat(/; HttpOnly/iu.test(line) && /; SameSite=Lax/iu.test(line) && !/; Domain=/iu.test(line), `${line.split('=')[0] ?? ''} is out of the reach of scripts and other hosts`);
}

const insides = /\bselect [\w".]+(?:,| from)|\bfrom "\w+"|postgres|ECONNREFUSED|(?:database|relation|role) "[^"]*" does not exist|\/work\/|node_modules|\bat [\w.]+ \(|\.tsx?:\d/iu;

/** Portals whose database is taken away: what they then say, to whom they should not say more. */
async function withoutDatabase(product: Product): Promise<void> {
  const database = await createTestDatabase();
  await migrateDatabase(database.ownerUrl);
  const settings = { DATABASE_URL: database.appUrl, DATABASE_PLATFORM_URL: database.platformUrl };
  const portals = [await product.another('member', settings), await product.another('admin', settings)];
  try {
    await database.drop();
    const found: string[] = [];
    for (const { address } of portals) {
      for (const host of [address, ofTenant(address, 'ks')]) {
        for (const path of ['/', '/sign-in', '/api/health', '/api/trpc/site.tenants', '/api/trpc/site.current', '/api/auth/session', '/home']) {
          const answer = await ask(host, path);
          found.push(...headFaults(answer, { secure: false, signedIn: false }));
          if (host !== address && answer.status < 500) found.push(`${answer.asked} answers ${String(answer.status)} without a database`);
          if (insides.test(answer.body)) found.push(`${answer.asked} (${String(answer.status)}) tells of our insides: ${insides.exec(answer.body)?.[0] ?? ''}`);
        }
      }
    }
    nothingFound(found, 'answers without a database');
  } finally {
    for (const portal of portals) await portal.stop();
  }
}

export const headerAttacks: readonly Scenario[] = [
  scenario('S-01 every answer carries its headers, whatever its status', (product) => () => everyAnswer(product, false)),
  scenario('S-01 what is no request is refused with the headers too', (product) => () => unreadable(product)),
  scenario('S-03 cookies are out of the reach of scripts and other hosts', (product) => () => ownCookies(product)),
];

/** Take long, or start portals of their own. */
export const slowHeaderAttacks: readonly Scenario[] = [
  scenario('S-01 every answer of the plain host carries its headers too', (product) => () => everyAnswer(product, true)),
  scenario('S-01 S-03 behind TLS: HSTS, and cookies that are bound to their host', (product) => () => behindTls(product)),
  scenario('S-01 S-15 I-31 without a database nothing of our insides is told', (product) => () => withoutDatabase(product)),
];
