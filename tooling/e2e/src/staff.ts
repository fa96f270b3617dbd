import type { Page } from 'playwright-core';
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
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: 30_000 });
}
