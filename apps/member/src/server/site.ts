import { localeNames } from '@interdomestik/i18n';
import type { LanguageChoice } from '@interdomestik/ui';
import type { FlagKey, Locale } from '@interdomestik/rules';
import { cache } from 'react';
import { caller } from './caller';

/** What the public pages say of this host's tenant. */
export const siteFacts = cache(async () => (await caller()).site.current());

const paused = cache(async () => (await caller()).flags.off());

/** Whether the tenant has paused something that people would otherwise begin with in vain. */
export async function isPaused(what: FlagKey): Promise<boolean> {
  return (await paused()).includes(what);
}

/** The languages to choose from, each in its own words. */
export function languageChoices(locales: readonly Locale[]): LanguageChoice[] {
  return locales.map((code) => ({ code, name: localeNames[code] }));
}
