import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey, type JourneyPages } from '../journey';
import type { Product } from '../stack';
import { branchesOf, signInStaff } from '../staff';
import { ask, signInMember } from './http';
import { filled, pagesOf } from './paths';
import { each, nothingFound, scenario, type Scenario } from './scenario';

const nonceOf = (policy: string): string => /'nonce-([^']+)'/u.exec(policy)?.[1] ?? '';

/** A nonce is worth something only while nobody can guess the next one. */
async function nonces({ addresses }: Product): Promise<void> {
  for (const address of [addresses.member, addresses.admin]) {
    const seen = new Set<string>();
    // a file costs little, and passes the same step as a page does
    await each(Array.from({ length: 500 }, (_, index) => index), async () => { seen.add(nonceOf((await ask(ofTenant(address, 'ks'), '/none.txt')).headers['content-security-policy'] ?? '')); }, 8);
    expectThat(seen.size === 500 && !seen.has(''), `500 answers have 500 nonces, not ${String(seen.size)}`);
    for (const nonce of seen) expectThat(Buffer.from(nonce, 'base64').length >= 16, 'a nonce has 128 bits');
  }
}

async function scripts({ addresses }: Product): Promise<void> {
  const found: string[] = [];
  const ks = ofTenant(addresses.member, 'ks');
  const { cookie } = await signInMember(ks, 'ks');
  const pages = [...pagesOf('member').map((path) => [ks, path, cookie] as const), ...pagesOf('member').map((path) => [ks, path, ''] as const), ...pagesOf('admin').map((path) => [ofTenant(addresses.admin, 'ks'), path, ''] as const)];
  let tags = 0;
  await each(pages, async ([address, path, as]) => {
    const { asked, body, headers } = await ask(address, filled(path), { cookie: as });
    const policy = headers['content-security-policy'] ?? '';
    const script = /script-src ([^;]*)/u.exec(policy)?.[1] ?? '';
    if (!script.includes("'strict-dynamic'") || /unsafe-(?:inline|eval)|https?:|\*/u.test(script)) found.push(`${asked}: script-src ${script}`);
    if (!/no-store/u.test(headers['cache-control'] ?? '')) found.push(`${asked}: a page with a nonce may be kept`);
    for (const [tag] of body.matchAll(/<script\b[^>]*>/gu)) {
      tags += 1;
      if (!tag.includes(`nonce="${nonceOf(policy)}"`)) found.push(`${asked}: ${tag.slice(0, 120)}`);
    }
    const handler = /<[a-z]+ [^>]*?\son[a-z]+=/iu.exec(body.replaceAll(/<script\b[\s\S]*?<\/script>/gu, ''))?.[0] ?? /href="javascript:/iu.exec(body)?.[0];
    if (handler !== undefined) found.push(`${asked}: ${handler.slice(-60)}`);
  });
  expectThat(tags > 200, `the pages have scripts, not ${String(tags)}`);
  nothingFound(found, 'pages whose policy does not hold');
}

const listen = "document.addEventListener('securitypolicyviolation', (event) => { console.error('Content Security Policy: ' + event.violatedDirective + ' ' + event.blockedURI); });";

/** Opens every page that has no parameter; what the browser refuses is reported by the journey's own listener. */
async function visit(pages: JourneyPages, who: string, size: 'phone' | 'desktop', enter: (page: Awaited<ReturnType<JourneyPages['person']>>) => Promise<void>, base: string, paths: readonly string[]): Promise<void> {
  const page = await pages.person(who, size, 'fr-FR');
  await page.addInitScript(listen);
  await enter(page);
  for (const path of paths.filter((one) => !one.includes('['))) {
    await page.goto(`${base}${path}`);
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
  }
}

function browsed({ addresses }: Product): Journey {
  return async (pages) => {
    const [member, admin] = [ofTenant(addresses.member, 'ks'), ofTenant(addresses.admin, 'ks')];
    await visit(pages, 'visitor', 'phone', () => Promise.resolve(), member, pagesOf('member'));
    await visit(pages, 'member', 'phone', async (page) => {
      const { cookie } = await signInMember(member, 'ks');
      await page.context().addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: member })));
    }, member, pagesOf('member'));
    for (const local of ['admin', `manager.${branchesOf('ks').home}`]) await visit(pages, local, 'desktop', (page) => signInStaff(page, admin, 'ks', local), admin, pagesOf('admin'));
  };
}

export const policyAttacks: readonly Scenario[] = [
  scenario('S-02 every script of every page has the nonce of its answer', (product) => () => scripts(product)),
];

export const slowPolicyAttacks: readonly Scenario[] = [
  scenario('S-02 a nonce never comes twice', (product) => () => nonces(product)),
  scenario('S-02 a browser finds nothing to refuse on the pages of both portals', browsed),
];
