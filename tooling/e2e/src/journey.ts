import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screenshots } from './browser';

/** What a journey does; it passes when this resolves. */
export type Journey = (page: JourneyPages) => Promise<void>;

/** Opens pages of people who know nothing of each other, and closes them at the end. */
export interface JourneyPages {
  /** A browser of its own: no cookie is shared with any other. */
  readonly person: (name: string, size?: 'phone' | 'desktop', locale?: string) => Promise<Page>;
  /** A picture of the page for people to look at, at its present size. */
  readonly shot: (page: Page, name: string) => Promise<void>;
}

/** A statement that has to hold; the journey ends where it does not. */
export function expectThat(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new Error(`not so: ${statement}`);
}

/** Waits until a text that a person can see stands on the page. */
export async function sees(page: Page, text: string | RegExp, timeout = 15_000): Promise<void> {
  await page.getByText(text).filter({ visible: true }).first().waitFor({ state: 'visible', timeout }).catch(async () => {
    throw new Error(`"${String(text)}" is not to be seen on ${page.url()}`);
  });
}

/** True once nothing on the page says that it is still loading, its letters are there, and React answers to what it shows: a click before that is lost. */
const ready = `(() => {
  if (document.fonts.status !== 'loaded' || document.querySelector('[aria-busy=true], .animate-breathe') !== null) return false;
  if ([...document.querySelectorAll('.recharts-responsive-container')].some((chart) => chart.querySelector('svg') === null)) return false;
  if (document.querySelector('script[src*="/_next/"]') === null) return true;
  const pieces = [...document.querySelectorAll('main form, main button, main a')];
  return pieces.every((piece) => Object.keys(piece).some((key) => key.startsWith('__reactFiber')));
})()`;

/** Waits until the page is ready to be looked at and used, at most five seconds. Waiting for a silent network took longer than the journeys' own steps. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load').catch(() => undefined);
  // asked from outside: the page's own policy forbids what polls inside
  for (const end = performance.now() + 5_000; performance.now() < end; await page.waitForTimeout(40)) {
    if ((await page.evaluate(ready).catch(() => false)) === true) return;
  }
}

export const shotPath = (name: string): string => join(screenshots, `${name}.jpg`);
