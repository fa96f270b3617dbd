import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadAreas } from '@interdomestik/i18n';
import { ofTenant } from '@interdomestik/up';
import type { Page } from 'playwright-core';
import { expectThat, sees, settled, type Journey, type JourneyPages } from '../journey';
import { faultsOf } from '../looks';
import type { Product } from '../stack';
import { signInStaff } from '../staff';

const folder = new URL('../../../../packages/rules/src/imports/testing/legacy-mk/', import.meta.url);
interface Expected {
  readonly import_order: readonly string[];
  readonly files: Readonly<Record<string, { readonly total_data_lines: number; readonly outcomes: Readonly<Record<string, number>> }>>;
}
const kinds = ['members', 'claims', 'payments'];
const { imports: words } = loadAreas('mk', ['imports']);
const minutes = 180_000;

const button = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true });

/** The figure that stands under a word. */
async function figure(page: Page, label: string): Promise<number> {
  const text = await page.locator('main').innerText();
  const found = new RegExp(`${label.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}\\s+([\\d.]+)(?:\\s|$)`, 'u').exec(text)?.[1];
  expectThat(found !== undefined, `there is a figure under "${label}"`);
  return Number(found.replaceAll('.', ''));
}

/** Sends a file of that kind, and is on its page when it has been read. */
async function send(page: Page, admin: string, kind: string, path: string): Promise<void> {
  await page.goto(`${admin}/imports`);
  await settled(page);
  if (kind !== 'members') {
    await page.locator('main').getByRole('combobox').first().click();
    await page.getByRole('option').nth(kinds.indexOf(kind)).click();
  }
  await page.locator('input[type=file]:not([capture])').setInputFiles(path);
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/u, { timeout: minutes });
  await button(page, words.try).waitFor({ timeout: minutes });
}

async function tryIt(page: Page): Promise<void> {
  await button(page, words.try).click();
  await sees(page, words.trialTitle, minutes);
}

/** Takes a picture of a page and adds to `faults` what is broken on it. */
async function look(page: Page, shot: JourneyPages['shot'], name: string, faults: string[]): Promise<void> {
  await shot(page, name);
  for (const fault of await faultsOf(page)) faults.push(`${name}: ${fault}`);
}

/**
 * The old files of the country through the screens in their order: tried, with the figures that are expected of them, and taken in; refused lines corrected in place and by
 * rule in a trial; two people looked at side by side and joined; and all of it taken back.
 */
export function importsJourney({ addresses }: Product): Journey {
  const admin = ofTenant(addresses.admin, 'mk');
  const { import_order: order, files } = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
  return async ({ person, shot }) => {
    const page = await person('importing', 'desktop');
    await signInStaff(page, admin, 'mk', 'admin');
    const pages: string[] = [];
    const faults: string[] = [];
    const looks = (seen: Page, name: string): Promise<void> => look(seen, shot, name, faults);
    for (const [at, name] of order.entries()) {
      const expected = files[name]?.outcomes ?? {};
      await send(page, admin, name.slice(0, name.indexOf('-')), fileURLToPath(new URL(name, folder)));
      pages.push(page.url());
      if (at === 0) await looks(page, 'mk-import-read-desktop');
      await tryIt(page);
      if (at === 0) {
        await looks(page, 'mk-import-tried-desktop');
        const phone = await person('importing-phone', 'phone');
        await signInStaff(phone, admin, 'mk', 'admin');
        await phone.goto(`${admin}/imports`);
        await looks(phone, 'mk-imports-phone');
        await phone.goto(page.url());
        await button(phone, words.try).waitFor({ timeout: minutes });
        await looks(phone, 'mk-import-tried-phone');
        const refused = await figure(page, words.outcomes.rejected);
        const cell = page.locator('main li').filter({ has: page.locator('input') }).first();
        await cell.locator('input').first().fill('01.01.2020');
        await button(page, words.apply).click();
        await page.getByText(words.trying).waitFor({ state: 'detached', timeout: minutes });
        await page.getByText(words.mended.split(':')[0] ?? '').waitFor({ timeout: minutes }).catch(() => undefined);
        await looks(page, 'mk-import-corrected-desktop');
        // the figures of the files are those of the files as they are
        await page.locator('main li').filter({ hasText: words.typed.split(':')[0] ?? '' }).getByRole('button').click();
        await button(page, words.apply).click();
        await page.getByText(words.trying).waitFor({ timeout: 5_000 }).catch(() => undefined);
        await page.getByText(words.trying).waitFor({ state: 'detached', timeout: minutes });
        expectThat((await figure(page, words.outcomes.rejected)) === refused, 'without the correction it is as before');
      }
      await button(page, words.commit).click();
      await sees(page, words.statuses.done, minutes);
      await sees(page, words.resultTitle, minutes);
      for (const outcome of ['duplicate_in_file', 'renewal', 'rejected'] as const) {
        if (expected[outcome] !== undefined) expectThat((await figure(page, words.outcomes[outcome])) === expected[outcome], `${name} has ${String(expected[outcome])} lines ${outcome}`);
      }
      if (at === 1) {
        await looks(page, 'mk-import-done-desktop');
        await button(page, words.look).first().click();
        await page.locator('[role=dialog] dl').waitFor();
        await looks(page, 'mk-import-pair-desktop');
        await page.locator('[role=dialog]').getByRole('button', { name: words.join, exact: true }).click();
        await sees(page, words.decisions.fill, minutes);
        await page.keyboard.press('Escape');
        const phone = await person('looking-phone', 'phone');
        await signInStaff(phone, admin, 'mk', 'admin');
        await phone.goto(page.url());
        await button(phone, words.look).nth(2).click();
        await phone.locator('[role=dialog] dl').waitFor();
        await looks(phone, 'mk-import-pair-phone');
      }
    }
    for (const url of pages.toReversed()) {
      await page.goto(url);
      await settled(page);
      await button(page, words.undo).first().click();
      await page.locator('[role=dialog]').getByRole('button', { name: words.undo, exact: true }).click();
      await sees(page, words.statuses.undone, minutes);
    }
    await page.goto(`${admin}/imports`);
    await looks(page, 'mk-imports-desktop');
    expectThat(!(await page.locator('main').innerText()).includes(words.statuses.partly_undone), 'nothing stayed behind');
    expectThat(faults.length === 0, `every page looks as it should:\n${faults.join('\n')}`);
  };
}
