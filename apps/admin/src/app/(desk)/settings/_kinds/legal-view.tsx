import type { LegalRule } from '@interdomestik/rules/rule-sets';
import { Badge } from '@interdomestik/ui';
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
          {Object.entries(texts).map(([locale, text]) => (
            <details key={locale} className="border-t">
              <summary className="flex min-h-control flex-wrap items-center gap-x-3 py-1.5"><span className="font-semibold">{say.word('common.languages', locale)}</span><span className="text-ink-muted" lang={locale}>{text.title}</span></summary>
              <div lang={locale} className="max-w-prose pb-4"><Body text={text.body} /></div>
            </details>
          ))}
        </section>
      ))}
    </div>
  );
}

/** Headings, lists and paragraphs are what our texts are made of. */
function Body({ text }: { text: string }) {
  const blocks = text.split(/\n{2,}/u).map((block) => block.trim()).filter((block) => block !== '');
  return (
    <>
      {blocks.map((block, index) => {
        const heading = /^#{1,4}\s+(.+)$/u.exec(block);
        if (heading !== null) return <p key={index} className="mt-4 mb-1 font-bold">{heading[1]}</p>;
        const lines = block.split('\n');
        if (lines.every((line) => /^[-*]\s+/u.test(line))) return <ul key={index} className="mb-2 list-disc pl-5">{lines.map((line) => <li key={line}>{line.replace(/^[-*]\s+/u, '')}</li>)}</ul>;
        return <p key={index} className="mb-2 whitespace-pre-line">{block.replaceAll(/^#{1,4}\s+/gmu, '').replaceAll('**', '')}</p>;
      })}
    </>
  );
}
