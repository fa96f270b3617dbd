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

export const shotPath = (name: string): string => join(screenshots, `${name}.png`);
