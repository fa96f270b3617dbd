import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, type Journey, type JourneyPages } from '../journey';
import { fetchPaper, statusOfPaper, textOf } from '../papers';
import { newPerson, type Person } from '../people';
import type { Product } from '../stack';
import { branchesOf, signInStaff } from '../staff';
import { joined } from './member';

const next = (page: Page) => page.locator('main form button[type=submit]').first().click();

/** Plan, person, cash, check: as an agent does it on a doorstep. A personal number that is empty is one that nobody is asked for. */
export async function enrolForCash(page: Page, base: string, who: Omit<Person, 'password'>, slug: string, shot: JourneyPages['shot']): Promise<{ invoice: string; receipt: string }> {
  await page.goto(`${base}/enrol`);
  await page.locator('label:has(input[value=asistenca])').click();
  await shot(page, `${slug}-enrol-plan-desktop`);
  await next(page);
  for (const field of ['firstName', 'lastName', 'personalNumber', 'phone', 'email'] as const) if (who[field] !== '') await page.locator(`input[name=${field}]`).fill(who[field]);
  await shot(page, `${slug}-enrol-person-desktop`);
  await next(page);
  await page.locator('label:has(input[value=cash])').click();
  const price = await page.locator('label:has(input[value=cash]) .figures').innerText();
  await page.locator('#tendered').fill('1,00');
  await page.locator('#tendered').blur();
  await next(page);
  await page.locator('#tendered[aria-invalid=true]').waitFor({ timeout: 5000 }).catch(() => undefined);
  await page.goto(`${base}/enrol?step=payment`);
  await page.locator('#tendered').fill(price);
  await page.locator('#tendered').blur();
  await shot(page, `${slug}-enrol-payment-desktop`);
  await next(page);
  await page.locator('input[name=terms]').check();
  await page.locator('input[name=privacy]').check();
  await shot(page, `${slug}-enrol-check-desktop`);
  await page.locator('main form button[type=submit]').first().dblclick();
  await sees(page, /MEM-[A-Z]{2}-\d{6}/u, 30_000);
  const papers = page.locator('a[href^="/api/documents/"]');
  await papers.nth(1).waitFor({ timeout: 40_000 });
  await shot(page, `${slug}-enrol-done-desktop`);
  return { receipt: (await papers.nth(0).getAttribute('href')) ?? '', invoice: (await papers.nth(1).getAttribute('href')) ?? '' };
}

/** Money, people and claims of a branch, seen by those who may and by nobody else. */
export function fieldJourney(product: Product, slug: 'mk' | 'ks'): Journey {
  const base = ofTenant(product.addresses.admin, slug);
  const { home, other } = branchesOf(slug);
  return async (pages) => {
    const online = joined.get(slug);
    expectThat(online !== undefined, 'somebody joined before');
    const who = newPerson(slug, 'teren');
    const agent = await pages.person('agent', 'desktop', 'fr-FR');
    await agent.goto(base);
    expectThat(new URL(agent.url()).pathname.startsWith('/sign-in'), 'nobody comes in without signing in');
    await pages.shot(agent, `${slug}-staff-sign-in-desktop`);
    await signInStaff(agent, base, slug, `agent.${home}`);
    await pages.shot(agent, `${slug}-agent-home-desktop`);
    const papers = await enrolForCash(agent, base, who, slug, pages.shot);

    const invoice = await textOf(await fetchPaper(agent, papers.invoice), `${slug}-invoice`);
    expectThat(invoice.includes(who.firstName) && invoice.includes(who.lastName), 'the invoice names the buyer in the own letters');
    expectThat(/F-?[A-Z]*-?\d{4}-\d{6}|\d{4}-\d{6}/u.test(invoice), 'the invoice has a number of the series');
    expectThat(slug === 'mk' ? /Фактура/u.test(invoice) && /Faturë/u.test(invoice) : /Faturë/u.test(invoice), 'the invoice speaks the languages of its rule');
    const receipt = await textOf(await fetchPaper(agent, papers.receipt), `${slug}-receipt`);
    expectThat(receipt.includes(who.lastName), 'the receipt names who paid');
    const again = await textOf(await fetchPaper(agent, papers.invoice), `${slug}-invoice`);
    expectThat(again === invoice, 'the invoice is the same at every download');

    const manager = await pages.person('manager', 'desktop', 'fr-FR');
    await signInStaff(manager, base, slug, `manager.${home}`);
    await manager.goto(base);
    await sees(manager, who.lastName);
    await pages.shot(manager, `${slug}-manager-home-desktop`);
    await manager.goto(`${base}/members?q=${encodeURIComponent(who.lastName)}`);
    await sees(manager, who.lastName);
    expectThat((await manager.locator('main').innerText()).split(who.lastName).length > 2, 'the manager finds the member who joined and the one who was enrolled');
    await pages.shot(manager, `${slug}-members-desktop`);
    await manager.goto(`${base}/claims`);
    await sees(manager, online.claim);
    await pages.shot(manager, `${slug}-manager-claims-desktop`);
    await manager.goto(`${base}/cash`);
    await pages.shot(manager, `${slug}-cash-desktop`);

    const elsewhere = await pages.person('other-manager', 'desktop', 'fr-FR');
    await signInStaff(elsewhere, base, slug, `manager.${other}`);
    for (const path of [`members?q=${encodeURIComponent(who.lastName)}`, 'claims', 'payments']) {
      await elsewhere.goto(`${base}/${path}`);
      const text = await elsewhere.locator('body').innerText();
      for (const trace of [who.email, online.who.email, online.claim]) expectThat(!text.includes(trace), `another branch sees nothing of it at /${path}`);
    }

    const promoter = await pages.person('promoter', 'phone', 'fr-FR');
    await signInStaff(promoter, base, slug, 'promoter');
    await pages.shot(promoter, `${slug}-promoter-home-phone`);
    expectThat((await promoter.goto(`${base}/members`))?.status() === 404 || !(await promoter.locator('body').innerText()).includes(who.lastName), 'a promoter sees no members');

    const abroad = await pages.person('foreign-admin', 'desktop', 'fr-FR');
    const foreign = slug === 'mk' ? 'ks' : 'mk';
    const there = ofTenant(product.addresses.admin, foreign);
    await signInStaff(abroad, there, foreign, 'admin');
    for (const path of [`members?q=${encodeURIComponent(who.lastName)}`, 'claims', 'invoices']) {
      await abroad.goto(`${there}/${path}`);
      const text = await abroad.locator('body').innerText();
      for (const trace of [who.email, online.who.email, online.claim]) expectThat(!text.includes(trace), `the other country sees nothing of it at /${path}`);
    }
    expectThat((await statusOfPaper(abroad, papers.invoice)) === 404, 'a document of this country is a missing page in the other');
    await abroad.goto(there);
    await pages.shot(abroad, `${foreign}-admin-home-desktop`);
  };
}
