import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, ofTenant, repoRoot } from '@interdomestik/up';
import { expectThat } from '../journey';
import type { Product } from '../stack';
import { ask, signInMember, type Answer, type Asked } from './http';
import { filled, nobodysId, pagesOf, type Portal } from './paths';
import { each, nothingFound, scenario, type Scenario } from './scenario';

const five = (name: string): string => Array<string>(5).fill(name).join(':');
const headers: readonly Readonly<Record<string, string>>[] = [
  ...['middleware', 'src/middleware', five('middleware'), five('src/middleware'), 'pages/_middleware', five('proxy'), five('src/proxy')].map((value) => ({ 'x-middleware-subrequest': value })),
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-router-segment-prefetch': '/_index' },
  { rsc: '1', 'next-router-state-tree': encodeURIComponent(JSON.stringify(['', { children: ['__PAGE__', {}] }, null, 'refetch'])) },
  { 'x-nextjs-data': '1' },
  { 'next-action': 'a'.repeat(40) },
  { 'x-forwarded-prefix': '/sign-in', 'x-original-url': '/sign-in', 'x-rewrite-url': '/sign-in', 'x-matched-path': '/sign-in', 'x-invoke-path': '/sign-in' },
  { 'x-middleware-rewrite': '/sign-in', 'x-middleware-next': '1', 'x-middleware-override-headers': 'x-path', 'x-middleware-request-x-path': '/' },
];

const forms: readonly ((path: string) => string)[] = [
  (path) => `${path}.rsc`, (path) => `${path}.prefetch.rsc`, (path) => `${path}.segments/_tree.segment.rsc`, (path) => `${path}.segments/_full.segment.rsc`, (path) => `${path}.json`, (path) => `/_next/data/x${path}.json`,
  (path) => `${path}?_rsc=1`, (path) => `${path}?__nextDataReq=1`, (path) => `${path}/`, (path) => `/${path}`, (path) => `${path}.`, (path) => `${path}%2f`, (path) => `${path}%2e`, (path) => `/.${path}`, (path) => `/sign-in/..${path}`, (path) => `/sign-in/%2e%2e${path}`,
  (path) => `/sign-in%2f..${path}`, (path) => `${path};x=1`, (path) => path.replace('/', '/%5c'), (path) => path.toUpperCase(), (path) => `/en${path}`, (path) => `/sq${path}`, (path) => `${path}%00`, (path) => `${path}%20`, (path) => `${path}#x`,
];

const oddValues = ['%2f', `${nobodysId}%2f`, '%3f', `${nobodysId}%3fx=1`, '%23', `${nobodysId}%23`, '..%2f..%2fsign-in', '%5c', '%27', '%00', '%0d%0aset-cookie:x=1', '%ff', '__proto__', '%7b%7d'];

// numbers of records and addresses of people stand on no page that a stranger may see
const personal = /(?:MEM|CLM)-(?:MK|KS|XK)-\d|@(?:mk|ks)\.interdomestik/u;

/** True for an answer that shows nothing of a page behind the sign-in: the way there, a refusal, or one of these as React's own wire says it. */
function shut({ status, headers: head, body }: Answer): boolean {
  if (status >= 300 && status < 400) return true;
  if (personal.test(body)) return false;
  if (status >= 400 && status < 500) return true;
  return status === 200 && (/NEXT_REDIRECT;[a-z]+;\/sign-in/u.test(body) || /NEXT_HTTP_ERROR_FALLBACK;404/u.test(body) || (head['content-type'] ?? '').startsWith('text/x-component'));
}

/** Follows redirects within the host, as a browser would. */
async function followed(address: string, path: string, asked: Asked): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next: string | undefined = path;
  for (let step = 0; step < 5 && next !== undefined; step += 1) {
    const answer = await ask(address, next, asked);
    answers.push(answer);
    const location = answer.headers['location'];
    if (location !== undefined && !location.startsWith('/') && !location.startsWith(new URL(address).origin)) throw new Error(`${answer.asked} leads away to ${location}`);
    next = location?.replace(new URL(address).origin, '');
  }
  return answers;
}

/**
 * The ways round the proxy step, for every page that sends a stranger to the sign-in. Gives how many were tried; of `every` so many, one. The pages take
 * turns, so that each way is tried on many pages and each page in many ways.
 */
