import { translator } from '@interdomestik/i18n';
import type { Locale } from '@interdomestik/rules';

/** What a part is called in one language: of what it is, and which one of how many. */
export function partTitle(locale: Locale, title: string, { number, parts }: { readonly number: number; readonly parts: number }): string {
  return translator(locale)('common.instalmentPart', { title, number, parts });
}
