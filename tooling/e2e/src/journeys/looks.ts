import type { Page } from 'playwright-core';
import { ofTenant } from '@interdomestik/up';
import { packRule } from '@interdomestik/rules/country-packs';
import { expectThat, settled, type Journey } from '../journey';
import { faultsOf } from '../looks';
import { packOfSlug, signInStaff } from '../staff';
import type { Product } from '../stack';

/** Pages that one person is shown at most: lists lead to hundreds of alike ones. */
const most = 90;

/** The shape of an address: rows of a list differ in their ids alone. */
const shapeOf = (path: string): string => path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gu, ':id').replaceAll(/\/(?:[A-Z]{2,4}-[\w-]+)/gu, '/:number');

async function linksOf(page: Page): Promise<string[]> {
  const here = new URL(page.url());
  const links = await page.evaluate<string[]>("[...document.querySelectorAll('a[href]')].map((link) => link.href)");
  return links.filter((link) => URL.canParse(link)).map((link) => new URL(link))
    .filter(({ origin, pathname }) => origin === here.origin && !pathname.startsWith('/api/') && !pathname.startsWith('/_next/'))
    .map(({ pathname }) => pathname);
}

/** Follows every link from `start`, one page of each shape, and gathers what is broken. */
async function walk(page: Page, base: string, start: string, look: (path: string) => Promise<void>): Promise<number> {
  const seen = new Set<string>();
  const waiting = [start];
  while (waiting.length > 0 && seen.size < most) {
    const path = waiting.shift();
    if (path === undefined || seen.has(shapeOf(path))) continue;
    seen.add(shapeOf(path));
    const answer = await page.goto(`${base}${path}`);
    if (answer === null || !(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    await settled(page);
    // a page may lead on by itself while it is looked at; then the one that it leads to is
    await look(path).catch(async (error: unknown) => {
      if (!String(error).includes('navigation')) throw error;
      await settled(page);
      await look(path);
    });
    // every rule opens its editor by a button, not by a link
    if (/^\/settings\/[a-z-]+$/u.test(path)) waiting.push(`${path}?draft=1`);
    waiting.push(...(await linksOf(page)));
  }
  return seen.size;
}

/**
 * Opens every page that a visitor, a member and each kind of staff can reach by links, at phone and desktop width, light and dark:
 * nothing sticks out, no word is missing or pale, every field has a name.
 */
export function looksJourney({ addresses }: Product, slug: string): Journey {
  return async ({ person, shot }) => {
    const faults: string[] = [];
    let pages = 0;
    const member = ofTenant(addresses.member, slug);
    const admin = ofTenant(addresses.admin, slug);
    const manager = `manager.${packOfSlug(slug).branches.find(({ code }) => code === packRule(packOfSlug(slug), 'enrolment').defaultBranchCode)?.code ?? ''}`;
    const agent = manager.replace('manager', 'agent');
    const people = [
      ['visitor', member, null, '/', 'phone', 'light'], ['member', member, 'member', '/home', 'phone', 'dark'], ['member', member, 'member', '/home', 'desktop', 'light'],
      ['admin', admin, 'admin', '/', 'desktop', 'dark'], ['admin', admin, 'admin', '/', 'phone', 'light'], ['manager', admin, manager, '/', 'phone', 'dark'],
      ['agent', admin, agent, '/', 'phone', 'light'], ['promoter', admin, 'promoter', '/', 'phone', 'dark'],
    ] as const;
    for (const [who, base, account, start, size, colours] of people) {
      const page = await person(`${slug} ${who} ${colours}`, size);
      await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
      if (account !== null) await signInStaff(page, base, slug, account);
      const walked = await walk(page, base, start, async (path) => {
        for (const fault of await faultsOf(page)) faults.push(`${slug} ${who}, ${size}, ${colours}, ${path}: ${fault}`);
        await shot(page, `looks-${slug}-${who}-${size}-${colours}${shapeOf(path).replaceAll(/[^a-z]+/gu, '-').replace(/-$/u, '')}`);
      });
      expectThat(walked > 2, `${who} of ${slug} finds ways on from ${start}`);
      pages += walked;
      await page.context().close();
    }
    console.log(`looks ${slug}: ${String(pages)} pages`);
    expectThat(faults.length === 0, `every page looks as it should:\n${faults.join('\n')}`);
  };
}
