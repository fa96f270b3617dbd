'use client';
import { locales } from '@interdomestik/rules/locales';
import { Badge, TextDiff } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { useSay } from '../../_kinds/use-say';
import type { DifferenceProps } from '../plugs';
import { useDiffWords } from './use-diff-words';

const whole = (said: { readonly title: string; readonly body: string } | undefined): string => (said === undefined ? '' : `${said.title}\n\n${said.body}`);

/** What two documents of legal texts say differently, text by text and language by language. */
export function LegalDifference({ before, after }: DifferenceProps<'legal'>) {
  const t = useTranslations('editors.legal');
  const say = useSay();
  const words = useDiffWords();
  const keys = [...new Set([...after.texts, ...before.texts].map(({ key }) => key))];
  const changed = keys.flatMap((key) => {
    const [old, now] = [before, after].map(({ texts }) => texts.find((text) => text.key === key));
    const languages = locales.filter((locale) => whole(old?.texts[locale]) !== whole(now?.texts[locale]));
    return languages.length === 0 && old?.version === now?.version ? [] : [{ key, old, now, languages }];
  });
  return (
    <div className="divide-y divide-line">
      {changed.map(({ key, old, now, languages }) => (
        <section key={key} className="space-y-4 py-4">
          <h4 className="flex flex-wrap items-center gap-3 font-semibold">{say.word('admin.settings.legal.keys', key)}{old?.version === now?.version ? null : <Badge>{t('versions', { before: old?.version ?? 0, after: now?.version ?? 0 })}</Badge>}</h4>
          {languages.map((locale) => (
            <div key={locale}>
              <p className="mb-1 text-note text-ink-muted first-letter:uppercase">{say.word('common.languages', locale)}</p>
              <TextDiff before={whole(old?.texts[locale])} after={whole(now?.texts[locale])} words={words} lang={locale} />
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
