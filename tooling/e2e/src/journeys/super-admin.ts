import { demoSignIns } from '@interdomestik/db/seed';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, type Journey } from '../journey';
import type { Product } from '../stack';
import { giveCode, signInStaff } from '../staff';

/** A super admin enters one country with a reason, is seen there, and leaves. */
export function superAdminJourney({ addresses }: Product): Journey {
  return async ({ person, shot }) => {
    const page = await person('super-admin', 'desktop', 'en-GB');
    const found = demoSignIns.find(({ role }) => role === 'super_admin');
    expectThat(found !== undefined, 'there is a super admin');
    await page.goto(`${addresses.admin}/sign-in`);
    await page.locator('input[name=email]').fill(found.email);
    await page.locator('input[name=password]').fill(found.password);
    await page.locator('form button[type=submit]').first().click();
    await giveCode(page);
    await page.waitForURL(/\/platform/u);
    await page.locator('main').waitFor();
    await shot(page, 'platform-desktop');
    await page.locator('main button').filter({ hasText: /enter/iu }).first().click();
    const reason = `Checking a member's card, ticket ${Date.now().toString(36)}`;
    await page.locator('[role=dialog] textarea, [role=dialog] input[name=reason]').first().fill(reason);
    await shot(page, 'platform-enter-desktop');
    await page.locator('[role=dialog] button[type=submit]').click();
    await sees(page, reason);
    await page.goto(`${addresses.admin}/members`);
    await sees(page, reason);
    await shot(page, 'platform-inside-desktop');
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
      if ((await admin.locator('main').innerText()).includes('reason')) told += 1;
      await shot(admin, `${slug}-audit-entries-desktop`);
    }
    expectThat(told === 1, `exactly one country's audit trail tells of the entry, but ${String(told)} do`);
    await page.locator('button').filter({ hasText: /leave/iu }).first().click();
    await page.waitForURL(/\/platform/u);
    await page.goto(`${addresses.admin}/platform/entries`);
    await sees(page, reason);
    await shot(page, 'platform-entries-desktop');
  };
}
