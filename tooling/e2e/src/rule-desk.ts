import type { Page } from 'playwright-core';
import { loadMessages, type Locale } from '@interdomestik/i18n';

/** What a draft is published for: at once, or at the next whole minute of the country's clock. */
export type When = 'now' | 'next minute';

const zoneClock = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
const zoneDay = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('de-DE', { timeZone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(at);

/** The settings desk as an administrator works at it, whose language is `locale`. */
export function ruleDesk(page: Page, base: string, locale: Locale, timeZone: string) {
  const { settings: words, simulation } = loadMessages(locale);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (path: string) => page.locator(`[id="rule-${path}"]`);
  const tryOnHistory = async (): Promise<void> => {
    const publish = button(words.life.publish).first();
    const start = button(simulation.start);
    await publish.or(start).first().waitFor();
    if (await publish.isVisible()) return;
    await start.click();
    await publish.waitFor({ timeout: 60_000 });
  };
  const check = async (): Promise<void> => {
    await button(words.life.check).click({ timeout: 20_000 });
    await page.getByText(words.life.checkedHelp).waitFor();
    await tryOnHistory();
  };
  /** Gives the instant from which it acts. */
  const publish = async (when: When): Promise<Date> => {
    await button(words.life.publish).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // whoever is slow to confirm would be refused: a time that has passed is none
    const at = when === 'now' ? new Date() : new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000);
    if (when === 'next minute') {
      await dialog.locator('label', { hasText: words.publish.atTime }).first().click();
      await dialog.getByLabel(words.publish.day, { exact: true }).fill(zoneDay(at, timeZone));
      await dialog.getByLabel(words.publish.time, { exact: true }).fill(zoneClock(at, timeZone));
    }
    await dialog.getByRole('button', { name: when === 'now' ? words.publish.now : words.publish.schedule, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    return at;
  };
  return {
    field,
    begin: async (kind: string): Promise<void> => {
      await page.goto(`${base}/settings/${kind}?draft=1`);
      await button(words.life.save).waitFor();
    },
    /** Why it is changed; then saved and checked, and tried on history where that is asked for. */
    finish: async (note: string): Promise<void> => {
      await page.getByLabel(words.life.note, { exact: true }).fill(note);
      await button(words.life.save).click();
      await check();
    },
    publish,
    /** Brings an earlier version back: at once, or where more is demanded by a draft that is checked, tried and published. */
    goBackTo: async (kind: string, version: number): Promise<void> => {
      await page.goto(`${base}/settings/${kind}`);
      const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: words.history.version.replace('{version}', String(version)), exact: true }) });
      await row.getByRole('button').last().click();
      await page.getByRole('menuitem', { name: words.history.rollback, exact: true }).click();
      const dialog = page.getByRole('dialog');
      const atOnce = dialog.getByRole('button', { name: words.rollback.publish, exact: true });
      const asDraft = dialog.getByRole('button', { name: words.rollback.draft, exact: true });
      await atOnce.or(asDraft).first().waitFor();
      const drafted = await asDraft.isVisible();
      await (drafted ? asDraft : atOnce).click();
      await dialog.waitFor({ state: 'hidden' });
      if (!drafted) return;
      await check();
      await publish('now');
    },
  };
}
