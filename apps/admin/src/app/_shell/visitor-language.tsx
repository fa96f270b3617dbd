'use client';
import { LanguageSwitch, type LanguageChoice } from '@interdomestik/ui';
import { useLanguage } from './use-language';

/** The language of somebody who is not signed in: kept by the browser. */
export function VisitorLanguage({ languages, current }: { languages: readonly LanguageChoice[]; current: string }) {
  const choose = useLanguage(false);
  return <LanguageSwitch languages={languages} current={current} onChoose={choose} />;
}
