import { existsSync } from 'node:fs';
import { env } from './env';

const places = [
  // without the parts of a browser that only people need, and a fifth faster for it
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** What a person without a browser has to type. */
export const installChromium = 'apt-get install -y chromium-headless-shell fonts-dejavu-core poppler-utils';

/** The browser that the journeys drive: CHROMIUM_PATH, or where a package puts it. Undefined when there is none. */
export function findChromium(): string | undefined {
  const chosen = env.chromium();
  if (chosen !== undefined) return existsSync(chosen) ? chosen : undefined;
  return places.find((path) => existsSync(path));
}
