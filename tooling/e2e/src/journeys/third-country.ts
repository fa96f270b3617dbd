import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packRule, readPackText } from '@interdomestik/rules/country-packs';
import { ofTenant, repoRoot } from '@interdomestik/up';
import { expectThat, sees, type Journey, type JourneyPages } from '../journey';
import { mailedLink } from '../mailbox';
import { fetchPaper, textOf } from '../papers';
import type { Product } from '../stack';
import { setUpApp, signInStaff } from '../staff';
import { enrolForCash } from './field';
import { signInRoot } from './super-admin';

const file = join(repoRoot, 'docs/operations/packs/novarija.json');

/** From the file to the open country, as the console's screen does it. */
async function open(page: Page, base: string, email: string, { shot }: JourneyPages): Promise<void> {
  await signInRoot(page, base);
  await page.goto(`${base}/platform/new`);
  await page.locator('input[type=file][accept*=json]').setInputFiles(file);
  await sees(page, '6.700 KWD');
  await shot(page, 'third-country-pack-desktop');
  await page.locator('main').getByRole('button', { name: 'Continue' }).click();
  await page.locator('input[name=firstName]').fill('Nada');
  await page.locator('input[name=lastName]').fill('Prva');
  await page.locator('input[name=email]').fill(email);
  await shot(page, 'third-country-admin-desktop');
  // twice, as an impatient person does
  await page.locator('main form button[type=submit]').dblclick();
  await sees(page, email, 30_000);
  await shot(page, 'third-country-open-desktop');
  await page.goto(`${base}/platform`);
  await sees(page, 'Interdomestik Novarija');
  await shot(page, 'third-country-console-desktop');
  expectThat((await page.getByRole('heading', { name: 'Interdomestik Novarija' }).count()) === 1, 'it was made once');
}

/** Follows the link of an invitation, chooses a password, sets an app up. */
async function accept(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator('input[name=password]').fill('Sedam-sporih-vozova');
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(/\/second-factor/u);
  await setUpApp(page);
}

/** A country that nobody has written a line of code for: opened from one file, it speaks its languages, invites its people, sells and numbers by its own rules, and the others do not see it. */
export function thirdCountryJourney({ addresses }: Product): Journey {
  return async (pages) => {
    const reading = readPackText(readFileSync(file, 'utf8'));
    expectThat(reading.ok, 'the pack is right');
    const { pack } = reading;
    const { slug } = pack.tenant;
    const { person, shot } = pages;
    const [admin, member] = [ofTenant(addresses.admin, slug), ofTenant(addresses.member, slug)];
    const run = Date.now().toString(36);
    const address = (who: string): string => `${who}.${run}@novarija.example`;
    await open(await person('super-admin', 'desktop', 'en-GB'), addresses.admin, address('nada'), pages);

    const visitor = await person('visitor', 'phone', 'fr-FR');
    expectThat((await visitor.goto(member))?.status() === 200, 'its public pages are there at once');
    const first = packRule(pack, 'languages').default;
    const spoken = await visitor.locator('html').getAttribute('lang');
    expectThat(spoken === first || spoken?.startsWith(`${first}-`) === true, `they speak the first of its languages, not ${String(spoken)}`);
    await sees(visitor, 'Asistencija');
    await shot(visitor, 'third-country-visitor-phone');

    const mailbox = await person('mailbox', 'desktop', 'en-GB');
    const nada = await person('first-admin', 'desktop', 'fr-FR');
    await accept(nada, await mailedLink(mailbox, `${admin}/mailbox`, address('nada'), '/invitation'));
    await nada.goto(`${admin}/staff`);
    await shot(nada, 'third-country-staff-desktop');
    await nada.locator('main header button, main button').first().click();
    for (const [field, value] of Object.entries({ firstName: 'Petar', lastName: 'Agent', email: address('petar') })) await nada.locator(`#invite-staff input[name=${field}]`).fill(value);
    await nada.locator('#invite-staff label:has(input[value=agent])').click();
    await nada.locator('#invite-staff [role=combobox]').click();
    await nada.getByRole('option').first().click();
    await nada.locator('button[form=invite-staff]').click();
    await nada.locator('#invite-staff').waitFor({ state: 'detached' });

    const agent = await person('agent', 'desktop', 'fr-FR');
    await accept(agent, await mailedLink(mailbox, `${admin}/mailbox`, address('petar'), '/invitation'));
    const who = { firstName: 'Živka', lastName: 'Đurović', email: address('zivka'), phone: '+999 5 123 456', personalNumber: '' };
    const papers = await enrolForCash(agent, admin, who, 'third-country', shot);
    const invoice = await textOf(await fetchPaper(agent, papers.invoice), 'third-country-invoice');
    expectThat(/QN\/QF-\d{4}-00001/u.test(invoice) && invoice.includes('KWD') && invoice.includes('Đurović'), 'the invoice has the first number of its own series, its own money and the letters of the buyer');
    expectThat((await textOf(await fetchPaper(agent, papers.receipt), 'third-country-receipt')).includes('KWD'), 'the receipt is in its own money');
    await nada.goto(admin);
    await sees(nada, who.lastName);
    await shot(nada, 'third-country-home-desktop');

    for (const other of ['mk', 'ks']) {
      const abroad = await person(`admin-${other}`, 'desktop', 'en-GB');
      const there = ofTenant(addresses.admin, other);
      await signInStaff(abroad, there, other, 'admin');
      for (const path of [`members?q=${encodeURIComponent(who.lastName)}`, 'invoices', 'staff']) {
        await abroad.goto(`${there}/${path}`);
        const text = await abroad.locator('body').innerText();
        for (const trace of [who.email, address('petar'), 'QN/QF-']) expectThat(!text.includes(trace), `${other} sees nothing of it at /${path}`);
      }
    }
  };
}
