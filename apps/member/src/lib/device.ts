const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//u, 'Edge'], [/\bOPR\//u, 'Opera'], [/\bSamsungBrowser\//u, 'Samsung Internet'], [/\bFirefox\/|\bFxiOS\//u, 'Firefox'], [/\bChrome\/|\bCriOS\//u, 'Chrome'], [/\bSafari\//u, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/u, 'iPhone'], [/\biPad\b/u, 'iPad'], [/\bAndroid\b/u, 'Android'], [/\bWindows\b/u, 'Windows'], [/\bMac OS X\b/u, 'Mac'], [/\bLinux\b/u, 'Linux'],
];

/** Browser and system behind a user agent, as people know them: "Chrome, Android". Null when it names neither. */
export function deviceName(userAgent: string | null): string | null {
  const named = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return [named(browsers), named(systems)].filter((name) => name !== undefined).join(', ') || null;
}