async function tryRound(app: Portal, address: string, every = 1): Promise<number> {
  const found: string[] = [];
  const guarded: string[] = [];
  for (const path of pagesOf(app)) {
    const plain = await ask(address, filled(path));
    if (plain.status === 307 && (plain.headers['location'] ?? '').startsWith('/sign-in')) guarded.push(path);
  }
  expectThat(guarded.length >= 8, `most pages of ${app} are behind the sign-in, not ${String(guarded.length)}`);
  const chosen = guarded.flatMap((path, page) => {
    const whole = filled(path);
    const tries: (readonly [string, Asked])[] = headers.flatMap((given) => [[whole, { headers: given }] as const, [`${whole}?_rsc=1`, { headers: given }] as const]);
    for (const form of forms) tries.push([form(whole), {}]);
    if (path.includes('[')) for (const value of oddValues) tries.push([filled(path, value), {}]);
    return tries.filter((_, way) => (way + page) % every === 0);
  });
  await each(chosen, async ([path, asked]) => {
    const answers = await followed(address, path, asked);
    const bad = answers.find((answer) => !shut(answer) && !/^\S+ \S+\/(?:sign-in|plans)?(?:\?|$)/u.test(answer.asked));
    if (bad !== undefined) found.push(`${path} ${JSON.stringify(asked.headers ?? {})}: ${bad.asked} ${String(bad.status)} ${personal.exec(bad.body)?.[0] ?? bad.body.slice(0, 80)}`);
    for (const { status, asked: line } of answers) if (status >= 500) found.push(`${line}: ${String(status)}`);
  }, 6);
  nothingFound(found, `ways round the proxy step of ${app}`);
  return chosen.length;
}

/** A copy of a built portal whose proxy step is taken out, as if proxy.ts had been deleted before the build. */
function withoutProxy(app: Portal): string {
  // as deep below the root as the original: its links to packages are relative
  const folder = join(dataDir, `${app}-without-proxy`);
  rmSync(folder, { recursive: true, force: true });
  const original = join(repoRoot, 'apps', app);
  for (const part of ['.next', 'dist', 'public', 'package.json', 'next.config.ts', 'tsconfig.json', 'src/i18n'].filter((name) => existsSync(join(original, name)))) {
    cpSync(join(original, part), join(folder, part), { recursive: true, verbatimSymlinks: true, force: true, filter: (path) => !/\.next\/(?:cache|dev)(?:\/|$)/u.test(path) });
  }
  const edit = (file: string, change: (manifest: Record<string, Record<string, unknown>>) => void): void => {
    const path = join(folder, '.next/server', file);
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
    change(manifest);
    writeFileSync(path, JSON.stringify(manifest));
  };
  edit('middleware-manifest.json', (manifest) => { manifest['middleware'] = {}; });
  edit('functions-config-manifest.json', (manifest) => { delete manifest['functions']?.['/_middleware']; });
  return folder;
}

/** Without the proxy step: strangers, another member and another country are refused by the procedures alone. */
async function rightsWithoutProxy(product: Product): Promise<void> {
  for (const app of ['member', 'admin'] as const) {
    const folder = withoutProxy(app);
    const portal = await product.another(app, {}, folder);
    try {
      const ks = ofTenant(portal.address, 'ks');
      const page = await ask(ks, '/sign-in');
      expectThat(page.headers['x-request-id'] === undefined && page.status === 200, 'the proxy step is gone and the portal still answers');
      // the ways round are the same; what is left to see is that each ends at the same refusal
      await tryRound(app, ks, 5);
      if (app === 'member') {
        const { cookie } = await signInMember(ks, 'ks');
        const mk = ofTenant(portal.address, 'mk');
        for (const path of ['/home', '/profile', '/claims']) {
          expectThat((await ask(ks, path, { cookie })).status === 200, `the member sees ${path}`);
          const abroad = await ask(mk, path, { cookie });
          expectThat(abroad.status === 307 && !personal.test(abroad.body), `and is nobody at ${path} of the other country`);
        }
      }
    } finally {
      await portal.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function waysRound(name: string, every: number): Scenario {
  return scenario(name, ({ addresses }) => async () => {
    const tried = await tryRound('member', ofTenant(addresses.member, 'ks'), every) + await tryRound('admin', ofTenant(addresses.admin, 'ks'), every);
    console.log(`       ${String(tried)} ways round the proxy step tried`);
  });
}

export const bypassAttacks: readonly Scenario[] = [waysRound('I-22 headers, suffixes and spellings lead to no page behind the sign-in', 20)];

export const slowBypassAttacks: readonly Scenario[] = [
  waysRound('I-22 every header, suffix and spelling, on every page', 1),
  scenario('I-22 rights do not depend on the proxy step: both portals without it', (product) => () => rightsWithoutProxy(product)),
];
