import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { demoSignIns } from '@interdomestik/db/seed';
import { expectThat, type Journey } from '../journey';
import { mailedLink } from '../mailbox';
import type { Product } from '../stack';
import { branchesOf, readApp, signInStaff } from '../staff';
import { appCode } from '../totp';

const stale = {
  message: 'errors.session.reauthenticate', code: -32_003,
  data: { code: 'FORBIDDEN', httpStatus: 403, error: { code: 'FORBIDDEN', messageKey: 'errors.session.reauthenticate', params: {}, field: null, fields: {}, requestId: '' } },
};

/** Answers the next call of a procedure as the server does ten minutes after the last proof; that it does is proven without a browser. */
async function staleOnce(page: Page, procedure: string): Promise<void> {
  await page.route(`**/api/trpc/${procedure}*`, (route) => route.fulfill({ status: 403, contentType: 'application/json', body: JSON.stringify([{ error: { json: stale } }]) }), { times: 1 });
}

/** The own account: a second factor that a member chooses and leaves, a new address by mail, a proof in between, a lost phone. */
export function securityJourney({ addresses }: Product, slug: 'mk' | 'ks'): Journey {
  const member = ofTenant(addresses.member, slug);
  const admin = ofTenant(addresses.admin, slug);
  const password = demoSignIns[0]?.password ?? '';
  return async ({ person, shot }) => {
    const page = await person('member', 'phone', 'fr-FR');
    await signInStaff(page, member, slug, 'member');
    await page.goto(`${member}/profile`);
    await page.waitForLoadState('networkidle');
    await shot(page, `${slug}-security-off-phone`);
    const cards = page.locator('section');
    const twoSteps = cards.filter({ has: page.locator('h2') }).first();
    await twoSteps.locator('button').first().click();
    const key = await readApp(page);
    await shot(page, `${slug}-security-set-up-phone`);
    await page.locator('input[name=code]').fill(appCode(key));
    await page.locator('form:has(input[name=code]) button[type=submit]').click();
    await twoSteps.locator('li').nth(9).waitFor();
    await shot(page, `${slug}-security-codes-phone`);
    const [recovery = ''] = await twoSteps.locator('li').allInnerTexts();
    await twoSteps.locator('button').last().click();
    await shot(page, `${slug}-security-on-phone`);
    // from now on the password is not enough; a recovery code opens the account
    const again = await person('member again', 'desktop', 'fr-FR');
    await again.goto(`${member}/sign-in`);
    await again.locator('input[name=email]').fill(demoSignIns.find((one) => one.tenant === slug && one.role === 'member')?.email ?? '');
    await again.locator('input[name=password]').fill(password);
    await again.locator('form button[type=submit]').first().click();
    await again.waitForURL(/\/second-factor/u);
    await again.locator('input[name=code]').fill(recovery);
    await shot(again, `${slug}-code-desktop`);
    await again.locator('form button[type=submit]').first().click();
    await again.waitForURL((url) => !url.pathname.startsWith('/second-factor'));
    // a member may switch it off; a proof that is too old is asked for first
    await staleOnce(page, 'secondFactor.remove');
    await twoSteps.locator('button').last().click();
    await page.locator('[role=dialog] input[name=password]').fill(password);
    await shot(page, `${slug}-proof-phone`);
    await page.locator('[role=dialog] button[type=submit]').click();
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await twoSteps.locator('button').nth(1).waitFor({ state: 'detached' });

    const { home } = branchesOf(slug);
    const staff = await person('agent', 'desktop', 'fr-FR');
    await signInStaff(staff, admin, slug, `agent2.${home}`);
    await staff.goto(`${admin}/profile`);
    await staff.waitForLoadState('networkidle');
    await shot(staff, `${slug}-security-card-desktop`);
    const email = `nova.adresa.${Date.now().toString(36)}@journey.example`;
    const asks = async () => {
      await staff.locator('input[name=email]').fill(email);
      await staff.locator('form:has(input[name=email]) button[type=submit]').click();
    };
    await staleOnce(staff, 'accounts.requestEmailChange');
    await asks();
    await staff.locator('[role=dialog]').waitFor();
    await shot(staff, `${slug}-proof-desktop`);
    await staff.keyboard.press('Escape');
    await staff.locator('form:has(input[name=email]) [role=alert]').waitFor();
    await staleOnce(staff, 'accounts.requestEmailChange');
    await asks();
    await staff.locator('[role=dialog] input[name=password]').fill('not the password');
    await staff.locator('[role=dialog] button[type=submit]').click();
    await staff.locator('[role=dialog] [aria-invalid=true]').waitFor();
    await staff.locator('[role=dialog] input[name=password]').fill(password);
    await staff.locator('[role=dialog] button[type=submit]').click();
    await staff.locator('form:has(input[name=email]) [role=status]').waitFor();
    const mailbox = await person('mailbox', 'desktop', 'fr-FR');
    const link = await mailedLink(mailbox, `${admin}/mailbox`, email, '/change-email');
    await shot(mailbox, `${slug}-mail-new-address-desktop`);
    const confirms = await person('new mailbox', 'phone', 'fr-FR');
    await confirms.goto(link);
    await shot(confirms, `${slug}-new-address-phone`);
    await confirms.locator('main button').last().click();
    await confirms.locator('main [role=status]').waitFor();
    await mailedLink(mailbox, `${admin}/mailbox`, `agent2.${home}@`, '/sign-in');
    await shot(mailbox, `${slug}-mail-old-address-desktop`);
    await staff.reload();
    expectThat((await staff.locator('main').innerText()).includes(email), 'the profile shows the new address');

    // the phone is lost: the administrator resets the app, and the colleague is led to a new one
    const boss = await person('admin', 'desktop', 'fr-FR');
    await signInStaff(boss, admin, slug, 'admin');
    await boss.goto(`${admin}/staff?q=${encodeURIComponent(email)}`);
    await boss.locator('tbody tr').first().click();
    const reset = boss.locator('[role=dialog] button').filter({ hasNotText: /^$/u });
    await boss.waitForLoadState('networkidle');
    await shot(boss, `${slug}-colleague-desktop`);
    await reset.nth(-2).click();
    await boss.locator('[data-sonner-toast]').waitFor();
    await staff.goto(`${admin}/profile`);
    expectThat(new URL(staff.url()).pathname.startsWith('/sign-in'), 'the colleague is signed out');
    await staff.locator('input[name=email]').fill(email);
    await staff.locator('input[name=password]').fill(password);
    await staff.locator('form button[type=submit]').first().click();
    await staff.waitForURL(/\/second-factor/u);
    await staff.locator('main button').first().click();
    await readApp(staff);
    await shot(staff, `${slug}-set-up-desktop`);
  };
}
