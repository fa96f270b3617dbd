import { writeFileSync } from 'node:fs';
import { attacks, slowAttacks } from './attacks';
import { each } from './attacks/scenario';
import { openBrowser, openPerson } from './browser';
import { env } from './env';
import type { Journey } from './journey';
import { settled, shotPath } from './journey';
import { journeys, slowJourneys } from './journeys';
import { roundsOf } from './rounds';
import { startProduct, type Product } from './stack';

interface Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly failure: string | null;
}

// one for all, since a start takes a second; people in it share nothing, and attacks that only send requests need none
let browser: ReturnType<typeof openBrowser> | undefined;

async function run(name: string, journey: (product: Product) => Journey, product: Product): Promise<Outcome> {
  const began = performance.now();
  const problems: string[] = [];
  const open: { name: string; page: Awaited<ReturnType<typeof openPerson>>['page'] }[] = [];
  let failure: string | null = null;
  try {
    await journey(product)({
      person: async (who, size = 'desktop', locale = 'en-GB') => {
        browser ??= openBrowser();
        const { page } = await openPerson(await browser, size, locale, problems, who);
        open.push({ name: who, page });
        return page;
      },
      shot: async (page, picture) => {
        await settled(page);
        // of a page that is scrolled, a picture of the whole shows in its middle what stays at the top of the window
        await page.evaluate('window.scrollTo(0, 0)');
        await page.screenshot({ path: shotPath(picture), type: 'jpeg', quality: 85, fullPage: true, animations: 'disabled' });
      },
    });
    if (problems.length > 0) failure = `the pages reported:\n${problems.join('\n')}`;
  } catch (error) {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const { name: who, page } of open) await page.screenshot({ path: shotPath(`failed-${name.replaceAll(/\W+/gu, '-')}-${who}`), fullPage: true }).catch(() => undefined);
    if (problems.length > 0) failure += `\nthe pages reported:\n${problems.join('\n')}`;
  } finally {
    for (const { page } of open) await page.context().close();
  }
  return { name, seconds: (performance.now() - began) / 1000, failure };
}

const quick = { ...journeys, ...attacks };
const all = { ...quick, ...slowJourneys, ...slowAttacks };
const named = Object.keys(all).filter((name) => env.only.some((word) => name.includes(word)));
const chosen = env.only.length > 0 ? named : Object.keys(env.slow ? all : quick);
const product = await startProduct();
// its parts lead groups of their own and would go on without us
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void product.stop().finally(() => process.exit(1)); });
const outcomes: Outcome[] = [];
try {
  const tell = (outcome: Outcome): void => {
    outcomes.push(outcome);
    console.log(`${outcome.failure === null ? 'ok    ' : 'FAILED'} ${outcome.seconds.toFixed(1).padStart(6)} s  ${outcome.name}${outcome.failure === null ? '' : `\n${outcome.failure}`}`);
  };
  const follow = async (name: string): Promise<void> => {
    const journey = all[name];
    if (journey === undefined) return;
    tell(await run(name, journey, product));
  };
  const { countries, free, alone } = roundsOf(chosen);
  await Promise.all(countries.map(async (lane) => { await each(lane, follow, 1); }));
  // people who only do their work give the parts nothing to complain of; attacks do
  if (product.complaints.length > 0) tell({ name: 'nothing goes wrong behind the pages', seconds: 0, failure: product.complaints.slice(0, 20).join('\n') });
  await each(free, follow, 2);
  await each(alone, follow, 1);
} finally {
  await (await browser)?.close();
  await product.stop();
}
const failed = outcomes.filter(({ failure }) => failure !== null).length;
const result = { passed: outcomes.length - failed, failed };
if (env.resultFile !== undefined) writeFileSync(env.resultFile, JSON.stringify(result));
console.log(`e2e: ${String(result.passed)} passed, ${String(result.failed)} failed. Pictures: tooling/e2e/screenshots`);
process.exitCode = failed === 0 && outcomes.length > 0 ? 0 : 1;
