import { localeNames } from '@interdomestik/i18n';
import type { LanguageChoice } from '@interdomestik/ui';
import type { Locale } from '@interdomestik/rules';
import { cache } from 'react';
import { caller } from './caller';

/** What the public pages say of this host's tenant. */
export const siteFacts = cache(async () => (await caller()).site.current());

/** The languages to choose from, each in its own words. */
export function languageChoices(locales: readonly Locale[]): LanguageChoice[] {
  return locales.map((code) => ({ code, name: localeNames[code] }));
}
