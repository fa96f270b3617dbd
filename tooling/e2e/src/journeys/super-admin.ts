import type { Page } from 'playwright-core';
import { demoSignIns } from '@interdomestik/db/seed';
import { ofTenant } from '@interdomestik/up';
import { ask, cookiesOf, mutation, queryPath } from '../attacks/http';
import { expectThat, sees, type Journey } from '../journey';
import type { Product } from '../stack';
import { giveCode, signInStaff } from '../staff';

/** Signs the seeded super admin in, at the console. */
export async function signInRoot(page: Page, base: string): Promise<void> {
  const found = demoSignIns.find(({ role }) => role === 'super_admin');
  expectThat(found !== undefined, 'there is a super admin');
  await page.goto(`${base}/sign-in`);
  await page.locator('input[name=email]').fill(found.email);
  await page.locator('input[name=password]').fill(found.password);
  await page.locator('form button[type=submit]').first().click();
  await giveCode(page);
  await page.waitForURL(/\/platform/u);
  await page.locator('main h1').waitFor();
}

/** Writes the reason that a dialog asks for, and goes on. */
async function giveReason(page: Page, reason: string): Promise<void> {
  await page.locator('[role=dialog] textarea').first().fill(reason);
  await page.locator('[role=dialog] button[type=submit]').click();
}

/** What the cookie opens elsewhere while it is good at the console, and there once the stay is over: nothing. */
async function tryElsewhere({ addresses }: Product, cookie: string, inside: boolean): Promise<void> {
  const members = queryPath('members.list', {});
  const at = async (address: string, path: string, sent = cookie): Promise<number> => (await ask(address, path, { cookie: sent })).status;
  expectThat(await at(addresses.admin, queryPath('platform.me')) === 200, 'the cookie opens the console');
  expectThat(await at(addresses.admin, members) === (inside ? 200 : 401), `inside a country it opens the country's members, and nowhere else`);
  const renamed = cookie.replaceAll('idm-admin.', 'idm-member.');
  for (const slug of ['ks', 'mk']) {
    for (const [host, sent] of [[addresses.admin, cookie], [addresses.member, cookie], [addresses.member, renamed]] as const) {
      const address = ofTenant(host, slug);
      for (const path of [members, queryPath('platform.tenants'), queryPath('superAdmins.list'), queryPath('accounts.me')]) {
        const status = await at(address, path, sent);
        expectThat(status === 401, `${path} at ${address} is refused with 401 and not ${String(status)}`);
      }
    }
  }
  for (const path of [members, queryPath('platform.tenants')]) expectThat(await at(addresses.member, path, renamed) === 401, `the member portal's own host does not know the cookie`);
}

