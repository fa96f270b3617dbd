import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { expectThat, sees, type Journey, type JourneyPages } from '../journey';
import { evidence, fetchPaper } from '../papers';
import { newPerson, type Person } from '../people';
import { readQr } from '../pictures';
import type { Product } from '../stack';
import { packOfSlug } from '../staff';

/** Who joined in this run, for the journeys of the staff that follow. */
export const joined = new Map<string, { readonly who: Person; readonly claim: string }>();

const submit = (page: Page) => page.locator('main form button[type=submit], form button[type=submit]').first();

/** Fills the join wizard up to the last look, wrong first, so that every refusal is seen beside its field. */
async function join(page: Page, base: string, who: Person, slug: string, shot: JourneyPages['shot']): Promise<void> {
  await page.goto(`${base}/join?plan=asistenca`);
  await shot(page, `${slug}-join-plan-phone`);
  await submit(page).click();
  // nothing is added: the plan is enough
  await page.waitForURL(/step=extras/u);
  await shot(page, `${slug}-join-extras-phone`);
  await submit(page).click();
  await page.locator('input[name=firstName]').fill(who.firstName);
  await submit(page).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await shot(page, `${slug}-join-person-refused-phone`);
  await page.locator('input[name=lastName]').fill(who.lastName);
  await page.locator('input[name=personalNumber]').fill(who.personalNumber);
  await submit(page).click();
  await page.locator('input[name=email]').fill(who.email);
  await page.locator('input[name=phone]').fill('123');
  await page.locator('input[name=password]').fill(who.password);
  await submit(page).click();
  await page.locator('input[name=phone][aria-invalid=true]').waitFor();
  await page.locator('input[name=phone]').fill(who.phone);
  await shot(page, `${slug}-join-contact-phone`);
  await submit(page).click();
  await page.locator('input[name="consents.terms.accepted"]').waitFor();
  await page.goBack();
  expectThat((await page.locator('input[name=email]').inputValue()) === who.email, 'going back loses nothing');
  await page.locator('input[name=password]').fill(who.password);
  await submit(page).click();
  await page.locator('input[name="consents.terms.accepted"]').check();
  await page.locator('input[name="consents.privacy.accepted"]').check();
  await shot(page, `${slug}-join-check-phone`);
  // a double click is one sale
  await submit(page).dblclick();
}

