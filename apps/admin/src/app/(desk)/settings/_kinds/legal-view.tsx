import type { LegalRule } from '@interdomestik/rules/rule-sets';
import { Badge, Prose } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import type { Say } from './sayer';

/** The texts that people agree to and that stand on documents, in each language. */
export function LegalView({ rule, say }: { rule: LegalRule; say: Say }) {
  const t = useTranslations('admin.settings');
  return (
    <div className="space-y-4">
      {rule.texts.map(({ key, version, texts }) => (
        <section key={key} className="rounded-card border bg-raised px-4 py-4 sm:px-5">
          <h3 className="mb-2 flex flex-wrap items-baseline gap-3 text-section">{say.word('admin.settings.legal.keys', key)}<Badge>{t('version', { version })}</Badge></h3>
          {Object.entries(texts).map(([locale, text]) => (text === undefined ? null : (
            <details key={locale} className="border-t">
              <summary className="flex min-h-control flex-wrap items-center gap-x-3 py-1.5"><span className="font-semibold">{say.word('common.languages', locale)}</span><span className="text-ink-muted" lang={locale}>{text.title}</span></summary>
              <div className="pb-4"><Prose text={text.body} level={3} lang={locale} /></div>
            </details>
          )))}
        </section>
      ))}
    </div>
  );
}
