// more telling names first: most browsers also call themselves the ones below
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:e|A|iOS)?\//u, 'Edge'], [/OPR\/|Opera/u, 'Opera'], [/SamsungBrowser/u, 'Samsung Internet'], [/Firefox\/|FxiOS/u, 'Firefox'], [/Chrome\/|CriOS/u, 'Chrome'], [/Safari\//u, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [[/Android/u, 'Android'], [/iPhone|iPad/u, 'iOS'], [/Windows/u, 'Windows'], [/Mac OS X|Macintosh/u, 'macOS'], [/CrOS/u, 'ChromeOS'], [/Linux/u, 'Linux']];

/** Browser and system of a user agent, as people call them; null when it says neither. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | null {
  const text = userAgent ?? '';
  const browser = browsers.find(([mark]) => mark.test(text))?.[1];
  const system = systems.find(([mark]) => mark.test(text))?.[1];
  return browser === undefined || system === undefined ? null : { browser, system };
}
