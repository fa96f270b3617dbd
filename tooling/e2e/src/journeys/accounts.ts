import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey } from '../journey';
import { mailedLink } from '../mailbox';
import { newPerson } from '../people';
import type { Product } from '../stack';
import { branchesOf, setUpApp, signInStaff } from '../staff';
import { joined } from './member';

/** What comes by mail: the address is confirmed, a forgotten password replaced, a colleague invited. */
export function accountJourney({ addresses }: Product, slug: 'mk' | 'ks'): Journey {
  const member = ofTenant(addresses.member, slug);
  const admin = ofTenant(addresses.admin, slug);
  return async ({ person, shot }) => {
    const online = joined.get(slug);
    expectThat(online !== undefined, 'somebody joined before');
    const { email } = online.who;
    const mailbox = await person('mailbox', 'desktop', 'fr-FR');
    const page = await person('member', 'phone', 'fr-FR');

    await page.goto(await mailedLink(mailbox, `${admin}/mailbox`, email, '/verify-email'));
    await page.locator('main button').last().click();
    await page.locator('a[href="/home"]').first().waitFor();
    await shot(page, `${slug}-email-confirmed-phone`);

    await page.goto(`${member}/forgot-password`);
    await page.locator('input[name=email]').fill(email);
    await page.locator('form button[type=submit]').click();
    const reset = await mailedLink(mailbox, `${admin}/mailbox`, email, '/reset-password');
    await shot(mailbox, `${slug}-mail-desktop`);
    const password = `Korab-${Date.now().toString(36)}-Vrelo`;
    await page.goto(reset);
    await page.locator('input[name=password]').fill(password);
    await shot(page, `${slug}-reset-phone`);
    await page.locator('form button[type=submit]').click();
    await page.locator('a[href^="/sign-in"], a[href="/home"]').or(page.locator('input[name=email]')).first().waitFor();
    await page.goto(`${member}/sign-in`);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(online.who.password);
    await page.locator('form button[type=submit]').click();
    await page.locator('[role=alert], [role=status]').first().waitFor();
    await page.locator('input[name=password]').fill(password);
    await page.locator('form button[type=submit]').click();
    await page.waitForURL(/\/home/u);
    // a used link is spent: it takes no second password
    await page.goto(reset);
    await page.locator('input[name=password]').fill(online.who.password, { timeout: 3_000 }).catch(() => undefined);
    await page.locator('form button[type=submit]').click({ timeout: 3_000 }).catch(() => undefined);
    await page.context().clearCookies();
    await page.goto(`${member}/sign-in`);
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(password);
    await page.locator('form button[type=submit]').click();
    await page.waitForURL(/\/home/u);

    const colleague = newPerson(slug, 'kolega');
    const manager = await person('manager', 'desktop', 'fr-FR');
    await signInStaff(manager, admin, slug, `manager.${branchesOf(slug).home}`);
    await manager.goto(`${admin}/staff`);
    await manager.locator('main header button, main button').first().click();
    for (const field of ['firstName', 'lastName', 'email'] as const) await manager.locator(`#invite-staff input[name=${field}]`).fill(colleague[field]);
    await shot(manager, `${slug}-invite-desktop`);
    await manager.locator('button[form=invite-staff]').click();
    await manager.locator('#invite-staff').waitFor({ state: 'detached' });
    const invited = await person('colleague', 'desktop', 'fr-FR');
    await invited.goto(await mailedLink(mailbox, `${admin}/mailbox`, colleague.email, '/invitation'));
    await invited.locator('input[name=password]').fill(colleague.password);
    await shot(invited, `${slug}-invitation-desktop`);
    await invited.locator('form button[type=submit]').click();
    // who works here sets an app up before anything else opens
    await invited.waitForURL(/\/second-factor/u);
    await invited.goto(`${admin}/profile`);
    await invited.waitForURL(/\/second-factor/u);
    await shot(invited, `${slug}-app-set-up-desktop`);
    const { recoveryCodes } = await setUpApp(invited);
    expectThat(new Set(recoveryCodes).size === 10, 'there are ten recovery codes');
    await invited.waitForURL(/\/profile/u);
    await shot(invited, `${slug}-colleague-profile-desktop`);
    // the app is elsewhere: a recovery code opens the account once
    const elsewhere = await person('colleague elsewhere', 'phone', 'fr-FR');
    await elsewhere.goto(`${admin}/sign-in`);
    await elsewhere.locator('input[name=email]').fill(colleague.email);
    await elsewhere.locator('input[name=password]').fill(colleague.password);
    await elsewhere.locator('form button[type=submit]').first().click();
    await elsewhere.locator('input[name=code]').fill(recoveryCodes[0] ?? '');
    await shot(elsewhere, `${slug}-code-phone`);
    await elsewhere.locator('form button[type=submit]').first().click();
    await elsewhere.waitForURL((url) => url.pathname === '/');
    await mailedLink(mailbox, `${admin}/mailbox`, colleague.email, '/forgot-password');
  };
}
