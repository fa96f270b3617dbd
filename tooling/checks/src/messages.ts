import { asksForMessages, keyUse } from './message-keys';
import type { Finding, Source } from './source';

/**
 * Why: a missing key shows its name to a member, an unused one is translated four times for nobody, and a locale without a
 * key falls back to a foreign language.
 */
const rule = 'messages';

/** `mk` -> `common` -> nested messages. */
export type Catalogue = Record<string, Record<string, unknown>>;

/** Full keys of one locale with their text: `common.status.active`. */
export function flatten(areas: Record<string, unknown>, prefix = ''): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [name, value] of Object.entries(areas)) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) for (const [inner, text] of flatten(value as Record<string, unknown>, key)) keys.set(inner, text);
    else keys.set(key, String(value));
  }
  return keys;
}

const placeOf = (locale: string, key: string): string => `packages/i18n/messages/${locale}/${key.split('.')[0] ?? ''}.json`;

/** Keys that a locale lacks, and keys without a text. */
export function localeFaults(catalogue: Catalogue): Finding[] {
  const locales = new Map(Object.entries(catalogue).map(([locale, areas]) => [locale, flatten(areas)]));
  const all = new Set([...locales.values()].flatMap((keys) => [...keys.keys()]));
  return [...locales].flatMap(([locale, keys]) =>
    [...all].flatMap((key): Finding[] => {
      const path = placeOf(locale, key);
      if (!keys.has(key)) return [{ rule, path, line: 1, message: `${key} is missing in ${locale}` }];
      return keys.get(key)?.trim() === '' ? [{ rule, path, line: 1, message: `${key} is empty in ${locale}` }] : [];
    }),
  );
}

/** Keys asked for that do not exist, keys that nobody asks for, and calls whose keys are not declared. */
export function keyFaults(files: readonly Source[], keys: ReadonlySet<string>): Finding[] {
  const found: Finding[] = [];
  const used = new Set<string>();
  const all = [...keys];
  const areas = new Set(all.map((key) => key.split('.')[0]));
  // errors are asked for by the key that a DomainError or an issue carries, so each such string must be a key
  const looksLikeKey = /^errors(?:\.[a-zA-Z][\w-]*)+$/u;
  for (const file of files.filter(asksForMessages)) {
    const use = keyUse(file);
    const fault = (line: number, message: string): void => void found.push({ rule, path: file.path, line, message });
    for (const { key, exact, line } of use.asked) {
      const matches = exact && keys.has(key) ? [key] : exact ? [] : all.filter((one) => one === key || one.endsWith(`.${key}`));
      if (matches.length === 0) fault(line, `there is no message ${key}`);
      for (const one of matches) used.add(one);
    }
    const covered: string[] = [];
    for (const { pattern, line } of use.declared) {
      if (pattern.startsWith('*')) {
        fault(line, 'i18n-keys: name at least the area, as in errors.*');
        continue;
      }
      // written in full, or below an area that the file asks
      const full = ['', ...use.areas].map((area) => (area === '' ? pattern : `${area}.${pattern}`));
      const matches = full.flatMap((one) => (one.endsWith('*') ? all.filter((key) => key.startsWith(one.slice(0, -1))) : all.filter((key) => key === one)));
      if (matches.length === 0) fault(line, `i18n-keys: ${pattern} matches no message`);
      for (const one of matches) used.add(one);
      covered.push(...full.map((one) => one.replace(/\*$/u, '')));
    }
    for (const { prefix, line } of use.dynamic) {
      const declared = covered.some((one) => one.startsWith(prefix) || prefix.startsWith(one));
      if (!declared) fault(line, `a key that is not fixed: declare what it can be with // i18n-keys: ${prefix === '' ? '<area>.' : prefix}*`);
    }
    for (const { text, line } of use.strings) {
      if (keys.has(text)) used.add(text);
      else if (areas.has('errors') && looksLikeKey.test(text)) fault(line, `there is no message ${text}`);
    }
  }
  for (const key of all) if (!used.has(key)) found.push({ rule, path: placeOf('mk', key), line: 1, message: `nobody asks for ${key}` });
  return found;
}