async function pay(page: Page, product: Product, slug: string, shot: JourneyPages['shot']): Promise<void> {
  await page.waitForURL((url) => url.href.startsWith(product.addresses.paddle), { timeout: 30_000 });
  await shot(page, `${slug}-provider-phone`);
  await page.locator('button[value=decline]').click();
  await page.getByRole('alert').first().waitFor();
  await page.locator('button[value=pay]').click();
  await page.waitForURL(/\/pay\//u);
  await page.locator('main a[href="/card"]').waitFor({ timeout: 30_000 });
  await shot(page, `${slug}-paid-phone`);
}

async function showCard(page: Page, base: string, who: Person, slug: string, pages: JourneyPages): Promise<void> {
  await page.goto(`${base}/card`);
  const qr = page.locator('[role=img] svg, span svg[viewBox]').filter({ visible: true });
  await qr.first().waitFor();
  await pages.shot(page, `${slug}-card-phone`);
  await page.setViewportSize({ width: 720, height: 1100 });
  const address = readQr(await page.screenshot());
  await page.setViewportSize({ width: 360, height: 780 });
  const stranger = await pages.person('stranger', 'phone', 'fr-FR');
  const answer = await stranger.goto(address);
  expectThat(answer?.ok() === true, 'anybody can check the card');
  const text = await stranger.locator('body').innerText();
  for (const secret of [who.firstName, who.lastName, who.email, who.personalNumber, who.phone]) expectThat(!text.includes(secret), 'the check shows no personal data');
  await pages.shot(stranger, `${slug}-verify-phone`);
  await stranger.goto(address.replace(/[^/]{6}$/u, 'AAAAAA'));
  await pages.shot(stranger, `${slug}-verify-unknown-phone`);
}

/** From the category to the number of the case; the wizard keeps every step on the server. */
export async function fileClaim(page: Page, base: string, slug: string, shot: JourneyPages['shot']): Promise<string> {
  await page.goto(`${base}/claims`);
  await shot(page, `${slug}-claims-empty-phone`);
  await page.goto(`${base}/claims/new`);
  await page.locator('label:has(input[value=vehicle])').click();
  await shot(page, `${slug}-claim-category-phone`);
  await submit(page).click();
  await page.waitForURL(/\/claims\/[0-9a-f-]{36}\/edit/u);
  // the membership began today, and covers nothing before
  const today = new Intl.DateTimeFormat('de-DE', { timeZone: packOfSlug(slug).zone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(new Date());
  await page.locator('#incidentOn').fill(today);
  await page.locator('[name=description]').fill(slug === 'mk' ? 'Ме удри возило на семафор кај Рекорд. Ќе приложам записник.' : 'Më goditi një veturë te semafori në Çajupi. Do ta bashkëngjis procesverbalin.');
  await shot(page, `${slug}-claim-what-phone`);
  await submit(page).click();
  await page.locator('[name=counterparty]').fill(slug === 'mk' ? 'АД Осигурување Ѓердап' : 'Kompania Çelësi sh.a.');
  await page.locator('#amountClaimed').fill('1.250,50');
  await page.locator('#amountClaimed').blur();
  await shot(page, `${slug}-claim-other-phone`);
  await submit(page).click();
  await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
  const drops = await page.locator('input[type=file]').count();
  for (let i = 0; i < drops; i += 1) {
    await page.locator('input[type=file]').nth(i).setInputFiles({ name: slug === 'mk' ? `записник ѓ${String(i)}.pdf` : `procesverbal ë${String(i)}.pdf`, mimeType: 'application/pdf', buffer: evidence });
    await page.locator('a[href^="/api/documents/"]').nth(i).waitFor({ timeout: 30_000 });
  }
  await shot(page, `${slug}-claim-documents-phone`);
  await submit(page).click();
  await page.waitForURL(/step=check/u);
  await shot(page, `${slug}-claim-check-phone`);
  await submit(page).click();
  await page.waitForURL(/\/claims\/[0-9a-f-]{36}(\?|$)/u, { timeout: 30_000 });
  await sees(page, /CLM-[A-Z]{2}-\d{4}-\d{6}/u);
  const code = /CLM-[A-Z]{2}-\d{4}-\d{6}/u.exec(await page.locator('main').innerText())?.[0];
  expectThat(code !== undefined, 'the claim has a number');
  await shot(page, `${slug}-claim-phone`);
  return code;
}

/** A visitor becomes a member, pays, shows the card and files a claim. */
export function memberJourney(product: Product, slug: 'mk' | 'ks'): Journey {
  const base = ofTenant(product.addresses.member, slug);
  return async (pages) => {
    const who = newPerson(slug, 'anetar');
    const page = await pages.person('visitor', 'phone', 'fr-FR');
    await join(page, base, who, slug, pages.shot);
    await pay(page, product, slug, pages.shot);
    await page.goto(`${base}/home`);
    await sees(page, /MEM-[A-Z]{2}-\d{6}/u);
    await pages.shot(page, `${slug}-member-home-phone`);
    await showCard(page, base, who, slug, pages);
    const code = await fileClaim(page, base, slug, pages.shot);
    joined.set(slug, { who, claim: code });

    await page.goto(`${base}/documents`);
    await pages.shot(page, `${slug}-documents-phone`);
    const href = await page.locator('a[href^="/api/documents/"]').first().getAttribute('href');
    expectThat(href !== null && (await fetchPaper(page, href)).equals(evidence), 'the uploaded document comes back byte for byte');
    for (const path of ['payments', 'family']) {
      await page.goto(`${base}/${path}`);
      await pages.shot(page, `${slug}-${path}-phone`);
    }

    // another browser: sign in anew, on a desktop
    const desk = await pages.person('member', 'desktop', 'fr-FR');
    await desk.goto(`${base}/sign-in`);
    await desk.locator('input[name=email]').fill(who.email);
    await desk.locator('input[name=password]').fill('wrong-Password-1');
    await submit(desk).click();
    await desk.getByRole('status').or(desk.getByRole('alert')).first().waitFor();
    await pages.shot(desk, `${slug}-sign-in-refused-desktop`);
    await desk.locator('input[name=password]').fill(who.password);
    await submit(desk).click();
    await desk.waitForURL(/\/home/u);
    await pages.shot(desk, `${slug}-member-home-desktop`);
    await desk.goto(`${base}/claims`);
    await sees(desk, code);
    await pages.shot(desk, `${slug}-claims-desktop`);

    // the mailbox of the staff portal holds what was written, and the other country has none of it
    const mailbox = await pages.person('mailbox', 'desktop', 'fr-FR');
    await mailbox.goto(`${ofTenant(product.addresses.admin, slug)}/mailbox`);
    await sees(mailbox, who.email);
    await pages.shot(mailbox, `${slug}-mailbox-desktop`);
    await mailbox.goto(`${ofTenant(product.addresses.admin, slug === 'mk' ? 'ks' : 'mk')}/mailbox`);
    expectThat(!(await mailbox.locator('body').innerText()).includes(who.email), "the other country's mailbox has none of it");
  };
}