/** A super admin enters one country with a reason, changes something, stays longer, leaves; the entries tell it. */
export function superAdminJourney(product: Product): Journey {
  const { addresses } = product;
  return async ({ person, shot }) => {
    const page = await person('super-admin', 'desktop', 'en-GB');
    await signInRoot(page, addresses.admin);
    await shot(page, 'platform-desktop');
    await page.locator('main button').filter({ hasText: /enter/iu }).first().click();
    const run = Date.now().toString(36);
    const reason = `Checking a member's card, ticket ${run}`;
    await page.locator('[role=dialog] textarea').first().fill(reason);
    await shot(page, 'platform-enter-desktop');
    await page.locator('[role=dialog] button[type=submit]').click();
    await sees(page, reason);
    await page.goto(`${addresses.admin}/members`);
    await sees(page, reason);
    await sees(page, /\d+ minutes left/u);
    await shot(page, 'platform-inside-desktop');
    const cookie = await cookiesOf(page, addresses.admin);
    await tryElsewhere(product, cookie, true);
    const made = await ask(addresses.admin, '/api/trpc/branches.create', mutation(addresses.admin, { code: `visit-${run}`, name: 'Visit', city: 'City' }, cookie));
    expectThat(made.status === 200, `something is changed inside, but ${String(made.status)} ${made.body.slice(0, 200)}`);
    const { id } = (JSON.parse(made.body) as { result: { data: { json: { id: string } } } }).result.data.json;
    const longer = `The ticket ${run} takes longer than an hour`;
    await page.getByRole('button', { name: 'Extend' }).click();
    await giveReason(page, longer);
    await sees(page, longer);
    await shot(page, 'platform-extended-desktop');
    const closed = await ask(addresses.admin, '/api/trpc/branches.close', mutation(addresses.admin, { id }, cookie));
    expectThat(closed.status === 200, `what was made is closed again, but ${String(closed.status)} ${closed.body.slice(0, 200)}`);
    // the reason stands in the audit trail of a country, and only there
    let told = 0;
    for (const slug of ['mk', 'ks']) {
      const admin = await person(`admin-${slug}`, 'desktop', 'en-GB');
      const base = ofTenant(addresses.admin, slug);
      await signInStaff(admin, base, slug, 'admin');
      await admin.goto(`${base}/audit?entity=platform_entries`);
      await admin.locator('main h1').waitFor();
      await admin.waitForLoadState('networkidle');
      // the changed columns of the entry stand in its row
      if (await admin.locator('main tbody tr').count() > 1) told += 1;
      await shot(admin, `${slug}-audit-entries-desktop`);
    }
    expectThat(told === 1, `exactly one country's audit trail tells of the entry, but ${String(told)} do`);
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(/\/platform/u);
    await tryElsewhere(product, cookie, false);
    await page.goto(`${addresses.admin}/platform/entries`);
    await sees(page, longer);
    await shot(page, 'platform-entries-desktop');
    await page.locator('main tbody tr').filter({ hasText: reason }).locator('a, button').first().click();
    await page.waitForURL(/\/platform\/entries\/tenant/u);
    await sees(page, 'Branch');
    await sees(page, /Added/u);
    await shot(page, 'platform-entry-desktop');
  };
}

/** A country is suspended with a reason: its pages say so, what a provider reports is still taken in, the other one goes on; then it works again. */
export function suspendJourney({ addresses }: Product): Journey {
  return async ({ person, shot }) => {
    const [member, other] = [ofTenant(addresses.member, 'ks'), ofTenant(addresses.member, 'mk')];
    const page = await person('super-admin', 'desktop', 'en-GB');
    const visitor = await person('visitor', 'phone', 'fr-FR');
    await signInRoot(page, addresses.admin);
    await page.goto(`${addresses.admin}/platform/tenants/tenant_ks`);
    const act = async (name: string, reason: string): Promise<void> => {
      await page.locator('main').getByRole('button', { name, exact: true }).click();
      await giveReason(page, reason);
      await page.locator('[role=dialog]').waitFor({ state: 'detached' });
      await sees(page, reason);
      // each process hears of it within two seconds
      await page.waitForTimeout(2_500);
    };
    await act('Suspend', 'The contract of a year has ended');
    await shot(page, 'platform-suspended-desktop');
    try {
      const answer = await visitor.goto(member);
      expectThat(answer?.status() === 503, `the pages of a suspended country answer 503, not ${String(answer?.status())}`);
      expectThat(await visitor.locator('html').getAttribute('lang') === 'sq', 'and say why in its own language');
      await shot(visitor, 'ks-suspended-phone');
      const staff = await ask(ofTenant(addresses.admin, 'ks'), '/sign-in');
      const call = await ask(member, queryPath('site.current'));
      const report = await ask(member, '/api/webhooks/paddle/ks-main', { method: 'POST', body: '{}' });
      expectThat(staff.status === 503 && call.status === 503 && call.body.includes('errors.tenant.suspended'), `staff and calls are told as well, but ${String(staff.status)} ${String(call.status)}`);
      expectThat(report.status === 401, `a report without a seal is refused for its seal, not ${String(report.status)}`);
      expectThat((await ask(other, '/')).status === 200, 'the other country goes on');
    } finally {
      await act('Activate', 'The contract goes on for another year');
    }
    expectThat((await visitor.goto(member))?.status() === 200, 'the country works again');
    await shot(page, 'platform-resumed-desktop');
  };
}
