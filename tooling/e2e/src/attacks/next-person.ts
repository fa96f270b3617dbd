import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { expectThat, type Journey } from '../journey';
import { branchesOf, signInStaff } from '../staff';
import type { Product } from '../stack';
import { scenario, type Scenario } from './scenario';

/** Everything that the page shows and the browser keeps for its scripts. */
async function remainsOf(page: Page): Promise<string> {
  for (let left = 10; ; left -= 1) {
    // a step back may still lead on to the sign-in, at any moment
    await page.waitForLoadState('networkidle');
    const told = await page.evaluate<string>("document.body.innerText + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href").catch((error: unknown) => {
      if (left > 0 && String(error).includes('context was destroyed')) return null;
      throw error;
    });
    if (told !== null) return told;
  }
}

async function signOut(page: Page): Promise<void> {
  await page.locator('header button[aria-haspopup=menu]').last().click();
  await page.getByRole('menuitem').last().click();
  await page.waitForURL((url) => url.pathname.startsWith('/sign-in'), { timeout: 15_000 });
}

/** One browser tab, two colleagues after each other: the second finds nothing of the first, and neither does whoever presses Back. */
function nextPerson({ addresses }: Product, slug: string): Journey {
  return async ({ person }) => {
    const base = ofTenant(addresses.admin, slug);
    const { home, other } = branchesOf(slug);
    const page = await person(`${slug} shared desk`, 'desktop');
    await signInStaff(page, base, slug, `manager.${home}`);
    await page.goto(`${base}/members`);
    const names = await page.locator('table tbody tr td:first-child').allInnerTexts();
    const numbers = [...(await page.locator('table').innerText()).matchAll(/MEM-[A-Z]{2}-\d{6}/gu)].map(([number]) => number);
    expectThat(names.length > 5 && numbers.length > 5, `the manager sees members, not ${String(numbers.length)}`);
    const shows = async (where: string): Promise<void> => {
      const text = await remainsOf(page);
      const left = numbers.filter((number) => text.includes(number));
      expectThat(left.length === 0, `${where} shows nothing of the manager's members, but ${left.join(', ')}`);
    };
    await signOut(page);
    await shows('the sign-in');
    for (const step of ['one step back', 'two steps back']) {
      await page.goBack({ waitUntil: 'networkidle' }).catch(() => null);
      await shows(step);
    }
    await signInStaff(page, base, slug, `manager.${other}`);
    await shows("the next manager's start");
    await page.goto(`${base}/members`);
    await page.waitForLoadState('networkidle');
    await shows("the next manager's list");
    const cookies = await page.context().cookies();
    expectThat(cookies.every(({ httpOnly, name }) => httpOnly || !/session/u.test(name)), 'no session is within the reach of scripts');
  };
}

export const nextPersonAttacks: readonly Scenario[] = [scenario('I-25 the next person in the same tab finds nothing of the one before', (product) => nextPerson(product, 'ks'))];
