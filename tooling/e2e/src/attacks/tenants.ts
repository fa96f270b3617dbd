import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey } from '../journey';
import type { Product } from '../stack';
import { branchesOf, signInStaff } from '../staff';
import { ask, cookiesOf, mutation, queryPath, raw, signInMember, type Answer, type Asked } from './http';
import { filled, nobodysId, pagesOf } from './paths';
import { each, median, nothingFound, scenario, type Scenario } from './scenario';

/** An answer without what differs from one request to the next. */
const plain = (text: string): string => text.replaceAll(/"requestId":"[^"]*"/gu, '').replaceAll(/nonce="[^"]*"|nonce\\?":\\?"[^"\\]*/gu, '');

interface Home {
  readonly address: string;
  readonly cookie: string;
  readonly claimId: string;
  readonly paymentId: string;
}

async function homeOf(address: string, slug: string): Promise<Home> {
  const at = ofTenant(address, slug);
  const { cookie } = await signInMember(at, slug);
  const first = async (name: string): Promise<string> => {
    const { body } = await ask(at, queryPath(name), { cookie });
    return (JSON.parse(body) as { result: { data: { json: { id: string }[] } } }).result.data.json[0]?.id ?? '';
  };
  const [claimId, paymentId] = [await first('claims.mine'), await first('payments.mine')];
  expectThat(claimId !== '' && paymentId !== '', `the seeded member of ${slug} has a claim and a payment`);
  return { address: at, cookie, claimId, paymentId };
}

const batchPath = (calls: readonly (readonly [name: string, input: unknown])[]): string =>
  `/api/trpc/${calls.map(([name]) => name).join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(calls.map(([, input], index) => [index, { json: input }]))))}`;

/** One batch with own ids, the other country's and nobody's: each call is answered as if it stood alone. */
async function batches({ addresses }: Product): Promise<void> {
  const [ks, mk] = [await homeOf(addresses.member, 'ks'), await homeOf(addresses.member, 'mk')];
  expectThat((await ask(mk.address, queryPath('claims.get', { id: mk.claimId }), { cookie: mk.cookie })).status === 200, "the other country's claim is there for its owner");
  const calls = [ks.claimId, mk.claimId, nobodysId, ks.claimId].map((id) => ['claims.get', { id }] as const);
  const all = [...calls, ['invoices.mine', {}] as const, ['branches.list', {}] as const, ['claims.get', { id: mk.paymentId }] as const, ['claims.get', { id: 'x' }] as const];
  const together = JSON.parse((await ask(ks.address, batchPath(all), { cookie: ks.cookie })).body) as unknown[];
  for (const [index, [name, input]] of all.entries()) {
    const alone = await ask(ks.address, queryPath(name, input), { cookie: ks.cookie });
    expectThat(plain(JSON.stringify(together[index])) === plain(JSON.stringify(JSON.parse(alone.body))), `call ${String(index)} of the batch, ${name}, is answered as alone`);
  }
  expectThat(plain(JSON.stringify(together[1])) === plain(JSON.stringify(together[2])), "the other country's claim looks like one that does not exist");
  const durations: number[] = [];
  for (const count of [11, 100, 1000]) {
    const sent = Array.from({ length: count }, () => ['site.current', {}] as const);
    const body = JSON.stringify(Object.fromEntries(sent.map((_, index) => [index, { json: { email: 'nobody@example.com' } }])));
    const names = Array<string>(count).fill('accounts.requestPasswordReset').join(',');
    for (const answer of [
      await ask(ks.address, `/api/trpc/${sent.map(([name]) => name).join(',')}?batch=1`, { cookie: ks.cookie }),
      await ask(ks.address, `/api/trpc/${names}?batch=1`, { ...mutation(ks.address, {}, ks.cookie), body }),
    ]) {
      // a thousand names do not even fit into an address
      expectThat([400, 414, 431].includes(answer.status), `a batch of ${String(count)} is refused, not ${String(answer.status)}`);
      expectThat(answer.milliseconds < 1000, `at once, not after ${String(Math.round(answer.milliseconds))} ms`);
      durations.push(answer.milliseconds);
    }
  }
  console.log(`       batches over the limit are refused in ${median(durations).toFixed(0)} ms (median)`);
}

const claims: readonly Readonly<Record<string, string>>[] = [
  { 'x-tenant-id': 'tenant_mk', 'x-tenant': 'mk', tenant: 'tenant_mk' }, { 'x-forwarded-host': 'mk.localhost' }, { 'x-host': 'mk.localhost', 'x-original-host': 'mk.localhost', 'x-forwarded-server': 'mk.localhost' },
  { forwarded: 'host=mk.localhost;proto=https' }, { 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' }, { 'x-original-url': 'http://mk.localhost/', 'x-rewrite-url': 'http://mk.localhost/' }, { origin: 'http://mk.localhost', referer: 'http://mk.localhost/' },
  { 'x-path': '/', 'x-nonce': 'known', 'x-request-id': nobodysId, 'x-user-id': nobodysId, 'x-role': 'tenant_admin' },
];

/** Whose data is told does not follow from anything that a request says of itself, but from its host and session. */
async function tampering({ addresses }: Product): Promise<void> {
  const [ks, mk] = [await homeOf(addresses.member, 'ks'), await homeOf(addresses.member, 'mk')];
  const found: string[] = [];
  for (const cookie of ['', ks.cookie]) {
    const names = cookie === '' ? ['site.current', 'plans.list'] : ['site.current', 'claims.mine', 'accounts.profile', 'invoices.mine'];
    for (const name of names) {
      const honest = plain((await ask(ks.address, queryPath(name), { cookie })).body);
      const compare = (answer: Answer, how: string): void => { if (plain(answer.body) !== honest) found.push(`${name} ${how}: ${answer.body.slice(0, 120)}`); };
      for (const headers of claims) compare(await ask(ks.address, queryPath(name), { cookie, headers }), JSON.stringify(headers));
      for (const extra of ['tenant=mk; tenant_id=tenant_mk', 'idm-tenant=mk; x-tenant-id=tenant_mk']) compare(await ask(ks.address, queryPath(name), { cookie: cookie === '' ? extra : `${extra}; ${cookie}` }), extra);
      for (const query of ['tenant=mk', 'tenantId=tenant_mk', 'host=mk.localhost']) compare(await ask(ks.address, `${queryPath(name)}?${query}`, { cookie }), query);
    }
    for (const headers of claims) {
      const { body } = await ask(ks.address, '/plans', { cookie, headers });
      if (!body.includes('<html lang="sq"') && cookie === '') found.push(`/plans ${JSON.stringify(headers)} is another country's`);
    }
  }
  // a session at the other country's host, however that host is written, is nobody's
  const port = new URL(mk.address).port;
  for (const host of [`mk.localhost:${port}`, 'mk.localhost', `MK.localhost:${port}`, `mk.localhost.:${port}`]) {
    const answer = await ask(ks.address, queryPath('claims.mine'), { cookie: ks.cookie, headers: { host } });
    if (answer.status !== 401) found.push(`a session at Host ${host} answers ${String(answer.status)}`);
    const page = await ask(ks.address, '/home', { cookie: ks.cookie, headers: { host } });
    if (page.status !== 307 || !(page.headers['location'] ?? '').startsWith('/sign-in')) found.push(`a page at Host ${host} answers ${String(page.status)}`);
  }
  const absolute = await raw(ks.address, `GET http://mk.localhost:${port}${queryPath('claims.mine')} HTTP/1.1\r\nhost: ks.localhost:${port}\r\ncookie: ${mk.cookie}\r\nconnection: close\r\n\r\n`);
  if (absolute.includes(mk.claimId)) found.push('an absolute address in the request line chooses the tenant');
  const twice = await raw(ks.address, `GET ${queryPath('claims.mine')} HTTP/1.1\r\nhost: ks.localhost:${port}\r\nhost: mk.localhost:${port}\r\ncookie: ${mk.cookie}\r\nconnection: close\r\n\r\n`);
  if (twice.includes(mk.claimId)) found.push('a second Host chooses the tenant');
  nothingFound(found, 'requests that chose their own tenant');
}

/** A cache between many people and us, as badly set up as it may be: one for all hosts. It keeps only what it is allowed to keep. */
class SharedCache {
  readonly #kept = new Map<string, { readonly answer: Answer; readonly vary: Readonly<Record<string, string>> }>();
  hits = 0;

  async get(address: string, path: string, asked: Asked): Promise<Answer> {
    const sent: Readonly<Record<string, string>> = { ...asked.headers, cookie: asked.cookie ?? '', host: new URL(address).host };
    const kept = this.#kept.get(path);
    if (kept !== undefined && Object.entries(kept.vary).every(([name, value]) => (sent[name] ?? '') === value)) {
      this.hits += 1;
      return kept.answer;
    }
    const answer = await ask(address, path, asked);
    const control = answer.headers['cache-control'] ?? '';
    const vary = (answer.headers['vary'] ?? '').toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '');
    // without a word on it, a cache may keep by its own lights
    if (!/no-store|private|no-cache|max-age=0/u.test(control) && !vary.includes('*') && [200, 301, 308, 404].includes(answer.status)) {
      this.#kept.set(path, { answer, vary: Object.fromEntries(vary.map((name) => [name, sent[name] ?? ''])) });
    }
    return answer;
  }
}

const queries = ['site.current', 'plans.list', 'accounts.me', 'accounts.profile', 'accounts.sessions', 'claims.mine', 'claims.eligibility', 'invoices.mine', 'documents.mine', 'payments.mine', 'memberships.mine', 'memberships.family', 'cards.mine', 'notifications.list?input=%7B%22json%22%3A%7B%22limit%22%3A20%7D%7D', 'policies.list'];

async function sharedCache({ addresses }: Product): Promise<void> {
  const [ks, mk] = [await homeOf(addresses.member, 'ks'), await homeOf(addresses.member, 'mk')];
  const canary = `Kanarinka${Date.now().toString(36)}`;
  const planted = await ask(mk.address, '/api/trpc/policies.add', mutation(mk.address, { kind: 'property', insurer: canary, policyNumber: canary, startsOn: '2026-01-01', endsOn: '2036-01-01' }, mk.cookie));
  expectThat(planted.status === 200, `the canary is planted: ${planted.body.slice(0, 200)}`);
  const cache = new SharedCache();
  const home = await cache.get(mk.address, '/sign-in', {});
  const files = [...new Set([...home.body.matchAll(/\/_next\/static\/[^"\\]+?\.(?:js|css)/gu)].map(([file]) => file))].slice(0, 6);
  const paths = [...pagesOf('member').map((path) => filled(path, mk.claimId)), ...queries.map((name) => `/api/trpc/${name}`), `/api/documents/${mk.paymentId}`, '/api/auth/session', '/api/health', '/sw.js', ...files];
  const mine = /Kanarinka|@mk\.interdomestik|(?:MEM|CLM)-MK-\d|tenant_mk/u;
  const warmed: string[] = [];
  for (const headers of [{}, { rsc: '1' }]) {
    await each(paths, async (path) => {
      const { body } = await cache.get(mk.address, path, { cookie: mk.cookie, headers });
      if (mine.test(body)) warmed.push(body.includes(canary) ? `${path} with the canary` : path);
    });
  }
  // the list as data and as a page, and whatever else names the member: their number depends on what the member has
  expectThat(warmed.filter((path) => path.endsWith('canary')).length >= 2 && warmed.length >= 6, `the warming saw the country's own data: ${warmed.join(', ')}`);
  const found: string[] = [];
  for (const headers of [{}, { rsc: '1' }]) {
    for (const cookie of [ks.cookie, '']) {
      await each(paths, async (path) => {
        const answer = await cache.get(ks.address, path, { cookie, headers });
        const told = mine.exec(`${JSON.stringify(answer.headers)}${answer.body}`);
        if (told !== null) found.push(`${answer.asked} (${String(answer.status)}): ${told[0]}`);
      });
    }
  }
  expectThat(cache.hits >= files.length, `the cache did keep what it may, ${String(cache.hits)} times`);
  nothingFound(found, "the other country's data out of a shared cache");
}

/** A page that is missing, another country's or beyond somebody's rights says so by its status, and all of them alike. */
function missing({ addresses }: Product): Journey {
  return async ({ person }) => {
    const [ks, mk] = [await homeOf(addresses.member, 'ks'), await homeOf(addresses.member, 'mk')];
    for (const id of [nobodysId, mk.claimId, 'x']) {
      for (const path of [`/claims/${id}`, `/claims/${id}/edit`]) expectThat((await ask(ks.address, path, { cookie: ks.cookie })).status === 404, `${path} is 404`);
    }
    expectThat((await ask(ks.address, `/claims/${ks.claimId}`, { cookie: ks.cookie })).status === 200, 'the own claim is there');
    const admin = ofTenant(addresses.admin, 'ks');
    const page = await person('agent');
    await signInStaff(page, admin, 'ks', `agent.${branchesOf('ks').home}`);
    const cookie = await cookiesOf(page, admin);
    for (const path of ['/audit', '/settings/products', `/members/${nobodysId}`, '/members/x', '/platform', '/none']) expectThat((await ask(admin, path, { cookie })).status === 404, `${path} is 404 for an agent`);
    expectThat((await ask(admin, '/members', { cookie })).status === 200, 'the own members are there');
  };
}

export const tenantAttacks: readonly Scenario[] = [
  scenario('I-17 a batch answers each call as if it stood alone, and takes no more than ten', (product) => () => batches(product)),
  scenario('I-13 pages that are missing, forbidden or of another country are all 404', missing),
  scenario('I-18 headers, cookies, hosts and queries choose no tenant', (product) => () => tampering(product)),
  scenario('I-24 a shared cache warmed by one country tells the other nothing', (product) => () => sharedCache(product)),
];
