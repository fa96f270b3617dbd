import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installChromium } from '@interdomestik/up';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { env } from './env';

export const screenshots = join(import.meta.dirname, '../screenshots');

const sizes = {
  phone: { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} as const;

/** Starts the browser. Fails with the line that installs it when it is missing. */
export async function openBrowser(): Promise<Browser> {
  mkdirSync(screenshots, { recursive: true });
  if (env.chromium === undefined) throw new Error(`No Chromium found. Install it: ${installChromium}`);
  return await chromium.launch({
    executablePath: env.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-gpu-compositing', '--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process,Translate,OptimizationHints,MediaRouter'],
  });
}

/** A browser of one person: own cookies, own storage. Errors of the page's scripts are collected in `problems`. */
export async function openPerson(browser: Browser, size: keyof typeof sizes, locale: string, problems: string[], name: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ ...sizes[size], locale, acceptDownloads: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => problems.push(`${name} at ${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|hydrat|MISSING_MESSAGE/iu.test(message.text())) problems.push(`${name} at ${page.url()}: ${message.text()}`);
  });
  return { context, page };
}
