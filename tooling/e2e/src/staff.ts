import type { Page } from 'playwright-core';
import { appCode } from './totp';
import { demoSignIns } from '@interdomestik/db/seed';
import { countryPacks, packRule, type CountryPack } from '@interdomestik/rules/country-packs';

/** The pack behind a tenant's slug. */
export function packOfSlug(slug: string): CountryPack {
  const pack = countryPacks.find(({ tenant }) => tenant.slug === slug);
  if (pack === undefined) throw new Error(`no country pack of ${slug}`);
  return pack;
}

/** The branch that members who join by themselves belong to, and one that they do not. */
export function branchesOf(slug: string): { home: string; other: string } {
  const pack = packOfSlug(slug);
  const home = packRule(pack, 'enrolment').defaultBranchCode;
  const other = pack.branches.find(({ code }) => code !== home)?.code;
  if (other === undefined) throw new Error(`${slug} has one branch only`);
  return { home, other };
}

/** Signs a seeded person of the staff in; `local` is the part of the address before the @. */
export async function signInStaff(page: Page, base: string, slug: string, local: string): Promise<void> {
  const found = demoSignIns.find(({ tenant, email }) => tenant === slug && email.startsWith(`${local}@`));
  if (found === undefined) throw new Error(`nobody is called ${local} in ${slug}`);
  await page.goto(`${base}/sign-in`);
  await page.locator('input[name=email]').fill(found.email);
  await page.locator('input[name=password]').fill(found.password);
  await page.locator('form button[type=submit]').first().click();
  await giveCode(page);
}

/** The key that an authenticator app is given, as the page writes it. */
export async function readApp(page: Page): Promise<string> {
  return (await page.locator('form code').innerText()).replaceAll(/\s/gu, '');
}

/** Sets an authenticator app up where the sign-in leads to that first; gives its key and the recovery codes. */
export async function setUpApp(page: Page): Promise<{ key: string; recoveryCodes: string[] }> {
  await page.locator('main button').first().click();
  const key = await readApp(page);
  await page.locator('input[name=code]').fill(appCode(key));
  await page.locator('form button[type=submit]').first().click();
  const codes = page.locator('main li');
  await codes.nth(9).waitFor();
  const recoveryCodes = await codes.allInnerTexts();
  await page.locator('main button').last().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/second-factor'), { timeout: 30_000 });
  return { key, recoveryCodes };
}

/** Waits for what follows the password, and types the code of the app where it is asked for: the page shows a demo account the one that is good now. */
export async function giveCode(page: Page): Promise<void> {
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: 30_000 });
  if (!new URL(page.url()).pathname.startsWith('/second-factor')) return;
  for (let attempt = 1; ; attempt += 1) {
    // each code is good once: a third sign-in of one account within half a minute waits for the next
    const code = (await page.locator('form output').innerText({ timeout: 40_000 })).trim();
    await page.locator('input[name=code]').fill(code);
    await page.locator('form button[type=submit]').first().click();
    try {
      await page.waitForURL((url) => !url.pathname.startsWith('/second-factor'), { timeout: attempt < 3 ? 8_000 : 30_000 });
      return;
    } catch (error) {
      // a journey of the other country used this account's code at the same moment; the page shows the one after it
      if (attempt === 3) throw error;
    }
  }
}
