import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey } from '../journey';
import type { Product } from '../stack';
import { branchesOf, signInStaff } from '../staff';
import { ask, cookiesOf, mutation, signInMember } from './http';
import { nothingFound, scenario, type Scenario } from './scenario';

/** Each would show itself if it ever ran or became part of the page: a dialog, a call, an element, a sum. */
const payloads = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', "'><img src=x onerror=alert(1)>", '</title><script>alert(1)</script>', '</script><script>alert(1)</script>', '</textarea><img src=x onerror=alert(1)>', '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<details open ontoggle=alert(1)>x</details>', '<a id="zqinert" href="javascript:alert(1)">x</a>', '<zqinert>x</zqinert>', 'javascript:alert(1)', '{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '<style>body{display:none}</style>', '\u202Etxt.exe<b>', '<base href="https://evil.test/">',
] as const;

/** What became of them on a page: elements of ours only, and the texts as they were written. */
const look = `(() => {
  const found = [];
  if (document.querySelector('zqinert, #zqinert, base[href], iframe[srcdoc*="alert"], [onerror], [onload], [ontoggle], [onfocus]')) found.push('a payload became an element');
  if ([...document.links].some((link) => link.protocol === 'javascript:')) found.push('a payload became a link');
  if (getComputedStyle(document.body).display === 'none') found.push('a payload became a style');
  return found;
})()`;

function inert({ addresses }: Product): Journey {
  return async ({ person }) => {
    const [member, admin] = [ofTenant(addresses.member, 'ks'), ofTenant(addresses.admin, 'ks')];
    const found: string[] = [];
    const watch = (page: Page): void => {
      page.on('dialog', (dialog) => {
        found.push(`a dialog at ${page.url()}: ${dialog.message()}`);
        dialog.dismiss().catch(() => undefined);
      });
    };
    const { cookie } = await signInMember(member, 'ks');
    for (const text of payloads) {
      const { status, body } = await ask(member, '/api/trpc/policies.add', mutation(member, { kind: 'property', insurer: text, policyNumber: text.slice(0, 40), startsOn: '2026-01-01', endsOn: '2036-01-01' }, cookie));
      expectThat(status === 200 || status === 400, `a policy is kept or refused: ${String(status)} ${body.slice(0, 120)}`);
    }
    const agent = await person('agent', 'desktop', 'en-GB');
    watch(agent);
    await signInStaff(agent, admin, 'ks', `agent.${branchesOf('ks').home}`);
    const staff = await cookiesOf(agent, admin);
    const leads = new Map<string, string>();
    for (const [index, text] of payloads.entries()) {
      const { status, body } = await ask(admin, '/api/trpc/leads.create', mutation(admin, { firstName: 'Ana', lastName: 'Berisha', email: `inert.${String(index)}.${Date.now().toString(36)}@example.com`, source: 'agent', note: text }, staff));
      expectThat(status === 200, `a note may say anything: ${body.slice(0, 300)}`);
      leads.set(text, (JSON.parse(body) as { result: { data: { json: { id: string } } } }).result.data.json.id);
    }
    const visit = async (page: Page, address: string, sees: string | null): Promise<void> => {
      await page.goto(address);
      await page.waitForLoadState('networkidle', { timeout: 1_000 }).catch(() => undefined);
      if (sees !== null && !(await page.locator('body').innerText()).includes(sees)) found.push(`${address} does not show "${sees}" as it was written`);
      found.push(...(await page.evaluate<string[]>(look)).map((fault) => `${address}: ${fault}`));
    };
    for (const [text, id] of [...leads].slice(0, 12)) await visit(agent, `${admin}/leads?open=${id}`, text);
    for (const text of payloads.slice(0, 3)) for (const path of ['/leads?q=', '/members?q=', '/claims?q=', '/payments?cursor=', '/sign-in?next=', '/sign-in?error=']) await visit(agent, `${admin}${path}${encodeURIComponent(text)}`, null);
    const owner = await person('member', 'phone', 'en-GB');
    watch(owner);
    await owner.context().addCookies(cookie.split('; ').map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: member })));
    await visit(owner, `${member}/policies`, '<zqinert>x</zqinert>');
    for (const text of payloads.slice(0, 3)) for (const path of ['/verify/', '/legal/', '/claims/', '/sign-in?next=', '/join?ref=', '/join?plan=', '/invitation?token=', '/pay/']) await visit(owner, `${member}${path}${encodeURIComponent(text)}`, null);
    nothingFound(found, 'texts that became more than texts');
  };
}

export const inertAttacks: readonly Scenario[] = [scenario('S-12 what people write is shown as text on the screens of both portals', inert)];
