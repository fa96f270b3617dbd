import { legalFormats, type Translator } from '@interdomestik/i18n';
import { parseDateOnly, type ErasureLetter } from '@interdomestik/rules';

const day = (text: string): string => legalFormats.date(parseDateOnly(text));

/** What a letter of erasure says in sentences; the mail and the PDF say the same. */
export function letterParagraphs(t: Translator, letter: ErasureLetter, tenant: string): string[] {
  return [
    t('privacy.letter.erased', { tenant, on: day(letter.on) }),
    t('privacy.letter.what', { claims: letter.claims, files: letter.files }),
    t(letter.kept.length === 0 ? 'privacy.letter.nothingKept' : 'privacy.letter.kept', { law: letter.law }),
  ];
}

/** What is kept, how much of it, and until when. */
export function letterRows(t: Translator, letter: ErasureLetter): (readonly [string, string])[] {
  // i18n-keys: privacy.letter.kinds.*
  return letter.kept.map(({ what, count, until }) => [t(`privacy.letter.kinds.${what}`, { count }), t('privacy.letter.until', { until: day(until) })]);
}
