import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
}

/** What a page is checked for beyond WCAG, in the page: it knows no type of ours. */
const ownChecks = `(() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) found.push('it is ' + root.scrollWidth + ' wide on a screen of ' + root.clientWidth);
  for (const image of document.images) if (image.complete && image.naturalWidth === 0 && image.checkVisibility()) found.push('the picture "' + image.alt + '" is missing');
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.textContent.trim();
    if (text === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(node.parentElement.tagName) || !node.parentElement.checkVisibility()) continue;
    if (/\\b(?:undefined|NaN)\\b|\\[object /u.test(text)) found.push('it says "' + text.slice(0, 80) + '"');
    // what somebody else calls a thing stands as a code, in no language
    if (node.parentElement.tagName !== 'CODE' && /^[a-z][A-Za-z]+(?:\\.[a-z][A-Za-z]+){1,4}$/u.test(text)) found.push('it shows the key ' + text);
  }
  return found;
})()`;

/** What a person would call broken on the page, whichever page it is: things that stick out or are missing, and WCAG 2.2 AA as axe checks it. */
export async function faultsOf(page: Page): Promise<string[]> {
  const own = await page.evaluate<string[]>(ownChecks);
  // in the page's own world a content policy would refuse a script of ours; evaluating is not bound by it
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, {
    resultTypes: ['violations'],
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    rules: { 'page-has-heading-one': { enabled: true } },
  })`);
  return [...own, ...violations.map(({ id, help, nodes }) => `${id} (${help}), ${String(nodes.length)} times: ${nodes[0]?.html.slice(0, 160) ?? ''} ${nodes[0]?.failureSummary?.split('\n')[1]?.trim() ?? ''}`)];
}
