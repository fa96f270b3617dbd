import { findChromium } from '@interdomestik/up';

/** Where the browser is and where the counts go; the only reader of the environment here. */
export const env = {
  chromium: findChromium(),
  resultFile: process.env['E2E_RESULT_FILE'],
  /** The slow journeys too. */
  slow: process.argv.includes('--slow'),
  /** Words of a journey's name; only those journeys run, slow ones among them. */
  only: process.argv.slice(2).filter((word) => !word.startsWith('--')),
};
