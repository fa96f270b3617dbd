import { isLocale, type Locale } from '@interdomestik/rules/locales';

/** Our locale behind a BCP 47 tag, such as `sr` behind `sr-Latn`. */
export function localeOfTag(tag: string): Locale {
  const language = tag.split('-', 1)[0] ?? '';
  return isLocale(language) ? language : 'en';
}
